//! Blame: how a cell, or a computed number, came to be what it is: which commits changed it, and what it was before.

use std::collections::BTreeSet;
use std::sync::Arc;

use history::{CellPath, CommitId, DocumentId, Tree, diff};
use serde_json::Value;

use super::Histories;
use super::difference::{in_words, nature};
use super::figures::{facts, figure_text};
use super::touched::{Sought, Tracer};
use crate::library::Library;
use crate::wire::{Blame, BlameStep};
use crate::words::label;
use crate::worked::Worked;
use crate::{Code, Failure};

/// The most steps that are told.
const MAX_STEPS: usize = 200;
/// How many are told where nobody says.
const USUAL_STEPS: usize = 20;
/// How many of the cells that a number rests on are looked into.
const MAX_CELLS: usize = 40;
/// How many versions are worked out in search of the commits that changed a computed number.
const MAX_TRIED: usize = 48;

/// What a number may rest on beside the cells it rests on now: things that were there before.
const INFLUENCES: &[&str] = &[
    "/abilities",
    "/actions/features",
    "/actions/traits",
    "/actions/weapons",
    "/adjustments",
    "/build",
    "/conditions",
    "/equipment/inventory",
    "/equipment/magical_items",
    "/identity/background",
    "/identity/species",
    "/levels",
    "/overrides",
    "/proficiencies",
    "/spellcasting/casters",
];

/// A commit that changed a cell, and the version that it changed.
pub(crate) struct Touch {
    pub(crate) commit: CommitId,
    pub(crate) before: Option<CommitId>,
}

