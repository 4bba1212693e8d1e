//! Where the rows of the index are kept: in sled, or in memory where sled cannot be used.
//!
//! sled panics on some damage, so every call is held in `catch_unwind`, and an error means only that the index is to
//! be rebuilt: it holds nothing that the ledger does not.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How often sled writes down what it holds, in milliseconds. Rarely, because its sync stands in the way of the
/// ledger's, and what it has not written is replayed.
const FLUSH_EVERY_MS: u64 = 10_000;
/// How sled says that another handle still has its file.
const LOCKED: &str = "could not acquire lock";
/// How long such a handle is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);

/// Says why the index could not be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct IndexError(pub(crate) String);

/// Rows in the order of their keys.
pub(crate) type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// Keeps rows.
pub(crate) enum Store {
    /// On the disk.
    Sled { db: Box<sled::Db>, dir: PathBuf },
    /// In memory, for a library that is read-only or whose index failed.
    Memory(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>),
    /// Nowhere any more: the library was closed.
    Closed,
}

/// What one batch changes: `None` removes a row.
pub(crate) type Batch = Vec<(Vec<u8>, Option<Vec<u8>>)>;

impl Store {
    pub(crate) fn memory() -> Store {
        Store::Memory(RwLock::default())
    }

    fn closed<T>() -> Result<T, IndexError> {
        Err(IndexError("the library is closed".into()))
    }

    /// Opens sled in a folder, which is created if need be.
    pub(crate) fn sled(dir: &Path, cache_bytes: u64) -> Result<Store, IndexError> {
        clear_half_written(dir);
        let open = || {
            guarded(|| {
                sled::Config::new()
                    .path(dir)
                    .cache_capacity(cache_bytes)
                    .flush_every_ms(Some(FLUSH_EVERY_MS))
                    .open()
            })
        };
        let until = Instant::now() + LOCK_PATIENCE;
        let db = loop {
            match open() {
                // Ours is the library's lock, so this is only a sled that its own threads are still closing.
                Err(error) if error.0.contains(LOCKED) && Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(2));
                }
                other => break other?,
            }
        };
        Ok(Store::Sled {
            db: Box::new(db),
            dir: dir.to_owned(),
        })
    }

    pub(crate) fn is_on_disk(&self) -> bool {
        matches!(self, Store::Sled { .. })
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, IndexError> {
        match self {
            Store::Sled { db, .. } => guarded(|| Ok(db.get(key)?.map(|value| value.to_vec()))),
            Store::Memory(rows) => Ok(rows
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .get(key)
                .cloned()),
            Store::Closed => Store::closed(),
        }
    }

    /// Gives at most `limit` rows with `from <= key < to`, from the front or from the back.
    pub(crate) fn range(
        &self,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        limit: usize,
    ) -> Result<Rows, IndexError> {
        if from >= to {
            return Ok(Vec::new());
        }
        match self {
            Store::Sled { db, .. } => guarded(|| {
                let own = |row: sled::Result<(sled::IVec, sled::IVec)>| {
                    row.map(|(key, value)| (key.to_vec(), value.to_vec()))
                };
                let rows = db.range(from..to);
                if backwards {
                    rows.rev().take(limit).map(own).collect()
                } else {
                    rows.take(limit).map(own).collect()
                }
            }),
            Store::Memory(rows) => {
                let rows = rows.read().unwrap_or_else(PoisonError::into_inner);
                let rows = rows.range(from.to_vec()..to.to_vec());
                let own = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
                Ok(if backwards {
                    rows.rev().take(limit).map(own).collect()
                } else {
                    rows.take(limit).map(own).collect()
                })
            }
            Store::Closed => Store::closed(),
        }
    }

    /// Shows every row in order, without holding them all.
    pub(crate) fn for_each(&self, mut see: impl FnMut(&[u8], &[u8])) -> Result<(), IndexError> {
        match self {
            Store::Sled { db, .. } => guarded(|| {
                for row in db.iter() {
                    let (key, value) = row?;
                    see(&key, &value);
                }
                Ok(())
            }),
            Store::Memory(rows) => {
                let rows = rows.read().unwrap_or_else(PoisonError::into_inner);
                rows.iter().for_each(|(key, value)| see(key, value));
                Ok(())
            }
            Store::Closed => Store::closed(),
        }
    }

    /// Applies a batch: all of it or nothing.
    pub(crate) fn apply(&self, batch: Batch) -> Result<(), IndexError> {
        match self {
            Store::Sled { db, .. } => guarded(|| {
                let mut changes = sled::Batch::default();
                for (key, value) in batch {
                    match value {
                        Some(value) => changes.insert(key, value),
                        None => changes.remove(key),
                    }
                }
                db.apply_batch(changes)
            }),
            Store::Memory(rows) => {
                let mut rows = rows.write().unwrap_or_else(PoisonError::into_inner);
                for (key, value) in batch {
                    match value {
                        Some(value) => rows.insert(key, value),
                        None => rows.remove(&key),
                    };
                }
                Ok(())
            }
            Store::Closed => Store::closed(),
        }
    }

    /// Brings everything to the disk. sled's own flush does not: its file is synced by a second handle.
    pub(crate) fn settle(&self) -> Result<(), IndexError> {
        let Store::Sled { db, dir } = self else {
            return Ok(());
        };
        guarded(|| db.flush().map(|_| ()))?;
        File::open(dir.join("db"))
            .and_then(|file| file.sync_data())
            .map_err(|error| IndexError(error.to_string()))
    }

    /// Gives the bytes the index takes on the disk.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Store::Sled { dir, .. } => crate::file::size_of_dir(dir),
            Store::Memory(_) | Store::Closed => 0,
        }
    }
}

/// Calls sled so that neither an error nor a panic goes further than this.
fn guarded<T>(call: impl FnOnce() -> sled::Result<T>) -> Result<T, IndexError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(IndexError(error.to_string())),
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_else(|| "it panicked".to_owned());
            Err(IndexError(text))
        }
    }
}

/// Removes a snapshot that was being written when the process ended: sled would refuse to open beside it for ever.
fn clear_half_written(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Moves an index that cannot be used out of the way; only the last such one is kept.
pub(crate) fn put_aside(dir: &Path) -> io::Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    let aside = dir.with_extension("old");
    match fs::remove_dir_all(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(dir, &aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_was_dropped_can_be_opened_again_at_once() {
        let dir = tempfile::tempdir().unwrap();
        for round in 0..5_u8 {
            let store = Store::sled(dir.path(), 1 << 20).unwrap();
            assert_eq!(
                store.get(b"round").unwrap(),
                round.checked_sub(1).map(|r| vec![r])
            );
            let change = vec![(b"round".to_vec(), Some(vec![round]))];
            store.apply(change).unwrap();
            store.settle().unwrap();
        }
    }

    #[test]
    fn a_half_written_snapshot_is_cleared() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::sled(dir.path(), 1 << 20).unwrap());
        fs::write(dir.path().join("snap.0000000000000042.generating"), "half").unwrap();
        Store::sled(dir.path(), 1 << 20).unwrap();
    }
}
