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