impl Histories<'_> {
    /// Tells how a cell, or a computed number, came to be what it is on the line that is stood on.
    ///
    /// Where lines met, the line is followed from which the value came. `limit` is 1 to 200 commits, 0 for 20. Of a computed number the
    /// cells are told that it rests on today; the commits that made it another are looked for among the latest only, and `more` says
    /// that there may be others.
    ///
    /// # Errors
    /// A character that is not there, or what is no cell.
    pub fn blame(&self, id: &str, cell: &str, limit: u32) -> Result<Blame, Failure> {
        self.library.timed("history.blame", || {
            let document: DocumentId = id.parse()?;
            let path: CellPath = cell.parse()?;
            let limit = match limit as usize {
                0 => USUAL_STEPS,
                some => some.min(MAX_STEPS),
            };
            let branch = self.library.standing(document)?;
            let (tip, tree) = self.library.tip(document, &branch)?;
            let tree = self.library.seen(&tree);
            if path.is_root() || self.library.hides(&path) {
                return Err(no_cell(cell));
            }
            let number = sheet::is_derived(&path);
            if !number && sheet::cell_spec(&path).is_some() && tree.get(&path).is_some() {
                return self.blame_cell(document, tip, &tree, &path, limit);
            }
            let worked = self.library.worked(&tree)?;
            if number || facts(&worked.sheet).contains_key(cell) {
                return self.blame_number(document, tip, &tree, &worked, &path, limit);
            }
            // A cell that is empty now may have had a value once.
            match sheet::cell_spec(&path) {
                Some(_) => self.blame_cell(document, tip, &tree, &path, limit),
                None => Err(no_cell(cell)),
            }
        })
    }

    fn blame_cell(
        &self,
        document: DocumentId,
        tip: CommitId,
        tree: &Tree,
        path: &CellPath,
        limit: usize,
    ) -> Result<Blame, Failure> {
        let touches = self.library.with_traces(document, |tracer| {
            self.library.touches(tracer, tip, path, limit + 1)
        })?;
        let more = touches.len() > limit;
        let steps = touches
            .iter()
            .take(limit)
            .map(|touch| self.step(touch, path))
            .collect::<Result<_, _>>()?;
        Ok(Blame {
            path: path.to_string(),
            label: label(path, &[tree]),
            derived: false,
            steps,
            rests_on: Vec::new(),
            more,
        })
    }

    fn blame_number(
        &self,
        document: DocumentId,
        tip: CommitId,
        tree: &Tree,
        worked: &Arc<Worked>,
        path: &CellPath,
        limit: usize,
    ) -> Result<Blame, Failure> {
        let cell = path.to_string();
        let cells = leaves(worked, &cell, tree);
        let (last, (steps, more)) = self.library.with_traces(document, |tracer| {
            let last = self.last_touches(tracer, tip, &cells)?;
            let found = self.number_steps(tracer, tip, worked, path, &cells, limit)?;
            Ok((last, found))
        })?;
        let mut rests_on = last
            .iter()
            .map(|(touch, leaf)| self.step(touch, leaf))
            .collect::<Result<Vec<_>, _>>()?;
        rests_on.sort_by_key(|step| std::cmp::Reverse(step.time));
        let name = facts(&worked.sheet)
            .get(&cell)
            .map(|(name, _)| name.clone());
        Ok(Blame {
            label: name.unwrap_or_else(|| label(path, &[tree])),
            path: cell,
            derived: true,
            steps,
            rests_on,
            more,
        })
    }

    /// Finds for each of some cells the commit that changed it last.
    fn last_touches(
        &self,
        tracer: &mut Tracer<'_>,
        tip: CommitId,
        cells: &BTreeSet<CellPath>,
    ) -> Result<Vec<(Touch, CellPath)>, Failure> {
        let mut left: Vec<&CellPath> = cells.iter().take(MAX_CELLS).collect();
        let mut sought = Sought::any(left.iter().copied());
        let mut found = Vec::new();
        let mut at = tip;
        while !left.is_empty() {
            let (next, touched) = match tracer.trace(at)?.parents.first() {
                Some((parent, marks)) => (Some(*parent), sought.is_in(marks)),
                None => (None, true),
            };
            if touched {
                let mut still = Vec::with_capacity(left.len());
                for cell in left {
                    let mut here = self.library.touches_from(tracer, at, cell, 1, Some(at))?;
                    match here.pop() {
                        Some(touch) => found.push((touch, cell.clone())),
                        None => still.push(cell),
                    }
                }
                left = still;
                sought = Sought::any(left.iter().copied());
            }
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        Ok(found)
    }

    /// Finds the commits that made a computed number another.
    fn number_steps(
        &self,
        tracer: &mut Tracer<'_>,
        tip: CommitId,
        worked: &Arc<Worked>,
        path: &CellPath,
        cells: &BTreeSet<CellPath>,
        limit: usize,
    ) -> Result<(Vec<BlameStep>, bool), Failure> {
        let cell = path.to_string();
        let influences: Vec<CellPath> = INFLUENCES.iter().filter_map(|i| i.parse().ok()).collect();
        let sought = Sought::any(influences.iter().chain(cells));
        let mut steps = Vec::new();
        let mut now = Arc::clone(worked);
        let (mut at, mut tried) = (tip, 0);
        loop {
            let parent = tracer.trace(at)?.parents.first();
            let Some((before, touched)) = parent.map(|(id, marks)| (*id, sought.is_in(marks)))
            else {
                let after = figure_text(&now, &facts(&now.sheet), &cell);
                if !after.is_empty() {
                    steps.push(self.said(at, path, String::new(), after)?);
                }
                return Ok((steps, false));
            };
            if touched {
                if tried == MAX_TRIED || steps.len() == limit {
                    return Ok((steps, true));
                }
                tried += 1;
                let (this, earlier) = (self.library.tree(at)?, self.library.tree(before)?);
                // An older Forkbeard's version that cannot be worked out ends the search.
                let Ok(was) = self
                    .library
                    .worked_after(&now, &diff(&this, &earlier), &earlier)
                else {
                    return Ok((steps, true));
                };
                let text = |worked: &Worked| figure_text(worked, &facts(&worked.sheet), &cell);
                let (old, new) = (text(&was), text(&now));
                if old != new {
                    steps.push(self.said(at, path, old, new)?);
                }
                now = was;
            }
            at = before;
        }
    }

    /// Tells of one change of a cell.
    fn step(&self, touch: &Touch, path: &CellPath) -> Result<BlameStep, Failure> {
        let after = self.library.tree(touch.commit)?;
        let before = match touch.before {
            Some(before) => self.library.tree(before)?,
            None => Tree::empty(),
        };
        let text =
            |value: Option<Value>| in_words(value.as_ref(), nature(path), &[&after, &before]);
        let (was, now) = (text(before.get(path)), text(after.get(path)));
        let mut step = self.said(touch.commit, path, was, now)?;
        step.label = label(path, &[&after, &before]);
        Ok(step)
    }

    fn said(
        &self,
        commit: CommitId,
        path: &CellPath,
        before: String,
        after: String,
    ) -> Result<BlameStep, Failure> {
        let commit = self.library.commit(commit)?;
        Ok(BlameStep {
            path: path.to_string(),
            label: label(path, &[]),
            commit: commit.id.to_string(),
            version: self.library.version_of(commit.id)?,
            time: commit.says.time,
            author: commit.says.author.name.clone(),
            title: self.library.title(&commit)?,
            session: commit.says.session.map(|session| session.to_string()),
            before,
            after,
        })
    }
}

