//! Differences as they cross: changes, consequences, boards.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::ChangeTone;

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
