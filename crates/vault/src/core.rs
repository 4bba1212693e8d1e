//! The reading half of a library: ledger, index and kept whole documents, shared by everything that answers questions.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use history::{Commit, CommitId, DocumentId, Hash, Tree};
use moka::sync::Cache;
use uuid::Uuid;

use crate::index::Index;
use crate::index::keys::{CommitRow, Stored};
use crate::index::packed;
use crate::index::store::IndexError;
use crate::ledger::reader::{ReadError, Reader, Record};
use crate::ledger::{Position, Tail, record};
use crate::payload::{self, Meta};
use crate::row::{DocumentRow, LazyRow};
use crate::zip::{self, Keyframe};
use crate::{Damage, Options, ReadOnlyReason, VaultError};

/// How many bytes of whole documents are kept at hand.
const KEYFRAME_BYTES: u64 = 24 << 20;

/// What all threads of a library share.
pub(crate) struct Core {
    pub(crate) dir: PathBuf,
    pub(crate) library: Uuid,
    pub(crate) options: Options,
    pub(crate) reader: Reader,
    pub(crate) index: Index,
    pub(crate) keyframes: Cache<Stored, Arc<Keyframe>>,
    pub(crate) rows: RowTable,
    pub(crate) counters: Counters,
    /// Held by every write for reading, and by whoever needs the library to stand still for writing.
    pub(crate) gate: RwLock<()>,
    tail: Mutex<Tail>,
    read_only: RwLock<Option<ReadOnlyReason>>,
    damage: Mutex<Vec<Damage>>,
}

/// Counts since the library was opened.
#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) appends: AtomicU64,
    pub(crate) appended_bytes: AtomicU64,
    pub(crate) groups: AtomicU64,
    pub(crate) syncs: AtomicU64,
    pub(crate) sync_micros: AtomicU64,
    pub(crate) applied_batches: AtomicU64,
    pub(crate) ledger_bytes: AtomicU64,
    pub(crate) records: AtomicU64,
    pub(crate) index_failures: AtomicU64,
}

impl Core {
    pub(crate) fn new(
        dir: PathBuf,
        library: Uuid,
        options: Options,
        index: Index,
        read_only: Option<ReadOnlyReason>,
    ) -> Core {
        Core {
            reader: Reader::new(&dir.join("ledger")),
            dir,
            library,
            options,
            index,
            keyframes: Cache::builder()
                .max_capacity(KEYFRAME_BYTES)
                // A prepared dictionary takes about as much again, and each direction has its own.
                .weigher(|_, frame: &Arc<Keyframe>| (frame.json.len() * 3 + 64) as u32)
                .build(),
            rows: RowTable::default(),
            counters: Counters::default(),
            gate: RwLock::new(()),
            tail: Mutex::new(Tail::start(1, Hash([0; 32]))),
            read_only: RwLock::new(read_only),
            damage: Mutex::default(),
        }
    }

