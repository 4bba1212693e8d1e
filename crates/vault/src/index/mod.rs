//! The index: what is looked up, derived from the ledger and always to be had again from it.
//!
//! A command's changes are answered from an **overlay** in memory from the moment it is acknowledged; a thread behind the
//! acknowledgement brings them to the store in batches, each with the **mark** that says up to which record it is in step.

pub(crate) mod changes;
pub(crate) mod keys;
pub(crate) mod packed;
mod recent;
pub(crate) mod replay;
pub(crate) mod store;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use history::{BranchName, CommitId, DocumentId};

use crate::ledger::{Position, Tail};
use crate::row::LazyRow;
use changes::Changes;
use keys::{CommitRow, Mark};
use recent::Recent;
use store::{Batch, IndexError, Rows, Store};

/// How many commit rows are kept at hand.
const COMMITS_AT_HAND: usize = 10_000;

/// How many rows are forgotten at once that have reached the store.
const SETTLED_AT_ONCE: usize = 64;

/// Answers what stands where, in step with the last acknowledged command.
pub(crate) struct Index {
    store: RwLock<Arc<Store>>,
    overlay: RwLock<Overlay>,
    commits: Recent<CommitId, CommitRow>,
    rescue: OnceLock<Rescue>,
}

/// Puts another store in the place of one that failed; tells whether there is one now.
type Rescue = Box<dyn Fn() -> bool + Send + Sync>;

/// What has been acknowledged and has not reached the store yet.
#[derive(Default)]
struct Overlay {
    rows: BTreeMap<Vec<u8>, (u64, Option<Vec<u8>>)>,
    documents: HashMap<DocumentId, (u64, Arc<LazyRow>)>,
}

impl Index {
    pub(crate) fn new(store: Store) -> Index {
        Index {
            store: RwLock::new(Arc::new(store)),
            overlay: RwLock::default(),
            commits: Recent::new(COMMITS_AT_HAND),
            rescue: OnceLock::new(),
        }
    }

    pub(crate) fn store(&self) -> Arc<Store> {
        self.store
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts another store in the place of one that failed.
    pub(crate) fn replace_store(&self, store: Store) {
        *self.store.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(store);
    }

    /// Sets what is done when the store fails a reader.
    pub(crate) fn on_failure(&self, rescue: impl Fn() -> bool + Send + Sync + 'static) {
        let _ = self.rescue.set(Box::new(rescue));
    }

    /// Asks the store, and if it fails once more the one that takes its place.
    fn ask<T>(&self, question: impl Fn(&Store) -> Result<T, IndexError>) -> Result<T, IndexError> {
        match question(&self.store()) {
            Err(_) if self.rescue.get().is_some_and(|rescue| rescue()) => question(&self.store()),
            answer => answer,
        }
    }

    /// Makes a command visible.
    pub(crate) fn publish(&self, seq: u64, changes: &Changes) {
        for (id, row) in &changes.commits {
            self.commits.insert(*id, *row);
        }
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in &changes.rows {
            overlay.rows.insert(key.clone(), (seq, value.clone()));
        }
        for row in &changes.documents {
            overlay.documents.insert(row.document, (seq, row.clone()));
        }
    }

    /// Forgets what has reached the store: everything of records up to `seq`.
    pub(crate) fn settle(&self, seq: u64, batch_keys: &[Vec<u8>], documents: &[DocumentId]) {
        // A few at a time: whoever reads or writes meanwhile need not wait for all of them.
        for keys in batch_keys.chunks(SETTLED_AT_ONCE) {
            let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
            for key in keys {
                if overlay.rows.get(key).is_some_and(|(at, _)| *at <= seq) {
                    overlay.rows.remove(key);
                }
            }
        }
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        for document in documents {
            if overlay
                .documents
                .get(document)
                .is_some_and(|(at, _)| *at <= seq)
            {
                overlay.documents.remove(document);
            }
        }
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, IndexError> {
        {
            let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, value)) = overlay.rows.get(key) {
                return Ok(value.clone());
            }
        }
        self.ask(|store| store.get(key))
    }

