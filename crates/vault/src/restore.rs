//! Restoring: a backup, and everything the present ledger still holds that came after it.
//!
//! ```text
//! backup   1 2 3 4 5 6
//! present  1 2 x x 5 6 7 8      the hole lies where the backup is whole
//! restored 1 2 3 4 5 6 7 8      nothing lost
//! ```

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::backup::{self, BackupError, BackupInfo};
use crate::ledger::survey::survey;
use crate::ledger::{Tail, record, segment};
use crate::{OpenError, file, lock, swap};

/// Says what becomes of records that came after the backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// They are carried over as far as they chain on: for mending damage, where nothing is to be lost.
    Keep,
    /// They are set aside with the present ledger: for going back to how it was.
    SetAside,
}

/// Tells what a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// The backup that was used.
    pub backup: BackupInfo,
    /// Records of the present ledger that followed the backup's last and were carried over.
    pub carried: u64,
    /// Records of the present ledger behind those that could not be carried over; they stand in `aside`.
    pub left: u64,
    /// Where the ledger that stood there went.
    pub aside: Option<PathBuf>,
}

/// Puts a verified backup in the place of the library's ledger; the library must be closed.
///
/// # Errors
/// A library that is open elsewhere, a backup that does not verify, a disk that fails. Up to the last step the present
/// library stands untouched.
pub fn restore(
    dir: &Path,
    name: &str,
    later: Later,
    now: DateTime<Utc>,
) -> Result<RestoreReport, OpenError> {
    let _lock = lock::take(dir)?;
    swap::finish_interrupted(dir, now).map_err(|error| OpenError::io("mend", dir, error))?;
    let (info, tail) = backup::verify(dir, name).map_err(|error| bad_backup(dir, name, error))?;
    let making = swap::making(dir);
    let write = |error| OpenError::io("write", &making, error);
    backup::copy_ledger(&backup::folder(dir, &info), &making, tail).map_err(write)?;
    let (after, left) = match later {
        Later::Keep => carry_on(dir, &making, tail).map_err(write)?,
        Later::SetAside => (tail, 0),
    };
    let read = survey(&making, None, after.seq, |_, _, _| {}).map_err(write)?;
    if !read.holes.is_empty() || read.tail.chain != after.chain {
        return Err(OpenError::BadBackup {
            name: name.to_owned(),
            why: "what was restored does not read back".into(),
        });
    }
    let aside = swap::put_in_place(dir, now).map_err(write)?;
    Ok(RestoreReport {
        carried: after.seq - tail.seq,
        backup: info,
        left,
        aside,
    })
}

pub(crate) fn bad_backup(dir: &Path, name: &str, error: BackupError) -> OpenError {
    match error {
        BackupError::Io(error) => OpenError::io("read", &dir.join("backups").join(name), error),
        BackupError::Bad(why) => OpenError::BadBackup {
            name: name.to_owned(),
            why,
        },
    }
}

/// Appends the present ledger's records that chain on to the copied backup; gives the new tail and how many did not.
fn carry_on(dir: &Path, making: &Path, tail: Tail) -> io::Result<(Tail, u64)> {
    let path = segment::path(making, tail.end.segment);
    let mut out = BufWriter::new(OpenOptions::new().append(true).open(&path)?);
    let (mut at, mut left, mut failed) = (tail, 0, None);
    survey(&dir.join("ledger"), None, 0, |_, header, payload| {
        if header.seq <= tail.seq {
            return;
        }
        if header.seq != at.seq + 1 || header.previous != at.chain {
            left += 1;
            return;
        }
        let mut bytes = Vec::with_capacity(header.record_len() as usize);
        let hash = record::write(
            &mut bytes,
            header.seq,
            header.durable,
            header.previous,
            payload,
        );
        if hash != header.hash {
            left += 1;
            return;
        }
        if let Err(error) = out.write_all(&bytes) {
            failed.get_or_insert(error);
        }
        at.last = at.end;
        at.end.offset += header.record_len();
        at.seq = header.seq;
        at.chain = hash;
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let done = out.into_inner().map_err(|error| error.into_error())?;
    done.sync_all()?;
    file::sync_dir(making)?;
    Ok((at, left))
}
