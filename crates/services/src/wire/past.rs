//! What was, as it crosses: blame, a life as a line, the log of operations and what restoring would do.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells how a cell, or a computed number, came to be what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Blame {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// Whether the rules compute it.
    pub derived: bool,
    /// The commits that changed it, newest first.
    pub steps: Vec<BlameStep>,
    /// For a computed number the cells it rests on today, the last changed first.
    pub rests_on: Vec<BlameStep>,
    /// Whether there are more.
    pub more: bool,
}

/// One commit that changed a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BlameStep {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The commit.
    pub commit: String,
    /// Which version along its line.
    pub version: u32,
    /// When.
    pub time: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// What the commit did, in words.
    pub title: String,
    /// The play session, in words.
    pub session: Option<String>,
    /// The value before, short enough for a line; empty where there was none.
    pub before: String,
    /// The value after, short enough for a line; empty where there is none.
    pub after: String,
}

/// The whole life of a character, to move through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Life {
    /// The versions of the line, oldest first; of very long lives only as many as can be told apart, with the milestones among them.
    pub points: Vec<LifePoint>,
    /// How many versions there are in all.
    pub total: u32,
}

/// One version in a life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LifePoint {
    /// The commit.
    pub commit: String,
    /// Which version.
    pub version: u32,
    /// When.
    pub time: DateTime<Utc>,
    /// What sort of step, as [`CommitLine::kind`].
    pub kind: String,
    /// What is written beside it: a milestone, a level; empty for most.
    pub mark: String,
}

/// Holds a page of everything that was done in the library, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct OperationPage {
    /// The operations.
    pub operations: Vec<OperationLine>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// Shows one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct OperationLine {
    /// The operation.
    pub id: String,
    /// When.
    pub time: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// What, in words.
    pub title: String,
    /// The characters and other things it touched, by name.
    pub about: Vec<String>,
}

/// Shows what restoring the library to an operation would change; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RestorePreview {
    /// The operation.
    pub operation: OperationLine,
    /// What would change, a line for each document and branch.
    pub lines: Vec<RestoreLine>,
}

/// One branch that a restore would move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RestoreLine {
    /// The document.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The branch; empty where it is about what is said of branches and milestones.
    pub branch: String,
    /// What becomes of it, in words: `back to version 12 of 19`, `put away: it did not exist yet`.
    pub what: String,
}
