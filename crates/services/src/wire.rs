//! The shapes that cross to a window, a terminal or another program; TypeScript is generated from them.
//!
//! Ids and hashes are text here, counts are 32 bits wide, cells are JSON Pointers, and a cell's value is any JSON.
//!
//! Wherever a version is asked for (`from`, `to`, `at`, `side`), it may be named by a branch, a tag, a commit (whole or its first six digits),
//! or its number on the line one stands on.

mod answer;
mod branches;
mod difference;
mod files;
mod health;
mod history;
mod merge;
mod packs;
mod past;
mod review;
mod roster;
mod rules;
mod seats;
mod sheet;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use answer::{Change, EntryChange, SheetAnswer, SheetChange, WholeSheet};
pub use branches::{BranchLine, GraphPage, GraphRow, Lines, NewBranch, Stroke, TagLine};
pub use difference::{
    Board, BoardRow, BoardSide, CellChange, CellNature, Consequence, Difference, DifferenceSection,
    SideName, WordFate, WordRun,
};
pub use files::{
    AssetInfo, FileLook, FilePreview, ImportReport, Imported, ImportedAs, OnDuplicate, ReadAs,
};
pub use health::{BackupInfo, ByteCount, DoctorReport, HealthView, LibraryStatus};
pub use history::{ChangeLine, ChangeTone, CommitLine, HistoryGroup, HistoryPage};
pub use merge::{
    Allowance, AllowedFinding, ConflictLine, ConflictSide, Decision, Fix, MergeAsk, MergeDone,
    MergeLine, MergePreview, SettledBy, Strategy, Violation,
};
pub use packs::{
    CharacterPack, FieldChange, PackChange, PackChecked, PackDifference, PackEdit, PackFate,
    PackHead, PackProblem, PackReview, PackRow, PackSaved, PackState, PackText, PackThing,
    PackVersion, PackView,
};
pub use past::{
    Blame, BlameStep, Life, LifePoint, OperationLine, OperationPage, RestoreLine, RestorePreview,
};
pub use review::{
    Check, Inbox, NewRequest, QueueDone, QueueLine, Remark, RequestAct, RequestRights, RequestRow,
    RequestState, RequestStep, RequestView, ReviewChange, ReviewSection, Suggest, Suggestion,
    Thread, Verdict, Vital,
};
pub use roster::{
    Archived, CharacterRow, Facet, ListQuery, NewCharacter, RecordPatch, RosterPage, SortBy,
};
pub use rules::{
    ActOutcome, Acted, AddThing, CompendiumEntry, CompendiumPage, CompendiumQuery, CompendiumRow,
    Fact, Gain, HitPoints, LevelPreview, LevelUp, QuickCharacter, RollLine, RollRequest,
    StartOffer, StartWith,
};
pub use seats::{AutoRule, CellOwner, OwnerRule, Role, Seat, TableRules, TableView};
pub use sheet::{
    CellEdit, ConflictCell, EditOutcome, EditRequest, Edited, MergedBy, MergedCell, SheetView,
};

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
