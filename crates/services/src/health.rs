//! How the library is: figures, checks, backups, and the doctor.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use telemetry::{HealthCheck, Metrics, ProcessSampler, health};

use crate::library::Library;
use crate::text::count;
use crate::wire::{BackupInfo, ByteCount, DoctorReport, HealthView};
use crate::{Code, Failure};

/// Serves figures, checks, backups and the doctor; made by [`Library::health`].
#[derive(Clone, Copy)]
pub struct Health<'a> {
    pub(crate) library: &'a Library,
}

/// What the panel looks at beyond the counters: only there while somebody looks.
#[derive(Default)]
pub(crate) struct Samplers {
    process: Mutex<Option<ProcessSampler>>,
}

impl Health<'_> {
    /// Reads all figures and makes the checks; samples the process, which nothing else does.
    ///
    /// # Errors
    /// None as yet; a check that cannot be made says so itself.
    pub fn view(&self) -> Result<HealthView, Failure> {
        let library = self.library;
        let store = library.settings.metrics.store();
        let stats = library.vault.stats();
        store.set_ledger_bytes(stats.ledger_bytes);
        store.set_index_bytes(stats.index_bytes);
        let mut figures = library.settings.metrics.snapshot();
        let mut sampler = library
            .samplers
            .process
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        figures.process = sampler
            .get_or_insert_with(|| ProcessSampler::new(library.started))
            .sample();
        let now = library.settings.clock.now();
        Ok(HealthView {
            figures,
            checks: self.checks(&stats),
            time: now,
        })
    }

    fn checks(&self, stats: &vault::StoreStats) -> Vec<HealthCheck> {
        let library = self.library;
        let refusal = library.read_only();
        let mut checks = vec![health::library_writable(
            refusal.as_ref().map(|failure| failure.message.as_str()),
        )];
        checks.push(match telemetry::disk_space(&library.settings.folder) {
            Ok(space) => health::disk_space(space.free, health::DiskLimits::default()),
            Err(error) => HealthCheck::warn(
                "disk_space",
                "Disk space",
                error.to_string(),
                "Check that the library's disk is connected.",
            ),
        });
        checks.push(if stats.index_in_memory {
            HealthCheck::warn(
                "index_in_step",
                "Index",
                "The index could not be kept on the disk; it is in memory, and everything works.",
                "Make room on the disk and start Forkbeard again.",
            )
        } else {
            health::index_in_step(
                stats.records.saturating_sub(stats.index_waiting),
                stats.records,
            )
        });
        let newest = self
            .backups()
            .ok()
            .and_then(|list| list.first().map(|backup| backup.time));
        let limits = health::BackupLimits::default();
        checks.push(health::last_backup(
            newest,
            library.settings.clock.now(),
            limits,
        ));
        checks
    }

    /// Lists the backups, newest first.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn backups(&self) -> Result<Vec<BackupInfo>, Failure> {
        Ok(self
            .library
            .vault
            .backups()
            .iter()
            .map(backup_info)
            .collect())
    }

    /// Makes a backup and reads all of it back before it counts.
    ///
    /// # Errors
    /// A full disk, a folder that cannot be written, or a copy that did not read back right.
    pub fn backup(&self) -> Result<BackupInfo, Failure> {
        self.library.timed("health.backup", || {
            // Pictures first: a backup that counts has all that it names.
            self.library.pictures.back_up()?;
            let made = self
                .library
                .vault
                .backup(self.library.settings.clock.now())?;
            Ok(backup_info(&made))
        })
    }

    /// Makes the daily backup if the newest is a day old; `None` where none was due.
    ///
    /// # Errors
    /// See [`Health::backup`].
    pub fn backup_if_due(&self) -> Result<Option<BackupInfo>, Failure> {
        if self.library.read_only().is_some() || self.library.roster_index()?.len() == 0 {
            return Ok(None);
        }
        self.library.timed("health.backup_if_due", || {
            self.library.pictures.back_up()?;
            let made = self
                .library
                .vault
                .backup_if_due(self.library.settings.clock.now())?;
            Ok(made.as_ref().map(backup_info))
        })
    }

    /// Examines everything: the chain, every hash, every index row; builds the index anew if asked.
    ///
    /// # Errors
    /// A library that cannot be read at all; what is merely wrong is in the report.
    pub fn doctor(&self, rebuild: bool) -> Result<DoctorReport, Failure> {
        self.library.timed("health.doctor", || {
            let started = Instant::now();
            let found = self.library.vault.doctor(rebuild)?;
            let mut report = doctor_report(&found, started.elapsed());
            for hash in self.library.pictures.damaged()? {
                report.healthy = false;
                report
                    .problems
                    .push(format!("The picture {hash} is damaged; put it in again."));
            }
            Ok(report)
        })
    }
}

fn doctor_report(found: &vault::DoctorReport, took: Duration) -> DoctorReport {
    let whole = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let mut problems = found.problems.clone();
    problems.extend(
        found
            .damage
            .iter()
            .map(|damage| format!("Damage in the ledger: {damage}.")),
    );
    if found.index_wrong {
        let done = if found.index_rebuilt {
            "it was built anew"
        } else {
            "have it built anew"
        };
        problems.push(format!("The index disagrees with the ledger; {done}."));
    }
    DoctorReport {
        healthy: found.is_sound(),
        records: whole(found.records),
        commits: whole(found.commits),
        documents: whole(found.documents),
        millis: u32::try_from(took.as_millis()).unwrap_or(u32::MAX),
        problems,
        rebuilt: found.index_rebuilt,
    }
}

/// Every backup in the list was read back when it was made; one that was not does not get its name.
pub(crate) fn backup_info(backup: &vault::BackupInfo) -> BackupInfo {
    BackupInfo {
        name: backup.name.clone(),
        time: backup.taken,
        bytes: ByteCount(backup.bytes),
        verified: true,
    }
}

/// Hands what the vault sees on to the figures.
pub(crate) struct StoreObserver(pub(crate) Arc<Metrics>);

impl vault::Observer for StoreObserver {
    fn appended(&self, _waited: Duration, bytes: u64) {
        self.0.store().appended(bytes);
    }

    fn synced(&self, took: Duration, group: u64) {
        self.0.store().synced(took, group);
    }

    fn replayed(&self, records: u64, took: Duration) {
        self.0.store().replayed(records, took);
    }
}

impl Library {
    /// Says why the library cannot be written, if so.
    pub fn read_only(&self) -> Option<Failure> {
        let reason = self.vault.read_only()?;
        Some(Failure::new(
            Code::ReadOnly,
            format!("{}.", crate::failure::capital(&reason.to_string())),
            "Reading goes on. Mend the cause, then open the library again.",
        ))
    }

    pub(crate) fn character_count(&self) -> u32 {
        self.roster_index().map_or(0, |index| count(index.len()))
    }
}
