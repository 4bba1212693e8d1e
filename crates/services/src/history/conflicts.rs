//! Conflicts that were left open: listed with all their sides, and decided, now or weeks later.

use std::collections::BTreeMap;

use history::conflicts::{self, Open, Resolution, conflict_cell};
use history::{Action, CellPath, CommitId, CommitKind, DocumentId, Edit, Tree, edit};

use super::Histories;
use super::difference::{in_words, nature};
use super::merging::{by_strategy, resolution, undecidable};
use super::sections::section_of;
use crate::Failure;
use crate::library::Library;
use crate::wire::{ConflictLine, ConflictSide, Decision, EditOutcome, Strategy};
use crate::words::{label, show};

impl Histories<'_> {
    /// Lists the conflicts that stand open on the branch that is stood on.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn conflicts(&self, id: &str) -> Result<Vec<ConflictLine>, Failure> {
        self.library.timed("history.conflicts", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let (_, tip, tree) = self.library.stood_on(document)?;
            self.library.open_conflicts(document, tip, &tree)
        })
    }

    /// Decides open conflicts on the branch that is stood on: those named by their cells, and with a strategy all others too.
    ///
    /// # Errors
    /// A cell without an open conflict, a side that it does not have, both where there is room for one, a value that the cell cannot hold.
    pub fn resolve(
        &self,
        id: &str,
        decisions: &BTreeMap<String, Decision>,
        strategy: Option<Strategy>,
    ) -> Result<EditOutcome, Failure> {
        self.library.timed("history.resolve", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let (branch, _, base) = self.library.stood_on(document)?;
            let mut tree = base.clone();
            for (path, decision) in decisions {
                let path: CellPath = path.parse()?;
                if let Decision::Value { value: Some(value) } = decision {
                    sheet::check_cell(&path, value)?;
                }
                let how = resolution(decision);
                let edits = conflicts::resolve(&tree, &path, &how, sheet::policies())
                    .map_err(undecidable)?;
                tree = edit(&tree, edits)?;
            }
            if let Some(strategy) = strategy {
                let how = by_strategy(strategy);
                let everything = CellPath::root();
                let (edits, _) =
                    conflicts::resolve_within(&tree, &everything, &how, sheet::policies());
                tree = edit(&tree, edits)?;
            }
            let (before, after) = (conflicts::count(&base), conflicts::count(&tree));
            let message = match (before.saturating_sub(after), after) {
                (1, 0) => "Decided the conflict".to_owned(),
                (done, 0) => format!("Decided {done} conflicts"),
                (done, left) => format!("Decided {done} of {} conflicts", done + left),
            };
            self.library.sheet().land(
                document,
                &branch,
                &base,
                &tree,
                CommitKind::Edit,
                Action::Resolve,
                &message,
            )
        })
    }
}

impl Library {
    /// Lists the conflicts that stand open in a version.
    pub(crate) fn open_conflicts(
        &self,
        document: DocumentId,
        at: CommitId,
        tree: &Tree,
    ) -> Result<Vec<ConflictLine>, Failure> {
        let mut lines = Vec::new();
        for open in conflicts::open(tree, sheet::policies()) {
            if self.hides_conflict(&open.path) {
                continue;
            }
            // The merge that left it open knows the lines it came from.
            let merged = self.with_traces(document, |tracer| {
                let cell = conflict_cell(&open.path);
                Ok(self.touches(tracer, at, &cell, 1)?.pop())
            })?;
            let heads = match merged {
                Some(touch) => self.commit(touch.commit)?.says.parents,
                None => Vec::new(),
            };
            lines.push(self.conflict_line(document, &open, tree, &heads)?);
        }
        lines.sort_by_cached_key(|line| (section_of(&line.path).0, line.path.clone()));
        Ok(lines)
    }

    /// Puts an open conflict as it crosses; `heads` are the versions that met, if they are known.
    pub(crate) fn conflict_line(
        &self,
        document: DocumentId,
        open: &Open,
        tree: &Tree,
        heads: &[CommitId],
    ) -> Result<ConflictLine, Failure> {
        let nature = nature(&open.path);
        let mut sides = Vec::with_capacity(open.sides.len());
        for claim in &open.sides {
            let mut author = String::new();
            for head in heads {
                if self.tree(*head)?.get(&open.path) != claim.value {
                    continue;
                }
                let touch = self.with_traces(document, |tracer| {
                    Ok(self.touches(tracer, *head, &open.path, 1)?.pop())
                })?;
                if let Some(touch) = touch {
                    author = self.commit(touch.commit)?.says.author.name;
                }
                break;
            }
            sides.push(ConflictSide {
                from: claim.from.clone(),
                author,
                value: claim.value.clone(),
                text: in_words(claim.value.as_ref(), nature, &[tree]),
            });
        }
        let both = conflicts::resolve(tree, &open.path, &Resolution::Both, sheet::policies());
        Ok(ConflictLine {
            path: open.path.to_string(),
            label: name_of(open, tree),
            section: section_of(&open.path.to_string()).1,
            nature,
            base: open.base.clone(),
            base_text: in_words(open.base.as_ref(), nature, &[tree]),
            sides,
            standing: in_words(tree.get(&open.path).as_ref(), nature, &[tree]),
            both: both.is_ok(),
        })
    }
}

/// Says what the cell is called; of a thing that one side removed, by what another made of it.
fn name_of(open: &Open, tree: &Tree) -> String {
    let whole = open.sides.iter().find_map(|side| side.value.as_ref());
    match whole {
        Some(value) if value.is_object() && tree.get(&open.path).is_none() => show(Some(value)),
        _ => label(&open.path, &[tree]),
    }
}

/// Gives the edit that sets a cell, or takes it away.
pub(crate) fn put(path: CellPath, value: Option<serde_json::Value>) -> Edit {
    match value {
        Some(value) => Edit::Set { path, value },
        None => Edit::Remove { path },
    }
}
