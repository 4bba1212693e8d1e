//! The record: the unit that is written whole, checked by its own hash, and chained to the one before.
//!
//! ```text
//!  0  magic      4   bytes that no UTF-8 text contains, so content is never mistaken for a record
//!  4  kind       1   1 = command
//!  5  zero       3
//!  8  length     4   of the payload
//! 12  zero       4
//! 16  seq        8   1 for the first record, then one more each
//! 24  durable    8   the last record known to be on the disk when this one was written
//! 32  previous  32   hash of the record before
//! 64  hash      32   blake3 of the 64 bytes above and the payload
//! 96  payload
//! ```
//!
//! `durable` tells a torn group from damage: records of one group are written together and share it, so a hole that no
//! later record vouches for was never acknowledged, and any other hole is a loss that must be told.

use history::Hash;

/// The length of a record's header in bytes.
pub(crate) const HEADER: usize = 96;
/// The most bytes one record may take, header and payload.
pub(crate) const MAX_RECORD: usize = 64 << 20;
/// Begins every record.
pub(crate) const MAGIC: [u8; 4] = [0xfb, 0xf5, 0xc0, 0xff];
/// A record that holds one command.
pub(crate) const COMMAND: u8 = 1;

/// What a record's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) kind: u8,
    pub(crate) length: u32,
    pub(crate) seq: u64,
    pub(crate) durable: u64,
    pub(crate) previous: Hash,
    pub(crate) hash: Hash,
}

impl Header {
    /// Gives the whole record's length in bytes.
    pub(crate) fn record_len(&self) -> u64 {
        HEADER as u64 + u64::from(self.length)
    }

    /// Reads a header whose magic and shape are right; the hash is checked by [`Header::vouches_for`].
    pub(crate) fn parse(bytes: &[u8]) -> Option<Header> {
        let bytes: &[u8; HEADER] = bytes.get(..HEADER)?.try_into().ok()?;
        if bytes[..4] != MAGIC || bytes[5..8] != [0; 3] || bytes[12..16] != [0; 4] {
            return None;
        }
        let header = Header {
            kind: bytes[4],
            length: u32::from_le_bytes(array(&bytes[8..12])),
            seq: u64::from_le_bytes(array(&bytes[16..24])),
            durable: u64::from_le_bytes(array(&bytes[24..32])),
            previous: Hash(array(&bytes[32..64])),
            hash: Hash(array(&bytes[64..96])),
        };
        (header.record_len() <= MAX_RECORD as u64).then_some(header)
    }

    /// Tells whether the hash is that of this header and payload.
    pub(crate) fn vouches_for(&self, header: &[u8], payload: &[u8]) -> bool {
        header.len() >= 64 && digest(&header[..64], payload) == self.hash
    }
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(bytes);
    out
}

fn digest(head: &[u8], payload: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(head);
    hasher.update(payload);
    Hash(*hasher.finalize().as_bytes())
}

/// Appends a command's record to `out` and gives its hash; the payload must be within [`MAX_RECORD`].
pub(crate) fn write(
    out: &mut Vec<u8>,
    seq: u64,
    durable: u64,
    previous: Hash,
    payload: &[u8],
) -> Hash {
    let mut head = [0_u8; 64];
    head[..4].copy_from_slice(&MAGIC);
    head[4] = COMMAND;
    head[8..12].copy_from_slice(&(payload.len() as u32).to_le_bytes());
    head[16..24].copy_from_slice(&seq.to_le_bytes());
    head[24..32].copy_from_slice(&durable.to_le_bytes());
    head[32..64].copy_from_slice(&previous.0);
    let hash = digest(&head, payload);
    out.extend_from_slice(&head);
    out.extend_from_slice(&hash.0);
    out.extend_from_slice(payload);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_every_flipped_bit_is_seen() {
        let mut bytes = Vec::new();
        let hash = write(&mut bytes, 7, 5, Hash::of(b"before"), b"payload");
        let header = Header::parse(&bytes).unwrap();
        assert_eq!((header.seq, header.durable, header.hash), (7, 5, hash));
        assert!(header.vouches_for(&bytes[..HEADER], &bytes[HEADER..]));
        for bit in 0..bytes.len() * 8 {
            let mut bent = bytes.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            let sound = Header::parse(&bent).is_some_and(|h| {
                let end = h.record_len() as usize;
                bent.get(HEADER..end)
                    .is_some_and(|p| h.vouches_for(&bent[..HEADER], p))
            });
            assert!(!sound, "bit {bit}");
        }
    }
}
