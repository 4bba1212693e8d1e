//! Versions by the names that people give them.

use history::conflicts::conflict_cell;
use history::{CellPath, CommitId, DocumentId, Tree};

use super::branches::title_of;
use super::difference::changes_between;
use crate::library::Library;
use crate::wire::{Role, SideName};
use crate::{Code, Failure};

/// A version that was asked for by a name.
pub(crate) struct Named {
    pub(crate) name: SideName,
    pub(crate) commit: CommitId,
    pub(crate) tree: Tree,
}

impl Library {
    /// Finds a version by a branch, a milestone, a commit, the beginning of one, or its number; by nothing, the one stood on.
    pub(crate) fn side(&self, document: DocumentId, text: &str) -> Result<Named, Failure> {
        let text = match text.trim() {
            "" => self.standing(document)?.to_string(),
            text => text.to_owned(),
        };
        let commit = self.find_version(document, &text)?;
        let says = self.commit(commit)?.says;
        let book = self.book(document)?;
        let title = match self.branch_named(document, &text)? {
            Some(branch) => title_of(&book, &branch),
            None => match book.tag(&text) {
                Some((_, tag)) => tag.name.clone(),
                None => says.time.format("%-d %B %Y, %H:%M UTC").to_string(),
            },
        };
        Ok(Named {
            name: SideName {
                name: text,
                title,
                commit: commit.to_string(),
                version: self.version_of(commit)?,
                time: says.time,
                author: says.author.name,
            },
            commit,
            tree: self.tree(commit)?,
        })
    }

    /// Tells as whom whoever sits here looks at characters.
    pub(crate) fn viewer(&self) -> Role {
        self.role()
    }

    /// Tells whether a cell is kept from whoever sits here.
    pub(crate) fn hides(&self, path: &CellPath) -> bool {
        self.viewer() == Role::Player && sheet::is_secret(path)
    }

    /// Refuses to write unseen over a cell that is kept from whoever sits here.
    ///
    /// # Errors
    /// A change of such a cell.
    pub(crate) fn check_secrets(&self, before: &Tree, after: &Tree) -> Result<(), Failure> {
        if self.viewer() == Role::Dm {
            return Ok(());
        }
        let changes = changes_between(before, after).into_iter();
        match changes
            .map(|change| change.path)
            .find(|path| self.hides(path))
        {
            Some(path) => Err(Failure {
                code: Code::NotAllowed,
                message: "Only the DM sees and writes this.".to_owned(),
                hint: "Change to the DM's seat first.".to_owned(),
                cell: Some(path.to_string()),
            }),
            None => Ok(()),
        }
    }

    /// Tells whether a conflict about a cell is kept from whoever sits here: it is also where the cell is not secret but holds one.
    pub(crate) fn hides_conflict(&self, path: &CellPath) -> bool {
        self.hides(&conflict_cell(path))
    }
}
