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

mod complete;
mod error;
mod keyed;
pub mod source;
mod stat;
pub mod vocabulary;

pub use complete::{
    ActionsSheet, AuditEntry, CasterEntry, ChargesLeft, CombatSheet, CompleteSheet, ConditionEntry,
    EquipmentSheet, FeatureEntry, IdentitySheet, ItemEntry, MagicItemEntry, PactLeft, SheetMeta,
    SlotsLeft, SpellEntry, SpellcastingSheet, StatisticsSheet, TrainingEntry, TraitEntry, UsesLeft,
    WeaponEntry,
};
pub use error::{CellError, Finding, Severity};
pub use keyed::{Keyed, Ranked, Set};
pub use source::Source;
pub use stat::{Alternative, Stat, Term};
