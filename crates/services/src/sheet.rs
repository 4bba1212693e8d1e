//! The sheet: shown, edited, explained, undone and redone.

mod answer;
mod build;
mod merged;
mod play;

use merged::{conflict_cells, merged_cells};
pub(crate) use play::RollLog;

use std::sync::Arc;

use history::{Action, BranchName, Commit, CommitId, CommitKind, DocumentId, Edit, Tree, diff};
use sheet::{AuditEntry, CellError, SheetMeta, Source, Stat};

use crate::history::difference::one_by_one;
use crate::library::Library;
use crate::wire::{CellEdit, EditOutcome, EditRequest, SheetView};
use crate::words::{change_lines, consequence_lines, kind_key, summary};
use crate::writing::{Draft, TRIES, WriteError, too_busy};
use crate::{Code, Failure};

/// The most cells one edit may change.
const MAX_EDITS: usize = 5_000;
/// How many entries of the audit trail a sheet shows.
const AUDIT: usize = 30;

/// Serves sheets; made by [`Library::sheet`].
#[derive(Clone, Copy)]
pub struct Sheets<'a> {
    pub(crate) library: &'a Library,
}

impl Sheets<'_> {
    /// Shows the newest version of the branch of a character that is stood on.
    ///
    /// # Errors
    /// A character that is not there, or content that cannot be read.
    pub fn show(&self, id: &str) -> Result<SheetView, Failure> {
        self.library.timed("sheet.show", || {
            let document: DocumentId = id.parse()?;
            let (branch, tip, tree) = self.library.stood_on(document)?;
            self.view(document, &branch, tip, &tree, true)
        })
    }

    /// Shows a version as it stood; it cannot be edited.
    ///
    /// # Errors
    /// A version that is not this character's.
    pub fn show_at(&self, id: &str, commit: &str) -> Result<SheetView, Failure> {
        self.library.timed("sheet.show_at", || {
            let document: DocumentId = id.parse()?;
            let (branch, tip, _) = self.library.stood_on(document)?;
            let commit = self.library.find_version(document, commit)?;
            let tree = self.library.tree(commit)?;
            self.view(document, &branch, commit, &tree, commit == tip)
        })
    }

    /// Gives the names that forms offer: skills, classes, conditions, languages…
    pub fn vocabulary(&self) -> sheet::vocabulary::Vocabulary {
        sheet::vocabulary::vocabulary()
    }

    /// Explains one computed number: its terms, what was not used, and whether it was set by hand.
    ///
    /// # Errors
    /// A cell that is no computed number.
    pub fn explain(&self, id: &str, commit: Option<&str>, cell: &str) -> Result<Stat, Failure> {
        self.library.timed("sheet.explain", || {
            let document: DocumentId = id.parse()?;
            let tree = match commit {
                Some(commit) => {
                    let commit = self.library.find_version(document, commit)?;
                    self.library.tree(commit)?
                }
                None => self.library.stood_on(document)?.2,
            };
            let worked = self.library.worked(&tree)?;
            worked.stats.get(cell).cloned().ok_or_else(|| Failure {
                code: Code::NotFound,
                message: format!("`{}` is no computed number.", crate::text::line(cell, 80)),
                hint: "Computed are, for example, `/combat/armor_class` and `/statistics/skills/stealth`."
                    .to_owned(),
                cell: Some(cell.to_owned()),
            })
        })
    }

    /// Changes cells: all of them or none, durable when this returns.
    ///
    /// If the branch has moved on since `base`, the edit is merged into where it stands now; cells that both changed come back as
    /// [`EditOutcome::Conflict`] with both values and nothing is written.
    ///
    /// # Errors
    /// A base that is not this character's, a cell that does not exist, a value of the wrong type or out of range, a handle that
    /// another has, a player's change of what only the DM sees, a library that cannot be written.
    pub fn edit(&self, request: &EditRequest) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.edit", || {
            let document: DocumentId = request.id.parse()?;
            let branch = self
                .library
                .branch_of(document, request.branch.as_deref())?;
            let base: CommitId = request.base.parse()?;
            if request.changes.len() > MAX_EDITS {
                return Err(Failure::new(
                    Code::TooLarge,
                    format!("{} changes at once are too many.", request.changes.len()),
                    format!("Send at most {MAX_EDITS} in one edit."),
                ));
            }
            let message = clean_message(request.message.as_deref())?;
            self.library.commit_of(document, base)?;
            let base_tree = self.library.tree(base)?;
            let edits = request
                .changes
                .iter()
                .map(to_edit)
                .collect::<Result<Vec<_>, _>>()?;
            // Checked before merging, so that an error is about what was asked and not about what others did.
            for edit in &edits {
                if let Edit::Set { path, value } = edit {
                    sheet::check_cell(path, value)?;
                }
            }
            let ours = history::edit(&base_tree, edits)?;
            self.library.check_secrets(&base_tree, &ours)?;
            self.land(
                document,
                &branch,
                &base_tree,
                &ours,
                CommitKind::Edit,
                Action::Edit,
                &message,
            )
        })
    }

    /// Takes back the latest change that was not taken back yet, without touching what others did since.
    ///
    /// # Errors
    /// [`Code::NothingToUndo`] where only the beginning is left.
    pub fn undo(&self, id: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.undo", || {
            let document: DocumentId = id.parse()?;
            let (branch, tip, _) = self.library.stood_on(document)?;
            let Some(target) = self.library.undo_target(tip)? else {
                return Err(Failure::new(
                    Code::NothingToUndo,
                    "There is nothing to undo.",
                    "This is how the character began.",
                ));
            };
            self.revert(
                document,
                &branch,
                &target,
                CommitKind::Undo { of: target.id },
                Action::Undo,
            )
        })
    }

    /// Brings back what the latest undo took, as long as nothing was changed since.
    ///
    /// # Errors
    /// [`Code::NothingToUndo`] where nothing was undone last.
    pub fn redo(&self, id: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.redo", || {
            let document: DocumentId = id.parse()?;
            let (branch, tip, _) = self.library.stood_on(document)?;
            let Some(target) = self.library.redo_target(tip)? else {
                return Err(Failure::new(
                    Code::NothingToUndo,
                    "There is nothing to redo.",
                    "Only what was undone last can be redone, until the next change.",
                ));
            };
            self.revert(
                document,
                &branch,
                &target,
                CommitKind::Redo { of: target.id },
                Action::Redo,
            )
        })
    }

    /// Puts a character back to how it stood at a version; what came since stays in its history.
    ///
    /// # Errors
    /// A version that is not this character's.
    pub fn rollback(&self, id: &str, commit: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.rollback", || {
            let document: DocumentId = id.parse()?;
            let to = self.library.find_version(document, commit)?;
            let then = self.library.tree(to)?;
            let (branch, _, tip) = self.library.stood_on(document)?;
            // From the tip to what was: a merge whose other side never moved, unless somebody is faster.
            let kind = CommitKind::Rollback { to };
            self.land(document, &branch, &tip, &then, kind, Action::Rollback, "")
        })
    }

    /// Takes the effect of one commit out of where the branch stands.
    fn revert(
        &self,
        document: DocumentId,
        branch: &BranchName,
        target: &Commit,
        kind: CommitKind,
        action: Action,
    ) -> Result<EditOutcome, Failure> {
        let after = self.library.tree(target.id)?;
        let before = match target.says.parents.first() {
            Some(parent) => self.library.tree(*parent)?,
            None => return Err(Failure::internal("a first commit cannot be taken back")),
        };
        self.land(document, branch, &after, &before, kind, action, "")
    }

    /// Brings the change from `base` to `ours` onto the branch, wherever it stands, and writes it.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn land(
        &self,
        document: DocumentId,
        branch: &BranchName,
        base: &Tree,
        ours: &Tree,
        kind: CommitKind,
        action: Action,
        message: &str,
    ) -> Result<EditOutcome, Failure> {
        let _turn = self.library.turn(document);
        for _ in 0..TRIES {
            let (tip, theirs) = self.library.tip(document, branch)?;
            let (result, merged) = if theirs == *base {
                (ours.clone(), Vec::new())
            } else {
                let merge = history::merge(base, ours, &theirs, sheet::policies());
                if !merge.is_clean() {
                    let cells = conflict_cells(&merge, ours, &theirs);
                    let view = Box::new(self.view(document, branch, tip, &theirs, true)?);
                    return Ok(EditOutcome::Conflict { view, cells });
                }
                let merged = merged_cells(&merge, ours, &theirs);
                (merge.tree, merged)
            };
            if result == theirs {
                let view = Box::new(self.view(document, branch, tip, &theirs, true)?);
                return Ok(EditOutcome::Unchanged { view });
            }
            let before = self.library.worked(&theirs).ok();
            let differences = diff(&theirs, &result);
            self.library.check_owned(branch, &theirs, &result)?;
            let worked = match &before {
                Some(before) => self.library.worked_after(before, &differences, &result)?,
                None => self.library.worked(&result)?,
            };
            let naming = self.library.check_renamed(document, &theirs, &result)?;
            let mut changes = change_lines(&one_by_one(differences), &theirs, &result);
            if let Some(before) = &before {
                let consequences =
                    consequence_lines(&changes, &before.stats, &worked.stats, &result);
                changes.extend(consequences);
            }
            // Said now, while both versions are at hand: a trail of thirty edits would have to read thirty versions for it.
            let message = match kind {
                CommitKind::Edit if message.is_empty() => summary(&changes),
                _ => message.to_owned(),
            };
            let draft = Draft {
                document,
                branch: branch.clone(),
                parents: vec![tip],
                before: None,
                tree: result.clone(),
                kind: kind.clone(),
                message,
            };
            let written = self.library.write(draft, action);
            drop(naming);
            let commit = match written {
                Ok(commit) => commit,
                Err(WriteError::Moved) => continue,
                Err(WriteError::Failure(failure)) => return Err(failure),
            };
            let title = self.library.title(&commit)?;
            self.library.remember_audit(&commit, &title);
            let view = Box::new(self.view(document, branch, commit.id, &result, true)?);
            return Ok(EditOutcome::Saved {
                view,
                changes,
                merged,
            });
        }
        Err(too_busy())
    }

    pub(crate) fn view(
        &self,
        document: DocumentId,
        branch: &BranchName,
        commit: CommitId,
        tree: &Tree,
        newest: bool,
    ) -> Result<SheetView, Failure> {
        let worked = self.library.worked(tree)?;
        let row = self.library.row(document)?;
        let says = self.library.commit(commit)?.says;
        let version = self.library.version_of(commit)?;
        let mut sheet = worked.sheet.clone();
        sheet.stamp(SheetMeta {
            version,
            last_updated: stamp(says.time),
            audit_trail: self.library.audit(document, branch, commit)?,
        });
        let editable = newest && self.library.read_only().is_none();
        let (mut undo, mut redo) = (None, None);
        if editable {
            if let Some(target) = self.library.undo_target(commit)? {
                undo = Some(self.library.title(&target)?);
            }
            if let Some(target) = self.library.redo_target(commit)? {
                redo = Some(self.library.undone_title(&target)?);
            }
        }
        let (findings, allowed) = crate::history::allowed(&worked);
        let seen = self.library.seen(tree);
        let source = if seen == *tree {
            Arc::clone(&worked.source)
        } else {
            let source = read_source(&seen)?;
            sheet.record.clone_from(&source.record);
            Arc::new(source)
        };
        Ok(SheetView {
            id: document.to_string(),
            branch: branch.to_string(),
            commit: commit.to_string(),
            row,
            source,
            sheet,
            stats: Arc::clone(&worked.stats),
            findings,
            allowed,
            undo,
            redo,
            editable,
        })
    }
}

