//! The operation log of the whole library, in words.

use std::collections::BTreeMap;

use history::{Action, CommitId, DocumentId, Operation, RefMove};
use sheet::{Book, DocumentKind};
use vault::LoggedOperation;

use super::branches::title_of;
use super::{Histories, MAX_PAGE};
use crate::Failure;
use crate::library::Library;
use crate::wire::{OperationLine, OperationPage};

impl Histories<'_> {
    /// Lists everything that was done in the library, newest first.
    ///
    /// `from` is where a page begins ([`OperationPage::next`] of the page before); `limit` is 1 to 200, 0 for 50.
    ///
    /// # Errors
    /// A `from` that names no operation; a damaged part of the ledger.
    pub fn operations(&self, from: Option<&str>, limit: u32) -> Result<OperationPage, Failure> {
        self.library.timed("history.operations", || {
            let before = match from {
                Some(from) => Some(number(from)?.saturating_add(1)),
                None => None,
            };
            let limit = match limit {
                0 => 50,
                many => (many as usize).min(MAX_PAGE),
            };
            let mut logged = self.library.vault.operations(None, before, limit + 1)?;
            let next = (logged.len() > limit).then(|| logged.remove(limit).seq.to_string());
            let lines = logged.iter().map(|one| self.library.operation_line(one));
            Ok(OperationPage {
                operations: lines.collect::<Result<_, _>>()?,
                next,
            })
        })
    }
}

/// Reads by which number an operation is named.
pub(super) fn number(text: &str) -> Result<u64, Failure> {
    let digits = text.trim().trim_start_matches('#');
    digits
        .parse()
        .map_err(|_| Failure::not_found("operation", text.trim()))
}

/// Writes a moment for a person.
pub(super) fn moment(time: chrono::DateTime<chrono::Utc>) -> String {
    time.format("%-d %B %Y, %H:%M UTC").to_string()
}

impl Library {
    /// Puts an operation into words.
    pub(super) fn operation_line(
        &self,
        logged: &LoggedOperation,
    ) -> Result<OperationLine, Failure> {
        let operation = &logged.operation;
        let mut about: Vec<String> = Vec::new();
        for moved in &operation.moves {
            let name = self.name_of(moved.document)?;
            if !name.is_empty() && !about.contains(&name) {
                about.push(name);
            }
        }
        Ok(OperationLine {
            id: logged.seq.to_string(),
            time: operation.time,
            author: operation.author.name.clone(),
            title: self.operation_title(operation, &about)?,
            about,
        })
    }

    fn operation_title(&self, operation: &Operation, about: &[String]) -> Result<String, Failure> {
        let count = about.len();
        Ok(match operation.action {
            Action::Create => "Created".to_owned(),
            Action::Import => match count {
                1 => "Took in from a file".to_owned(),
                _ => format!("Took {count} in from a file"),
            },
            Action::Archive => "Archived".to_owned(),
            Action::Unarchive => "Brought back from the archive".to_owned(),
            Action::Branch => match self.new_branch(operation)? {
                Some(title) => format!("Made the branch {title}"),
                None => "Made a branch".to_owned(),
            },
            Action::Take => {
                let title = self.new_branch(operation)?;
                let title = title.unwrap_or_default();
                let back = operation
                    .moves
                    .iter()
                    .find_map(|moved| Some((*moved.before.first()?, *moved.after.first()?, moved)));
                match back {
                    Some((from, to, moved)) => {
                        let many = self.version_of(from)?.saturating_sub(self.version_of(to)?);
                        let edits = if many == 1 { "edit" } else { "edits" };
                        format!(
                            "Moved {many} {edits} off {} onto the new branch {title}",
                            moved.branch
                        )
                    }
                    None => format!("Moved edits onto the new branch {title}"),
                }
            }
            Action::RenameBranch
            | Action::ArchiveBranch
            | Action::UnarchiveBranch
            | Action::DeleteBranch
            | Action::Tag
            | Action::Untag => self.book_title(operation)?,
            Action::Restore { .. } => match self.commit_title(operation)? {
                Some(title) => title,
                None => "Put the library back to how it stood".to_owned(),
            },
            Action::Edit
            | Action::Undo
            | Action::Redo
            | Action::Rollback
            | Action::Merge
            | Action::Resolve
            | Action::Pick
            | Action::Revert
            | Action::Review
            | Action::Seats => match self.commit_title(operation)? {
                Some(title) => title,
                None => "Changed".to_owned(),
            },
        })
    }