    /// Gives where the acknowledged part of the ledger ends.
    pub(crate) fn tail(&self) -> Tail {
        *self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_tail(&self, tail: Tail) {
        *self.tail.lock().unwrap_or_else(PoisonError::into_inner) = tail;
    }

    pub(crate) fn read_only(&self) -> Option<ReadOnlyReason> {
        self.read_only
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes no more writes; the first reason stands.
    pub(crate) fn turn_read_only(&self, reason: ReadOnlyReason) {
        let mut slot = self
            .read_only
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        slot.get_or_insert(reason);
    }

    pub(crate) fn damage(&self) -> Vec<Damage> {
        self.damage
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Notes damage that was met, and takes no more writes.
    pub(crate) fn note_damage(&self, damage: Damage) {
        let mut known = self.damage.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(&damage) {
            tracing::error!(%damage, "the ledger is damaged");
            known.push(damage);
        }
        drop(known);
        self.turn_read_only(ReadOnlyReason::Damaged);
    }

    /// Reads a record whose place is known.
    pub(crate) fn record(&self, at: Position, len: u32) -> Result<Record, VaultError> {
        self.reader.read(at, len).map_err(|error| match error {
            ReadError::Io(error) => VaultError::io("read", error),
            ReadError::Damaged(at) => {
                let damage = Damage::at(at, u64::from(len));
                self.note_damage(damage.clone());
                VaultError::Damaged(Box::new(damage))
            }
        })
    }

    /// Reads a record with its command; gives also where the bodies begin.
    pub(crate) fn command(
        &self,
        at: Position,
        len: u32,
    ) -> Result<(Record, Meta, usize), VaultError> {
        let record = self.record(at, len)?;
        match payload::meta(record.payload()) {
            Ok((meta, bodies)) => Ok((record, meta, bodies)),
            Err(error) => Err(self.not_understood(at, error.to_string())),
        }
    }

    /// Says that a record is whole and yet makes no sense.
    fn not_understood(&self, at: Position, why: String) -> VaultError {
        let damage = Damage {
            what: why,
            ..Damage::at(at, 0)
        };
        self.note_damage(damage.clone());
        VaultError::Damaged(Box::new(damage))
    }

    pub(crate) fn row_of(&self, id: &CommitId) -> Result<CommitRow, VaultError> {
        self.index
            .commit(id)
            .map_err(index_failed)?
            .ok_or(VaultError::UnknownCommit(*id))
    }

    /// Reads what a commit says.
    pub(crate) fn commit(&self, id: &CommitId) -> Result<Commit, VaultError> {
        let row = self.row_of(id)?;
        let (_, mut meta, _) = self.command(row.at, row.len)?;
        let slot = row.slot as usize;
        if meta.commits.get(slot).is_none_or(|found| found.id != *id) {
            return Err(VaultError::UnknownCommit(*id));
        }
        let found = meta.commits.swap_remove(slot);
        Ok(Commit {
            id: found.id,
            says: found.says,
        })
    }

    /// Reads the document at a commit, and checks that it is the one the commit names.
    pub(crate) fn tree(&self, id: &CommitId) -> Result<Tree, VaultError> {
        let row = self.row_of(id)?;
        self.tree_at(id, &row)
    }

    /// Reads the document at a commit whose row is known.
    pub(crate) fn tree_at(&self, id: &CommitId, row: &CommitRow) -> Result<Tree, VaultError> {
        let (record, meta, bodies) = self.command(row.at, row.len)?;
        let Some(commit) = meta.commits.get(row.slot as usize) else {
            return Err(VaultError::UnknownCommit(*id));
        };
        if commit.id != *id {
            return Err(VaultError::UnknownCommit(*id));
        }
        let json = self.body(row, &record, &meta, bodies)?;
        let tree = Tree::from_json(&json)
            .map_err(|error| self.not_understood(row.at, error.to_string()))?;
        zip::give_back(json);
        if tree.id() != commit.says.tree {
            let why = format!("commit {id} does not hold the document it names");
            return Err(self.not_understood(row.at, why));
        }
        Ok(tree)
    }

    /// Unpacks the body of one commit of a record at hand.
    pub(crate) fn body(
        &self,
        row: &CommitRow,
        record: &Record,
        meta: &Meta,
        bodies: usize,
    ) -> Result<Vec<u8>, VaultError> {
        let slot = row.slot as usize;
        let bytes = payload::body_range(meta, bodies, slot)
            .and_then(|range| record.payload().get(range))
            .ok_or_else(|| self.not_understood(row.at, "its bodies are cut short".into()))?;
        let body = meta.commits[slot].body;
        let raw = body.raw as usize;
        let json = match (body.base, row.base) {
            (None, _) => zip::unpack_whole(bytes, raw),
            (Some(_), Some(base)) => self.keyframe(base)?.unpack(bytes, raw),
            (Some(base), None) => Err(format!("the whole copy in record {} is lost", base.seq)),
        };
        json.map_err(|why| self.not_understood(row.at, why))
    }

    /// Gives a whole document that others are differences to.
    pub(crate) fn keyframe(&self, at: Stored) -> Result<Arc<Keyframe>, VaultError> {
        if let Some(frame) = self.keyframes.get(&at) {
            return Ok(frame);
        }
        let (record, meta, bodies) = self.command(at.at, at.len)?;
        let whole = meta
            .commits
            .get(at.slot as usize)
            .is_some_and(|commit| commit.body.base.is_none());
        if !whole {
            return Err(self.not_understood(at.at, "it holds no whole copy".into()));
        }
        let row = CommitRow {
            seq: at.seq,
            at: at.at,
            len: at.len,
            slot: at.slot,
            number: 0,
            distance: 0,
            base: None,
        };
        let mut json = self.body(&row, &record, &meta, bodies)?;
        json.shrink_to_fit();
        let packed = meta.commits[at.slot as usize].body.packed;
        let frame = Arc::new(Keyframe::new(json, packed));
        self.keyframes.insert(at, frame.clone());
        Ok(frame)
    }

    /// Finds a record by its number.
    pub(crate) fn find_record(&self, seq: u64) -> Result<Option<(Position, u32)>, VaultError> {
        let run = self.run_before(seq + 1)?;
        match run.last() {
            Some((found, at)) if *found == seq => {
                let len = self.record(*at, 0)?.header.record_len();
                Ok(Some((*at, len as u32)))
            }
            _ => Ok(None),
        }
    }

    /// Lists the records from the last noted one up to, and without, a number: a run of at most
    /// [`crate::index::keys::ANCHOR`]. Where damage lies between, the run ends before it.
    pub(crate) fn run_before(&self, seq: u64) -> Result<Vec<(u64, Position)>, VaultError> {
        let Some(last) = seq.checked_sub(1) else {
            return Ok(Vec::new());
        };
        let Some((mut at_seq, mut at)) = self.index.anchor(last).map_err(index_failed)? else {
            return Ok(Vec::new());
        };
        let mut run = vec![(at_seq, at)];
        while at_seq < last {
            let len = self.record(at, 0)?.header.record_len();
            let next = Position {
                segment: at.segment,
                offset: at.offset + len,
            };
            let over = Position {
                segment: at.segment + 1,
                offset: crate::ledger::segment::HEADER,
            };
            let found = [next, over].into_iter().find(|at| {
                let read = self.reader.read(*at, 0);
                read.is_ok_and(|record| record.header.seq == at_seq + 1)
            });
            let Some(found) = found else {
                break;
            };
            at = found;
            at_seq += 1;
            run.push((at_seq, at));
        }
        Ok(run)
    }

    /// Reads a document where a failure only means that its summary is missing.
    pub(crate) fn try_tree(&self, id: &CommitId) -> Option<Tree> {
        self.tree(id).ok()
    }

    /// Gives the rows that were written down at the last clean stop, if nothing has been acknowledged since. Whoever asks
    /// holds the table of rows, so that what is acknowledged from now on comes into it behind these.
    fn packed_rows(&self) -> Option<HashMap<DocumentId, Arc<LazyRow>>> {
        if self.read_only().is_some() {
            return None;
        }
        packed::read(&self.dir, self.library, self.tail())
    }

    /// Writes all rows down for the next opening; the ledger must end at `tail` and the index be in step.
    pub(crate) fn keep_rows(&self, tail: Tail) -> Result<(), VaultError> {
        if packed::is_current(&self.dir, self.library, tail) {
            return Ok(());
        }
        let rows = match self.rows.loaded() {
            Some(rows) => rows,
            None => self.index.documents().map_err(index_failed)?,
        };
        let read = |id: &CommitId| self.try_tree(id);
        let rows = rows.iter().map(|(id, row)| (*id, row.as_ref()));
        packed::write(&self.dir, self.library, tail, rows, |row| {
            row.to_stored(&read)
        })
        .map_err(|error| VaultError::io("write the rows", error))
    }

    pub(crate) fn count(&self, counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

pub(crate) fn index_failed(error: IndexError) -> VaultError {
    VaultError::Index(error.0)
}

/// All documents' rows, in memory from their first use on.
#[derive(Default)]
pub(crate) struct RowTable {
    table: RwLock<Option<Table>>,
}

#[derive(Default)]
struct Table {
    rows: HashMap<DocumentId, Arc<LazyRow>>,
    handles: HashMap<String, DocumentId>,
    /// Documents whose handle has not been looked at since they changed.
    unread: Vec<DocumentId>,
    /// The handle each document is filed under.
    filed: HashMap<DocumentId, String>,
}

impl RowTable {
    /// Takes in changed rows, if anybody has asked for rows yet. Called by the committer alone, in order.
    pub(crate) fn update(&self, changed: &[Arc<LazyRow>]) {
        if changed.is_empty() {
            return;
        }
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = table.as_mut() {
            for row in changed {
                table.rows.insert(row.document, row.clone());
                table.unread.push(row.document);
            }
        }
    }

    /// Forgets all rows; the next question reads them again.
    pub(crate) fn forget(&self) {
        *self.table.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Gives all rows, if they have been read.
    fn loaded(&self) -> Option<HashMap<DocumentId, Arc<LazyRow>>> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.as_ref().map(|table| table.rows.clone())
    }

    /// Reads all rows into memory if they are not there.
    fn load(&self, core: &Core) -> Result<(), VaultError> {
        let loaded = |table: &Option<Table>| table.is_some();
        if loaded(&self.table.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        // Held while loading, so that no update falls between the reading and the keeping.
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if !loaded(&table) {
            let rows = match core.packed_rows() {
                Some(rows) => rows,
                None => core.index.documents().map_err(index_failed)?,
            };
            *table = Some(Table {
                unread: rows.keys().copied().collect(),
                rows,
                ..Table::default()
            });
        }
        Ok(())
    }

    pub(crate) fn all(&self, core: &Core) -> Result<Vec<Arc<DocumentRow>>, VaultError> {
        self.load(core)?;
        let rows: Vec<_> = {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            table
                .iter()
                .flat_map(|table| table.rows.values().cloned())
                .collect()
        };
        Ok(rows
            .iter()
            .map(|row| row.resolve(&|id| core.try_tree(id)))
            .collect())
    }

    /// Gives the heads of a document's main line, if they are in memory.
    pub(crate) fn heads(&self, id: DocumentId) -> Option<Vec<CommitId>> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        Some(table.as_ref()?.rows.get(&id)?.heads.clone())
    }

    pub(crate) fn one(
        &self,
        core: &Core,
        id: DocumentId,
    ) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        let held = {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            table.as_ref().map(|table| table.rows.get(&id).cloned())
        };
        let row = match held {
            Some(row) => row,
            None => core.index.document(id).map_err(index_failed)?,
        };
        Ok(row.map(|row| row.resolve(&|id| core.try_tree(id))))
    }

    pub(crate) fn by_handle(
        &self,
        core: &Core,
        handle: &str,
    ) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        self.load(core)?;
        let unread: Vec<_> = {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            table
                .iter()
                .flat_map(|table| &table.unread)
                .filter_map(|id| table.as_ref().and_then(|table| table.rows.get(id)))
                .cloned()
                .collect()
        };
        // Made outside the lock: this may read documents.
        let read: Vec<_> = unread
            .iter()
            .map(|row| (row.clone(), row.resolve(&|id| core.try_tree(id))))
            .collect();
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let Some(table) = table.as_mut() else {
            return Ok(None);
        };
        for (lazy, row) in read {
            table.file(&lazy, &row);
        }
        let found = table
            .handles
            .get(&handle.to_lowercase())
            .and_then(|id| table.rows.get(id))
            .cloned();
        Ok(found.map(|row| row.resolve(&|id| core.try_tree(id))))
    }
}

impl Table {
    fn file(&mut self, lazy: &Arc<LazyRow>, row: &DocumentRow) {
        let current = self
            .rows
            .get(&row.document)
            .is_some_and(|now| Arc::ptr_eq(now, lazy));
        if !current {
            return;
        }
        self.unread.retain(|id| *id != row.document);
        if let Some(old) = self.filed.remove(&row.document)
            && self.handles.get(&old) == Some(&row.document)
        {
            self.handles.remove(&old);
        }
        // Characters alone are found by handle; a pack may be called as one of them is.
        if let Some(summary) = &row.summary {
            let handle = summary.handle.to_lowercase();
            self.handles.insert(handle.clone(), row.document);
            self.filed.insert(row.document, handle);
        }
    }
}

/// The most bytes a record's payload may have.
pub(crate) const MAX_PAYLOAD: usize = record::MAX_RECORD - record::HEADER;
