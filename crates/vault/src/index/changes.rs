//! From a record to the rows it changes: the same for a command just written and for one replayed.

use std::sync::Arc;

use history::{CommitId, DocumentId, MAIN, Operation, Tree};

use super::keys::{self, CommitRow, Stored};
use super::store::IndexError;
use crate::ledger::Position;
use crate::payload::{Base, CommitMeta};
use crate::row::LazyRow;

/// A record, its place, and what is known of it.
pub(crate) struct Recorded<'a> {
    pub(crate) seq: u64,
    pub(crate) at: Position,
    pub(crate) len: u32,
    pub(crate) operation: &'a Operation,
    pub(crate) commits: &'a [CommitMeta],
}

/// What one record changes.
#[derive(Default, Clone)]
pub(crate) struct Changes {
    pub(crate) rows: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    pub(crate) documents: Vec<Arc<LazyRow>>,
    pub(crate) commits: Vec<(CommitId, CommitRow)>,
}

/// Answers what stood before the record.
pub(crate) trait Before {
    /// Finds a commit.
    fn commit(&mut self, id: &CommitId) -> Result<Option<CommitRow>, IndexError>;
    /// Gives when a document was created, in milliseconds; none if it is new.
    fn created(&mut self, document: DocumentId) -> Result<Option<i64>, IndexError>;
    /// Finds a record by its number, for a base that no parent leads to; with its length.
    fn record(&mut self, seq: u64) -> Result<Option<(Position, u32)>, IndexError>;
    /// Gives a document at a commit, if it is at hand without reading.
    fn tree(&mut self, commit: &CommitId) -> Option<Tree>;
}

/// Works out what a record changes.
pub(crate) fn changes(
    record: &Recorded<'_>,
    before: &mut dyn Before,
) -> Result<Changes, IndexError> {
    let mut out = Changes::default();
    for (slot, commit) in record.commits.iter().enumerate() {
        let parent = match commit.says.parents.first() {
            None => None,
            Some(id) => match out.commits.iter().find(|(own, _)| own == id) {
                Some((_, row)) => Some(*row),
                None => before.commit(id)?,
            },
        };
        let base = match commit.body.base {
            None => None,
            Some(base) => find_base(record, base, parent.as_ref(), before)?,
        };
        let row = CommitRow {
            seq: record.seq,
            at: record.at,
            len: record.len,
            slot: slot as u32,
            number: parent.map_or(0, |parent| parent.number) + 1,
            distance: match (commit.body.base, parent) {
                (None, _) => 0,
                (Some(_), parent) => parent.map_or(0, |parent| parent.distance) + 1,
            },
            base,
        };
        out.rows
            .push((keys::commit(&commit.id), Some(keys::pack(&row))));
        out.commits.push((commit.id, row));
    }
    let mut touched: Vec<DocumentId> = Vec::new();
    for moved in &record.operation.moves {
        if !touched.contains(&moved.document) {
            touched.push(moved.document);
        }
        let heads = (!moved.after.is_empty()).then(|| keys::pack_heads(&moved.after));
        out.rows
            .push((keys::branch(moved.document, &moved.branch), heads));
        if moved.branch.as_str() == MAIN {
            let row = document_row(record, &out, moved.document, &moved.after, before)?;
            out.documents
                .retain(|other| other.document != moved.document);
            out.documents.push(Arc::new(row));
        }
    }
    for document in touched {
        out.rows.push((
            keys::operation(document, record.seq),
            Some(keys::pack(&record.at)),
        ));
    }
    if record.seq.is_multiple_of(keys::ANCHOR) || record.seq == 1 {
        out.rows
            .push((keys::anchor(record.seq), Some(keys::pack(&record.at))));
    }
    Ok(out)
}

fn find_base(
    record: &Recorded<'_>,
    base: Base,
    parent: Option<&CommitRow>,
    before: &mut dyn Before,
) -> Result<Option<Stored>, IndexError> {
    let stored = |at, len, seq| Stored {
        seq,
        at,
        len,
        slot: base.slot,
    };
    if base.seq == 0 {
        return Ok(Some(stored(record.at, record.len, record.seq)));
    }
    // Nearly always the parent is the whole copy, or a difference to the same one.
    let near = parent.and_then(|parent| parent.base.or(Some(parent.stored())));
    match near {
        Some(near) if near.seq == base.seq && near.slot == base.slot => Ok(Some(near)),
        _ => Ok(before
            .record(base.seq)?
            .map(|(at, len)| stored(at, len, base.seq))),
    }
}

fn document_row(
    record: &Recorded<'_>,
    so_far: &Changes,
    document: DocumentId,
    heads: &[CommitId],
    before: &mut dyn Before,
) -> Result<LazyRow, IndexError> {
    let now = record.operation.time.timestamp_millis();
    let created = before.created(document)?.unwrap_or(now);
    let (number, tree) = match heads.first() {
        None => (0, None),
        Some(head) => {
            let own = so_far.commits.iter().find(|(id, _)| id == head);
            let row = match own {
                Some((_, row)) => Some(*row),
                None => before.commit(head)?,
            };
            (row.map_or(0, |row| row.number), before.tree(head))
        }
    };
    Ok(LazyRow::new(
        document,
        (created, now),
        number,
        heads.to_vec(),
        tree,
    ))
}
