//! Backups: copies of the ledger, each verified by reading it back whole before it counts as one.
//!
//! ```text
//! backups/20261122T063000Z/   000001.log …  backup.json
//! ```

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ledger::survey::survey;
use crate::ledger::{Tail, segment};
use crate::{SCHEMA, file};

/// How long after the newest backup the next one is due.
const DUE_AFTER_HOURS: i64 = 24;
/// Of how many days, and of how many weeks, the newest automatic backup is kept.
const DAYS_KEPT: usize = 7;
const WEEKS_KEPT: usize = 4;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupKind {
    /// Somebody asked for it; kept until somebody removes it.
    Asked,
    /// It was due; makes room for newer ones after a while.
    Daily,
    /// A migration was about to begin; kept until somebody removes it.
    Migration,
}

/// Tells of one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupInfo {
    /// Its name: the time it was made, and the folder below `backups`.
    pub name: String,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub taken: DateTime<Utc>,
    /// Why it was made.
    pub kind: BackupKind,
    /// How many records it holds.
    pub records: u64,
    /// How many bytes it takes.
    pub bytes: u64,
    /// The schema version of the library then.
    pub schema: u32,
    /// Whose it is.
    pub library: Uuid,
    /// The hash of its last record.
    chain: history::Hash,
}

/// Why a backup could not be made or used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Bad(String),
}

fn dir_of(library: &Path, name: &str) -> PathBuf {
    library.join("backups").join(name)
}

/// Copies the ledger up to `tail` and verifies the copy.
pub(crate) fn make(
    library: &Path,
    tail: Tail,
    (id, schema): (Uuid, u32),
    now: DateTime<Utc>,
    kind: BackupKind,
) -> Result<BackupInfo, BackupError> {
    let backups = library.join("backups");
    fs::create_dir_all(&backups)?;
    let name = free_name(&backups, now);
    let partial = backups.join(format!(".partial-{name}"));
    let made = copy_and_verify(library, &partial, tail).and_then(|bytes| {
        let info = BackupInfo {
            name: name.clone(),
            taken: now,
            kind,
            records: tail.seq,
            bytes,
            schema,
            library: id,
            chain: tail.chain,
        };
        let manifest = serde_json::to_vec_pretty(&info).map_err(io::Error::other)?;
        file::write_atomically(&partial.join("backup.json"), &manifest)?;
        fs::rename(&partial, backups.join(&name))?;
        file::sync_dir(&backups)?;
        file::sync_dir(library)?;
        Ok(info)
    });
    if made.is_err() {
        // Half a backup is none, and on a full disk its room is needed.
        let _ = fs::remove_dir_all(&partial);
    }
    made
}

fn free_name(backups: &Path, now: DateTime<Utc>) -> String {
    let base = now.format("%Y%m%dT%H%M%SZ").to_string();
    let mut name = base.clone();
    let mut nth = 1;
    while backups.join(&name).exists() {
        nth += 1;
        name = format!("{base}-{nth}");
    }
    name
}

fn copy_and_verify(library: &Path, to: &Path, tail: Tail) -> Result<u64, BackupError> {
    let bytes = copy_ledger(&library.join("ledger"), to, tail)?;
    let read = survey(to, None, tail.seq, |_, _, _| {})?;
    if !read.holes.is_empty() || !read.hurt_headers.is_empty() || read.tail.chain != tail.chain {
        return Err(BackupError::Bad(
            "the copy does not read back as the ledger it was made of".into(),
        ));
    }
    Ok(bytes)
}

/// Copies a ledger's segments up to a tail, byte by byte; gives how many bytes.
///
/// Not by the system's copy, which on some file systems shares the blocks: a backup that shares blocks shares their damage.
pub(crate) fn copy_ledger(ledger: &Path, to: &Path, tail: Tail) -> io::Result<u64> {
    match fs::remove_dir_all(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(to)?;
    let mut bytes = 0;
    for number in segment::list(ledger)? {
        if number > tail.end.segment {
            break;
        }
        let limit = if number == tail.end.segment {
            tail.end.offset
        } else {
            u64::MAX
        };
        let mut from = File::open(segment::path(ledger, number))?.take(limit);
        let mut copy = File::create(segment::path(to, number))?;
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            copy.write_all(&buffer[..read])?;
            bytes += read as u64;
        }
        copy.sync_all()?;
    }
    file::sync_dir(to)?;
    Ok(bytes)
}

