//! Replay: brings a store in step with the ledger, from its mark or from nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use history::{CommitId, DocumentId, Tree};
use uuid::Uuid;

use super::Applier;
use super::changes::{self, Before, Recorded};
use super::keys::{self, CommitRow, LAYOUT, Mark};
use super::store::{IndexError, Store};
use crate::core::Core;
use crate::ledger::survey::survey;
use crate::ledger::{Position, Tail, record};
use crate::payload;
use crate::row::LazyRow;

/// How many changed rows are held before they go to the store.
const HELD: usize = 20_000;

/// What a replay did.
pub(crate) struct Replayed {
    pub(crate) records: u64,
    pub(crate) applier: Applier,
    /// Records that are whole and yet make no sense: where, how long, why.
    pub(crate) not_understood: Vec<(Position, u64, String)>,
    /// Parents that no record holds.
    pub(crate) missing: HashSet<CommitId>,
}

/// Replays records behind `mark` up to `tail` into `store`; with no mark the store must be empty.
///
/// Documents' rows and the mark come last, in one batch: a replay that is cut short leaves a store whose count does not
/// fit its mark, and which is therefore rebuilt.
pub(crate) fn replay(
    core: &Core,
    store: &Store,
    mark: Option<Mark>,
    tail: Tail,
    library: Uuid,
) -> Result<Replayed, IndexError> {
    let start = mark.as_ref().map(|mark| Tail::from(mark.tail));
    let mut work = Work {
        store,
        applier: Applier {
            mark: mark.unwrap_or(Mark {
                layout: LAYOUT.to_owned(),
                library,
                tail: tail.into(),
                rows: 0,
                digest: [0; 2],
            }),
        },
        rows: BTreeMap::new(),
        commits: HashMap::new(),
        documents: HashMap::new(),
        records: 0,
        seq: start.map_or(0, |start| start.seq),
        not_understood: Vec::new(),
        missing: HashSet::new(),
        failed: None,
    };
    survey(&core.dir.join("ledger"), start, 0, |at, header, payload| {
        if header.seq <= tail.seq && work.failed.is_none() {
            work.failed = work.record(at, header, payload).err();
        }
    })
    .map_err(|error| IndexError(error.to_string()))?;
    if let Some(error) = work.failed.take() {
        return Err(error);
    }
    work.finish(core, tail)
}

struct Work<'a> {
    store: &'a Store,
    applier: Applier,
    rows: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Commits whose rows are still held here.
    commits: HashMap<CommitId, CommitRow>,
    documents: HashMap<DocumentId, Arc<LazyRow>>,
    records: u64,
    /// The last record seen.
    seq: u64,
    not_understood: Vec<(Position, u64, String)>,
    missing: HashSet<CommitId>,
    failed: Option<IndexError>,
}

impl Work<'_> {
    fn record(
        &mut self,
        at: Position,
        header: &record::Header,
        payload: &[u8],
    ) -> Result<(), IndexError> {
        self.records += 1;
        // Behind a hole the counting on from the last noted record would end: note this one too.
        if header.seq != self.seq + 1 && self.seq != 0 {
            self.rows
                .insert(keys::anchor(header.seq), Some(keys::pack(&at)));
        }
        self.seq = header.seq;
        let meta = match payload::meta(payload) {
            Ok((meta, _)) => meta,
            Err(error) => {
                let what = format!("record {}: {error}", header.seq);
                self.not_understood.push((at, header.record_len(), what));
                return Ok(());
            }
        };
        let recorded = Recorded {
            seq: header.seq,
            at,
            len: header.record_len() as u32,
            operation: &meta.operation,
            commits: &meta.commits,
        };
        let changes = changes::changes(&recorded, self)?;
        self.rows.extend(changes.rows);
        self.commits.extend(changes.commits);
        let rows = changes.documents.into_iter();
        self.documents.extend(rows.map(|row| (row.document, row)));
        if self.rows.len() >= HELD {
            self.pass_on()?;
        }
        Ok(())
    }

    /// Hands the held rows to the store, without moving its mark.
    fn pass_on(&mut self) -> Result<(), IndexError> {
        self.commits.clear();
        self.applier
            .apply_unmarked(self.store, std::mem::take(&mut self.rows))
    }

    fn finish(mut self, core: &Core, tail: Tail) -> Result<Replayed, IndexError> {
        self.pass_on()?;
        let store = self.store;
        let mut rows = BTreeMap::new();
        for (id, row) in &self.documents {
            // The library's own index may still be another one, so the document is found through this store.
            let read = |commit: &CommitId| -> Option<Tree> {
                let row = keys::unpack(&store.get(&keys::commit(commit)).ok()??)?;
                core.tree_at(commit, &row).ok()
            };
            rows.insert(keys::document(*id), Some(row.to_stored(&read)));
        }
        self.applier.apply(store, tail, rows)?;
        Ok(Replayed {
            records: self.records,
            applier: self.applier,
            not_understood: self.not_understood,
            missing: self.missing,
        })
    }
}

impl Before for Work<'_> {
    fn commit(&mut self, id: &CommitId) -> Result<Option<CommitRow>, IndexError> {
        if let Some(row) = self.commits.get(id) {
            return Ok(Some(*row));
        }
        let row: Option<CommitRow> = self
            .store
            .get(&keys::commit(id))?
            .and_then(|bytes| keys::unpack(&bytes));
        match row {
            Some(row) => {
                self.commits.insert(*id, row);
            }
            None => {
                self.missing.insert(*id);
            }
        }
        Ok(row)
    }

    fn created(&mut self, document: DocumentId) -> Result<Option<i64>, IndexError> {
        if let Some(row) = self.documents.get(&document) {
            return Ok(Some(row.created));
        }
        let row = self.store.get(&keys::document(document))?;
        Ok(row
            .and_then(|bytes| LazyRow::from_stored(document, &bytes))
            .map(|row| row.created))
    }

    fn record(&mut self, seq: u64) -> Result<Option<(Position, u32)>, IndexError> {
        // Every record that holds a whole copy has rows for its commits, held here or in the store.
        if let Some(row) = self.commits.values().find(|row| row.seq == seq) {
            return Ok(Some((row.at, row.len)));
        }
        let mut found = None;
        self.store.for_each(|key, value| {
            if key.first() == Some(&b'c')
                && let Some(row) = keys::unpack::<CommitRow>(value)
                && row.seq == seq
            {
                found = Some((row.at, row.len));
            }
        })?;
        Ok(found)
    }

    fn tree(&mut self, _: &CommitId) -> Option<Tree> {
        None
    }
}
