//! The vault: one opened library.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use chrono::{DateTime, Utc};
use history::{BranchName, Commit, CommitId, DocumentId, Operation, Tree};
use serde::Serialize;

use crate::applier::{self, ApplierQueue};
use crate::backup::{self, BackupError, BackupInfo, BackupKind};
use crate::committer::{self, Queue};
use crate::core::{Core, index_failed};
use crate::doctor::{self, DoctorReport};
use crate::index::store::Store;
use crate::ledger::Tail;
use crate::ledger::writer::{self, Writer};
use crate::lock::Lock;
use crate::open::{self, OpenReport};
use crate::restore;
use crate::{Damage, DocumentRow, Entry, OpenError, Options, ReadOnlyReason, Receipt, VaultError};
use crate::{entry, index};

/// Holds one opened library; all its calls may be made from many threads at once.
///
/// Dropping it closes it as [`Vault::close`] does, only that nobody hears of a failure.
pub struct Vault {
    core: Arc<Core>,
    queue: Arc<Queue>,
    applier: Arc<ApplierQueue>,
    threads: Mutex<Option<Threads>>,
}

struct Threads {
    committer: JoinHandle<Writer>,
    applier: JoinHandle<index::Applier>,
    _lock: Option<Lock>,
}

/// An opened library and what opening it found.
pub struct Opened {
    /// The library.
    pub vault: Vault,
    /// What was found and done.
    pub report: OpenReport,
}

/// Names a command in the operation log, with its number in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedOperation {
    /// Its number, from 1; newer is higher.
    pub seq: u64,
    /// What was done.
    pub operation: Operation,
}

/// Tells how the store is and what it did since it was opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoreStats {
    /// Entries acknowledged.
    pub appends: u64,
    /// Bytes appended.
    pub appended_bytes: u64,
    /// Groups written.
    pub groups: u64,
    /// Syncs of the ledger.
    pub syncs: u64,
    /// Time spent in them, in microseconds.
    pub sync_micros: u64,
    /// Batches brought to the index.
    pub applied_batches: u64,
    /// Records in the ledger.
    pub records: u64,
    /// Bytes of the ledger's records.
    pub ledger_bytes: u64,
    /// Bytes the index takes on the disk.
    pub index_bytes: u64,
    /// Whether the index is held in memory, because its folder failed or cannot be written.
    pub index_in_memory: bool,
    /// How often the index failed and was built anew.
    pub index_failures: u64,
    /// Groups of records that are acknowledged and not yet in the index.
    pub index_waiting: u64,
}

