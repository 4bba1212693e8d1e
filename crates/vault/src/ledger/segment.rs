//! The segment: one file of the ledger, with a header that says whose it is.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use history::Hash;
use uuid::Uuid;

use crate::file;

/// The length of a segment's header in bytes; the first record follows it.
pub(crate) const HEADER: u64 = 128;
/// Begins every segment.
const MAGIC: [u8; 8] = *b"FBLEDGER";
/// How records are laid out; raised only if a record's header changes.
const FORMAT: u32 = 1;

/// What a segment's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) schema: u32,
    pub(crate) number: u32,
    pub(crate) library: Uuid,
    /// The sequence number of the first record.
    pub(crate) first_seq: u64,
    /// The hash of the last record of the segment before.
    pub(crate) previous: Hash,
}

/// Why a segment's header cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderFault {
    /// The file does not begin as a segment does.
    NotALedger,
    /// It was one, but its hash does not fit.
    Damaged,
    /// A later record layout.
    NewerFormat(u32),
}

impl Header {
    pub(crate) fn to_bytes(self) -> [u8; HEADER as usize] {
        let mut out = [0; HEADER as usize];
        out[..8].copy_from_slice(&MAGIC);
        out[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        out[12..16].copy_from_slice(&self.schema.to_le_bytes());
        out[16..20].copy_from_slice(&self.number.to_le_bytes());
        out[24..40].copy_from_slice(self.library.as_bytes());
        out[40..48].copy_from_slice(&self.first_seq.to_le_bytes());
        out[48..80].copy_from_slice(&self.previous.0);
        let hash = Hash::of(&out[..96]);
        out[96..].copy_from_slice(&hash.0);
        out
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Header, HeaderFault> {
        fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
            let mut out = [0; N];
            out.copy_from_slice(bytes);
            out
        }
        let Some(bytes) = bytes.get(..HEADER as usize) else {
            return Err(HeaderFault::Damaged);
        };
        if Hash::of(&bytes[..96]).0 != bytes[96..] {
            // A single bad byte in the name still leaves most of it standing.
            let alike = bytes[..8].iter().zip(MAGIC).filter(|(a, b)| *a == b);
            return Err(if alike.count() >= 6 || bytes.iter().all(|b| *b == 0) {
                HeaderFault::Damaged
            } else {
                HeaderFault::NotALedger
            });
        }
        let format = u32::from_le_bytes(array(&bytes[8..12]));
        if format > FORMAT {
            return Err(HeaderFault::NewerFormat(format));
        }
        Ok(Header {
            schema: u32::from_le_bytes(array(&bytes[12..16])),
            number: u32::from_le_bytes(array(&bytes[16..20])),
            library: Uuid::from_bytes(array(&bytes[24..40])),
            first_seq: u64::from_le_bytes(array(&bytes[40..48])),
            previous: Hash(array(&bytes[48..80])),
        })
    }
}

/// Gives the hash that stands before the first record, so that a chain belongs to one library.
pub(crate) fn genesis(library: Uuid) -> Hash {
    let mut bytes = b"forkbeard ledger ".to_vec();
    bytes.extend_from_slice(library.as_bytes());
    Hash::of(&bytes)
}

/// Gives the file of a segment.
pub(crate) fn path(ledger: &Path, number: u32) -> PathBuf {
    ledger.join(format!("{number:06}.log"))
}

/// Lists the numbers of the segments in a ledger folder, in order; none if there is no such folder.
pub(crate) fn list(ledger: &Path) -> io::Result<Vec<u32>> {
    let entries = match fs::read_dir(ledger) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let number: Option<u32> = name
            .to_str()
            .and_then(|name| name.strip_suffix(".log"))
            .and_then(|stem| stem.parse().ok());
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Reads a segment's header.
pub(crate) fn read_header(file: &File) -> io::Result<Result<Header, HeaderFault>> {
    let mut bytes = [0; HEADER as usize];
    match file::read_exact_at(file, &mut bytes, 0) {
        Ok(()) => Ok(Header::parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Err(HeaderFault::Damaged)),
        Err(error) => Err(error),
    }
}

/// Creates a segment that is on the disk, name and all, when this returns.
pub(crate) fn create(ledger: &Path, header: Header) -> io::Result<File> {
    let path = path(ledger, header.number);
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)?;
    let done = file::write_all_at(&file, &header.to_bytes(), 0)
        .and_then(|()| file.sync_all())
        .and_then(|()| file::sync_dir(ledger));
    if let Err(error) = done {
        // A header that is not whole must not be met by the next opening.
        let _ = fs::remove_file(&path);
        return Err(error);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_written_and_damage_is_not_taken_for_another_program() {
        let header = Header {
            schema: 1,
            number: 3,
            library: Uuid::from_u128(7),
            first_seq: 42,
            previous: Hash::of(b"x"),
        };
        let bytes = header.to_bytes();
        assert_eq!(Header::parse(&bytes), Ok(header));
        for bit in 0..bytes.len() * 8 {
            let mut bent = bytes;
            bent[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::parse(&bent), Err(HeaderFault::Damaged), "bit {bit}");
        }
        assert_eq!(
            Header::parse(&[b'S'; 200]),
            Err(HeaderFault::NotALedger),
            "something else"
        );
    }
}
