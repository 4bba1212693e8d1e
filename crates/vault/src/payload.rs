//! What a record holds: the command as JSON, and behind it the bodies of its commits.
//!
//! ```text
//! 0  format    1   1
//! 1  meta      4   length of the JSON as it stands here, compressed
//! 5  raw meta  4   length of the JSON
//! 9  meta, then the bodies one after the other
//! ```

use std::ops::Range;

use history::{CommitId, NewCommit, Operation};
use serde::{Deserialize, Serialize};

use crate::zip;

/// The first byte of a payload.
const FORMAT: u8 = 1;
/// The length of what stands before the JSON.
const HEAD: usize = 9;
/// The most bytes the JSON of one command may have.
const MAX_META: usize = 256 << 20;

/// The command, as JSON in the record.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Meta {
    pub(crate) operation: Operation,
    pub(crate) commits: Vec<CommitMeta>,
}

/// One commit of a command.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CommitMeta {
    pub(crate) id: CommitId,
    pub(crate) says: NewCommit,
    pub(crate) body: BodyMeta,
}

/// How a commit's document is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BodyMeta {
    /// Bytes of canonical JSON.
    pub(crate) raw: u32,
    /// Bytes as stored.
    pub(crate) packed: u32,
    /// The full copy that this one is the difference to; none if it is one itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) base: Option<Base>,
}

/// Names a full copy: the record's sequence number, 0 for the very record that says it, and which of its commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Base {
    pub(crate) seq: u64,
    pub(crate) slot: u32,
}

/// Says why a payload cannot be read, although its hash is right.
#[derive(Debug, thiserror::Error)]
#[error("the record is not understood: {0}")]
pub(crate) struct PayloadError(String);

/// Puts a payload together.
pub(crate) fn encode(meta: &Meta, bodies: &[Vec<u8>]) -> Result<Vec<u8>, PayloadError> {
    let json = serde_json::to_vec(meta).map_err(|error| PayloadError(error.to_string()))?;
    encode_json(&json, bodies.iter().map(Vec::as_slice))
}

/// Puts a payload together from a command that is JSON already.
pub(crate) fn encode_json<'a>(
    json: &[u8],
    bodies: impl Iterator<Item = &'a [u8]>,
) -> Result<Vec<u8>, PayloadError> {
    if json.len() > MAX_META {
        return Err(PayloadError("too many commits".into()));
    }
    let packed = zip::pack_meta(json).map_err(PayloadError)?;
    let mut out = Vec::with_capacity(HEAD + packed.len() + 1024);
    out.push(FORMAT);
    out.extend_from_slice(&(packed.len() as u32).to_le_bytes());
    out.extend_from_slice(&(json.len() as u32).to_le_bytes());
    out.extend_from_slice(&packed);
    bodies.for_each(|body| out.extend_from_slice(body));
    Ok(out)
}

/// Reads the command's JSON; gives also where the bodies begin.
pub(crate) fn meta_json(payload: &[u8]) -> Result<(Vec<u8>, usize), PayloadError> {
    let short = || PayloadError("it is too short".into());
    let head = payload.get(..HEAD).ok_or_else(short)?;
    if head[0] != FORMAT {
        return Err(PayloadError(format!("its format is {}", head[0])));
    }
    let number = |at: usize| {
        let bytes = [head[at], head[at + 1], head[at + 2], head[at + 3]];
        u32::from_le_bytes(bytes) as usize
    };
    let (packed, raw) = (number(1), number(5));
    if raw > MAX_META {
        return Err(PayloadError("it is too large".into()));
    }
    let end = HEAD.checked_add(packed).ok_or_else(short)?;
    let bytes = payload.get(HEAD..end).ok_or_else(short)?;
    let json = zip::unpack_meta(bytes, raw).map_err(PayloadError)?;
    Ok((json, end))
}

/// Reads the command; gives also where the bodies begin.
pub(crate) fn meta(payload: &[u8]) -> Result<(Meta, usize), PayloadError> {
    let (json, bodies) = meta_json(payload)?;
    let meta = serde_json::from_slice(&json).map_err(|error| PayloadError(error.to_string()))?;
    zip::give_back(json);
    Ok((meta, bodies))
}

/// Gives where one commit's body lies within the payload.
pub(crate) fn body_range(meta: &Meta, bodies: usize, slot: usize) -> Option<Range<usize>> {
    let before = meta.commits.get(..slot)?;
    let start = bodies
        + before
            .iter()
            .map(|commit| commit.body.packed as usize)
            .sum::<usize>();
    Some(start..start + meta.commits.get(slot)?.body.packed as usize)
}