/// Lists the backups, newest first; a folder without its manifest is none.
pub(crate) fn list(library: &Path) -> Vec<BackupInfo> {
    let Ok(entries) = fs::read_dir(library.join("backups")) else {
        return Vec::new();
    };
    let mut found: Vec<BackupInfo> = entries
        .flatten()
        .filter_map(|entry| {
            let bytes = fs::read(entry.path().join("backup.json")).ok()?;
            let mut info: BackupInfo = serde_json::from_slice(&bytes).ok()?;
            // The folder may have been renamed by hand; its name is what it is called by.
            info.name = entry.file_name().into_string().ok()?;
            (!info.name.starts_with('.')).then_some(info)
        })
        .collect();
    found.sort_by(|a, b| (b.taken, &b.name).cmp(&(a.taken, &a.name)));
    found
}

/// Reads a backup whole, and says what is wrong with it if anything is; gives its tail.
pub(crate) fn verify(library: &Path, name: &str) -> Result<(BackupInfo, Tail), BackupError> {
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let info = list(library)
        .into_iter()
        .find(|info| plain && info.name == name)
        .ok_or_else(|| BackupError::Bad("there is no such backup".into()))?;
    let read = survey(&dir_of(library, name), None, info.records, |_, _, _| {})?;
    if !read.holes.is_empty() || !read.hurt_headers.is_empty() {
        return Err(BackupError::Bad("it is damaged itself".into()));
    }
    if read.tail.seq != info.records || read.tail.chain != info.chain {
        return Err(BackupError::Bad("it is not what its manifest says".into()));
    }
    if info.schema > SCHEMA {
        return Err(BackupError::Bad(format!(
            "it has schema {}, this program knows up to {SCHEMA}",
            info.schema
        )));
    }
    Ok((info, read.tail))
}

/// Gives the folder of a backup that has been verified.
pub(crate) fn folder(library: &Path, info: &BackupInfo) -> PathBuf {
    dir_of(library, &info.name)
}

/// Finds the newest backup that verifies.
pub(crate) fn newest_verified(library: &Path) -> Option<BackupInfo> {
    list(library)
        .into_iter()
        .find_map(|info| verify(library, &info.name).ok())
        .map(|(info, _)| info)
}

/// Tells whether a backup is due: there are records that the newest one lacks, and it is a day old.
pub(crate) fn is_due(library: &Path, records: u64, now: DateTime<Utc>) -> bool {
    match list(library).first() {
        None => records > 0,
        Some(newest) => {
            records > newest.records && now - newest.taken >= Duration::hours(DUE_AFTER_HOURS)
        }
    }
}

/// Removes automatic backups that newer ones have made superfluous; gives their names.
pub(crate) fn prune(library: &Path) -> Vec<String> {
    let daily: Vec<_> = list(library)
        .into_iter()
        .filter(|info| info.kind == BackupKind::Daily)
        .collect();
    let gone = superfluous(&daily);
    for name in &gone {
        if let Err(error) = fs::remove_dir_all(dir_of(library, name)) {
            tracing::warn!(%error, name, "an old backup cannot be removed");
        }
    }
    gone
}

/// Picks, of automatic backups newest first, those that are neither the newest of a kept day nor of a kept week.
fn superfluous(daily: &[BackupInfo]) -> Vec<String> {
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    let mut gone = Vec::new();
    for info in daily {
        let date = info.taken.date_naive();
        let week = (date.iso_week().year(), date.iso_week().week());
        let of_day = days.len() < DAYS_KEPT && days.insert(date);
        let of_week = weeks.len() < WEEKS_KEPT && weeks.insert(week);
        if !of_day && !of_week {
            gone.push(info.name.clone());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_week_of_days_and_a_month_of_weeks_are_kept() {
        let start = Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap();
        let daily: Vec<_> = (0..60)
            .map(|days| BackupInfo {
                name: format!("{days}"),
                taken: start - Duration::days(days),
                kind: BackupKind::Daily,
                records: 1,
                bytes: 1,
                schema: SCHEMA,
                library: Uuid::nil(),
                chain: history::Hash([0; 32]),
            })
            .collect();
        let gone: HashSet<_> = superfluous(&daily).into_iter().collect();
        let kept: Vec<_> = daily
            .iter()
            .filter(|info| !gone.contains(&info.name))
            .map(|info| info.name.as_str())
            .collect();
        assert_eq!(kept, ["0", "1", "2", "3", "4", "5", "6", "7", "14", "21"]);
    }
}
