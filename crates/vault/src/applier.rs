//! The applier: one thread behind the acknowledgement that brings changes to the index in batches.
//!
//! It waits a moment for more before it writes, so that a character edited ten times in a row is written once. If the
//! index fails (a full disk, damage), it is built again in memory from the ledger and the work goes on; the next opening makes
//! a new one on the disk.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use history::DocumentId;

use crate::core::Core;
use crate::index::changes::Changes;
use crate::index::store::{IndexError, Store};
use crate::index::{self, RowChanges, replay};
use crate::ledger::Tail;
use crate::row::LazyRow;

/// How long changes wait for company.
const LINGER: Duration = Duration::from_millis(100);
/// How many changed rows are enough to go on at once.
const ENOUGH: usize = 500;
/// How many changed rows may wait before writers wait too.
const TOO_MANY: usize = 50_000;

/// The changes of one group.
pub(crate) struct Applied {
    tail: Tail,
    rows: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    documents: Vec<Arc<LazyRow>>,
}

impl Applied {
    pub(crate) fn new(tail: Tail) -> Applied {
        Applied {
            tail,
            rows: Vec::new(),
            documents: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, changes: Changes) {
        self.rows.extend(changes.rows);
        self.documents.extend(changes.documents);
    }

    fn weight(&self) -> usize {
        self.rows.len() + self.documents.len()
    }
}

/// The queue in front of the applier.
#[derive(Default)]
pub(crate) struct ApplierQueue {
    state: Mutex<State>,
    wake: Condvar,
    less: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Applied>,
    weight: usize,
    closed: bool,
    hurry: bool,
    busy: bool,
    /// A reader met a store that failed, and waits for another.
    rescue: bool,
    thread: Option<ThreadId>,
    /// The count of a store that took the place of the one before.
    adopted: Option<index::Applier>,
}

impl ApplierQueue {
    pub(crate) fn push(&self, applied: Applied) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.weight += applied.weight();
        let first = state.waiting.is_empty();
        state.waiting.push_back(applied);
        let enough = state.weight >= ENOUGH;
        drop(state);
        if first || enough {
            self.wake.notify_one();
        }
    }

    /// Waits while the index is far behind.
    pub(crate) fn wait_for_room(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.weight > TOO_MANY && !state.closed {
            state = self
                .less
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Counts the groups of records that are acknowledged and not yet taken up for the index.
    pub(crate) fn waiting(&self) -> u64 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.len() as u64 + u64::from(state.busy)
    }

    /// Waits until everything acknowledged so far is in the index.
    pub(crate) fn drain(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.hurry = true;
        self.wake.notify_one();
        while (state.busy || !state.waiting.is_empty()) && !state.closed {
            state = self
                .less
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.hurry = false;
    }

    /// Has a failed store replaced, and waits for it; false if that cannot be.
    pub(crate) fn rescue(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // The applier's own thread meets the failure itself, and must not wait for itself.
        if state.thread == Some(std::thread::current().id()) {
            return false;
        }
        state.rescue = true;
        self.wake.notify_one();
        while state.rescue && !state.closed {
            state = self
                .less
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn wants_rescue(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.thread = Some(std::thread::current().id());
        state.rescue
    }

    fn rescued(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.rescue = false;
        drop(state);
        self.less.notify_all();
    }

    /// Goes on with the count of another store; everything acknowledged must be in it.
    pub(crate) fn adopt(&self, applier: index::Applier) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.adopted = Some(applier);
    }

    fn adopted(&self) -> Option<index::Applier> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.adopted.take()
    }

    /// Ends the thread when everything is applied.
    pub(crate) fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        drop(state);
        self.wake.notify_all();
        self.less.notify_all();
    }

    fn take(&self) -> Option<Vec<Applied>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.busy = false;
        self.less.notify_all();
        while state.waiting.is_empty() && !state.rescue {
            if state.closed {
                return None;
            }
            state = self
                .wake
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let until = Instant::now() + LINGER;
        while state.weight < ENOUGH && !state.closed && !state.hurry && !state.rescue {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self
                .wake
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        let mut taken = Vec::new();
        let mut weight = 0;
        while weight < ENOUGH * 2 {
            let Some(next) = state.waiting.pop_front() else {
                break;
            };
            weight += next.weight();
            taken.push(next);
        }
        state.weight -= weight;
        state.busy = true;
        Some(taken)
    }
}

/// Starts the applier; the thread gives back the applied mark when the queue is closed and empty.
pub(crate) fn start(
    core: Arc<Core>,
    queue: Arc<ApplierQueue>,
    mut applier: index::Applier,
) -> std::io::Result<JoinHandle<index::Applier>> {
    std::thread::Builder::new()
        .name("vault-applier".into())
        .spawn(move || {
            while let Some(groups) = queue.take() {
                if let Some(adopted) = queue.adopted() {
                    applier = adopted;
                }
                if queue.wants_rescue() {
                    rescue(&core, &mut applier);
                    queue.rescued();
                }
                apply(&core, &mut applier, groups);
            }
            applier
        })
}

fn apply(core: &Core, applier: &mut index::Applier, groups: Vec<Applied>) {
    let Some(tail) = groups.last().map(|group| group.tail) else {
        return;
    };
    let mut rows = RowChanges::default();
    let mut documents: HashMap<DocumentId, Arc<LazyRow>> = HashMap::new();
    for group in groups {
        for (key, value) in group.rows {
            rows.put(key, value);
        }
        documents.extend(group.documents.into_iter().map(|row| (row.document, row)));
    }
    let keys = rows.keys();
    for (id, row) in &documents {
        let value = row.to_stored(&|id| core.try_tree(id));
        rows.put(index::keys::document(*id), Some(value));
    }
    let store = core.index.store();
    if let Err(error) = applier.apply(&store, tail, rows) {
        rebuild_in_memory(core, applier, tail, &error);
    }
    core.counters
        .applied_batches
        .fetch_add(1, Ordering::Relaxed);
    let documents: Vec<_> = documents.into_keys().collect();
    core.index.settle(tail.seq, &keys, &documents);
}

/// Replaces a store that failed a reader, unless that has been done.
fn rescue(core: &Core, applier: &mut index::Applier) {
    if core.index.store().is_on_disk() {
        let error = IndexError("a reader was refused".into());
        let tail = applier.mark.tail.into();
        rebuild_in_memory(core, applier, tail, &error);
    }
}

/// Goes on without sled: everything it held is in the ledger.
fn rebuild_in_memory(core: &Core, applier: &mut index::Applier, tail: Tail, error: &IndexError) {
    tracing::warn!(%error, "the index failed and is kept in memory until the library is reopened");
    core.counters.index_failures.fetch_add(1, Ordering::Relaxed);
    let store = Store::memory();
    match replay::replay(core, &store, None, tail, core.library) {
        Ok(done) => {
            core.index.replace_store(store);
            *applier = done.applier;
        }
        Err(error) => {
            tracing::error!(%error, "the index cannot be rebuilt");
            core.turn_read_only(crate::ReadOnlyReason::SyncFailed {
                why: format!("the index cannot be rebuilt: {error}"),
            });
        }
    }
}