    /// Gives at most `limit` rows whose keys begin with `prefix` and, going backwards, lie before `before`.
    fn under(
        &self,
        prefix: &[u8],
        before: Option<Vec<u8>>,
        backwards: bool,
        limit: usize,
    ) -> Result<Rows, IndexError> {
        let to = before.unwrap_or_else(|| keys::behind(prefix));
        if prefix >= to.as_slice() {
            return Ok(Vec::new());
        }
        let fresh: Vec<_> = {
            let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
            overlay
                .rows
                .range(prefix.to_vec()..to.clone())
                .map(|(key, (_, value))| (key.clone(), value.clone()))
                .collect()
        };
        let spare = fresh.len();
        let limit_there = limit.saturating_add(spare);
        let stored = self.ask(|store| store.range(prefix, &to, backwards, limit_there))?;
        let mut rows: BTreeMap<_, _> = stored.into_iter().collect();
        for (key, value) in fresh {
            match value {
                Some(value) => rows.insert(key, value),
                None => rows.remove(&key),
            };
        }
        Ok(if backwards {
            rows.into_iter().rev().take(limit).collect()
        } else {
            rows.into_iter().take(limit).collect()
        })
    }

    /// Finds a commit.
    pub(crate) fn commit(&self, id: &CommitId) -> Result<Option<CommitRow>, IndexError> {
        if let Some(row) = self.commits.get(id) {
            return Ok(Some(row));
        }
        let row: Option<CommitRow> = self
            .get(&keys::commit(id))?
            .and_then(|bytes| keys::unpack(&bytes));
        if let Some(row) = row {
            self.commits.insert(*id, row);
        }
        Ok(row)
    }

    /// Tells whether a commit was written or read of late, without asking the store: for a commit that came in between the
    /// full look-up and now.
    pub(crate) fn commit_at_hand(&self, id: &CommitId) -> bool {
        let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
        overlay.rows.contains_key(&keys::commit(id)) || self.commits.contains(id)
    }

    /// Gives a branch's heads; none if there is no such branch.
    pub(crate) fn heads(
        &self,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<Vec<CommitId>, IndexError> {
        let bytes = self.get(&keys::branch(document, branch))?;
        Ok(bytes
            .map(|bytes| keys::unpack_heads(&bytes))
            .unwrap_or_default())
    }

    /// Gives a document's branches with their heads, by name.
    pub(crate) fn branches(
        &self,
        document: DocumentId,
    ) -> Result<Vec<(BranchName, Vec<CommitId>)>, IndexError> {
        let prefix = keys::branches(document);
        let rows = self.under(&prefix, None, false, usize::MAX)?;
        Ok(rows
            .into_iter()
            .filter_map(|(key, value)| {
                let name = std::str::from_utf8(key.get(prefix.len()..)?).ok()?;
                Some((name.parse().ok()?, keys::unpack_heads(&value)))
            })
            .collect())
    }

    /// Gives where the records lie that touched a document, newest first, with their numbers.
    pub(crate) fn operations(
        &self,
        document: DocumentId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Position)>, IndexError> {
        let mut prefix = keys::operation(document, 0);
        prefix.truncate(17);
        let before = before.map(|seq| keys::operation(document, seq));
        let rows = self.under(&prefix, before, true, limit)?;
        Ok(rows
            .into_iter()
            .filter_map(|(key, value)| Some((keys::seq_of(&key)?, keys::unpack(&value)?)))
            .collect())
    }

    /// Finds the last noted record at or before `seq`.
    pub(crate) fn anchor(&self, seq: u64) -> Result<Option<(u64, Position)>, IndexError> {
        let before = Some(keys::anchor(seq.saturating_add(1)));
        let rows = self.under(b"r", before, true, 1)?;
        Ok(rows
            .first()
            .and_then(|(key, value)| Some((keys::seq_of(key)?, keys::unpack(value)?))))
    }

    /// Gives one document's row.
    pub(crate) fn document(&self, id: DocumentId) -> Result<Option<Arc<LazyRow>>, IndexError> {
        {
            let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, row)) = overlay.documents.get(&id) {
                return Ok(Some(row.clone()));
            }
        }
        let bytes = self.ask(|store| store.get(&keys::document(id)))?;
        Ok(bytes
            .and_then(|bytes| LazyRow::from_stored(id, &bytes))
            .map(Arc::new))
    }

    /// Gives all documents' rows.
    pub(crate) fn documents(&self) -> Result<HashMap<DocumentId, Arc<LazyRow>>, IndexError> {
        let fresh: Vec<_> = {
            let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
            overlay
                .documents
                .values()
                .map(|(_, row)| row.clone())
                .collect()
        };
        let behind = keys::behind(b"d");
        let stored = self.ask(|store| store.range(b"d", &behind, false, usize::MAX))?;
        let stored: Vec<_> = stored
            .iter()
            .filter_map(|(key, value)| Some((keys::document_of(key)?, value.as_slice())))
            .collect();
        let mut rows = read_rows(&stored);
        for row in fresh {
            rows.insert(row.document, row);
        }
        Ok(rows)
    }
}

