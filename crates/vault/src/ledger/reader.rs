//! Reading single records by their position.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Position, record, segment};
use crate::file;

/// How many bytes are read at once when a record's length is not known.
const GUESS: usize = 4 << 10;

/// Reads records; shared by all threads.
pub(crate) struct Reader {
    ledger: PathBuf,
    files: Mutex<HashMap<u32, Arc<File>>>,
}

/// One record, header and payload, whose hash has been checked.
pub(crate) struct Record {
    pub(crate) header: record::Header,
    bytes: Vec<u8>,
}

impl Record {
    pub(crate) fn payload(&self) -> &[u8] {
        &self.bytes[record::HEADER..]
    }
}

/// Why a record could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The bytes there are not the record that was written.
    Damaged(Position),
    /// The system refused.
    Io(io::Error),
}

impl Reader {
    pub(crate) fn new(ledger: &Path) -> Reader {
        Reader {
            ledger: ledger.to_owned(),
            files: Mutex::default(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u32, Arc<File>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, number: u32) -> io::Result<Arc<File>> {
        let mut files = self.lock();
        if let Some(file) = files.get(&number) {
            return Ok(file.clone());
        }
        // A library of many segments does not hold them all open.
        if files.len() >= 64 {
            files.clear();
        }
        let file = Arc::new(File::open(segment::path(&self.ledger, number))?);
        files.insert(number, file.clone());
        Ok(file)
    }

    /// Reads the record at a position; `len` is its whole length if known, else 0.
    pub(crate) fn read(&self, at: Position, len: u32) -> Result<Record, ReadError> {
        let damaged = || ReadError::Damaged(at);
        let file = self.file(at.segment).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ReadError::Damaged(at),
            _ => ReadError::Io(error),
        })?;
        let mut bytes = if len > 0 {
            if len as usize > record::MAX_RECORD {
                return Err(damaged());
            }
            read_up_to(&file, at.offset, len as usize)
        } else {
            read_up_to(&file, at.offset, GUESS)
        }
        .map_err(ReadError::Io)?;
        let header = record::Header::parse(&bytes).ok_or_else(damaged)?;
        let whole = header.record_len() as usize;
        if bytes.len() < whole {
            bytes = read_up_to(&file, at.offset, whole).map_err(ReadError::Io)?;
        }
        bytes.truncate(whole);
        if bytes.len() < whole
            || !header.vouches_for(&bytes[..record::HEADER], &bytes[record::HEADER..])
        {
            return Err(damaged());
        }
        Ok(Record { header, bytes })
    }
}

/// Reads as many bytes as there are, up to `len`.
fn read_up_to(file: &File, offset: u64, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    match file::read_exact_at(file, &mut bytes, offset) {
        Ok(()) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            let there = file.metadata()?.len().saturating_sub(offset);
            bytes.truncate(usize::try_from(there).unwrap_or(len).min(len));
            file::read_exact_at(file, &mut bytes, offset)?;
            Ok(bytes)
        }
        Err(error) => Err(error),
    }
}