/// Reads a tree as a character.
pub(crate) fn read_source(tree: &Tree) -> Result<Source, Failure> {
    Ok(Source::from_tree(tree)?)
}

impl From<CellError> for Failure {
    fn from(error: CellError) -> Failure {
        let message = format!(
            "{}.",
            crate::failure::capital(error.message.trim_end_matches('.'))
        );
        Failure::invalid(error.cell, message, error.hint)
    }
}

fn to_edit(edit: &CellEdit) -> Result<Edit, Failure> {
    Ok(match edit {
        CellEdit::Set { path, value } => Edit::Set {
            path: path.parse()?,
            value: value.clone(),
        },
        CellEdit::Remove { path } => Edit::Remove {
            path: path.parse()?,
        },
    })
}

pub(crate) fn clean_message(message: Option<&str>) -> Result<String, Failure> {
    let message = message.unwrap_or_default().trim();
    if message.chars().count() > 200 || message.chars().any(char::is_control) {
        return Err(Failure::new(
            Code::Invalid,
            "The message is longer than one line of 200 characters.",
            "Say it shorter; long texts belong into the notes.",
        ));
    }
    Ok(message.to_owned())
}

/// Writes a time as the sheet's clients know it: RFC 3339 in UTC, to the millisecond.
pub(crate) fn stamp(time: chrono::DateTime<chrono::Utc>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

impl Library {
    /// Gives the audit trail of a document up to a commit, newest first.
    fn audit(
        &self,
        document: DocumentId,
        branch: &BranchName,
        commit: CommitId,
    ) -> Result<Vec<Arc<AuditEntry>>, Failure> {
        if let Some((at, trail)) = self.caches().audits.get(&document)
            && at == commit
        {
            return Ok(trail.to_vec());
        }
        let commits = self.vault.log(document, branch, Some(commit), AUDIT)?;
        let trail = commits
            .iter()
            .map(|commit| Ok(Arc::new(audit_entry(commit, self.title(commit)?))))
            .collect::<Result<Vec<_>, Failure>>()?;
        self.caches()
            .audits
            .insert(document, (commit, Arc::new(trail.clone())));
        Ok(trail)
    }

    /// Sets a new commit on top of the remembered trail, so that an edit need not read the trail again.
    pub(crate) fn remember_audit(&self, commit: &Commit, title: &str) {
        let document = commit.says.document;
        if let Some((at, trail)) = self.caches().audits.get(&document)
            && commit.says.parents.first() == Some(&at)
        {
            let mut next = Vec::with_capacity(AUDIT);
            next.push(Arc::new(audit_entry(commit, title.to_owned())));
            next.extend(trail.iter().take(AUDIT - 1).cloned());
            self.caches()
                .audits
                .insert(document, (commit.id, Arc::new(next)));
        }
        self.caches().titles.insert(commit.id, Arc::from(title));
    }
}

fn audit_entry(commit: &Commit, title: String) -> AuditEntry {
    AuditEntry {
        timestamp: stamp(commit.says.time),
        action: kind_key(&commit.says.kind).to_owned(),
        author: commit.says.author.name.clone(),
        detail: title,
        commit: Some(commit.id.to_string()),
    }
}
