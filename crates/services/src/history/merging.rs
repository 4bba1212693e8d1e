//! Merging two lines of a character: previewed with every cell and what the rules say of the result, decided, and written.

use history::conflicts::{self, Resolution, ResolveError};
use history::lineage::{LineMerge, merge_commits};
use history::{
    Action, BranchName, CellOutcome, CellPath, CommitId, CommitKind, DocumentId, Edit, Outcome,
    Take, Tree, edit, reverse,
};
use serde_json::Value;

use super::Histories;
use super::conflicts::put;
use super::difference::{changes_between, in_words, nature};
use super::sections::section_of;
use super::sides::Named;
use super::violations::with_allowed;
use crate::library::Library;
use crate::text::count;
use crate::wire::{
    ConflictLine, Decision, MergeAsk, MergeDone, MergeLine, MergePreview, Role, SettledBy,
    SideName, Strategy, Violation,
};
use crate::words::label;
use crate::writing::{Draft, TRIES, WriteError, too_busy};
use crate::{Code, Failure};

/// The most lines that say who changed a cell: beyond, nobody reads them one by one.
const MOST_AUTHORS: usize = 300;

impl Histories<'_> {
    /// Shows what merging one line into another would make: every cell that either touched, what has to be decided, what the rules
    /// object to in the result, and how the result differs. Nothing is written.
    ///
    /// # Errors
    /// A line that is not there; a decision that cannot be made so.
    pub fn merge_preview(&self, ask: &MergeAsk) -> Result<MergePreview, Failure> {
        self.library.timed("history.merge_preview", || {
            let plan = self.library.plan_merge(ask)?;
            let violations = self.library.violations_of(&plan, ask)?;
            let merged = Named {
                name: SideName {
                    name: "merged".to_owned(),
                    title: "after the merge".to_owned(),
                    commit: String::new(),
                    version: plan.into.name.version.saturating_add(1),
                    ..plan.from.name.clone()
                },
                commit: plan.into.commit,
                tree: plan.tree.clone(),
            };
            let base = match plan.line.bases.first() {
                Some(base) => Some(self.library.side(plan.document, &base.to_string())?.name),
                None => None,
            };
            let into = Named {
                name: plan.into.name.clone(),
                commit: plan.into.commit,
                tree: plan.into.tree.clone(),
            };
            Ok(MergePreview {
                lines: self.library.merge_lines(&plan)?,
                conflicts: self.library.conflicts_of(&plan)?,
                violations,
                difference: self.library.difference(into, merged)?,
                nothing: plan.nothing(),
                from: plan.from.name,
                into: plan.into.name,
                base,
            })
        })
    }

    /// Merges one line into another, as one commit that comes of both; conflicts that are not decided stay in the sheet and wait.
    ///
    /// # Errors
    /// See [`Histories::merge_preview`]; also a library that cannot be written.
    pub fn merge(&self, ask: &MergeAsk) -> Result<MergeDone, Failure> {
        self.library.timed("history.merge", || {
            let document: DocumentId = ask.id.parse()?;
            let _turn = self.library.turn(document);
            for _ in 0..TRIES {
                let plan = self.library.plan_merge(ask)?;
                let violations = self.library.violations_of(&plan, ask)?;
                let lines = self.library.merge_lines(&plan)?;
                let at = if plan.nothing() {
                    plan.into.commit
                } else {
                    let tree = self.library.allow(&plan, ask, &violations)?;
                    match self.library.write_merge(&plan, tree, &ask.message) {
                        Ok(commit) => commit,
                        Err(WriteError::Moved) => continue,
                        Err(WriteError::Failure(failure)) => return Err(failure),
                    }
                };
                let tree = self.library.tree(at)?;
                let view = self
                    .library
                    .sheet()
                    .view(document, &plan.branch, at, &tree, true)?;
                return Ok(MergeDone {
                    view: Box::new(view),
                    lines,
                    conflicts: self.library.open_conflicts(document, at, &tree)?,
                    violations,
                });
            }
            Err(too_busy())
        })
    }
}

/// What a merge comes to, before it is written.
pub(crate) struct Plan {
    pub(crate) document: DocumentId,
    /// The branch it is brought onto.
    pub(crate) branch: BranchName,
    pub(crate) into: Named,
    pub(crate) from: Named,
    pub(crate) line: LineMerge,
    /// The result as the merge gives it, its conflicts written beside their cells.
    pub(crate) undecided: Tree,
    /// The result with what was decided.
    pub(crate) tree: Tree,
}

