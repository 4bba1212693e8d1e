//! The vault: one opened library.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::applier::{self, ApplierQueue};
use crate::backup::{self, BackupError, BackupInfo, BackupKind};
use crate::committer::{self, Committing};
use crate::core::{Core, index_failed};
use crate::doctor::{self, DoctorReport};
use crate::index::store::Store;
use crate::ledger::Tail;
use crate::ledger::survey::survey_up_to;
use crate::ledger::writer::{self, Writer};
use crate::lock::Lock;
use crate::open::{self, OpenReport, Ready};
use crate::restore;
use crate::{Damage, Entry, OpenError, Options, ReadOnlyReason, Receipt, VaultError};
use crate::{entry, index};

/// Holds one opened library; all its calls may be made from many threads at once.
///
/// Dropping it closes it as [`Vault::close`] does, only that nobody hears of a failure.
pub struct Vault {
    core: Arc<Core>,
    committing: Arc<Committing>,
    applier: Arc<ApplierQueue>,
    threads: Mutex<Option<Threads>>,
    lock: Mutex<Option<Lock>>,
}

/// After how many batches the index is opened once more while closing.
const BATCHES_WORTH_A_SNAPSHOT: u64 = 50;

struct Threads {
    committer: JoinHandle<()>,
    applier: JoinHandle<index::Applier>,
}

/// An opened library and what opening it found.
pub struct Opened {
    /// The library.
    pub vault: Vault,
    /// What was found and done.
    pub report: OpenReport,
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
        let Ready {
            core,
            applier: applied,
            tail,
            lock,
            mut report,
        } = open::open(dir, options)?;
        let writable = core.read_only().is_none();
        let vault = if writable {
            let started = Vault::start(core, tail, applied, lock);
            started.map_err(|error| OpenError::io("write", dir, error))?
        } else {
            Vault::for_reading(core, lock)
        };
        report.read_only = vault.core.read_only();
        Ok(Opened { vault, report })
    }

    fn for_reading(core: Arc<Core>, lock: Option<Lock>) -> Vault {
        let applier: Arc<ApplierQueue> = Arc::default();
        applier.close();
        Vault {
            committing: Arc::new(Committing::new(core.clone(), applier.clone(), None)),
            core,
            applier,
            threads: Mutex::default(),
            lock: Mutex::new(lock),
        }
    }

    fn start(
        core: Arc<Core>,
        tail: Tail,
        applied: index::Applier,
        lock: Option<Lock>,
    ) -> std::io::Result<Vault> {
        open::clean::clear(&core.dir)?;
        let settings = writer::Settings {
            segment_bytes: core.options.segment_bytes,
            prewrite_min: core.options.prewrite_min,
            prewrite_max: core.options.prewrite_max,
            faults: core.options.faults.clone(),
        };
        let writer = Writer::open(&core.dir.join("ledger"), core.library, tail, settings)?;
        let queue: Arc<ApplierQueue> = Arc::default();
        let committing = Committing::new(core.clone(), queue.clone(), Some(writer));
        let committing = Arc::new(committing);
        let applier = applier::start(core.clone(), queue.clone(), applied)?;
        let committer = committer::start(committing.clone())?;
        let rescuer = queue.clone();
        core.index.on_failure(move || rescuer.rescue());
        check_behind(&core, tail)?;
        Ok(Vault {
            core,
            committing,
            applier: queue,
            threads: Mutex::new(Some(Threads { committer, applier })),
            lock: Mutex::new(lock),
        })
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
        let answer = self.committing.submit(prepared)?;
        let receipt = match answer.wait() {
            Some(answer) => answer?,
            None => {
                let reason = self.core.read_only();
                return Err(reason.map_or(VaultError::Closed, VaultError::ReadOnly));
            }
        };
        let observer = &self.core.options.observer;
        observer.appended(started.elapsed(), u64::from(receipt.bytes));
        Ok(receipt)
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
        let done = self.shut();
        self.lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        done
    }

    fn shut(&self) -> Result<(), VaultError> {
        let threads = self
            .threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(threads) = threads else {
            return Ok(());
        };
        self.committing.close();
        let done = threads.committer.join();
        self.applier.close();
        let applied = threads.applier.join();
        let writer = self.committing.take_writer();
        let (Some(writer), Ok(applied), Ok(())) = (writer, applied, done) else {
            return Err(VaultError::Closed);
        };
        let tail = self.core.tail();
        if self.core.read_only().is_none()
            && applied.mark.tail.seq == tail.seq
            && let Err(error) = self.core.keep_rows(tail)
        {
            tracing::warn!(%error, "the rows cannot be kept; the next opening reads them from the index");
        }
        let store = self.core.index.store();
        let (settled, on_disk) = (store.settle(), store.is_on_disk());
        drop(store);
        let batches = self.core.counters.applied_batches.load(Ordering::Relaxed);
        // Whoever still holds the closed library must not hold its index: the next opening needs it.
        self.core.index.replace_store(Store::Closed);
        if on_disk && batches >= BATCHES_WORTH_A_SNAPSHOT {
            // The price of opening sled grows with what was written since, until it has been opened once: paid here, where
            // nobody waits. If it fails, the next opening pays.
            let dir = self.core.dir.join("sled");
            let _ = Store::sled(&dir, self.core.options.index_cache_bytes);
        }
        let tail = writer
            .close()
            .map_err(|error| VaultError::io("close", error))?;
        settled.map_err(index_failed)?;
        // Where anything is in doubt the mark is left out, and the next opening checks.
        if self.core.read_only().is_none() && on_disk && applied.mark.tail.seq == tail.seq {
            open::clean::write(&self.core.dir, self.core.library, tail)
                .map_err(|error| VaultError::io("close", error))?;
        }
        Ok(())
    }

    /// Waits until the index on the disk is in step; for tests and measurements.
    pub fn settle(&self) {
        self.applier.drain();
    }
}

/// Checks a ledger that was too large to be checked while opening, on a thread that nobody waits for.
fn check_behind(core: &Arc<Core>, tail: Tail) -> std::io::Result<()> {
    let ledger = core.dir.join("ledger");
    if crate::file::size_of_dir(&ledger) <= core.options.check_whole_up_to {
        return Ok(());
    }
    // The thread must not keep a library open that is being closed; whatever it reads then, it tells nobody.
    let core = Arc::downgrade(core);
    let check = move || {
        let found = survey_up_to(&ledger, tail);
        if let (Some(core), Ok(found)) = (core.upgrade(), found) {
            for damage in open::name_damage(&found, Some(&core.index.store())) {
                core.note_damage(damage);
            }
        }
    };
    std::thread::Builder::new()
        .name("vault-check".into())
        .spawn(check)?;
    Ok(())
}

impl Drop for Vault {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::warn!(%error, "the library was not closed properly; the next opening checks it");
        }
    }
}
