//! The rows of the index: their keys, and what stands in them.
//!
//! ```text
//! c <commit, 16 bytes>          CommitRow
//! d <document>                  StoredRow      what the roster shows
//! n <document> <branch>         heads, 32 bytes each
//! o <document> <seq, big end>   Position       which records touched a document
//! r <seq, big end>              Position       every 64th record, to find the others from
//! m                             Mark           up to where the index is in step; in every batch
//! ```

use history::{BranchName, CommitId, DocumentId, Hash};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ledger::{Position, Tail};

/// Every how many records one is noted by its number.
pub(crate) const ANCHOR: u64 = 64;
/// The key of the mark.
pub(crate) const MARK: &[u8] = b"m";
/// How the index is laid out; any other is rebuilt. The program's version is part of it, because the rows hold its types.
pub(crate) const LAYOUT: &str = concat!("2/", env!("CARGO_PKG_VERSION"));

/// Where a commit is stored, and its place in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitRow {
    pub(crate) seq: u64,
    pub(crate) at: Position,
    /// The record's length in bytes.
    pub(crate) len: u32,
    /// Which of the record's commits.
    pub(crate) slot: u32,
    /// How many commits its first-parent line has, with itself.
    pub(crate) number: u64,
    /// How many commits since the last whole copy; 0 if it is one.
    pub(crate) distance: u32,
    /// The whole copy that its body is the difference to.
    pub(crate) base: Option<Stored>,
}

/// Where a body is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) seq: u64,
    pub(crate) at: Position,
    pub(crate) len: u32,
    pub(crate) slot: u32,
}

impl CommitRow {
    pub(crate) fn stored(&self) -> Stored {
        Stored {
            seq: self.seq,
            at: self.at,
            len: self.len,
            slot: self.slot,
        }
    }
}

/// A document's row as it stands in the index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredRow<'a> {
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) number: u64,
    pub(crate) heads: Vec<[u8; 32]>,
    /// The roster's row, by postcard; none if the document is none of the roster's.
    #[serde(borrow)]
    pub(crate) summary: Option<StoredSummary<'a>>,
    /// What it is if it is no character.
    pub(crate) title: Option<sheet::Title>,
}

/// The bytes of a summary, lent and not copied: the roster's first look reads those of all characters.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct StoredSummary<'a>(#[serde(borrow)] pub(crate) &'a [u8]);

/// Up to where the index is in step with the ledger, and what it must hold then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) layout: String,
    pub(crate) library: Uuid,
    pub(crate) tail: MarkTail,
    /// How many rows there are, without the mark.
    pub(crate) rows: u64,
    /// The sum of the rows' digests.
    pub(crate) digest: [u64; 2],
}

impl Mark {
    /// Takes a row into the count.
    pub(crate) fn count(&mut self, key: &[u8], value: &[u8]) {
        let come = digest(key, value);
        self.rows = self.rows.wrapping_add(1);
        self.digest[0] = self.digest[0].wrapping_add(come[0]);
        self.digest[1] = self.digest[1].wrapping_add(come[1]);
    }

    /// Takes a row out of the count.
    pub(crate) fn discount(&mut self, key: &[u8], value: &[u8]) {
        let gone = digest(key, value);
        self.rows = self.rows.wrapping_sub(1);
        self.digest[0] = self.digest[0].wrapping_sub(gone[0]);
        self.digest[1] = self.digest[1].wrapping_sub(gone[1]);
    }
}

/// A [`Tail`], compactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MarkTail {
    pub(crate) end: Position,
    pub(crate) last: Position,
    pub(crate) seq: u64,
    pub(crate) chain: [u8; 32],
}

impl From<Tail> for MarkTail {
    fn from(tail: Tail) -> MarkTail {
        MarkTail {
            end: tail.end,
            last: tail.last,
            seq: tail.seq,
            chain: tail.chain.0,
        }
    }
}

impl From<MarkTail> for Tail {
    fn from(tail: MarkTail) -> Tail {
        Tail {
            end: tail.end,
            last: tail.last,
            seq: tail.seq,
            chain: Hash(tail.chain),
        }
    }
}

/// Digests one row; the sum over all rows does not depend on their order.
pub(crate) fn digest(key: &[u8], value: &[u8]) -> [u64; 2] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(key.len() as u32).to_le_bytes());
    hasher.update(key);
    hasher.update(value);
    let hash = hasher.finalize();
    let half = |at: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[at..at + 8]);
        u64::from_le_bytes(bytes)
    };
    [half(0), half(8)]
}

pub(crate) fn commit(id: &CommitId) -> Vec<u8> {
    key(b'c', &[&id.0.0[..16]])
}

pub(crate) fn document(id: DocumentId) -> Vec<u8> {
    key(b'd', &[id.0.as_bytes()])
}

pub(crate) fn branch(document: DocumentId, branch: &BranchName) -> Vec<u8> {
    key(b'n', &[document.0.as_bytes(), branch.as_str().as_bytes()])
}

pub(crate) fn branches(document: DocumentId) -> Vec<u8> {
    key(b'n', &[document.0.as_bytes()])
}

pub(crate) fn operation(document: DocumentId, seq: u64) -> Vec<u8> {
    key(b'o', &[document.0.as_bytes(), &seq.to_be_bytes()])
}

pub(crate) fn anchor(seq: u64) -> Vec<u8> {
    key(b'r', &[&seq.to_be_bytes()])
}

fn key(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(33);
    out.push(kind);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

/// Reads the document out of a row's key.
pub(crate) fn document_of(key: &[u8]) -> Option<DocumentId> {
    let bytes: [u8; 16] = key.get(1..17)?.try_into().ok()?;
    Some(DocumentId(Uuid::from_bytes(bytes)))
}

/// Reads the sequence number at the end of a key.
pub(crate) fn seq_of(key: &[u8]) -> Option<u64> {
    let at = key.len().checked_sub(8)?;
    Some(u64::from_be_bytes(key[at..].try_into().ok()?))
}

pub(crate) fn pack_heads(heads: &[CommitId]) -> Vec<u8> {
    heads.iter().flat_map(|head| head.0.0).collect()
}

pub(crate) fn unpack_heads(bytes: &[u8]) -> Vec<CommitId> {
    bytes
        .chunks_exact(32)
        .map(|chunk| {
            let mut hash = [0; 32];
            hash.copy_from_slice(chunk);
            CommitId(Hash(hash))
        })
        .collect()
}

/// Gives the first key behind all that begin with `prefix`.
pub(crate) fn behind(prefix: &[u8]) -> Vec<u8> {
    let mut out = prefix.to_vec();
    while let Some(last) = out.pop() {
        if last < u8::MAX {
            out.push(last + 1);
            return out;
        }
    }
    vec![u8::MAX; 64]
}

/// Writes a row's value.
pub(crate) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    // Only a broken `Serialize` could fail here; an empty value does not unpack, which is met as a damaged index.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// Reads a row's value.
pub(crate) fn unpack<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