impl Plan {
    /// Tells whether the one line has nothing that the other lacks.
    pub(crate) fn nothing(&self) -> bool {
        self.line.bases == [self.from.commit]
    }

    fn sides(&self) -> [&Tree; 2] {
        [&self.into.tree, &self.from.tree]
    }
}

impl Library {
    /// Merges two commits of a document, whatever they have in common.
    pub(crate) fn merged_lines(
        &self,
        ours: CommitId,
        theirs: CommitId,
    ) -> Result<LineMerge, Failure> {
        merge_commits(self, ours, theirs, sheet::policies())
    }

    /// Works out a merge and puts in what was decided.
    pub(crate) fn plan_merge(&self, ask: &MergeAsk) -> Result<Plan, Failure> {
        let document: DocumentId = ask.id.parse()?;
        self.row(document)?;
        let branch = self.branch_of(document, ask.into.as_deref())?;
        let into = self.side(document, branch.as_str())?;
        let from = self.side(document, &ask.from)?;
        let line = self.merged_lines(into.commit, from.commit)?;
        if line.merge.conflicts().any(|(path, _)| path.is_root()) {
            return Err(Failure::new(
                Code::TooLarge,
                "Merged, the character would be larger than a character may be.",
                "Make one side smaller, or bring its cells over one by one.",
            ));
        }
        let lines = [&into, &from].map(|side| conflicts::Line {
            label: &side.name.title,
            tree: &side.tree,
        });
        let undecided = conflicts::write(&line.merge, &lines)?;
        let mut plan = Plan {
            document,
            branch,
            into,
            from,
            line,
            tree: undecided.clone(),
            undecided,
        };
        for (path, decision) in &ask.decisions {
            let path: CellPath = path.parse()?;
            let edits = self.decide(&plan, &path, decision)?;
            plan.tree = edit(&plan.tree, edits)?;
        }
        if let Some(strategy) = ask.strategy {
            let left: Vec<CellPath> = plan
                .line
                .merge
                .conflicts()
                .map(|(path, _)| path.clone())
                .filter(|path| !ask.decisions.contains_key(&path.to_string()))
                .collect();
            for path in left {
                let how = by_strategy(strategy);
                let edits = conflicts::resolve(&plan.tree, &path, &how, sheet::policies())
                    .map_err(undecidable)?;
                plan.tree = edit(&plan.tree, edits)?;
            }
        }
        Ok(plan)
    }

    /// Gives the edits of one decision: of a conflict, or of a cell that was settled otherwise than wanted.
    fn decide(
        &self,
        plan: &Plan,
        path: &CellPath,
        decision: &Decision,
    ) -> Result<Vec<Edit>, Failure> {
        if let Decision::Value { value: Some(value) } = decision {
            sheet::check_cell(path, value)?;
        }
        if plan.line.merge.conflicts().any(|(cell, _)| cell == path) {
            let how = resolution(decision);
            return conflicts::resolve(&plan.tree, path, &how, sheet::policies())
                .map_err(undecidable);
        }
        let take = match decision {
            Decision::Side { side } if *side < 2 => Take::Side(*side as usize),
            Decision::Base => Take::Base,
            Decision::Value { value } => {
                return Ok(vec![put(path.clone(), value.clone())]);
            }
            Decision::Side { .. } | Decision::Both => {
                return Err(Failure::invalid(
                    path.to_string(),
                    "This cell was settled by itself, and can only be as one side has it, as it was, or another value.",
                    "Choose one of these.",
                ));
            }
        };
        let found = plan.line.merge.cells.iter().find(|cell| cell.path == *path);
        let outcome = found.cloned().unwrap_or_else(|| CellOutcome {
            path: path.clone(),
            outcome: Outcome::Same,
        });
        let base = plan.line.ancestor.tree();
        Ok(reverse(&outcome, take, &plan.tree, base, &plan.sides()))
    }

    /// Finds what the rules object to in the result and that neither side had by itself.
    fn violations_of(&self, plan: &Plan, ask: &MergeAsk) -> Result<Vec<Violation>, Failure> {
        let mut violations = self.objections(&plan.tree, &plan.sides())?;
        self.find_fixes(&mut violations, &plan.tree, &plan.sides())?;
        for violation in &mut violations {
            if let Some(reason) = ask.allow.get(&violation.key) {
                violation.allowed = Some(self.allowance(reason)?);
            }
        }
        Ok(violations)
    }