impl Library {
    /// Finds the commits that changed a cell, newest first, at most `limit`; goes where the value came from.
    pub(crate) fn touches(
        &self,
        tracer: &mut Tracer<'_>,
        tip: CommitId,
        path: &CellPath,
        limit: usize,
    ) -> Result<Vec<Touch>, Failure> {
        self.touches_from(tracer, tip, path, limit, None)
    }

    /// Finds the commits that changed a cell; with `only`, whether that commit did, on whatever line it took the value from.
    fn touches_from(
        &self,
        tracer: &mut Tracer<'_>,
        tip: CommitId,
        path: &CellPath,
        limit: usize,
        only: Option<CommitId>,
    ) -> Result<Vec<Touch>, Failure> {
        let sought = Sought::cell(path);
        let mut found = Vec::new();
        let mut at = Some(tip);
        while let Some(commit) = at
            && found.len() < limit
        {
            let trace = tracer.trace(commit)?;
            let Some((first, marks)) = trace.parents.first() else {
                // The beginning: what stands here came with it.
                if self.value_at(commit, path)?.is_some() {
                    found.push(Touch {
                        commit,
                        before: None,
                    });
                }
                break;
            };
            let first = *first;
            if !sought.is_in(marks) {
                if only == Some(commit) {
                    break;
                }
                at = Some(first);
                continue;
            }
            let others: Vec<CommitId> = trace.parents[1..].iter().map(|(id, _)| *id).collect();
            let value = self.value_at(commit, path)?;
            if self.value_at(first, path)? == value {
                if only == Some(commit) {
                    break;
                }
                at = Some(first);
                continue;
            }
            let mut source = None;
            for other in others {
                if self.value_at(other, path)? == value {
                    source = Some(other);
                    break;
                }
            }
            at = Some(source.unwrap_or(first));
            if source.is_none() {
                let before = Some(first);
                found.push(Touch { commit, before });
            }
        }
        Ok(found)
    }

    fn value_at(&self, commit: CommitId, path: &CellPath) -> Result<Option<Value>, Failure> {
        Ok(self.tree(commit)?.get(path))
    }
}

/// Finds the cells of the source that a number rests on, down to the last.
fn leaves(worked: &Worked, cell: &str, tree: &Tree) -> BTreeSet<CellPath> {
    let mut leaves = BTreeSet::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![cell.to_owned()];
    while let Some(cell) = open.pop() {
        if !seen.insert(cell.clone()) {
            continue;
        }
        let Ok(path) = cell.parse::<CellPath>() else {
            continue;
        };
        let by_hand = sheet::override_cell(&path);
        if tree.get(&by_hand).is_some() {
            leaves.insert(by_hand);
        }
        match worked.stats.get(&cell) {
            Some(stat) => {
                open.extend(
                    stat.terms
                        .iter()
                        .filter_map(|term| term.source_cell.clone()),
                );
            }
            None if tree.get(&path).is_some() => {
                leaves.insert(path);
            }
            None => {}
        }
    }
    leaves
}

fn no_cell(cell: &str) -> Failure {
    Failure {
        code: Code::NotFound,
        message: format!(
            "`{}` is no cell of a character.",
            crate::text::line(cell, 80)
        ),
        hint: "Cells are, for example, `/identity/xp` and `/combat/armor_class`.".to_owned(),
        cell: Some(cell.to_owned()),
    }
}
