//! Milestones: versions with a name.

use history::{Action, DocumentId};
use sheet::{Book, TagSays};

use super::Histories;
use super::branches::clean_title;
use crate::wire::{Lines, TagLine};
use crate::{Code, Failure};

/// The most milestones a character may have.
const MOST: usize = 500;

impl Histories<'_> {
    /// Marks a version as a milestone.
    ///
    /// # Errors
    /// A version that is not there; a name that is empty, too long or taken; [`Code::TooLarge`] where there are too many.
    pub fn tag(&self, id: &str, at: &str, name: &str) -> Result<Lines, Failure> {
        self.library.timed("history.tag", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let name = clean_title(name)?;
            let _turn = self.library.turn(document);
            let commit = self.library.find_version(document, at)?;
            let book = self.library.book(document)?;
            if book.tags.len() >= MOST {
                return Err(Failure::new(
                    Code::TooLarge,
                    format!("A character has at most {MOST} milestones."),
                    "Take one away that nobody looks for any more.",
                ));
            }
            if book.tag(&name).is_some() || self.library.branch_named(document, &name)?.is_some() {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("There is a milestone or a branch called `{name}` already."),
                    "Choose another name.",
                ));
            }
            let clock = &self.library.settings.clock;
            let says = TagSays {
                name,
                commit: commit.to_string(),
                by: self.library.author().name,
                time: clock.now(),
            };
            let tag = clock.new_id().to_string();
            let change = |book: &mut Book| {
                book.tags.insert(tag, says);
            };
            self.library
                .write_lines(document, Vec::new(), Action::Tag, change)?;
            self.library.lines(document)
        })
    }

    /// Takes a milestone away, by its id or its name; the version stays.
    ///
    /// # Errors
    /// A milestone that is not there.
    pub fn untag(&self, id: &str, tag: &str) -> Result<Lines, Failure> {
        self.library.timed("history.untag", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let _turn = self.library.turn(document);
            let book = self.library.book(document)?;
            let found = book.tag(tag).map(|(id, _)| id.clone());
            let found = found.ok_or_else(|| Failure::not_found("milestone", tag.trim()))?;
            let change = |book: &mut Book| {
                book.tags.remove(&found);
            };
            self.library
                .write_lines(document, Vec::new(), Action::Untag, change)?;
            self.library.lines(document)
        })
    }
}

/// Lists the milestones of a book, newest first.
pub(super) fn tag_lines(book: &Book) -> Vec<TagLine> {
    let mut tags: Vec<TagLine> = book
        .tags
        .iter()
        .map(|(id, says)| TagLine {
            id: id.clone(),
            name: says.name.clone(),
            commit: says.commit.clone(),
            author: says.by.clone(),
            time: says.time,
        })
        .collect();
    tags.sort_by(|a, b| (b.time, &b.id).cmp(&(a.time, &a.id)));
    tags
}