    /// Writes down who allowed what.
    fn allow(
        &self,
        plan: &Plan,
        ask: &MergeAsk,
        violations: &[Violation],
    ) -> Result<Tree, Failure> {
        if self.viewer() == Role::Player && !ask.allow.is_empty() {
            return Err(Failure::new(
                Code::Invalid,
                "Only the DM allows what the rules object to.",
                "Mend it, or leave it as a finding on the sheet.",
            ));
        }
        let unknown = ask.allow.keys().find(|key| {
            let known = |violation: &Violation| violation.key == **key;
            !violations.iter().any(known)
        });
        if let Some(key) = unknown {
            return Err(Failure::not_found("violation", key));
        }
        with_allowed(&plan.tree, violations)
    }

    fn write_merge(&self, plan: &Plan, tree: Tree, message: &str) -> Result<CommitId, WriteError> {
        let fail = WriteError::Failure;
        self.check_owned(&plan.branch, &plan.into.tree, &tree)
            .map_err(fail)?;
        self.worked(&tree).map_err(fail)?;
        let _naming = self
            .check_renamed(plan.document, &plan.into.tree, &tree)
            .map_err(fail)?;
        let message = crate::sheet::clean_message(Some(message)).map_err(fail)?;
        let message = match message.as_str() {
            "" => format!("Brought in {}", plan.from.name.title),
            _ => message,
        };
        let commit = self.write(
            Draft {
                document: plan.document,
                branch: plan.branch.clone(),
                parents: vec![plan.into.commit, plan.from.commit],
                before: Some(vec![plan.into.commit]),
                tree,
                kind: CommitKind::Merge,
                message: message.clone(),
            },
            Action::Merge,
        )?;
        self.remember_audit(&commit, &message);
        Ok(commit.id)
    }

