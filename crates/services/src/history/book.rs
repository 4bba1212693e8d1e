//! The book of a character, read and written beside the character.

use history::{Action, BranchName, CommitId, CommitKind, DocumentId};
use sheet::Book;

use crate::Failure;
use crate::library::Library;
use crate::wire::Event;
use crate::writing::{Draft, Move, WriteError};

impl Library {
    /// Reads the book of a character; an empty one where nobody began it.
    pub(crate) fn book(&self, character: DocumentId) -> Result<Book, Failure> {
        Ok(self.book_at(character)?.1)
    }

    fn book_at(&self, character: DocumentId) -> Result<(Vec<CommitId>, Book), Failure> {
        let (id, main) = (Book::id_of(character), BranchName::main());
        let mut heads = self.vault.heads(id, &main)?;
        if heads.len() > 1 && self.read_only().is_none() {
            heads = self.join(id, &main, heads)?.into_iter().collect();
        }
        let book = match heads.first() {
            Some(head) => Book::of_tree(&self.tree(*head)?),
            None => Book::new(character),
        };
        Ok((heads, book))
    }

    /// Drafts a change of a character's book; nothing where it changes nothing.
    pub(crate) fn book_draft(
        &self,
        character: DocumentId,
        change: impl FnOnce(&mut Book),
    ) -> Result<Option<Move<'static>>, Failure> {
        let (heads, mut book) = self.book_at(character)?;
        let before = book.clone();
        change(&mut book);
        if book == before && !heads.is_empty() {
            return Ok(None);
        }
        let kind = match heads.is_empty() {
            true => CommitKind::Create,
            false => CommitKind::Edit,
        };
        let tree = book.to_tree()?;
        let draft = Draft::on_main(Book::id_of(character), heads, tree, kind);
        Ok(Some(Move::Commit(draft)))
    }

    /// Moves refs of a character and changes its book, as one operation, and tells everybody.
    pub(crate) fn write_lines(
        &self,
        character: DocumentId,
        moves: Vec<Move<'_>>,
        action: Action,
        change: impl FnOnce(&mut Book),
    ) -> Result<(), Failure> {
        let mut moves = moves;
        moves.extend(self.book_draft(character, change)?);
        if moves.is_empty() {
            return Ok(());
        }
        self.write_moves(moves, action)
            .map_err(WriteError::into_failure)?;
        self.tell_lines(character);
        Ok(())
    }

    /// Tells that the branches or milestones of a character, or where one stands, are others now.
    pub(crate) fn tell_lines(&self, character: DocumentId) {
        self.tell(&Event::LinesChanged {
            id: character.to_string(),
        });
    }
}
