//! The ledger: the truth, as an append-only, checksummed, hash-chained sequence of records in segment files.

pub(crate) mod reader;
pub(crate) mod record;
pub(crate) mod segment;
pub(crate) mod survey;
pub(crate) mod writer;

use history::Hash;
use serde::{Deserialize, Serialize};

/// Says where a record begins in the ledger.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Position {
    /// The number of the segment file.
    pub segment: u32,
    /// The byte within that file.
    pub offset: u64,
}

/// Says up to where the ledger reaches: the place behind a record, and that record's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tail {
    /// Where the next record goes.
    pub(crate) end: Position,
    /// Where the last record begins; equal to `end` if there is none.
    pub(crate) last: Position,
    /// The last record's sequence number; 0 if there is none.
    pub(crate) seq: u64,
    /// The last record's hash.
    pub(crate) chain: Hash,
}

impl Tail {
    /// Gives the tail of a ledger with no record.
    pub(crate) fn start(first_segment: u32, chain: Hash) -> Tail {
        let end = Position {
            segment: first_segment,
            offset: segment::HEADER,
        };
        Tail {
            end,
            last: end,
            seq: 0,
            chain,
        }
    }
}
