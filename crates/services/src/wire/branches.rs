//! What crosses about branches, differences, merges, blame and the operation log.
//!
//! Wherever a version is asked for (`from`, `to`, `at`, `side`), it may be named by a branch, a tag, a commit (whole or its first six digits),
//! or its number on the line one stands on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::{ChangeTone, CommitLine, SheetView};

// -------------------------------------------------------------------------------------------------------- branches

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

// -------------------------------------------------------------------------------------------------- drawn history

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

// ----------------------------------------------------------------------------------------------------- differences

/// What sort of thing a cell is when two changes of it become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CellNature {
    /// One value.
    Value,
    /// One value in a slot that somebody chose.
    Choice,
    /// A tally.
    Counter,
    /// The larger counts.
    Maximum,
    /// Something that happened.
    Event,
    /// A set of names.
    Set,
    /// A thing with cells of its own.
    Thing,
    /// The container it lies in.
    Container,
    /// A place among siblings.
    Order,
    /// Text in paragraphs.
    Prose,
}

/// What became of a run of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WordRun {
    /// Its fate.
    pub fate: WordFate,
    /// The words.
    pub text: String,
}

/// Tells what became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WordFate {
    /// In both.
    Kept,
    /// Only after.
    Added,
    /// Only before.
    Removed,
}

/// A cell that a person changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CellChange {
    /// The cell; of something that is new or gone as a whole, its outermost cell.
    pub path: String,
    /// What the cell is called, the thing around it first.
    pub label: String,
    /// Added, removed, changed or moved.
    pub tone: ChangeTone,
    /// What sort of cell.
    pub nature: CellNature,
    /// The value before.
    #[specta(type = specta_typescript::Unknown)]
    pub before: Option<Value>,
    /// The value after.
    #[specta(type = specta_typescript::Unknown)]
    pub after: Option<Value>,
    /// The value before, short enough for a line.
    pub before_text: String,
    /// The value after, short enough for a line.
    pub after_text: String,
    /// The words of prose; empty for other cells.
    pub words: Vec<WordRun>,
}

/// A number that the rules made another of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Consequence {
    /// The computed cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The number before; empty where there was none.
    pub before: String,
    /// The number after; empty where there is none.
    pub after: String,
    /// How it came about before.
    pub before_stat: Option<sheet::Stat>,
    /// How it comes about now.
    pub after_stat: Option<sheet::Stat>,
    /// The changes without which it would not be so, by path; empty where only all together bring it about.
    pub because: Vec<String>,
}

/// One section of a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct DifferenceSection {
    /// The section of the sheet: `levels`, `equipment`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What people changed.
    pub changes: Vec<CellChange>,
    /// What the rules made of it: of changes in this or in other sections.
    pub consequences: Vec<Consequence>,
}

/// Names one side of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SideName {
    /// What was asked for: a branch, a tag, a commit.
    pub name: String,
    /// What people call it: `main`, `as of session 12`, `12 November, 21:40`.
    pub title: String,
    /// The commit.
    pub commit: String,
    /// Which version along its line.
    pub version: u32,
    /// When.
    pub time: DateTime<Utc>,
    /// Who.
    pub author: String,
}

/// Tells how two versions differ, in two layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Difference {
    /// The earlier side.
    pub from: SideName,
    /// The later side.
    pub to: SideName,
    /// The sections that differ, in the order of the sheet.
    pub sections: Vec<DifferenceSection>,
    /// How many cells people changed.
    pub changes: u32,
    /// How many numbers came of it.
    pub consequences: u32,
    /// How many changes are hidden from whoever sits here.
    pub hidden: u32,
}

// ---------------------------------------------------------------------------------------------------- what-if board

/// Holds two to four versions side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Board {
    /// The character.
    pub id: String,
    /// The versions, as asked for.
    pub sides: Vec<BoardSide>,
    /// What differs, and what everybody asks for, in the order of the sheet.
    pub rows: Vec<BoardRow>,
}

/// One column of a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BoardSide {
    /// Which version.
    pub side: SideName,
    /// The branch that cells can be picked onto, if it is the newest of one and may be changed.
    pub branch: Option<String>,
    /// Level and classes in words.
    pub class_line: String,
    /// How many findings it has.
    pub findings: u32,
}

/// One line of a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BoardRow {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The section of the sheet.
    pub section: String,
    /// Whether the rules computed it; such a cell cannot be picked.
    pub derived: bool,
    /// The value in each column, short enough for a line; `None` where it has none.
    pub values: Vec<Option<String>>,
    /// Whether the columns differ.
    pub differs: bool,
}

// ----------------------------------------------------------------------------------------------------------- merge

/// Tells in which way a merge settled a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SettledBy {
    /// Only this side changed it.
    Ours,
    /// Only the other side changed it.
    Theirs,
    /// Both made the same change.
    Same,
    /// A tally: both changes were added up.
    Added,
    /// A tally: both changes were added up and cut to what is possible.
    Clamped,
    /// A maximum: the larger stands.
    Larger,
    /// A place among siblings or in a container: one was chosen.
    Placed,
    /// A move that would have put a thing into itself was not taken.
    Refused,
    /// Prose: different words of both stand.
    Woven,
    /// Prose: the same words were changed, and both stand one after the other.
    BothKept,
    /// Both sides have something that happened, each its own: both stand.
    BothHappened,
    /// Its container is gone; the thing itself stands.
    LostContainer,
    /// It has to be decided.
    Conflict,
}