    /// Says what the first commit did that an operation made; those it only moved a ref to were made before.
    fn commit_title(&self, operation: &Operation) -> Result<Option<String>, Failure> {
        let (books, others): (Vec<&RefMove>, Vec<&RefMove>) = operation
            .moves
            .iter()
            .partition(|moved| self.is_book(moved.document));
        for moved in others.into_iter().chain(books) {
            let Some(head) = moved.after.first() else {
                continue;
            };
            let commit = self.commit(*head)?;
            if commit.says.time == operation.time {
                return Ok(Some(self.title(&commit)?));
            }
        }
        Ok(None)
    }

    fn is_book(&self, document: DocumentId) -> bool {
        self.kind_of(document) == Some(DocumentKind::Book)
    }

    /// Tells what a document is that is no character.
    pub(super) fn kind_of(&self, document: DocumentId) -> Option<DocumentKind> {
        let row = self.vault.row(document).ok()??;
        row.title.as_ref().map(|title| title.kind)
    }

    /// Names a document: a book by its character.
    pub(super) fn name_of(&self, document: DocumentId) -> Result<String, Failure> {
        let Some(row) = self.vault.row(document)? else {
            return Ok(String::new());
        };
        let Some(title) = &row.title else {
            let summary = row.summary.as_ref();
            return Ok(summary
                .map(|it| it.display_name.clone())
                .unwrap_or_default());
        };
        if title.kind == DocumentKind::Book
            && let Ok(character) = title.handle.parse::<DocumentId>()
            && character != document
        {
            return self.name_of(character);
        }
        Ok(title.name.clone())
    }

    /// Gives the book that an operation changed, before and after.
    fn books(&self, operation: &Operation) -> Result<(Book, Book), Failure> {
        let moved = operation
            .moves
            .iter()
            .find(|moved| self.is_book(moved.document));
        let read = |commit: Option<&CommitId>| match commit {
            Some(commit) => Ok::<_, Failure>(Book::of_tree(&self.tree(*commit)?)),
            None => Ok(Book::default()),
        };
        match moved {
            Some(moved) => Ok((read(moved.before.first())?, read(moved.after.first())?)),
            None => Ok((Book::default(), Book::default())),
        }
    }

    fn new_branch(&self, operation: &Operation) -> Result<Option<String>, Failure> {
        let made = operation
            .moves
            .iter()
            .find(|it| it.before.is_empty() && !self.is_book(it.document));
        let (_, book) = self.books(operation)?;
        Ok(made.map(|made| title_of(&book, &made.branch)))
    }

    /// Says what an operation changed in a book.
    fn book_title(&self, operation: &Operation) -> Result<String, Failure> {
        let (before, after) = self.books(operation)?;
        let name = match operation.action {
            Action::Tag | Action::Untag => {
                let (more, less) = match operation.action {
                    Action::Tag => (&after.tags, &before.tags),
                    _ => (&before.tags, &after.tags),
                };
                differing(more, less).map(|(_, tag)| tag.name.clone())
            }
            Action::DeleteBranch => {
                let gone = operation.moves.iter().find(|moved| moved.after.is_empty());
                gone.map(|gone| title_of(&before, &gone.branch))
            }
            _ => differing(&after.branches, &before.branches).map(|(_, says)| says.title.clone()),
        };
        let what = match operation.action {
            Action::Tag => "Marked the milestone",
            Action::Untag => "Took away the milestone",
            Action::RenameBranch => {
                let renamed = differing(&after.branches, &before.branches);
                return Ok(match renamed {
                    Some((name, says)) => {
                        let old = before.branches.get(name).map(|old| old.title.as_str());
                        let old = old.filter(|old| !old.is_empty()).unwrap_or(name);
                        format!("Renamed the branch {old} to {}", says.title)
                    }
                    None => "Renamed a branch".to_owned(),
                });
            }
            Action::ArchiveBranch => "Put away the branch",
            Action::UnarchiveBranch => "Brought back the branch",
            _ => "Deleted the branch",
        };
        Ok(format!("{what} {}", name.unwrap_or_default())
            .trim_end()
            .to_owned())
    }
}

/// Finds the first entry that the one has otherwise than the other, or that the other has not.
fn differing<'a, T: PartialEq>(
    one: &'a BTreeMap<String, T>,
    other: &BTreeMap<String, T>,
) -> Option<(&'a String, &'a T)> {
    one.iter().find(|(id, entry)| other.get(*id) != Some(entry))
}