    /// Puts into words how every touched cell came out.
    fn merge_lines(&self, plan: &Plan) -> Result<Vec<MergeLine>, Failure> {
        let base = plan.line.ancestor.tree();
        let (ours, theirs) = (&plan.into.tree, &plan.from.tree);
        let of_ours = changes_between(base, ours);
        let of_theirs = changes_between(base, theirs);
        let mut lines = Vec::new();
        for cell in &plan.line.merge.cells {
            // What came or went as a whole section is told thing by thing.
            let own = match cell.outcome {
                Outcome::Ours => Some(&of_ours),
                Outcome::Theirs => Some(&of_theirs),
                _ => None,
            };
            let parts: Vec<&CellPath> = own
                .into_iter()
                .flatten()
                .map(|change| &change.path)
                .filter(|path| path.is_within(&cell.path))
                .collect();
            if parts.is_empty() {
                lines.push(line(plan, &cell.path, &cell.outcome));
            } else {
                lines.extend(parts.iter().map(|path| line(plan, path, &cell.outcome)));
            }
        }
        lines.retain(|line| {
            let path = line.path.parse();
            !path.is_ok_and(|path| self.hides(&path))
        });
        lines.sort_by_cached_key(|line| (section_of(&line.path).0, line.path.clone()));
        self.with_traces(plan.document, |tracer| {
            for line in lines.iter_mut().take(MOST_AUTHORS) {
                let path: CellPath = line.path.parse()?;
                let mut who = |head: CommitId| -> Result<Option<String>, Failure> {
                    let touch = self.touches(tracer, head, &path, 1)?.pop();
                    let by = |commit| self.commit(commit).map(|c| c.says.author.name);
                    touch.map(|touch| by(touch.commit)).transpose()
                };
                if line.by != SettledBy::Theirs {
                    line.ours_by = who(plan.into.commit)?;
                }
                if line.by != SettledBy::Ours {
                    line.theirs_by = who(plan.from.commit)?;
                }
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// Lists what this merge asks, decided or not.
    fn conflicts_of(&self, plan: &Plan) -> Result<Vec<ConflictLine>, Failure> {
        let asked: Vec<&CellPath> = plan.line.merge.conflicts().map(|(path, _)| path).collect();
        let heads = [plan.into.commit, plan.from.commit];
        conflicts::open(&plan.undecided, sheet::policies())
            .into_iter()
            .filter(|open| asked.contains(&&open.path))
            .filter(|open| !self.hides_conflict(&open.path))
            .map(|open| {
                let mut line = self.conflict_line(plan.document, &open, &plan.undecided, &heads)?;
                let standing = plan.tree.get(&open.path);
                line.standing = in_words(standing.as_ref(), line.nature, &[&plan.tree]);
                Ok(line)
            })
            .collect()
    }
}

/// Reads a decision as the history takes it.
pub(crate) fn resolution(decision: &Decision) -> Resolution {
    match decision {
        Decision::Side { side } => Resolution::Side(*side as usize),
        Decision::Base => Resolution::Base,
        Decision::Both => Resolution::Both,
        Decision::Value { value } => Resolution::Value(value.clone()),
    }
}

/// Reads a strategy as the history takes it.
pub(crate) fn by_strategy(strategy: Strategy) -> Resolution {
    match strategy {
        Strategy::Ours => Resolution::Side(0),
        Strategy::Theirs => Resolution::Side(1),
        Strategy::Base => Resolution::Base,
    }
}

/// Says why a conflict cannot be decided so.
pub(crate) fn undecidable(error: ResolveError) -> Failure {
    match error {
        ResolveError::NotOpen(path) => Failure {
            code: Code::NotFound,
            message: "There is no open conflict about this cell.".to_owned(),
            hint: "Somebody may have decided it meanwhile.".to_owned(),
            cell: Some(path.to_string()),
        },
        ResolveError::NoSuchSide { at, sides } => Failure::invalid(
            at.to_string(),
            format!("This conflict has {sides} sides."),
            "Sides are counted from 0.",
        ),
        ResolveError::OneValue(path) => Failure::invalid(
            path.to_string(),
            "This cell holds one value; both cannot stand.",
            "Choose one, or another value.",
        ),
    }
}

/// Puts into words how one cell came out.
fn line(plan: &Plan, path: &CellPath, outcome: &Outcome) -> MergeLine {
    let base = plan.line.ancestor.tree();
    let (ours, theirs) = (&plan.into.tree, &plan.from.tree);
    let trees = [&plan.tree, ours, theirs, base];
    let nature = nature(path);
    let text = |value: Option<Value>| value.map(|value| in_words(Some(&value), nature, &trees));
    let names = |ids: &[String]| {
        let names = ids.iter().map(|id| label(&path.child(id), &trees));
        Some(names.collect::<Vec<_>>().join(", "))
    };
    let (by, how) = told(outcome, &plan.into.name.title, &plan.from.name.title);
    let (ours_text, theirs_text) = match outcome {
        Outcome::BothHappened { ours, theirs } => (names(ours), names(theirs)),
        _ => (text(ours.get(path)), text(theirs.get(path))),
    };
    MergeLine {
        path: path.to_string(),
        label: label(path, &trees),
        section: section_of(&path.to_string()).1,
        nature,
        by,
        how,
        base: text(base.get(path)),
        ours: ours_text,
        theirs: theirs_text,
        result: text(plan.tree.get(path)),
        ours_by: None,
        theirs_by: None,
    }
}

/// Says in which way a cell was settled, and how.
fn told(outcome: &Outcome, ours: &str, theirs: &str) -> (SettledBy, String) {
    let plain = |by: SettledBy, how: &str| (by, how.to_owned());
    match outcome {
        Outcome::Ours => (SettledBy::Ours, format!("changed on {ours} only")),
        Outcome::Theirs => (SettledBy::Theirs, format!("changed on {theirs} only")),
        Outcome::Same => plain(SettledBy::Same, "changed alike on both"),
        Outcome::Added {
            clamped_from,
            counted_once,
        } => {
            let once = match counted_once {
                Some(once) => format!(", with {once} of the same event counted once"),
                None => String::new(),
            };
            match clamped_from {
                None => (
                    SettledBy::Added,
                    format!("both changes were added up{once}"),
                ),
                Some(sum) => (
                    SettledBy::Clamped,
                    format!(
                        "both changes were added up{once} to {sum} and cut to what is possible"
                    ),
                ),
            }
        }
        Outcome::Larger => plain(SettledBy::Larger, "the larger stands"),
        Outcome::Ordered => plain(SettledBy::Placed, "moved on both; one place was chosen"),
        Outcome::Moved => plain(
            SettledBy::Placed,
            "put elsewhere on both; the last move stands",
        ),
        Outcome::MoveRefused { .. } => plain(
            SettledBy::Refused,
            "one of two moves was not taken, as the things would lie in each other",
        ),
        Outcome::LostParent { .. } => plain(
            SettledBy::LostContainer,
            "kept, though what it lay in was removed",
        ),
        Outcome::Removed => plain(
            SettledBy::Placed,
            "removed on one side; the other had only moved it",
        ),
        Outcome::BothHappened { .. } => plain(
            SettledBy::BothHappened,
            "both happened, and stand beside each other",
        ),
        Outcome::Woven => plain(SettledBy::Woven, "both texts were woven together"),
        Outcome::BothKept => plain(SettledBy::BothKept, "both texts stand, one after the other"),
        Outcome::Conflict(conflict) => (
            SettledBy::Conflict,
            format!(
                "changed differently on {} sides",
                count(conflict.sides.len())
            ),
        ),
    }
}
