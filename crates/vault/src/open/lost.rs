//! Naming what was lost: the place of a hole in the ledger, and which documents and commits stood there.

use std::collections::HashSet;

use history::{CommitId, DocumentId};

use crate::index::keys;
use crate::index::store::Store;
use crate::ledger::segment;
use crate::ledger::survey::{Hole, Survey};
use crate::{Damage, Position};

/// Names what a survey found missing, with what the index still knows of it.
pub(crate) fn name_damage(found: &Survey, store: Option<&Store>) -> Vec<Damage> {
    let holes = found.holes.iter().map(|hole| name_hole(hole, store));
    let headers = found.hurt_headers.iter().map(|&segment| Damage {
        what: "the beginning of the file is damaged; its edits are whole".into(),
        ..Damage::at(Position { segment, offset: 0 }, segment::HEADER)
    });
    holes.chain(headers).collect()
}

/// Tells what is known of a hole, with what the index still says of its records.
fn name_hole(hole: &Hole, store: Option<&Store>) -> Damage {
    let inside = |seq: u64| (hole.first_seq..=hole.last_seq).contains(&seq);
    let mut documents: Vec<DocumentId> = Vec::new();
    if let Some(store) = store {
        let seen = store.for_each(|key, _| {
            if key.first() == Some(&b'o')
                && keys::seq_of(key).is_some_and(inside)
                && let Some(id) = keys::document_of(key)
                && documents.last() != Some(&id)
            {
                documents.push(id);
            }
        });
        if let Err(error) = seen {
            tracing::warn!(%error, "the index cannot tell what was lost");
        }
    }
    let same = hole.from.segment == hole.to.segment;
    Damage {
        records: (hole.last_seq >= hole.first_seq).then_some((hole.first_seq, hole.last_seq)),
        documents,
        ..Damage::at(
            hole.from,
            if same {
                hole.to.offset.saturating_sub(hole.from.offset)
            } else {
                0
            },
        )
    }
}

/// Finds the names of lost commits: those that others name as parent or head.
pub(super) fn lost_commits(
    parents: &HashSet<CommitId>,
    now: &Store,
    before: Option<&Store>,
) -> Vec<CommitId> {
    let mut named: HashSet<CommitId> = parents.clone();
    for store in [Some(now), before].into_iter().flatten() {
        let seen = store.for_each(|key, value| {
            if key.first() == Some(&b'n') {
                named.extend(keys::unpack_heads(value));
            }
        });
        if let Err(error) = seen {
            tracing::warn!(%error, "the index cannot tell what was lost");
        }
    }
    let mut lost: Vec<_> = named
        .into_iter()
        .filter(|id| matches!(now.get(&keys::commit(id)), Ok(None)))
        .collect();
    lost.sort_unstable();
    lost
}
