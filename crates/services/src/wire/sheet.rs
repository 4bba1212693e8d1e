//! The sheet as it crosses: what is shown of a version, edits, and what came of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::{AllowedFinding, ChangeLine, CharacterRow};

/// Sets or removes one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum CellEdit {
    /// Puts a value at a path; objects on the way are made.
    Set {
        /// The cell.
        path: String,
        /// Any JSON.
        #[specta(type = specta_typescript::Unknown)]
        value: Value,
    },
    /// Takes away what stands at a path.
    Remove {
        /// The cell.
        path: String,
    },
}

/// Asks for cells of a character to be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct EditRequest {
    /// The document.
    pub id: String,
    /// The branch; where absent, the one that is stood on.
    pub branch: Option<String>,
    /// The commit that the editor was looking at; if the branch has moved on since, the two are merged.
    pub base: String,
    /// What to change, in this order; all of it or nothing.
    pub changes: Vec<CellEdit>,
    /// What the change is for; may be empty.
    pub message: Option<String>,
}

/// Holds everything a window shows of one version of a character.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SheetView {
    /// The document.
    pub id: String,
    /// The branch it stands on.
    pub branch: String,
    /// The version.
    pub commit: String,
    /// Its row in the library.
    pub row: CharacterRow,
    /// What the player wrote.
    pub source: Arc<sheet::Source>,
    /// What the rules make of it.
    pub sheet: sheet::CompleteSheet,
    /// Why each computed number is what it is, by its cell in the complete sheet.
    pub stats: Arc<BTreeMap<String, sheet::Stat>>,
    /// What does not add up, each with its cell; without what somebody allowed.
    pub findings: Arc<Vec<sheet::Finding>>,
    /// What does not add up and somebody allowed all the same.
    #[serde(default)]
    pub allowed: Vec<AllowedFinding>,
    /// What undo would take back, in words; `None` where there is nothing.
    pub undo: Option<String>,
    /// What redo would bring back, in words; `None` where there is nothing.
    pub redo: Option<String>,
    /// Whether this is the newest version of its branch and can be edited.
    pub editable: bool,
}

/// Shows a cell that both sides of a merge changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ConflictCell {
    /// The cell.
    pub path: String,
    /// What the cell is called.
    pub label: String,
    /// The value both began with.
    #[specta(type = specta_typescript::Unknown)]
    pub base: Option<Value>,
    /// The value of whoever edits now.
    #[specta(type = specta_typescript::Unknown)]
    pub ours: Option<Value>,
    /// The value that was saved meanwhile.
    #[specta(type = specta_typescript::Unknown)]
    pub theirs: Option<Value>,
}

/// Tells in which way a merge settled a cell by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MergedBy {
    /// Only the other side had changed it; theirs stands.
    Theirs,
    /// A tally: both changes were added up.
    Added,
    /// A maximum: the larger stands.
    Larger,
    /// A place among siblings: one was chosen.
    Order,
    /// Prose: both texts stand, woven or one after the other.
    Prose,
    /// Something that happened: what both sides had stands once, what each had stands beside the other's.
    Event,
    /// A container: one of two moves stands, or a thing was kept whose container is gone.
    Place,
}

/// Tells of a cell that a merge settled by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MergedCell {
    /// The cell.
    pub path: String,
    /// What the cell is called.
    pub label: String,
    /// In which way.
    pub by: MergedBy,
    /// How, in words.
    pub how: String,
}

/// Tells what became of an edit; the sheet is whole, or as it crosses to a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Edited<V> {
    /// It is on disk.
    Saved {
        /// The sheet as it stands now.
        view: Box<V>,
        /// What changed, in words: the cells, then what the rules made of them.
        changes: Vec<ChangeLine>,
        /// What was merged because the branch had moved on.
        merged: Vec<MergedCell>,
    },
    /// Everything was so already; nothing was written.
    Unchanged {
        /// The sheet as it stands.
        view: Box<V>,
    },
    /// Somebody changed the same cells meanwhile; nothing was written.
    Conflict {
        /// The sheet as it stands now; repeat the edit on its commit to insist on it.
        view: Box<V>,
        /// The cells to decide.
        cells: Vec<ConflictCell>,
    },
}

impl<V> Edited<V> {
    /// Puts the sheet in another form.
    pub fn map<W>(self, form: impl FnOnce(V) -> W) -> Edited<W> {
        match self {
            Edited::Saved {
                view,
                changes,
                merged,
            } => Edited::Saved {
                view: Box::new(form(*view)),
                changes,
                merged,
            },
            Edited::Unchanged { view } => Edited::Unchanged {
                view: Box::new(form(*view)),
            },
            Edited::Conflict { view, cells } => Edited::Conflict {
                view: Box::new(form(*view)),
                cells,
            },
        }
    }
}

/// Tells what became of an edit, with the whole sheet.
pub type EditOutcome = Edited<SheetView>;
