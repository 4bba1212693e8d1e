//! What can go wrong with a library, in words that say what happened and what to do.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use history::{BranchName, CommitId, DocumentId};

use crate::Damage;

/// Says why a library could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the library open.
    #[error("the library {} is open in another program{}; close that first", dir.display(), by_process(*.by))]
    Locked {
        /// The library's folder.
        dir: PathBuf,
        /// The process that holds it, where it could be read.
        by: Option<u32>,
    },
    /// The library was written by a later version of the program.
    #[error(
        "the library has schema {found}, this program knows up to {known}; install the newer version to open it"
    )]
    NewerSchema {
        /// The schema version of the library.
        found: u32,
        /// The newest schema version this program knows.
        known: u32,
    },
    /// The folder holds something else.
    #[error("{} is not a library: {why}", dir.display())]
    NotALibrary {
        /// The folder.
        dir: PathBuf,
        /// What stands there instead.
        why: String,
    },
    /// There is no room to open the library for writing.
    #[error("the disk is full: there is no room to open {}; free some space and try again", dir.display())]
    DiskFull {
        /// The library's folder.
        dir: PathBuf,
    },
    /// The named backup does not exist or does not verify.
    #[error("the backup `{name}` cannot be used: {why}")]
    BadBackup {
        /// The backup's name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be read or written.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        /// What was being done, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

fn by_process(by: Option<u32>) -> String {
    by.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}

impl OpenError {
    /// Wraps the system's answer; a full disk is told apart.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> OpenError {
        if is_disk_full(&source) {
            return OpenError::DiskFull {
                dir: path.to_owned(),
            };
        }
        OpenError::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}

/// Tells whether an error means that the disk, or the user's share of it, is full.
pub(crate) fn is_disk_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// Says why a library takes no writes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum ReadOnlyReason {
    /// It was asked for.
    #[error("it was opened for reading only")]
    Asked,
    /// The folder cannot be written.
    #[error("its folder cannot be written: {why}")]
    Folder {
        /// The system's answer.
        why: String,
    },
    /// The ledger is damaged; what can be read is kept.
    #[error("its ledger is damaged; restore the newest backup to write again")]
    Damaged,
    /// The disk did not confirm a write, so nothing more is entrusted to it until the library is reopened.
    #[error("the disk did not confirm a write ({why}); reopen the library to check it")]
    SyncFailed {
        /// The system's answer.
        why: String,
    },
}

/// Says why the vault did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VaultError {
    /// A branch has moved since the entry was made; nothing was written.
    #[error("branch `{branch}` of document {document} has moved in the meantime")]
    Moved {
        /// The document.
        document: DocumentId,
        /// The branch.
        branch: BranchName,
        /// The heads the entry was made for.
        expected: Vec<CommitId>,
        /// The heads that stand.
        found: Vec<CommitId>,
    },
    /// No such commit is known.
    #[error("there is no commit {0}")]
    UnknownCommit(CommitId),
    /// The entry contradicts itself; nothing was written.
    #[error("the entry cannot be written: {0}")]
    BadEntry(String),
    /// The entry is larger than one record may be; nothing was written.
    #[error(
        "the entry takes {bytes} bytes, one record holds at most {limit}; write it in several steps"
    )]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// There is no room; nothing was written, and writing works again when there is room.
    #[error("the disk is full: nothing was saved; free some space and save again")]
    DiskFull,
    /// The library takes no writes.
    #[error("the library is read-only: {0}")]
    ReadOnly(ReadOnlyReason),
    /// What was asked for lies in a damaged part of the ledger.
    #[error("the ledger is damaged here: {0}")]
    Damaged(Box<Damage>),
    /// A file could not be read or written.
    #[error("could not {doing} the library: {source}")]
    Io {
        /// What was being done, as a verb.
        doing: &'static str,
        /// The system's answer.
        source: Arc<io::Error>,
    },
    /// The index failed; reopening the library rebuilds it, nothing is lost.
    #[error("the library's index failed ({0}); reopen the library, nothing is lost")]
    Index(String),
    /// The library has been closed.
    #[error("the library is closed")]
    Closed,
}

impl VaultError {
    pub(crate) fn io(doing: &'static str, source: io::Error) -> VaultError {
        if is_disk_full(&source) {
            return VaultError::DiskFull;
        }
        VaultError::Io {
            doing,
            source: Arc::new(source),
        }
    }
}