/// Shows how one cell comes out of a merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MergeLine {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The section of the sheet.
    pub section: String,
    /// What sort of cell.
    pub nature: CellNature,
    /// In which way it was settled.
    pub by: SettledBy,
    /// How, in words.
    pub how: String,
    /// The value both began with, short enough for a line; `None` where there was none.
    pub base: Option<String>,
    /// This side's.
    pub ours: Option<String>,
    /// The other side's.
    pub theirs: Option<String>,
    /// What stands in the result; of a conflict what stands for the time being.
    pub result: Option<String>,
    /// Who changed it on this side, when there is somebody.
    pub ours_by: Option<String>,
    /// Who changed it on the other side.
    pub theirs_by: Option<String>,
}

/// A conflict with its whole values, to be decided now or kept and decided later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ConflictLine {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The section of the sheet.
    pub section: String,
    /// What sort of cell.
    pub nature: CellNature,
    /// What both began with; `None` where there was nothing.
    #[specta(type = specta_typescript::Unknown)]
    pub base: Option<Value>,
    /// The same, short enough for a line.
    pub base_text: String,
    /// The sides, ours first.
    pub sides: Vec<ConflictSide>,
    /// What stands in the cell for the time being, short enough for a line.
    pub standing: String,
    /// Whether both can be taken.
    pub both: bool,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ConflictSide {
    /// Which line it comes from: `main`, `twin blades`.
    pub from: String,
    /// Who changed it there; empty where that is not known.
    pub author: String,
    /// The value; `None` where it was removed.
    #[specta(type = specta_typescript::Unknown)]
    pub value: Option<Value>,
    /// The same, short enough for a line; empty where it was removed.
    pub text: String,
}

/// Decides one conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "take", rename_all = "snake_case")]
pub enum Decision {
    /// A side's, from 0.
    Side {
        /// Which side.
        side: u32,
    },
    /// As it was before both.
    Base,
    /// Both, where that is possible.
    Both,
    /// Another value; `None` removes the cell.
    Value {
        /// The value.
        #[specta(type = specta_typescript::Unknown)]
        value: Option<Value>,
    },
}

/// Decides every conflict that is not decided singly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// This side's.
    Ours,
    /// The other side's.
    Theirs,
    /// As it was before both.
    Base,
}

/// Something that the rules object to in a result and that neither side had by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Violation {
    /// Names it as long as it is the same objection.
    pub key: String,
    /// What the rules say.
    pub finding: sheet::Finding,
    /// What the cell is called.
    pub label: String,
    /// What would mend it.
    pub fixes: Vec<Fix>,
    /// Who allowed it all the same, and why.
    pub allowed: Option<Allowance>,
}

/// A way to mend a violation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Fix {
    /// What it does, in words: `Leave out "Cloak of Protection, attuned"`.
    pub label: String,
    /// The cells it sets, by path; `None` removes.
    #[specta(type = BTreeMap<String, specta_typescript::Unknown>)]
    pub sets: BTreeMap<String, Option<Value>>,
}

/// Says that somebody allowed what the rules object to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Allowance {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub time: DateTime<Utc>,
}

/// A finding that somebody allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AllowedFinding {
    /// The key it is allowed by: the cell `/allowances/<key>`.
    pub key: String,
    /// What the rules say.
    pub finding: sheet::Finding,
    /// Who allowed it, and why.
    pub allowance: Allowance,
}

/// Asks for two lines to be made one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct MergeAsk {
    /// The character.
    pub id: String,
    /// The branch that is brought in.
    pub from: String,
    /// The branch it is brought onto; the one stood on, if absent.
    pub into: Option<String>,
    /// What was decided, by path: of conflicts, and of cells that were settled otherwise than wanted.
    pub decisions: BTreeMap<String, Decision>,
    /// How to decide the conflicts that are not in `decisions`; without it they stay in the sheet, to be decided later.
    pub strategy: Option<Strategy>,
    /// Violations allowed all the same: reasons by their keys.
    pub allow: BTreeMap<String, String>,
    /// What it is for; may be empty.
    pub message: String,
}

/// Shows what a merge would make, before it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MergePreview {
    /// What is brought in.
    pub from: SideName,
    /// What it is brought onto.
    pub into: SideName,
    /// Where both began.
    pub base: Option<SideName>,
    /// Every cell that either side touched.
    pub lines: Vec<MergeLine>,
    /// What has to be decided.
    pub conflicts: Vec<ConflictLine>,
    /// What the rules object to in the result.
    pub violations: Vec<Violation>,
    /// How the result differs from what it is brought onto.
    pub difference: Difference,
    /// Whether there is nothing to bring in.
    pub nothing: bool,
}

/// Tells what a merge made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MergeDone {
    /// The sheet as it stands now.
    pub view: Box<SheetView>,
    /// What was settled and how.
    pub lines: Vec<MergeLine>,
    /// What stayed open, to be decided later.
    pub conflicts: Vec<ConflictLine>,
    /// What the rules object to.
    pub violations: Vec<Violation>,
}

// ----------------------------------------------------------------------------------------------- blame and time

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

// ------------------------------------------------------------------------------------------------- operation log

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
