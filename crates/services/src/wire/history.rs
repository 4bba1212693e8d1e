//! The versions of a character as a readable list, as they cross.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells what kind of line of a difference this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTone {
    /// Something is new.
    Added,
    /// Something is gone.
    Removed,
    /// Something has another value.
    Changed,
    /// Something has another place.
    Moved,
    /// The rules made this of what was changed.
    Consequence,
}

/// Says one difference in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ChangeLine {
    /// The cell.
    pub path: String,
    /// What the cell is called.
    pub label: String,
    /// What kind of difference.
    pub tone: ChangeTone,
    /// The value before, short enough for a line; empty where there was none.
    pub before: String,
    /// The value after, short enough for a line; empty where there is none.
    pub after: String,
}

/// Shows one commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CommitLine {
    /// The commit.
    pub id: String,
    /// The commit it followed, if any.
    pub parent: Option<String>,
    /// Which version of the character it is, counted from 1 along its line.
    pub version: u32,
    /// When.
    pub time: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// What kind of step: `create`, `edit`, `undo`, `redo`, `rollback`, `import`, `merge`…
    pub kind: String,
    /// What it does, in words.
    pub title: String,
    /// The cells it changed, in words, then what the rules made of them; at most 40.
    pub changes: Vec<ChangeLine>,
    /// How many changes there are in all.
    pub change_count: u32,
}

/// Holds commits that were made in one sitting by one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HistoryGroup {
    /// What the sitting was about, in words.
    pub title: String,
    /// Who.
    pub author: String,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: DateTime<Utc>,
    /// The commits, newest first.
    pub commits: Vec<CommitLine>,
    /// How many cells were changed in all.
    pub change_count: u32,
}

/// Holds a page of a character's history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HistoryPage {
    /// The sittings.
    pub groups: Vec<HistoryGroup>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How many versions there are in all.
    pub total: u32,
}
