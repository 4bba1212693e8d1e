//! Branches, milestones and the drawn history as they cross.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::CommitLine;

/// Shows the lines of one character: its branches and its milestones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Lines {
    /// The character.
    pub id: String,
    /// The branch on which whoever sits here stands.
    pub standing: String,
    /// The branches: `main` first, then the latest changed; archived ones last.
    pub branches: Vec<BranchLine>,
    /// The milestones, newest first.
    pub tags: Vec<TagLine>,
}

/// Shows one branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BranchLine {
    /// Its name: lower-case words joined by `-`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Where it stands.
    pub head: String,
    /// Where else it stands, where laptops met and nobody merged yet.
    pub other_heads: Vec<String>,
    /// How many versions its line has.
    pub version: u32,
    /// Who changed it last.
    pub author: String,
    /// When it was changed last.
    pub updated: DateTime<Utc>,
    /// How many commits it has that `main` has not.
    pub ahead: u32,
    /// How many commits `main` has that it has not.
    pub behind: u32,
    /// The commit it shares with `main`, if there is one.
    pub fork: Option<String>,
    /// Whether it is put away.
    pub archived: bool,
    /// Whether whoever sits here may change it only through a change request.
    pub protected: bool,
    /// How many conflicts stand open in it.
    pub conflicts: u32,
    /// The change request that proposes it, while one is open.
    pub request: Option<String>,
}

/// Shows one milestone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TagLine {
    /// Its id.
    pub id: String,
    /// What people call it: `as of session 12`.
    pub name: String,
    /// Which commit it marks.
    pub commit: String,
    /// Who set it.
    pub author: String,
    /// When it was set.
    pub time: DateTime<Utc>,
}

/// Asks for a new branch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct NewBranch {
    /// The character.
    pub id: String,
    /// What people shall call it, 1 to 60 characters; its name is made of it.
    pub title: String,
    /// The version it begins at; where one stands, if absent.
    pub from: Option<String>,
    /// With it, the newest so many commits of the branch one stands on move off it, onto the new one: "make the last five
    /// edits a proposal".
    pub take: Option<u32>,
    /// Whether to stand on it from now on.
    pub switch: bool,
}

/// Holds a page of the drawn history of a character, over all its branches, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct GraphPage {
    /// The commits from above to below, each below all that came of it.
    pub rows: Vec<GraphRow>,
    /// The most lanes that any row of this page needs.
    pub lanes: u32,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How many commits there are in all.
    pub total: u32,
}

/// Shows one commit in the drawn history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct GraphRow {
    /// The commit.
    pub commit: CommitLine,
    /// All parents; the first is the line it lies on.
    pub parents: Vec<String>,
    /// The lane it stands in, from 0.
    pub lane: u32,
    /// The strokes from this row to the next one below.
    pub strokes: Vec<Stroke>,
    /// The branches that stand here.
    pub branches: Vec<String>,
    /// The milestones here.
    pub tags: Vec<TagLine>,
    /// The change request that was merged here.
    pub request: Option<String>,
    /// The play session it happened in, in words.
    pub session: Option<String>,
}

/// A line drawn from one row to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Stroke {
    /// The lane at this row.
    pub from: u32,
    /// The lane at the next row.
    pub to: u32,
}
