//! Damage: what is known of a part of the ledger that cannot be read.

use std::fmt;

use history::{CommitId, DocumentId};
use serde::Serialize;

use crate::Position;

/// Names a part of the ledger that cannot be read, and what was lost with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// The number of the ledger file.
    pub segment: u32,
    /// The first byte in that file.
    pub offset: u64,
    /// How many bytes; 0 if that is not known.
    pub bytes: u64,
    /// The numbers of the records lost, first and last; none if no whole record is.
    pub records: Option<(u64, u64)>,
    /// The documents that had edits there, as far as the index still knows.
    pub documents: Vec<DocumentId>,
    /// The commits that stood there, as far as others still name them.
    pub commits: Vec<CommitId>,
    /// What is wrong.
    pub what: String,
}

impl Damage {
    /// Names a place that could not be read.
    pub(crate) fn at(at: Position, bytes: u64) -> Damage {
        Damage {
            segment: at.segment,
            offset: at.offset,
            bytes,
            records: None,
            documents: Vec::new(),
            commits: Vec::new(),
            what: "the bytes there are not what was written".to_owned(),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "file {:06}.log, byte {}: {}",
            self.segment, self.offset, self.what
        )?;
        if let Some((first, last)) = self.records {
            let count = last.saturating_sub(first) + 1;
            let s = if count == 1 { "" } else { "s" };
            write!(f, "; {count} edit{s} lost")?;
        }
        if !self.documents.is_empty() {
            let s = if self.documents.len() == 1 { "" } else { "s" };
            write!(f, " in {} document{s}", self.documents.len())?;
        }
        Ok(())
    }
}
