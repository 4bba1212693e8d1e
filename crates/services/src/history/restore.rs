//! The whole library put back to how it stood after an operation: planned, shown, and written as one operation.
//!
//! Nothing is taken out of any history. A line that moved since gets a commit on top that holds what it held then; a branch that was
//! deleted since stands again where it stood; one that was made since is deleted; a document that was made since is put away. So the restore
//! can itself be undone, by restoring to the operation before it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use history::{
    Action, BranchName, CellPath, CommitId, CommitKind, DocumentId, Edit, MAIN, RefMove, Tree,
};
use serde_json::Value;
use sheet::DocumentKind;
use vault::LoggedOperation;

use super::Histories;
use super::operations::{moment, number};
use crate::library::Library;
use crate::wire::{RestoreLine, RestorePreview};
use crate::writing::{Draft, Move, Naming, TRIES, WriteError, too_busy};
use crate::{Code, Failure};

/// How many operations are read at once.
const RUN: usize = 500;

/// What a restore would do.
struct Plan {
    operation: LoggedOperation,
    moves: Vec<Move<'static>>,
    lines: Vec<RestoreLine>,
    /// The documents whose refs move.
    documents: BTreeSet<DocumentId>,
}

impl Histories<'_> {
    /// Shows what restoring the library to how it stood after an operation would change; writes nothing.
    ///
    /// # Errors
    /// An operation that is not there; a damaged part of the ledger.
    pub fn restore_preview(&self, operation: &str) -> Result<RestorePreview, Failure> {
        self.library.timed("history.restore_preview", || {
            let plan = self.library.plan(number(operation)?)?;
            Ok(RestorePreview {
                operation: self.library.operation_line(&plan.operation)?,
                lines: plan.lines,
            })
        })
    }

    /// Restores the library to how it stood after an operation; tells what that changed.
    ///
    /// # Errors
    /// What [`Histories::restore_preview`] refuses; [`Code::NeedsReview`] for a player at a table that reviews; a library that cannot be written.
    pub fn restore(&self, operation: &str) -> Result<RestorePreview, Failure> {
        self.library.timed("history.restore", || {
            let wanted = number(operation)?;
            if self.library.is_reviewed()? {
                return Err(Failure::new(
                    Code::NeedsReview,
                    "At this table only the DM restores the whole library.",
                    "A single character can be put back to a version of its own.",
                ));
            }
            // Nobody of this process writes a document meanwhile; always in this order, so that two restores do not wait for each other.
            let turns = self.library.turns.iter();
            let _turns: Vec<_> = turns
                .map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner))
                .collect();
            let naming = self.library.naming();
            for _ in 0..TRIES {
                let mut plan = self.library.plan(wanted)?;
                let preview = RestorePreview {
                    operation: self.library.operation_line(&plan.operation)?,
                    lines: plan.lines,
                };
                if plan.moves.is_empty() {
                    return Ok(preview);
                }
                self.library.keep_handles_apart(&mut plan.moves, &naming)?;
                let to = plan.operation.operation.id;
                match self.library.write_moves(plan.moves, Action::Restore { to }) {
                    Ok(_) => {}
                    Err(WriteError::Moved) => continue,
                    Err(WriteError::Failure(failure)) => return Err(failure),
                }
                // Characters may be built on packs that stand elsewhere now.
                self.library.caches().sheets.invalidate_all();
                for document in plan.documents {
                    self.library.tell_lines(document);
                }
                return Ok(preview);
            }
            Err(too_busy())
        })
    }
}

