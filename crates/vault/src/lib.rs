//! The library on disk: an append-only ledger that is the truth, and a derived index.
//!
//! A [`Vault`] owns one folder. [`Vault::append`] writes a command (an [`Entry`]: the operation, the refs it moves, the commits
//! it brings) as one record of the ledger, and returns when the record is on the disk. Everything that is asked
//! for (heads, rows, commits, operations) is answered from an index that is in step with the last acknowledged record and can
//! always be built again from the ledger.
//!
//! The vault knows documents, commits and the roster's rows. It knows nothing of rules or windows, never asks the
//! clock for the time of day, and no type of the index's engine stands in what it offers.
//!
//! ```text
//! library/
//!   lock               one process at a time
//!   ledger/000001.log  the truth; segments in order
//!   sled/              the index; may be deleted at any time
//!   traces/            which cells each commit touched; may be deleted at any time
//!   clean              written by a proper stop, removed by the next opening
//!   backups/           verified copies of the ledger
//!   aside/             what was replaced or cut, kept for a person to look at
//! ```

mod answer;
mod applier;
mod assets;
mod backup;
mod committer;
mod core;
mod damage;
mod doctor;
mod entry;
mod error;
mod file;
mod index;
mod ledger;
mod links;
mod lock;
mod migrate;
mod open;
mod options;
mod payload;
mod reading;
mod restore;
mod row;
mod swap;
mod traces;
mod vault;
mod zip;

pub use assets::{AssetFolder, MAX_ASSET};
pub use backup::{BackupInfo, BackupKind};
pub use damage::Damage;
pub use doctor::DoctorReport;
pub use entry::{Entry, Receipt};
pub use error::{OpenError, ReadOnlyReason, VaultError};
pub use file::write_atomically;
pub use ledger::Position;
pub use links::CommitLink;
pub use open::{OpenReport, TornTail};
pub use options::{Faults, Observer, Options, Unobserved};
pub use reading::LoggedOperation;
pub use restore::{Later, RestoreReport, restore};
pub use row::DocumentRow;
pub use traces::{Trace, TraceFolder};
pub use vault::{Opened, StoreStats, Vault};

/// The schema version this program writes.
pub const SCHEMA: u32 = 1;
