//! All documents' rows in one file, written at a clean stop, so that the first look at the roster is one read.
//!
//! ```text
//! length of the head, 4; head {layout, library, tail}; for each document: its id 16, length 4, StoredRow; blake3 of all that, 32
//! ```
//!
//! It holds nothing that the index does not. It is used only while the ledger ends where it ended then, which the hash chain
//! vouches for, and only if its own hash is right.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use history::{DocumentId, Hash};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::{self, LAYOUT, MarkTail};
use crate::file;
use crate::ledger::Tail;
use crate::row::LazyRow;

/// From how many documents on the file is worth having.
const WORTH_A_FILE: usize = 256;
/// The length of the hash at the end.
const HASH: usize = 32;

/// Says which rows these are.
#[derive(PartialEq, Serialize, Deserialize)]
struct Head {
    layout: String,
    library: Uuid,
    tail: MarkTail,
}

impl Head {
    fn to_bytes(library: Uuid, tail: Tail) -> Vec<u8> {
        let head = keys::pack(&Head {
            layout: LAYOUT.to_owned(),
            library,
            tail: tail.into(),
        });
        let mut out = (head.len() as u32).to_le_bytes().to_vec();
        out.extend_from_slice(&head);
        out
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join("rows")
}

/// Tells whether the file of a library is there and belongs to this end of the ledger.
pub(crate) fn is_current(dir: &Path, library: Uuid, tail: Tail) -> bool {
    let head = Head::to_bytes(library, tail);
    let mut found = vec![0; head.len()];
    let read = File::open(path(dir)).and_then(|mut file| file.read_exact(&mut found));
    read.is_ok() && found == head
}

/// Writes the rows; a small library has no file, as it gains nothing by it.
pub(crate) fn write<'a>(
    dir: &Path,
    library: Uuid,
    tail: Tail,
    rows: impl ExactSizeIterator<Item = (DocumentId, &'a LazyRow)>,
    stored: impl Fn(&LazyRow) -> Vec<u8>,
) -> io::Result<()> {
    if rows.len() < WORTH_A_FILE {
        return remove(dir);
    }
    let mut out = Head::to_bytes(library, tail);
    for (id, row) in rows {
        let row = stored(row);
        out.extend_from_slice(id.0.as_bytes());
        out.extend_from_slice(&(row.len() as u32).to_le_bytes());
        out.extend_from_slice(&row);
    }
    let hash = Hash::of(&out);
    out.extend_from_slice(&hash.0);
    file::write_atomically(&path(dir), &out)
}

/// Takes the file away.
pub(crate) fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_file(path(dir)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads the rows, if the file is there, whole, and belongs to this end of the ledger.
pub(crate) fn read(
    dir: &Path,
    library: Uuid,
    tail: Tail,
) -> Option<HashMap<DocumentId, Arc<LazyRow>>> {
    if !is_current(dir, library, tail) {
        return None;
    }
    let bytes = fs::read(path(dir)).ok()?;
    let (content, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
    if Hash::of(content).0 != hash {
        return None;
    }
    let mut rest = content.get(Head::to_bytes(library, tail).len()..)?;
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let (id, behind) = rest.split_first_chunk::<16>()?;
        let (len, behind) = behind.split_first_chunk::<4>()?;
        let (row, behind) = behind.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        rows.push((DocumentId(Uuid::from_bytes(*id)), row));
        rest = behind;
    }
    let count = rows.len();
    let read = super::read_rows(&rows);
    (read.len() == count).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u128) -> LazyRow {
        let id = DocumentId(Uuid::from_u128(number));
        LazyRow::new(id, (1, 2), number as u64, Vec::new(), None)
    }

    #[test]
    fn rows_come_back_only_whole_and_only_for_the_same_end() {
        let dir = tempfile::tempdir().unwrap();
        let library = Uuid::from_u128(1);
        let tail = Tail::start(1, Hash::of(b"end"));
        let rows: Vec<_> = (0..300).map(row).collect();
        let put = |rows: &[LazyRow]| {
            let rows = rows.iter().map(|row| (row.document, row));
            write(dir.path(), library, tail, rows, |row| {
                row.to_stored(&|_| None)
            })
            .unwrap();
        };
        put(&rows);
        assert!(is_current(dir.path(), library, tail));
        let back = read(dir.path(), library, tail).unwrap();
        assert_eq!(back.len(), 300);
        assert!(
            back.iter()
                .all(|(id, row)| row.number == id.0.as_u128() as u64)
        );

        let later = Tail::start(1, Hash::of(b"another end"));
        assert!(read(dir.path(), library, later).is_none());
        assert!(read(dir.path(), Uuid::from_u128(2), tail).is_none());
        let good = fs::read(path(dir.path())).unwrap();
        for at in (0..good.len()).step_by(97).chain([good.len() - 1]) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(path(dir.path()), bad).unwrap();
            assert!(read(dir.path(), library, tail).is_none(), "byte {at}");
        }
        fs::write(path(dir.path()), &good[..good.len() - 5]).unwrap();
        assert!(read(dir.path(), library, tail).is_none());

        put(&rows[..10]);
        assert!(!path(dir.path()).exists(), "not worth a file");
    }
}
