//! The operation log: every command as typed data, with each ref it moved.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Author, BranchName, CommitId, DocumentId, OperationId};

/// Records one command: when, by whom, what it was, and every ref it moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Names the operation.
    pub id: OperationId,
    /// When, in UTC to the millisecond.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: DateTime<Utc>,
    /// Who.
    pub author: Author,
    /// What.
    #[serde(flatten)]
    pub action: Action,
    /// Which refs moved, from where to where.
    pub moves: Vec<RefMove>,
}

/// Tells what a command was; typed, so that nothing is ever read out of its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// A document was created.
    Create,
    /// Cells were set.
    Edit,
    /// The latest edit was taken back.
    Undo,
    /// The latest undo was taken back.
    Redo,
    /// A document was put back to an earlier commit.
    Rollback,
    /// A document was archived (soft delete).
    Archive,
    /// An archived document came back.
    Unarchive,
    /// Documents came from a file.
    Import,
    /// A branch was made.
    Branch,
    /// A branch was made of the newest commits of another, which stands further back since.
    Take,
    /// A branch was given another title.
    RenameBranch,
    /// A branch was put away.
    ArchiveBranch,
    /// A branch that was put away came back.
    UnarchiveBranch,
    /// A branch was deleted; where it stood is in the moves.
    DeleteBranch,
    /// A version was marked as a milestone.
    Tag,
    /// A milestone was taken away; the version stays.
    Untag,
    /// Lines of history were made one.
    Merge,
    /// Conflicts that had been left open were decided.
    Resolve,
    /// A cell of one version was brought onto another.
    Pick,
    /// Any commit was taken back, without what came later.
    Revert,
    /// Something was done with a change request.
    Review,
    /// Seats or the rules of the table changed.
    Seats,
    /// The whole library was put back to how it stood after an operation.
    Restore {
        /// That operation.
        to: OperationId,
    },
}

/// Records how one ref moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefMove {
    /// The document the branch is of.
    pub document: DocumentId,
    /// The branch.
    pub branch: BranchName,
    /// The heads before: none where the branch is new, two or more where laptops met and nobody merged yet.
    pub before: Vec<CommitId>,
    /// The heads after: none where the branch is gone.
    pub after: Vec<CommitId>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_action_is_written_by_a_name_that_stays() {
        let to = OperationId(Uuid::nil());
        let rows = [
            (Action::Create, "create"),
            (Action::Edit, "edit"),
            (Action::Undo, "undo"),
            (Action::Redo, "redo"),
            (Action::Rollback, "rollback"),
            (Action::Archive, "archive"),
            (Action::Unarchive, "unarchive"),
            (Action::Import, "import"),
            (Action::Branch, "branch"),
            (Action::Take, "take"),
            (Action::RenameBranch, "rename_branch"),
            (Action::ArchiveBranch, "archive_branch"),
            (Action::UnarchiveBranch, "unarchive_branch"),
            (Action::DeleteBranch, "delete_branch"),
            (Action::Tag, "tag"),
            (Action::Untag, "untag"),
            (Action::Merge, "merge"),
            (Action::Resolve, "resolve"),
            (Action::Pick, "pick"),
            (Action::Revert, "revert"),
            (Action::Review, "review"),
            (Action::Seats, "seats"),
            (Action::Restore { to }, "restore"),
        ];
        for (action, name) in rows {
            let operation = Operation {
                id: to,
                time: DateTime::UNIX_EPOCH,
                author: Author::new("Maren"),
                action,
                moves: Vec::new(),
            };
            let written = serde_json::to_value(&operation).unwrap();
            assert_eq!(written["action"], Value::from(name));
            let read: Operation = serde_json::from_value(written).unwrap();
            assert_eq!(read, operation);
        }
        let old = json!({"id": to, "time": 0, "author": {"name": "Maren"}, "action": "edit", "moves": []});
        let read: Operation = serde_json::from_value(old).unwrap();
        assert_eq!(read.action, Action::Edit, "as the first libraries have it");
    }
}