impl Library {
    /// Works out what leads back to how everything stood after an operation.
    fn plan(&self, wanted: u64) -> Result<Plan, Failure> {
        let not_there = || Failure::not_found("operation", &wanted.to_string());
        let next = wanted.checked_add(1).ok_or_else(not_there)?;
        let found = self.vault.operations(None, Some(next), 1)?.pop();
        let operation = found
            .filter(|one| one.seq == wanted)
            .ok_or_else(not_there)?;
        // Where each ref stood then: where the first operation since found it.
        let mut then: BTreeMap<(DocumentId, BranchName), Vec<CommitId>> = BTreeMap::new();
        let mut before = None;
        'log: loop {
            let run = self.vault.operations(None, before, RUN)?;
            let Some(last) = run.last().map(|one| one.seq) else {
                break;
            };
            for logged in run {
                if logged.seq <= wanted {
                    break 'log;
                }
                for moved in logged.operation.moves {
                    then.insert((moved.document, moved.branch), moved.before);
                }
            }
            before = Some(last);
        }
        let mut plan = Plan {
            moves: Vec::new(),
            lines: Vec::new(),
            documents: BTreeSet::new(),
            operation,
        };
        let stood = moment(plan.operation.operation.time);
        let message = format!("Back to how the library stood on {stood}");
        for ((document, branch), then) in then {
            let now = self.vault.heads(document, &branch)?;
            if now == then {
                continue;
            }
            let Some((moved, what)) = self.step_back(document, &branch, &now, &then, &message)?
            else {
                continue;
            };
            plan.moves.push(moved);
            plan.documents.insert(document);
            // Branches and milestones are no branch themselves.
            let of_book = self.kind_of(document) == Some(DocumentKind::Book);
            plan.lines.push(RestoreLine {
                id: document.to_string(),
                name: self.name_of(document)?,
                branch: if of_book {
                    String::new()
                } else {
                    branch.to_string()
                },
                what,
            });
        }
        Ok(plan)
    }

    /// Finds what brings one ref back, and says it; nothing where it holds already what it held.
    fn step_back(
        &self,
        document: DocumentId,
        branch: &BranchName,
        now: &[CommitId],
        then: &[CommitId],
        message: &str,
    ) -> Result<Option<(Move<'static>, String)>, Failure> {
        let to = |after: Vec<CommitId>| {
            Move::Ref(RefMove {
                document,
                branch: branch.clone(),
                before: now.to_vec(),
                after,
            })
        };
        let draft = |tree: Tree, kind: CommitKind, message: &str| {
            Move::Commit(Draft {
                document,
                branch: branch.clone(),
                parents: now.to_vec(),
                before: None,
                tree,
                kind,
                message: message.to_owned(),
            })
        };
        let kind = self.kind_of(document);
        match (now.first(), then.first()) {
            (None, None) => Ok(None),
            (None, Some(head)) => {
                let what = format!("brought back at version {}", self.version_of(*head)?);
                Ok(Some((to(then.to_vec()), what)))
            }
            (Some(_), None) if branch.as_str() != MAIN => Ok(Some((
                to(Vec::new()),
                "deleted: it did not exist yet".to_owned(),
            ))),
            (Some(tip), None) => {
                let tree = self.tree(*tip)?;
                let Some(without) = put_away(&tree, kind)? else {
                    return Ok(None);
                };
                let what = match kind {
                    Some(DocumentKind::Book) => {
                        "emptied: no branch and no milestone was written down yet"
                    }
                    Some(DocumentKind::Table) => "emptied: nobody had a seat yet",
                    _ => "put away: it did not exist yet",
                };
                let message = format!("{message}: it did not exist yet");
                Ok(Some((
                    draft(without, CommitKind::Edit, &message),
                    what.to_owned(),
                )))
            }
            (Some(tip), Some(head)) => {
                let tree = self.tree(*head)?;
                if tree == self.tree(*tip)? {
                    return Ok(None);
                }
                let what = match kind {
                    Some(DocumentKind::Book) => {
                        "branches and milestones as they were written down".to_owned()
                    }
                    _ => {
                        let (then, now) = (self.version_of(*head)?, self.version_of(*tip)?);
                        format!("as in version {then}; it is at version {now}")
                    }
                };
                let kind = CommitKind::Rollback { to: *head };
                Ok(Some((draft(tree, kind, message), what)))
            }
        }
    }

    /// Gives another handle to what is put away and has the handle that a character takes back.
    fn keep_handles_apart(
        &self,
        moves: &mut [Move<'static>],
        naming: &Naming<'_>,
    ) -> Result<(), Failure> {
        let cell = CellPath::from_segments(["record", "handle"]);
        let handle = |tree: &Tree| match tree.get(&cell) {
            Some(Value::String(handle)) => handle,
            _ => String::new(),
        };
        let drafts = |moved: &Move<'static>| match moved {
            Move::Commit(draft) if draft.branch.as_str() == MAIN => {
                let character = self.kind_of(draft.document).is_none();
                character.then(|| {
                    (
                        draft.document,
                        handle(&draft.tree),
                        draft.kind == CommitKind::Edit,
                    )
                })
            }
            _ => None,
        };
        let own: Vec<_> = moves.iter().filter_map(drafts).collect();
        let back: BTreeSet<String> = own
            .iter()
            .filter(|(_, _, put_away)| !put_away)
            .map(|(_, handle, _)| handle.clone())
            .collect();
        let moving: BTreeSet<DocumentId> = own.iter().map(|(document, ..)| *document).collect();
        let mut given = back.clone();
        for moved in moves {
            let Move::Commit(draft) = moved else {
                continue;
            };
            let at_hand = draft.branch.as_str() == MAIN && self.kind_of(draft.document).is_none();
            if !at_hand {
                continue;
            }
            let wanted = handle(&draft.tree);
            if draft.kind != CommitKind::Edit {
                // Only what moves too may have it now.
                let owner = self.roster_index()?.owner_of(&wanted);
                if owner.is_some_and(|owner| !moving.contains(&owner)) {
                    self.check_handle(draft.document, &wanted, naming)?;
                }
                continue;
            }
            if !back.contains(&wanted) {
                continue;
            }
            let stem: String = wanted.chars().take(50).collect();
            let stem = stem.trim_end_matches('-');
            let index = self.roster_index()?;
            let free = (2..=99_999_u32)
                .map(|n| format!("{stem}-{n}"))
                .find(|name| !given.contains(name) && index.owner_of(name).is_none());
            drop(index);
            let Some(free) = free else {
                return Err(Failure::new(
                    Code::HandleTaken,
                    format!("Every handle like `{wanted}` is taken."),
                    "Rename one of those characters first.",
                ));
            };
            let set = Edit::Set {
                path: cell.clone(),
                value: Value::from(free.clone()),
            };
            draft.tree = history::edit(&draft.tree, [set])?;
            given.insert(free);
        }
        Ok(())
    }
}

/// Gives a version of a document that is out of use; nothing where it is that already.
fn put_away(tree: &Tree, kind: Option<DocumentKind>) -> Result<Option<Tree>, Failure> {
    let edits = match kind {
        Some(DocumentKind::Book | DocumentKind::Table) => {
            let sections = tree.to_value();
            let sections = sections.as_object().into_iter().flatten();
            let sections = sections.map(|(name, _)| name.clone());
            let own = |name: &String| name != "record" && name != "format";
            sections
                .filter(own)
                .map(|name| Edit::Remove {
                    path: CellPath::from_segments([name]),
                })
                .collect()
        }
        None | Some(DocumentKind::Pack | DocumentKind::Request) => vec![Edit::Set {
            path: CellPath::from_segments(["record", "active"]),
            value: false.into(),
        }],
    };
    let without = history::edit(tree, edits)?;
    Ok((without != *tree).then_some(without))
}