impl Vault {
    /// Opens the library in a folder, or makes a new one there.
    ///
    /// A library whose ledger is damaged is opened for reading only, with everything that can be read.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(dir: &Path, options: Options) -> Result<Opened, OpenError> {
        let ready = open::open(dir, options)?;
        let mut vault = Vault {
            core: ready.core,
            queue: Arc::default(),
            applier: Arc::default(),
            threads: Mutex::default(),
        };
        let mut report = ready.report;
        if vault.core.read_only().is_none() {
            let started = vault.start(ready.tail, ready.applier, ready.lock);
            started.map_err(|error| OpenError::io("write", dir, error))?;
        } else {
            vault.queue.close();
            vault.applier.close();
            report.read_only = vault.core.read_only();
        }
        Ok(Opened { vault, report })
    }

    fn start(
        &mut self,
        tail: Tail,
        applied: index::Applier,
        lock: Option<Lock>,
    ) -> std::io::Result<()> {
        let core = &self.core;
        open::clear_clean_stop(&core.dir)?;
        let settings = writer::Settings {
            segment_bytes: core.options.segment_bytes,
            prewrite_min: core.options.prewrite_min,
            prewrite_max: core.options.prewrite_max,
            faults: core.options.faults.clone(),
        };
        let writer = Writer::open(&core.dir.join("ledger"), core.library, tail, settings)?;
        let applier = applier::start(core.clone(), self.applier.clone(), applied)?;
        let committer = committer::start(
            core.clone(),
            self.queue.clone(),
            self.applier.clone(),
            writer,
        )?;
        self.threads = Mutex::new(Some(Threads {
            committer,
            applier,
            _lock: lock,
        }));
        Ok(())
    }

    /// Writes an entry; when this returns it is on the disk, whole, and visible to every reader.
    ///
    /// # Errors
    /// [`VaultError::Moved`] where a branch does not stand where the entry expects it; see [`VaultError`] for the others. After
    /// an error nothing of the entry stands, except that after [`ReadOnlyReason::SyncFailed`] nobody can know before the
    /// library is reopened.
    pub fn append(&self, entry: Entry) -> Result<Receipt, VaultError> {
        let started = Instant::now();
        if let Some(reason) = self.core.read_only() {
            return Err(VaultError::ReadOnly(reason));
        }
        let prepared = entry::prepare(&self.core, entry)?;
        self.applier.wait_for_room();
        let _gate = self
            .core
            .gate
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let answer = self.queue.submit(prepared)?;
        let receipt = match answer.recv() {
            Ok(answer) => answer?,
            Err(_) => {
                let reason = self.core.read_only();
                return Err(reason.map_or(VaultError::Closed, VaultError::ReadOnly));
            }
        };
        let observer = &self.core.options.observer;
        observer.appended(started.elapsed(), u64::from(receipt.bytes));
        Ok(receipt)
    }

    /// Reads the document at a commit.
    ///
    /// # Errors
    /// An unknown commit, or one that lies in a damaged part of the ledger.
    pub fn tree(&self, commit: &CommitId) -> Result<Tree, VaultError> {
        self.core.tree(commit)
    }

    /// Reads what a commit says.
    ///
    /// # Errors
    /// An unknown commit, or one that lies in a damaged part of the ledger.
    pub fn commit(&self, commit: &CommitId) -> Result<Commit, VaultError> {
        self.core.commit(commit)
    }

    /// Gives a branch's heads: none if there is no such branch, two or more if laptops met and nobody merged yet.
    ///
    /// # Errors
    /// A failed index.
    pub fn heads(
        &self,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<Vec<CommitId>, VaultError> {
        self.core
            .index
            .heads(document, branch)
            .map_err(index_failed)
    }

    /// Gives a document's branches with their heads, by name.
    ///
    /// # Errors
    /// A failed index.
    pub fn branches(
        &self,
        document: DocumentId,
    ) -> Result<Vec<(BranchName, Vec<CommitId>)>, VaultError> {
        self.core.index.branches(document).map_err(index_failed)
    }

    /// Gives one document's row; `None` if there is no such document.
    ///
    /// # Errors
    /// A failed index.
    pub fn row(&self, document: DocumentId) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        self.core.rows.one(&self.core, document)
    }

    /// Gives all documents' rows, in no order; from memory after the first time.
    ///
    /// # Errors
    /// A failed index.
    pub fn rows(&self) -> Result<Vec<Arc<DocumentRow>>, VaultError> {
        self.core.rows.all(&self.core)
    }

    /// Finds the document with a handle, upper or lower case.
    ///
    /// # Errors
    /// A failed index.
    pub fn by_handle(&self, handle: &str) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        self.core.rows.by_handle(&self.core, handle)
    }

    /// Lists commands, newest first: of one document or of all, those before a number or all, at most `limit`.
    ///
    /// # Errors
    /// A damaged part of the ledger, a failed index.
    pub fn operations(
        &self,
        document: Option<DocumentId>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<LoggedOperation>, VaultError> {
        let places = match document {
            Some(document) => self
                .core
                .index
                .operations(document, before, limit)
                .map_err(index_failed)?,
            None => self.recent(before, limit)?,
        };
        places
            .into_iter()
            .map(|(seq, at)| {
                let (_, meta, _) = self.core.command(at, 0)?;
                Ok(LoggedOperation {
                    seq,
                    operation: meta.operation,
                })
            })
            .collect()
    }

    /// Finds the last records before a number.
    fn recent(
        &self,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, crate::Position)>, VaultError> {
        let end = self.core.counters.records.load(Ordering::Relaxed) + 1;
        let mut before = before.unwrap_or(end).min(end);
        let mut found = Vec::new();
        while before > 1 && found.len() < limit {
            let run = self.core.run_before(before)?;
            let Some((first, _)) = run.first().copied() else {
                break;
            };
            found.extend(run.into_iter().rev().take(limit - found.len()));
            before = first;
        }
        Ok(found)
    }

    /// Lists a branch's commits along first parents, newest first: from a commit, or from the branch's first head, at most
    /// `limit`. A line that leads into a damaged part of the ledger ends there.
    ///
    /// # Errors
    /// An unknown commit, a failed index.
    pub fn log(
        &self,
        document: DocumentId,
        branch: &BranchName,
        from: Option<CommitId>,
        limit: usize,
    ) -> Result<Vec<Commit>, VaultError> {
        let mut next = match from {
            Some(from) => Some(from),
            None => self.heads(document, branch)?.first().copied(),
        };
        let mut out = Vec::new();
        while let Some(id) = next
            && out.len() < limit
        {
            let commit = match self.core.commit(&id) {
                Ok(commit) => commit,
                Err(_) if !out.is_empty() && !self.core.damage().is_empty() => break,
                Err(error) => return Err(error),
            };
            next = commit.says.parents.first().copied();
            out.push(commit);
        }
        Ok(out)
    }

    /// Tells whether a commit is known.
    ///
    /// # Errors
    /// A failed index.
    pub fn knows(&self, commit: &CommitId) -> Result<bool, VaultError> {
        let row = self.core.index.commit(commit).map_err(index_failed)?;
        Ok(row.is_some())
    }

    /// Tells how many commits a commit's first-parent line has, with itself.
    ///
    /// # Errors
    /// An unknown commit, a failed index.
    pub fn number(&self, commit: &CommitId) -> Result<u64, VaultError> {
        Ok(self.core.row_of(commit)?.number)
    }

    /// Copies the ledger as it stands and verifies the copy by reading it back; writing goes on meanwhile.
    ///
    /// # Errors
    /// A damaged ledger, of which no good copy can be made; a full or failing disk.
    pub fn backup(&self, now: DateTime<Utc>) -> Result<BackupInfo, VaultError> {
        self.back_up(now, BackupKind::Asked)
    }

    /// Makes the daily backup if it is due, and removes those that it makes superfluous.
    ///
    /// # Errors
    /// See [`Vault::backup`].
    pub fn backup_if_due(&self, now: DateTime<Utc>) -> Result<Option<BackupInfo>, VaultError> {
        if !backup::is_due(&self.core.dir, self.core.tail().seq, now) {
            return Ok(None);
        }
        let made = self.back_up(now, BackupKind::Daily)?;
        backup::prune(&self.core.dir);
        Ok(Some(made))
    }

    fn back_up(&self, now: DateTime<Utc>, kind: BackupKind) -> Result<BackupInfo, VaultError> {
        match self.core.read_only() {
            None | Some(ReadOnlyReason::SyncFailed { .. }) => {}
            Some(reason) => return Err(VaultError::ReadOnly(reason)),
        }
        let identity = (self.core.library, crate::SCHEMA);
        let made = backup::make(&self.core.dir, self.core.tail(), identity, now, kind);
        made.map_err(|error| match error {
            BackupError::Io(error) => VaultError::io("back up", error),
            BackupError::Bad(why) => VaultError::io("back up", std::io::Error::other(why)),
        })
    }

    /// Lists the backups, newest first.
    pub fn backups(&self) -> Vec<BackupInfo> {
        backup::list(&self.core.dir)
    }

    /// Lists the backups of a library that is not open, newest first.
    pub fn backups_in(dir: &Path) -> Vec<BackupInfo> {
        backup::list(dir)
    }

    /// Reads a backup whole and tells whether it can be used.
    ///
    /// # Errors
    /// No such backup, or what is wrong with it.
    pub fn verify_backup(dir: &Path, name: &str) -> Result<BackupInfo, OpenError> {
        let verified = backup::verify(dir, name);
        verified
            .map(|(info, _)| info)
            .map_err(|error| restore::bad_backup(dir, name, error))
    }

    /// Checks every record, every commit, every document and the index; with `rebuild` the index is built anew.
    ///
    /// # Errors
    /// A disk that cannot be read. What is wrong with the library is no error but stands in the report.
    pub fn doctor(&self, rebuild: bool) -> Result<DoctorReport, VaultError> {
        doctor::doctor(self, rebuild)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn adopt(&self, applier: index::Applier) {
        self.applier.adopt(applier);
    }

    /// Tells why the library takes no writes; `None` if it does.
    pub fn read_only(&self) -> Option<ReadOnlyReason> {
        self.core.read_only()
    }

    /// Lists the damage known so far.
    pub fn damage(&self) -> Vec<Damage> {
        self.core.damage()
    }

    /// Gives the library's folder.
    pub fn dir(&self) -> &Path {
        &self.core.dir
    }

    /// Tells how the store is.
    pub fn stats(&self) -> StoreStats {
        let counters = &self.core.counters;
        let read = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        let store = self.core.index.store();
        StoreStats {
            appends: read(&counters.appends),
            appended_bytes: read(&counters.appended_bytes),
            groups: read(&counters.groups),
            syncs: read(&counters.syncs),
            sync_micros: read(&counters.sync_micros),
            applied_batches: read(&counters.applied_batches),
            records: read(&counters.records),
            ledger_bytes: read(&counters.ledger_bytes),
            index_bytes: store.size(),
            index_in_memory: !store.is_on_disk(),
            index_failures: read(&counters.index_failures),
            index_waiting: self.applier.waiting(),
        }
    }

    /// Closes the library: writes what is waiting, brings the index to the disk, gives back the space written ahead.
    ///
    /// # Errors
    /// A disk that fails at that; nothing acknowledged is lost by it.
    pub fn close(&self) -> Result<(), VaultError> {
        let threads = self
            .threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(threads) = threads else {
            return Ok(());
        };
        self.queue.close();
        let writer = threads.committer.join();
        self.applier.close();
        let applied = threads.applier.join();
        let (Ok(writer), Ok(applied)) = (writer, applied) else {
            return Err(VaultError::Closed);
        };
        let store = self.core.index.store();
        let (settled, on_disk) = (store.settle(), store.is_on_disk());
        drop(store);
        // Whoever still holds the closed library must not hold its index: the next opening needs it.
        self.core.index.replace_store(Store::Closed);
        let tail = writer
            .close()
            .map_err(|error| VaultError::io("close", error))?;
        settled.map_err(index_failed)?;
        // Where anything is in doubt the mark is left out, and the next opening checks.
        if self.core.read_only().is_none() && on_disk && applied.mark.tail.seq == tail.seq {
            open::write_clean_stop(&self.core.dir, self.core.library, tail)
                .map_err(|error| VaultError::io("close", error))?;
        }
        Ok(())
    }

    /// Waits until the index on the disk is in step; for tests and measurements.
    pub fn settle(&self) {
        self.applier.drain();
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::warn!(%error, "the library was not closed properly; the next opening checks it");
        }
    }
}
