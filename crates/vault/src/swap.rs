//! Putting a new ledger in the place of the present one, which is put aside and never deleted.
//!
//! The new ledger is made and verified as `ledger.making`, and then named `ledger.new`: from that moment it is whole. An
//! interruption after that is made good by the next opening.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::file;

/// Where a new ledger is made.
pub(crate) fn making(library: &Path) -> PathBuf {
    library.join("ledger.making")
}

/// Puts the finished ledger in place; gives where the old one went, if there was one.
pub(crate) fn put_in_place(library: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let new = library.join("ledger.new");
    fs::rename(making(library), &new)?;
    file::sync_dir(library)?;
    let aside = put_old_aside(library, now)?;
    fs::rename(&new, library.join("ledger"))?;
    file::sync_dir(library)?;
    Ok(aside)
}

/// Ends what an interruption left half done.
pub(crate) fn finish_interrupted(library: &Path, now: DateTime<Utc>) -> io::Result<()> {
    let new = library.join("ledger.new");
    if new.is_dir() {
        put_old_aside(library, now)?;
        fs::rename(&new, library.join("ledger"))?;
        file::sync_dir(library)?;
    }
    Ok(())
}

/// Moves the old ledger and everything derived from it out of the way.
fn put_old_aside(library: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let base = library.join("aside");
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    let mut aside = base.join(stamp.to_string());
    let mut nth = 1;
    while aside.exists() {
        nth += 1;
        aside = base.join(format!("{stamp}-{nth}"));
    }
    let old: Vec<_> = ["clean", "sled", "ledger"]
        .into_iter()
        .filter(|name| library.join(name).exists())
        .collect();
    if old.is_empty() {
        return Ok(None);
    }
    fs::create_dir_all(&aside)?;
    for name in old {
        fs::rename(library.join(name), aside.join(name))?;
    }
    file::sync_dir(&aside)?;
    file::sync_dir(&base)?;
    file::sync_dir(library)?;
    Ok(Some(aside))
}
