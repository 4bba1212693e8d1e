//! What is written in one step, and how it is made ready before its turn comes.

use std::sync::Arc;

use history::{Commit, CommitId, Operation, Tree};

use crate::core::{Core, MAX_PAYLOAD, index_failed};
use crate::index::keys::{CommitRow, Stored};
use crate::payload::{self, Base, BodyMeta, CommitMeta, Meta};
use crate::zip::{self, Keyframe};
use crate::{Position, VaultError};

/// A command: the operation with every ref it moves, and the commits it brings, each with its document.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was done, and which refs move from where to where.
    pub operation: Operation,
    /// The new commits, parents before children.
    pub commits: Vec<(Commit, Tree)>,
    /// Whether every commit was made for this entry, its change id drawn for it: then none can be in the library already, and
    /// the index need not be asked, which may just be busy.
    pub fresh: bool,
}

/// Says that an entry is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Its number in the ledger, from 1.
    pub seq: u64,
    /// Where it stands.
    pub at: Position,
    /// The bytes it takes.
    pub bytes: u32,
}

/// An entry packed and waiting for its turn.
pub(crate) struct Prepared {
    pub(crate) meta: Meta,
    pub(crate) payload: Vec<u8>,
    pub(crate) trees: Vec<(CommitId, Tree)>,
    /// Parents that are stored already.
    pub(crate) parents: Vec<(CommitId, CommitRow)>,
    /// Whole copies among the commits, to be at hand for the next difference.
    pub(crate) keyframes: Vec<(usize, Arc<Keyframe>)>,
}

/// The whole copy that a commit's line goes back to, while an entry is packed.
#[derive(Clone)]
enum Line {
    Stored(Stored, u32),
    Own(usize, Arc<Keyframe>, u32),
}

/// Checks an entry and packs it; everything that can be done before its turn is done here, by the caller's thread.
pub(crate) fn prepare(core: &Core, entry: Entry) -> Result<Prepared, VaultError> {
    let Entry {
        operation,
        commits,
        fresh,
    } = entry;
    let mut lines: Vec<(CommitId, Line)> = Vec::with_capacity(commits.len());
    let mut out = Prepared {
        meta: Meta {
            operation,
            commits: Vec::with_capacity(commits.len()),
        },
        payload: Vec::new(),
        trees: Vec::with_capacity(commits.len()),
        parents: Vec::new(),
        keyframes: Vec::new(),
    };
    let mut bodies = Vec::with_capacity(commits.len());
    for (slot, (commit, tree)) in commits.into_iter().enumerate() {
        check_commit(&commit, &tree)?;
        let known = lines.iter().any(|(own, _)| *own == commit.id)
            || core.index.commit_at_hand(&commit.id)
            || (!fresh
                && core
                    .index
                    .commit(&commit.id)
                    .map_err(index_failed)?
                    .is_some());
        if known {
            return Err(already(&commit.id));
        }
        let mut first = None;
        for (nth, parent) in commit.says.parents.iter().enumerate() {
            let line = match lines.iter().find(|(own, _)| own == parent) {
                Some((_, line)) => line.clone(),
                None => {
                    let row = core.row_of(parent)?;
                    out.parents.push((*parent, row));
                    Line::Stored(row.base.unwrap_or(row.stored()), row.distance)
                }
            };
            if nth == 0 {
                first = Some(line);
            }
        }
        let (body, bytes, line) = tree.with_json(|json| pack(core, slot, json, first))?;
        if let Line::Own(at, frame, 0) = &line {
            out.keyframes.push((*at, frame.clone()));
        }
        lines.push((commit.id, line));
        bodies.push(bytes);
        out.trees.push((commit.id, tree));
        out.meta.commits.push(CommitMeta {
            id: commit.id,
            says: commit.says,
            body,
        });
    }
    check_moves(core, &out)?;
    out.payload = payload::encode(&out.meta, &bodies)
        .map_err(|error| VaultError::BadEntry(error.to_string()))?;
    if out.payload.len() > MAX_PAYLOAD {
        return Err(VaultError::TooLarge {
            bytes: out.payload.len() as u64,
            limit: MAX_PAYLOAD as u64,
        });
    }
    Ok(out)
}

/// A commit is written once: each has a change id of its own, so a second one of the same name is the first one again.
pub(crate) fn already(id: &CommitId) -> VaultError {
    VaultError::BadEntry(format!("commit {id} is in the library already"))
}

fn check_commit(commit: &Commit, tree: &Tree) -> Result<(), VaultError> {
    if commit.says.tree != tree.id() {
        return Err(VaultError::BadEntry(format!(
            "commit {} names another document than the one it came with",
            commit.id
        )));
    }
    if !commit.is_sealed() {
        return Err(VaultError::BadEntry(format!(
            "commit {} does not have the name that its content gives",
            commit.id
        )));
    }
    Ok(())
}

/// Every head a ref moves to must be known, or nobody could read it.
fn check_moves(core: &Core, entry: &Prepared) -> Result<(), VaultError> {
    for head in entry.meta.operation.moves.iter().flat_map(|m| &m.after) {
        let own = entry.trees.iter().any(|(id, _)| id == head);
        if !own {
            core.row_of(head)?;
        }
    }
    Ok(())
}

/// Packs one document: as a difference to the whole copy its line goes back to, or whole.
fn pack(
    core: &Core,
    slot: usize,
    json: &[u8],
    line: Option<Line>,
) -> Result<(BodyMeta, Vec<u8>, Line), VaultError> {
    if json.len() > zip::MAX_RAW {
        return Err(VaultError::TooLarge {
            bytes: json.len() as u64,
            limit: zip::MAX_RAW as u64,
        });
    }
    let raw = json.len() as u32;
    let bad = VaultError::BadEntry;
    let near = match line {
        Some(Line::Stored(at, distance)) => {
            let base = Base {
                seq: at.seq,
                slot: at.slot,
            };
            // A whole copy that cannot be read is no reason to refuse a write: this one is stored whole.
            core.keyframe(at)
                .ok()
                .map(|frame| (frame, base, Line::Stored(at, distance + 1), distance + 1))
        }
        Some(Line::Own(at, frame, distance)) => {
            let base = Base {
                seq: 0,
                slot: at as u32,
            };
            let next = Line::Own(at, frame.clone(), distance + 1);
            Some((frame, base, next, distance + 1))
        }
        None => None,
    };
    let mut difference = None;
    if let Some((frame, base, next, distance)) = near
        && distance < core.options.keyframe_interval
        && frame.resembles(json)
    {
        let bytes = frame.pack(json).map_err(bad)?;
        let body = BodyMeta {
            raw,
            packed: bytes.len() as u32,
            base: Some(base),
        };
        // What the document would take whole, judged by what its whole copy takes.
        let whole = frame.packed as usize * json.len() / frame.json.len().max(1);
        if bytes.len() * 2 <= whole {
            return Ok((body, bytes, next));
        }
        difference = Some((body, bytes, next));
    }
    let bytes = zip::pack_whole(json).map_err(bad)?;
    if let Some(difference) = difference
        && difference.1.len() * 2 <= bytes.len()
    {
        return Ok(difference);
    }
    let packed = bytes.len() as u32;
    let frame = Arc::new(Keyframe::new(json.to_vec(), packed));
    let body = BodyMeta {
        raw,
        packed,
        base: None,
    };
    Ok((body, bytes, Line::Own(slot, frame, 0)))
}
