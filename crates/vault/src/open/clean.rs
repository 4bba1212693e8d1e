//! The mark of a clean stop: the library was closed properly, and this is where its ledger ended.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::file;
use crate::index::keys::MarkTail;
use crate::ledger::Tail;

/// What a clean stop leaves behind; its absence means that the library was not closed properly.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CleanStop {
    library: Uuid,
    pub(crate) tail: MarkTail,
}

/// Reads the mark, if it is there and belongs to this library.
pub(crate) fn read(dir: &Path, library: Uuid) -> Option<CleanStop> {
    let bytes = fs::read(dir.join("clean")).ok()?;
    let stop: CleanStop = serde_json::from_slice(&bytes).ok()?;
    (stop.library == library || library.is_nil()).then_some(stop)
}

/// Writes down that the library was closed properly.
pub(crate) fn write(dir: &Path, library: Uuid, tail: Tail) -> io::Result<()> {
    let stop = CleanStop {
        library,
        tail: tail.into(),
    };
    let bytes = serde_json::to_vec(&stop).map_err(io::Error::other)?;
    file::write_atomically(&dir.join("clean"), &bytes)
}

/// Takes the mark of a clean stop away, because writing begins.
pub(crate) fn clear(dir: &Path) -> io::Result<()> {
    match fs::remove_file(dir.join("clean")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => file::sync_dir(dir),
    }
}
