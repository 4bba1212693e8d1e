//! The vocabulary of a character.
//!
//! Three kinds of data never mix: rules content, the **source** (what a person writes), and the **complete sheet** (what is
//! computed from both). This crate owns the types of the last two and what can be said about them without knowing a rule:
//! which cells there are, what they may hold, how two changes of one cell become one.
//!
//! - [`source`]: the typed source, read from a document with [`source::Source::from_tree`].
//! - [`CompleteSheet`] and [`Stat`]: the computed sheet and the numbers that explain themselves; filled by `rules`.
//! - [`check_cell`] refuses what a cell cannot hold; [`validate`] informs about what looks wrong.
//! - [`policies`] declares to the merge what kind of thing each cell is.
//! - [`Summary`] is the row of a character in lists.
//!
//! It computes no number of the game and knows nothing of storage. Times and ids are passed in.

mod book;
mod complete;
mod derived;
mod document;
mod error;
mod handle;
mod keyed;
mod new;
mod pack;
mod request;
mod schema;
mod secret;
pub mod source;
mod stat;
mod summary;
mod table;
mod validate;
pub mod vocabulary;

pub use book::{Book, BranchSays, TagSays, book_policies};
pub use complete::{
    ActionsSheet, AuditEntry, CasterEntry, ChargesLeft, ChoiceOption, ChoicePick, ChoiceState,
    CombatSheet, CompleteSheet, ConditionEntry, EquipmentSheet, ExchangeEntry, ExchangeGain,
    ExchangePrice, ExchangeTime, FeatureEntry, IdentitySheet, ItemEntry, MagicItemEntry, OnSave,
    PactLeft, RiderEntry, SheetMeta, SlotsLeft, SpellDice, SpellEntry, SpellRoll, SpellRollKind,
    SpellcastingSheet, StatisticsSheet, Tally, TrainingEntry, TraitEntry, UseEntry, UseYield,
    UsesLeft, Vitality, WeaponEntry, YieldKind, YieldTo,
};
pub use derived::{is_derived, override_cell};
pub use document::{DocumentKind, Record, Title};
pub use error::{CellError, Finding, Severity};
pub use handle::{MAX_HANDLE, handle_from};
pub use keyed::{Keyed, Ranked, SetOf};
pub use new::new_character;
pub use pack::{PackSays, PackSource, ThingText, pack_policies};
pub use request::{
    AllowanceCells, ApprovalCells, DecisionCells, MergedCells, RemarkCells, RequestCells,
    RequestSource, SuggestionCells, ThreadCells, VerdictCells, request_policies,
};
pub use schema::{
    CellKind, CellSpec, MAX_ID, MAX_LINE, MAX_NAME, MAX_PROSE, cell_spec, cell_specs, check_cell,
    check_document, policies,
};
pub use secret::{is_secret, without_secrets};
pub use source::{AllowanceRecord, FORMAT, Kind, Source};
pub use stat::{Alternative, Stat, Term};
pub use summary::{Summary, SummaryKey, class_levels, class_line};
pub use table::{
    AutoCells, MAX_RULES, MAX_SEATS, OwnerCells, RuleCells, SeatCells, TABLE, TableSource,
    table_policies,
};
pub use validate::{ATTUNEMENT_LIMIT, MAX_NESTING, validate};

/// How a finite `f64` crosses to TypeScript: as `number`. Left to itself it would be `number | null`, for numbers that are none.
type WireNumber = i32;
