//! How a library is opened, and what it tells while it works.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// Says how to open a library.
#[derive(Clone)]
pub struct Options {
    /// The time of opening; dates backups and names what is put aside.
    pub now: DateTime<Utc>,
    /// Opens without writing anything.
    pub read_only: bool,
    /// The most commits of a chain that share one full copy of the document; 1 stores every version whole.
    pub keyframe_interval: u32,
    /// The size in bytes at which the ledger begins a new file.
    pub segment_bytes: u64,
    /// The least bytes that are written ahead as zeros; grows with use.
    pub prewrite_min: u64,
    /// The most bytes that are written ahead as zeros.
    pub prewrite_max: u64,
    /// The most memory the index keeps of itself, in bytes.
    pub index_cache_bytes: u64,
    /// A ledger of at most this many bytes is checked whole at every opening; a larger one only where it is new, and the
    /// rest when it is read or by [`crate::Vault::doctor`].
    pub check_whole_up_to: u64,
    /// Builds the index anew even if nothing is wrong with it.
    pub rebuild_index: bool,
    /// Is told what the vault does.
    pub observer: Arc<dyn Observer>,
    /// Makes the disk fail; for tests.
    pub faults: Option<Arc<dyn Faults>>,
}

impl Options {
    /// Gives the settings of everyday use.
    pub fn new(now: DateTime<Utc>) -> Options {
        Options {
            now,
            read_only: false,
            keyframe_interval: 64,
            segment_bytes: 64 << 20,
            prewrite_min: 256 << 10,
            prewrite_max: 8 << 20,
            index_cache_bytes: 32 << 20,
            check_whole_up_to: 16 << 20,
            rebuild_index: false,
            observer: Arc::new(Unobserved),
            faults: None,
        }
    }
}

/// Is told what the vault does; must be quick, as it is called on the way of a write.
pub trait Observer: Send + Sync {
    /// One entry was acknowledged: how long its caller waited, and how many bytes it took.
    fn appended(&self, waited: Duration, bytes: u64) {
        let _ = (waited, bytes);
    }
    /// One sync of the ledger: how long it took, and how many entries shared it.
    fn synced(&self, took: Duration, group: u64) {
        let _ = (took, group);
    }
    /// The index caught up with the ledger: how many records it read, and how long it took.
    fn replayed(&self, records: u64, took: Duration) {
        let _ = (records, took);
    }
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// Makes the ledger's disk fail on purpose; each call may answer an error in the disk's place.
pub trait Faults: Send + Sync {
    /// Asked before `bytes` are written.
    ///
    /// # Errors
    /// The error that the write shall answer.
    fn before_write(&self, bytes: usize) -> io::Result<()> {
        let _ = bytes;
        Ok(())
    }
    /// Asked before a sync.
    ///
    /// # Errors
    /// The error that the sync shall answer.
    fn before_sync(&self) -> io::Result<()> {
        Ok(())
    }
}