/// How many documents' rows are worth a thread.
const ROWS_WORTH_A_THREAD: usize = 1_000;

/// Reads documents' rows, many of them by several threads; one that is not understood is left out.
fn read_rows(stored: &[(DocumentId, &[u8])]) -> HashMap<DocumentId, Arc<LazyRow>> {
    let read = |part: &[(DocumentId, &[u8])]| -> Vec<(DocumentId, Arc<LazyRow>)> {
        part.iter()
            .filter_map(|(id, row)| Some((*id, Arc::new(LazyRow::from_stored(*id, row)?))))
            .collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(8));
    let part = stored.len().div_ceil(threads).max(ROWS_WORTH_A_THREAD);
    let mut rows = HashMap::with_capacity(stored.len());
    std::thread::scope(|scope| {
        let mut parts = stored.chunks(part);
        let own = parts.next();
        let others: Vec<_> = parts
            .map(|part| (part, scope.spawn(move || read(part))))
            .collect();
        rows.extend(own.into_iter().flat_map(read));
        for (part, other) in others {
            rows.extend(other.join().unwrap_or_else(|_| read(part)));
        }
    });
    rows
}

/// Changes on their way to a store.
#[derive(Default)]
pub(crate) struct RowChanges {
    /// Rows that no record touches twice.
    fresh: Vec<(Vec<u8>, Vec<u8>)>,
    /// Rows that may stand already; `None` removes one.
    changed: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl RowChanges {
    pub(crate) fn put(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        match (key.first(), value) {
            (Some(b'c' | b'o' | b'r'), Some(value)) => self.fresh.push((key, value)),
            (_, value) => {
                self.changed.insert(key, value);
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.fresh.len() + self.changed.len()
    }

    pub(crate) fn keys(&self) -> Vec<Vec<u8>> {
        let fresh = self.fresh.iter().map(|(key, _)| key);
        fresh.chain(self.changed.keys()).cloned().collect()
    }
}

/// Brings changes to a store and keeps count of what it holds.
pub(crate) struct Applier {
    pub(crate) mark: Mark,
}

impl Applier {
    /// Applies the changes of records up to `tail` as one batch, mark included.
    pub(crate) fn apply(
        &mut self,
        store: &Store,
        tail: Tail,
        changes: RowChanges,
    ) -> Result<(), IndexError> {
        let mut mark = self.mark.clone();
        let mut batch = reckon(store, &mut mark, changes)?;
        mark.tail = tail.into();
        batch.push((keys::MARK.to_vec(), Some(keys::pack(&mark))));
        store.apply(batch)?;
        self.mark = mark;
        Ok(())
    }

    /// Applies changes without moving the mark in the store; only the count goes on.
    pub(crate) fn apply_unmarked(
        &mut self,
        store: &Store,
        changes: RowChanges,
    ) -> Result<(), IndexError> {
        let mut mark = self.mark.clone();
        let batch = reckon(store, &mut mark, changes)?;
        store.apply(batch)?;
        self.mark = mark;
        Ok(())
    }
}

/// Takes changes into the count, and makes the batch of them.
fn reckon(store: &Store, mark: &mut Mark, changes: RowChanges) -> Result<Batch, IndexError> {
    let mut batch: Batch = Vec::with_capacity(changes.len() + 1);
    for (key, value) in changes.fresh {
        mark.count(&key, &value);
        batch.push((key, Some(value)));
    }
    for (key, value) in changes.changed {
        if let Some(old) = store.get(&key)? {
            mark.discount(&key, &old);
        }
        if let Some(value) = &value {
            mark.count(&key, value);
        }
        batch.push((key, value));
    }
    Ok(batch)
}

/// Counts and digests all rows of a store, to hold against its mark.
pub(crate) fn count(store: &Store) -> Result<(u64, [u64; 2]), IndexError> {
    let (mut rows, mut sum) = (0, [0_u64; 2]);
    store.for_each(|key, value| {
        if key != keys::MARK {
            let digest = keys::digest(key, value);
            rows += 1;
            sum[0] = sum[0].wrapping_add(digest[0]);
            sum[1] = sum[1].wrapping_add(digest[1]);
        }
    })?;
    Ok((rows, sum))
}

/// Reads a store's mark.
pub(crate) fn read_mark(store: &Store) -> Result<Option<Mark>, IndexError> {
    Ok(store
        .get(keys::MARK)?
        .and_then(|bytes| keys::unpack(&bytes)))
}
