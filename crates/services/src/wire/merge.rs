//! Merges as they cross: how each cell was settled, conflicts, decisions, what the rules object to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::{CellNature, Difference, SheetView, SideName};

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
