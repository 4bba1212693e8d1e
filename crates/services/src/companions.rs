//! Documents that stand beside the characters: read anew and changed until no other writer was faster.

use history::{Action, BranchName, CommitId, CommitKind, DocumentId, Tree};
use serde_json::Value;

use crate::Failure;
use crate::library::Library;
use crate::writing::{Draft, TRIES, WriteError, too_busy};

impl Library {
    /// Changes a document that is no character; `fresh` gives it where it is not there yet, or says that it has to be.
    ///
    /// `change` gives the new version and what it is for; it may be asked more than once.
    pub(crate) fn amend_companion(
        &self,
        document: DocumentId,
        fresh: impl Fn() -> Result<Value, Failure>,
        action: Action,
        change: impl Fn(&Tree) -> Result<(Tree, String), Failure>,
    ) -> Result<CommitId, Failure> {
        let branch = BranchName::main();
        let _turn = self.turn(document);
        for _ in 0..TRIES {
            let heads = self.vault.heads(document, &branch)?;
            let (before, kind) = match heads.first() {
                Some(tip) => (self.tree(*tip)?, CommitKind::Edit),
                None => (Tree::from_value(fresh()?)?, CommitKind::Create),
            };
            let (tree, message) = change(&before)?;
            if let Some(tip) = heads.first()
                && tree == before
            {
                return Ok(*tip);
            }
            let mut draft = Draft::on_main(document, heads, tree, kind);
            draft.message = message;
            match self.write(draft, action) {
                Ok(commit) => return Ok(commit.id),
                Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
        }
        Err(too_busy())
    }
}
