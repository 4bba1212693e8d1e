//! Replay: brings a store in step with the ledger, from its mark or from nothing.
//!
//! One thread reads the records and works out their rows, another brings those to the store.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use history::{CommitId, DocumentId, Tree};
use uuid::Uuid;

use super::changes::{self, Before, Recorded};
use super::keys::{self, CommitRow, LAYOUT, Mark};
use super::store::{IndexError, Store};
use super::{Applier, RowChanges};
use crate::core::Core;
use crate::ledger::survey::survey;
use crate::ledger::{Position, Tail, record};
use crate::payload;
use crate::row::LazyRow;

/// How many changed rows go to the store at once. sled frees what a batch leaves behind only when it is done, so large ones
/// take much memory and are no faster.
const BATCH: usize = 400;
/// How many batches may be on their way.
const ON_THE_WAY: usize = 8;

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
    let mut applier = Applier {
        mark: mark.unwrap_or(Mark {
            layout: LAYOUT.to_owned(),
            library,
            tail: tail.into(),
            rows: 0,
            digest: [0; 2],
        }),
    };
    let applied = AtomicU64::new(0);
    let (work, applier) = std::thread::scope(|scope| {
        let (batches, received) = sync_channel::<RowChanges>(ON_THE_WAY);
        let applied = &applied;
        let bring = scope.spawn(move || {
            for batch in received {
                applier.apply_unmarked(store, batch)?;
                applied.fetch_add(1, Ordering::Release);
            }
            Ok(applier)
        });
        let mut work = Work {
            store,
            batches,
            applied,
            sent: 0,
            rows: RowChanges::default(),
            recent: VecDeque::from([(0, HashMap::new())]),
            documents: HashMap::new(),
            records: 0,
            seq: start.map_or(0, |start| start.seq),
            not_understood: Vec::new(),
            missing: HashSet::new(),
            failed: None,
        };
        let read = survey(&core.dir.join("ledger"), start, 0, |at, header, payload| {
            if header.seq <= tail.seq && work.failed.is_none() {
                work.failed = work.record(at, header, payload).err();
            }
        });
        if let Err(error) = read {
            work.failed
                .get_or_insert_with(|| IndexError(error.to_string()));
        }
        work.pass_on();
        let done = work.done();
        let applier = bring
            .join()
            .unwrap_or_else(|_| Err(IndexError("the thread that writes it failed".into())));
        applier.map(|applier| (done, applier))
    })?;
    if let Some(error) = work.failed {
        return Err(error);
    }
    finish(core, store, applier, work, tail)
}

/// Writes the documents' rows and the mark.
fn finish(
    core: &Core,
    store: &Store,
    mut applier: Applier,
    work: Done,
    tail: Tail,
) -> Result<Replayed, IndexError> {
    let mut rows = RowChanges::default();
    for (id, row) in &work.documents {
        // The library's own index may still be another one, so the document is found through this store.
        let read = |commit: &CommitId| -> Option<Tree> {
            let row = keys::unpack(&store.get(&keys::commit(commit)).ok()??)?;
            core.tree_at(commit, &row).ok()
        };
        rows.put(keys::document(*id), Some(row.to_stored(&read)));
    }
    applier.apply(store, tail, rows)?;
    Ok(Replayed {
        records: work.records,
        applier,
        not_understood: work.not_understood,
        missing: work.missing,
    })
}

struct Work<'a> {
    store: &'a Store,
    batches: SyncSender<RowChanges>,
    /// How many batches have reached the store, and how many were sent.
    applied: &'a AtomicU64,
    sent: u64,
    rows: RowChanges,
    /// Commits whose rows may not have reached the store, by the batch that brings them.
    recent: VecDeque<(u64, HashMap<CommitId, CommitRow>)>,
    documents: HashMap<DocumentId, Arc<LazyRow>>,
    records: u64,
    /// The last record seen.
    seq: u64,
    not_understood: Vec<(Position, u64, String)>,
    missing: HashSet<CommitId>,
    failed: Option<IndexError>,
}

/// What is left when all records are read.
struct Done {
    documents: HashMap<DocumentId, Arc<LazyRow>>,
    records: u64,
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
                .put(keys::anchor(header.seq), Some(keys::pack(&at)));
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
        for (key, value) in changes.rows {
            self.rows.put(key, value);
        }
        if let Some((_, commits)) = self.recent.back_mut() {
            commits.extend(changes.commits);
        }
        let rows = changes.documents.into_iter();
        self.documents.extend(rows.map(|row| (row.document, row)));
        if self.rows.len() >= BATCH {
            self.pass_on();
        }
        Ok(())
    }

    /// Sends the held rows on their way to the store, without moving its mark.
    fn pass_on(&mut self) {
        self.sent += 1;
        // The other end hangs up only when it failed, which it tells itself.
        let _ = self.batches.send(std::mem::take(&mut self.rows));
        self.recent.push_back((self.sent, HashMap::new()));
        let applied = self.applied.load(Ordering::Acquire);
        // One more than has arrived is kept: most parents are near, and found without asking the store.
        while self
            .recent
            .front()
            .is_some_and(|(batch, _)| batch + 1 < applied)
        {
            self.recent.pop_front();
        }
    }

    fn done(self) -> Done {
        Done {
            documents: self.documents,
            records: self.records,
            not_understood: self.not_understood,
            missing: self.missing,
            failed: self.failed,
        }
    }
}

impl Before for Work<'_> {
    fn commit(&mut self, id: &CommitId) -> Result<Option<CommitRow>, IndexError> {
        let near = self.recent.iter().rev();
        if let Some(row) = near.filter_map(|(_, commits)| commits.get(id)).next() {
            return Ok(Some(*row));
        }
        let row: Option<CommitRow> = self
            .store
            .get(&keys::commit(id))?
            .and_then(|bytes| keys::unpack(&bytes));
        match row {
            Some(row) => {
                if let Some((_, commits)) = self.recent.back_mut() {
                    commits.insert(*id, row);
                }
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
        // Every record that holds a whole copy has rows for its commits, near or in the store.
        let near = self.recent.iter().flat_map(|(_, commits)| commits.values());
        if let Some(row) = near.into_iter().find(|row| row.seq == seq) {
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
