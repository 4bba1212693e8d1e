//! The shapes that cross to a window, a terminal or another program; TypeScript is generated from them.
//!
//! Ids and hashes are text here, counts are 32 bits wide, cells are JSON Pointers, and a cell's value is any JSON.

mod answer;
mod branches;
mod packs;
mod review;
mod rules;
mod seats;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use crate::Failure;
pub use answer::{Change, EntryChange, SheetAnswer, SheetChange, WholeSheet};
pub use branches::{
    Allowance, AllowedFinding, Blame, BlameStep, Board, BoardRow, BoardSide, BranchLine,
    CellChange, CellNature, ConflictLine, ConflictSide, Consequence, Decision, Difference,
    DifferenceSection, Fix, GraphPage, GraphRow, Life, LifePoint, Lines, MergeAsk, MergeDone,
    MergeLine, MergePreview, NewBranch, OperationLine, OperationPage, RestoreLine, RestorePreview,
    SettledBy, SideName, Strategy, Stroke, TagLine, Violation, WordFate, WordRun,
};
pub use packs::{
    CharacterPack, FieldChange, PackChange, PackChecked, PackDifference, PackEdit, PackFate,
    PackHead, PackProblem, PackReview, PackRow, PackSaved, PackState, PackText, PackThing,
    PackVersion, PackView,
};
pub use review::{
    Check, Inbox, NewRequest, QueueDone, QueueLine, Remark, RequestAct, RequestRights, RequestRow,
    RequestState, RequestStep, RequestView, ReviewChange, ReviewSection, Suggest, Suggestion,
    Thread, Verdict, Vital,
};
pub use rules::{
    ActOutcome, Acted, AddThing, CompendiumEntry, CompendiumPage, CompendiumQuery, CompendiumRow,
    Fact, Gain, HitPoints, LevelPreview, LevelUp, QuickCharacter, RollLine, RollRequest,
    StartOffer, StartWith,
};
pub use seats::{AutoRule, CellOwner, OwnerRule, Role, Seat, TableRules, TableView};

// ---------------------------------------------------------------------------------------------------------- roster

/// Shows one character in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CharacterRow {
    /// The document.
    pub id: String,
    /// The unique name, lower case.
    pub handle: String,
    /// The name as shown.
    pub display_name: String,
    /// Player character, NPC or monster.
    pub kind: sheet::Kind,
    /// Who plays it; may be empty.
    pub owner: String,
    /// The species; may be empty.
    pub species: String,
    /// The classes in words, as "Ranger 4, Cleric 2"; may be empty.
    pub class_line: String,
    /// The names of its classes.
    pub classes: Vec<String>,
    /// The total level, 0 where no level was taken.
    pub level: u32,
    /// Whether it is in play; archived ones are not.
    pub active: bool,
    /// The picture's content hash, if it has one.
    pub avatar: Option<String>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
    /// How many versions its main line has.
    pub version_number: u32,
}

/// Says which archived characters a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Archived {
    /// Only those in play.
    #[default]
    Without,
    /// Only the archived.
    Only,
    /// All.
    With,
}

/// Says how a list is ordered; what is equal is ordered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// By name as shown.
    #[default]
    Name,
    /// By total level.
    Level,
    /// By class line.
    Class,
    /// By owner.
    Owner,
    /// By time of the last change.
    Updated,
    /// By time of making.
    Created,
}

/// Asks for a page of the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ListQuery {
    /// Words that name, handle, species, class or owner contain, each of them; empty for all.
    pub text: String,
    /// Only these kinds; empty for all.
    pub kinds: Vec<sheet::Kind>,
    /// Only with one of these classes; empty for all.
    pub classes: Vec<String>,
    /// Only of these owners; empty for all.
    pub owners: Vec<String>,
    /// Whether archived ones show.
    pub archived: Archived,
    /// The order.
    pub sort: SortBy,
    /// Whether the order is turned round.
    pub descending: bool,
    /// How many to skip.
    pub offset: u32,
    /// How many at the most, 1 to 500; 0 for 100.
    pub limit: u32,
}

/// Counts how many characters a filter would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Facet {
    /// The class, owner or kind.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// Holds one page of the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RosterPage {
    /// The rows.
    pub rows: Vec<CharacterRow>,
    /// How many the query found in all.
    pub total: u32,
    /// How many characters the library holds, archived ones included.
    pub library_total: u32,
    /// The kinds in the library, with counts.
    pub kinds: Vec<Facet>,
    /// The classes in the library, with counts.
    pub classes: Vec<Facet>,
    /// The owners in the library, with counts.
    pub owners: Vec<Facet>,
}

/// Asks for a new character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewCharacter {
    /// The name as shown, 1 to 120 characters.
    pub display_name: String,
    /// The unique name; made from the name where absent.
    pub handle: Option<String>,
    /// Player character, NPC or monster.
    pub kind: sheet::Kind,
    /// Who plays it; may be empty.
    pub owner: String,
    /// Whether it is built under the rules of the SRD; otherwise it is written by hand.
    #[serde(default)]
    pub built: bool,
}

