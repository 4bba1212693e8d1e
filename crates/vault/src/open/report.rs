//! What opening a library found and did.

use serde::Serialize;

use crate::{Damage, Position, ReadOnlyReason};

/// Tells what opening a library found and did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OpenReport {
    /// The library is new.
    pub created: bool,
    /// It had been closed properly.
    pub clean: bool,
    /// Whole records in the ledger.
    pub records: u64,
    /// Records that the index had missed and took in.
    pub replayed: u64,
    /// Why the index was built anew, if it was.
    pub rebuilt: Option<String>,
    /// Whether the index is held in memory only, because its folder cannot be used.
    pub index_in_memory: bool,
    /// The end of a write that was never acknowledged, and was cut.
    pub torn: Option<TornTail>,
    /// Parts of the ledger that cannot be read.
    pub damage: Vec<Damage>,
    /// Why the library takes no writes, if it takes none.
    pub read_only: Option<ReadOnlyReason>,
    /// The newest backup that verifies, offered where there is damage.
    pub offered_backup: Option<String>,
    /// The schema version the library had before it was brought up to date.
    pub migrated_from: Option<u32>,
    /// How long opening took, in microseconds.
    pub micros: u64,
}

/// Tells of bytes at the end of the ledger that were being written when the power went or the process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TornTail {
    /// Where they began.
    pub at: Position,
    /// How many there were.
    pub bytes: u64,
}