/// Changes the record around a sheet; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct RecordPatch {
    /// The name as shown.
    pub display_name: Option<String>,
    /// The unique name.
    pub handle: Option<String>,
    /// Player character, NPC or monster.
    pub kind: Option<sheet::Kind>,
    /// Who plays it.
    pub owner: Option<String>,
}

// ----------------------------------------------------------------------------------------------------------- sheet

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

/// Tells what became of an edit, with the whole sheet.
pub type EditOutcome = Edited<SheetView>;

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

// --------------------------------------------------------------------------------------------------------- history

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

// ---------------------------------------------------------------------------------------------------------- assets

/// Tells of a stored picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AssetInfo {
    /// The content hash, which names it.
    pub hash: String,
    /// Its format: `image/png`, `image/jpeg`, `image/webp` or `image/gif`.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u32,
}

// -------------------------------------------------------------------------------------------------------- exchange

/// Says what to do with a character whose handle the library already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// Bring it in beside the other, under a new handle.
    #[default]
    Copy,
    /// Make it the next version of the other; the old one stays in its history.
    Update,
    /// Leave it out.
    Skip,
}

/// Tells what became of one character of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ImportedAs {
    /// It is new in the library.
    New,
    /// It is new beside one that had its handle.
    Copy,
    /// It is the next version of what was there.
    Updated,
    /// The library had exactly this, or was told to leave it out.
    Skipped,
    /// It could not be read; nothing of it was kept.
    Refused {
        /// Why.
        failure: Failure,
    },
}

/// Tells of one character of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Imported {
    /// The name in the file.
    pub name: String,
    /// The document it became, if any.
    pub id: Option<String>,
    /// Its handle now, if it is in the library.
    pub handle: Option<String>,
    /// What became of it.
    pub result: ImportedAs,
}

/// Tells what an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportReport {
    /// Each character of the file, in its order.
    pub characters: Vec<Imported>,
    /// What else there is to say, each a sentence: pictures that were left out.
    pub notices: Vec<String>,
}

/// Says how a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// As what it looks like.
    #[default]
    Auto,
    /// As Forkbeard's own JSON.
    Forkbeard,
    /// As an actor of Foundry VTT's system dnd5e.
    Foundry,
}

/// Tells what a file would become, before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FilePreview {
    /// The name of the file; may be empty.
    pub file: String,
    /// What it is.
    pub format: exchange::Format,
    /// The names of the characters in it.
    pub characters: Vec<String>,
    /// What becomes of each part of it; nothing for Forkbeard's own files, which are taken in whole.
    pub report: Option<exchange::Report>,
    /// Where it says that pictures lie; they are not fetched.
    pub portraits: Vec<String>,
}

/// Tells of one file that is about to come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum FileLook {
    /// It can be taken in.
    Readable {
        /// What it would become.
        preview: FilePreview,
    },
    /// It cannot be read.
    Refused {
        /// The name of the file; may be empty.
        file: String,
        /// Why.
        failure: Failure,
    },
}

// ---------------------------------------------------------------------------------------------------------- health

/// Tells how the library came up, or why it did not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LibraryStatus {
    /// It is open.
    Open {
        /// The folder.
        folder: String,
        /// Why it can only be read, if so.
        read_only: Option<Failure>,
        /// What was mended on opening, each a sentence.
        notices: Vec<String>,
        /// How many characters it holds.
        characters: u32,
        /// The verified backups that could be restored, newest first.
        backups: Vec<BackupInfo>,
    },
    /// It is not open.
    Closed {
        /// The folder.
        folder: String,
        /// Why.
        failure: Failure,
        /// The verified backups that could be restored, newest first.
        backups: Vec<BackupInfo>,
    },
}

/// Shows one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupInfo {
    /// Names it.
    pub name: String,
    /// When it was made.
    pub time: DateTime<Utc>,
    /// Its size in bytes, exact up to 2^53.
    pub bytes: ByteCount,
    /// Whether all of it was read back and found right.
    pub verified: bool,
}

/// Counts bytes as a double, which TypeScript has exactly up to 2^53.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ByteCount(#[specta(type = f64)] pub u64);

/// Tells what an examination of the library found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DoctorReport {
    /// Whether nothing is wrong.
    pub healthy: bool,
    /// How many ledger records were read.
    pub records: u32,
    /// How many commits were checked.
    pub commits: u32,
    /// How many documents there are.
    pub documents: u32,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// What is wrong, each a sentence that says what to do.
    pub problems: Vec<String>,
    /// Whether the index was built anew.
    pub rebuilt: bool,
}

/// Holds the figures of the performance panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HealthView {
    /// Counters, histograms and process figures.
    pub figures: telemetry::Snapshot,
    /// The checks.
    pub checks: Vec<telemetry::HealthCheck>,
    /// When this was read.
    pub time: DateTime<Utc>,
}

// ---------------------------------------------------------------------------------------------------------- events

/// Tells every window that something changed; what, it then asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A branch of a document moved.
    DocumentChanged {
        /// The document.
        id: String,
        /// The branch.
        branch: String,
        /// Where it stands now.
        commit: String,
    },
    /// The branches or milestones of a character are others now, or one stands on another of them.
    LinesChanged {
        /// The character.
        id: String,
    },
    /// The library opened, closed, or turned read-only.
    LibraryChanged,
}
