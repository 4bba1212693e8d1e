//! The committer: gives every entry its place, writes what is waiting as one group, and acknowledges it after one sync.
//!
//! ```text
//! callers ──prepare──> queue ──> committer: check heads, chain, write, sync ──> overlay ──> answer
//!                                                                                  └─────> applier ──> sled
//! ```

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::thread::JoinHandle;
use std::time::Instant;

use history::{BranchName, CommitId, DocumentId, Tree};

use crate::answer::{Asked, Waiting, answer};
use crate::applier::{Applied, ApplierQueue};
use crate::core::Core;
use crate::entry::{Prepared, Receipt, already};
use crate::index::changes::{self, Before, Changes, Recorded};
use crate::index::keys::CommitRow;
use crate::index::store::IndexError;
use crate::ledger::Position;
use crate::ledger::writer::{Group, WriteError, Writer};
use crate::row::LazyRow;
use crate::{ReadOnlyReason, VaultError};

/// The most entries and bytes of one group.
const GROUP_ENTRIES: usize = 1024;
const GROUP_BYTES: usize = 8 << 20;
/// How many branches and documents the committer remembers.
const REMEMBERED: usize = 50_000;

type Answer = Result<Receipt, VaultError>;

struct Job {
    entry: Prepared,
    answer: Asked<Answer>,
}

/// The way to the disk: a queue, and whoever's turn it is to write what stands in it.
///
/// A caller that finds nobody writing writes its own entry at once, which spares it two changes of thread. While it does, others
/// line up, and the committer's thread writes all of them as the next group.
pub(crate) struct Committing {
    state: Mutex<QueueState>,
    wake: Condvar,
    committer: Mutex<Option<Committer>>,
}

#[derive(Default)]
struct QueueState {
    jobs: VecDeque<Job>,
    /// Whether the committer's thread waits to be woken.
    idle: bool,
    closed: bool,
}

impl Committing {
    /// Makes a way to the disk; without a writer it is closed from the start.
    pub(crate) fn new(
        core: Arc<Core>,
        applier: Arc<ApplierQueue>,
        writer: Option<Writer>,
    ) -> Committing {
        Committing {
            state: Mutex::new(QueueState {
                closed: writer.is_none(),
                ..QueueState::default()
            }),
            wake: Condvar::new(),
            committer: Mutex::new(writer.map(|writer| Committer {
                core,
                applier,
                writer,
                heads: HashMap::new(),
                created: HashMap::new(),
                rows: HashMap::new(),
            })),
        }
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes an entry; the answer is there, or comes, when it is on the disk.
    pub(crate) fn submit(&self, entry: Prepared) -> Result<Waiting<Answer>, VaultError> {
        let (asked, waiting) = answer();
        let job = Job {
            entry,
            answer: asked,
        };
        let free = match self.committer.try_lock() {
            Ok(committer) => Some(committer),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        let mut state = self.state();
        if state.closed {
            return Err(VaultError::Closed);
        }
        match free {
            // Nobody is overtaken: with an empty queue this entry is the next one anyhow.
            Some(mut committer) if state.jobs.is_empty() => {
                drop(state);
                if let Some(committer) = committer.as_mut() {
                    committer.commit(vec![job]);
                }
            }
            free => {
                state.jobs.push_back(job);
                let idle = std::mem::take(&mut state.idle);
                drop(state);
                drop(free);
                if idle {
                    self.wake.notify_one();
                }
            }
        }
        Ok(waiting)
    }

    /// Takes no more entries; those waiting are still written.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.wake.notify_all();
    }

    /// Waits for entries; false when there will be none any more.
    fn wait(&self) -> bool {
        let mut state = self.state();
        while state.jobs.is_empty() {
            if state.closed {
                return false;
            }
            state.idle = true;
            state = self
                .wake
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.idle = false;
        true
    }

    /// Takes the next group out of the queue.
    fn take(&self) -> Vec<Job> {
        let mut state = self.state();
        let (mut count, mut bytes) = (0, 0);
        for job in &state.jobs {
            bytes += job.entry.payload.len();
            if count > 0 && (count >= GROUP_ENTRIES || bytes > GROUP_BYTES) {
                break;
            }
            count += 1;
        }
        state.jobs.drain(..count).collect()
    }

    /// Writes groups until the queue is closed and empty.
    fn run(&self) {
        while self.wait() {
            // Taken out only when it is our turn: until then more may join the group.
            let mut committer = self
                .committer
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let jobs = self.take();
            match committer.as_mut() {
                Some(committer) if !jobs.is_empty() => committer.commit(jobs),
                _ => {}
            }
        }
    }

    /// Gives the writer back, once the thread has ended.
    pub(crate) fn take_writer(&self) -> Option<Writer> {
        let mut committer = self
            .committer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        committer.take().map(|committer| committer.writer)
    }
}

/// Starts the committer's thread, which ends when the queue is closed and empty.
pub(crate) fn start(committing: Arc<Committing>) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name("vault-committer".into())
        .spawn(move || committing.run())
}

struct Committer {
    core: Arc<Core>,
    applier: Arc<ApplierQueue>,
    writer: Writer,
    heads: HashMap<(DocumentId, BranchName), Vec<CommitId>>,
    created: HashMap<DocumentId, Option<i64>>,
    /// The rows written last, as long as anybody has them.
    rows: HashMap<DocumentId, Weak<LazyRow>>,
}

/// An entry that has its place in the group.
struct Placed {
    job: Job,
    receipt: Receipt,
    changes: Changes,
}

/// What the entries of a group have moved before it is written.
#[derive(Default)]
struct Staged {
    heads: HashMap<(DocumentId, BranchName), Vec<CommitId>>,
    created: HashMap<DocumentId, Option<i64>>,
    commits: HashMap<CommitId, CommitRow>,
}

impl Committer {
    fn commit(&mut self, jobs: Vec<Job>) {
        // Whoever waits gets an answer even if something in here is wrong: a dropped sender reads as closed.
        let done = catch_unwind(AssertUnwindSafe(|| self.commit_group(jobs)));
        if done.is_err() {
            self.core.turn_read_only(ReadOnlyReason::SyncFailed {
                why: "the writing thread failed".into(),
            });
        }
    }

    fn commit_group(&mut self, jobs: Vec<Job>) {
        if let Some(reason) = self.core.read_only() {
            return refuse(jobs, &VaultError::ReadOnly(reason));
        }
        if self.heads.len() > REMEMBERED || self.created.len() > REMEMBERED {
            self.heads.clear();
            self.created.clear();
            self.rows.clear();
        }
        let mut group = match self.writer.begin() {
            Ok(group) => group,
            Err(error) => return refuse(jobs, &self.failed(error)),
        };
        let mut staged = Staged::default();
        let mut placed = Vec::with_capacity(jobs.len());
        for job in jobs {
            match self.place(&mut group, &mut staged, &job) {
                Ok((receipt, changes)) => placed.push(Placed {
                    job,
                    receipt,
                    changes,
                }),
                Err(error) => {
                    job.answer.answer(Err(error));
                }
            }
        }
        if placed.is_empty() {
            return;
        }
        if let Err(error) = self.writer.write(&group) {
            let error = self.failed(error);
            return refuse(placed.into_iter().map(|placed| placed.job), &error);
        }
        let started = Instant::now();
        if let Err(error) = self.writer.sync(&group) {
            let reason = ReadOnlyReason::SyncFailed {
                why: error.to_string(),
            };
            tracing::error!(%error, "the disk did not confirm a write; the library is read-only now");
            self.core.turn_read_only(reason.clone());
            let error = VaultError::ReadOnly(reason);
            return refuse(placed.into_iter().map(|placed| placed.job), &error);
        }
        let took = started.elapsed();
        self.publish(staged, placed, group.bytes.len() as u64, took);
    }

    fn failed(&self, error: WriteError) -> VaultError {
        match error {
            WriteError::Full => VaultError::DiskFull,
            WriteError::Broken(error) => {
                let reason = ReadOnlyReason::SyncFailed {
                    why: error.to_string(),
                };
                tracing::error!(%error, "the ledger cannot be written; the library is read-only now");
                self.core.turn_read_only(reason.clone());
                VaultError::ReadOnly(reason)
            }
        }
    }

    /// Checks an entry against the heads that stand, and gives it its place.
    fn place(
        &mut self,
        group: &mut Group,
        staged: &mut Staged,
        job: &Job,
    ) -> Result<(Receipt, Changes), VaultError> {
        let operation = &job.entry.meta.operation;
        for moved in &operation.moves {
            let found = self.heads(staged, moved.document, &moved.branch)?;
            if found != moved.before {
                return Err(VaultError::Moved {
                    document: moved.document,
                    branch: moved.branch.clone(),
                    expected: moved.before.clone(),
                    found,
                });
            }
        }
        for commit in &job.entry.meta.commits {
            let known = self.core.index.commit_at_hand(&commit.id);
            if known || staged.commits.contains_key(&commit.id) {
                return Err(already(&commit.id));
            }
        }
        // The record is only taken into the group once nothing can refuse it any more.
        let tail = group.tail();
        let recorded = Recorded {
            seq: tail.seq + 1,
            at: tail.end,
            len: (crate::ledger::record::HEADER + job.entry.payload.len()) as u32,
            operation,
            commits: &job.entry.meta.commits,
        };
        let mut before = StandingBefore {
            committer: self,
            staged,
            entry: &job.entry,
        };
        let changes =
            changes::changes(&recorded, &mut before).map_err(crate::core::index_failed)?;
        let (seq, at, bytes) = group.push(&job.entry.payload);
        for moved in &operation.moves {
            let key = (moved.document, moved.branch.clone());
            staged.heads.insert(key, moved.after.clone());
        }
        for row in &changes.documents {
            staged.created.insert(row.document, Some(row.created));
        }
        staged.commits.extend(changes.commits.iter().copied());
        Ok((Receipt { seq, at, bytes }, changes))
    }

    fn heads(
        &mut self,
        staged: &Staged,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<Vec<CommitId>, VaultError> {
        let key = (document, branch.clone());
        if let Some(heads) = staged.heads.get(&key).or_else(|| self.heads.get(&key)) {
            return Ok(heads.clone());
        }
        let heads = self
            .core
            .index
            .heads(document, branch)
            .map_err(crate::core::index_failed)?;
        self.heads.insert(key, heads.clone());
        Ok(heads)
    }

    fn publish(
        &mut self,
        staged: Staged,
        placed: Vec<Placed>,
        bytes: u64,
        took: std::time::Duration,
    ) {
        self.heads.extend(staged.heads);
        self.created.extend(staged.created);
        let tail = self.writer.tail();
        self.core.set_tail(tail);
        let mut applied = Applied::new(tail);
        let mut answers = Vec::with_capacity(placed.len());
        for Placed {
            job,
            receipt,
            changes,
        } in placed
        {
            for (slot, frame) in &job.entry.keyframes {
                if let Some((_, row)) = changes.commits.get(*slot) {
                    self.core.keyframes.insert(row.stored(), frame.clone());
                }
            }
            for row in &changes.documents {
                let now = Arc::downgrade(row);
                let before = self.rows.insert(row.document, now);
                if let Some(before) = before.and_then(|before| before.upgrade()) {
                    row.follow(&before);
                }
            }
            self.core.index.publish(receipt.seq, &changes);
            self.core.rows.update(&changes.documents);
            applied.add(changes);
            answers.push((job.answer, receipt));
        }
        let counters = &self.core.counters;
        let count = answers.len() as u64;
        counters.appends.fetch_add(count, Ordering::Relaxed);
        counters.appended_bytes.fetch_add(bytes, Ordering::Relaxed);
        counters.groups.fetch_add(1, Ordering::Relaxed);
        counters.syncs.fetch_add(1, Ordering::Relaxed);
        counters
            .sync_micros
            .fetch_add(took.as_micros() as u64, Ordering::Relaxed);
        counters.ledger_bytes.fetch_add(bytes, Ordering::Relaxed);
        counters.records.store(tail.seq, Ordering::Relaxed);
        // Before the answers: who has one may ask at once that the index be in step.
        self.applier.push(applied);
        for (asked, receipt) in answers {
            asked.answer(Ok(receipt));
        }
        self.core.options.observer.synced(took, count);
    }
}

fn refuse(jobs: impl IntoIterator<Item = Job>, error: &VaultError) {
    for job in jobs {
        job.answer.answer(Err(error.clone()));
    }
}

/// What stands before an entry: the group so far, then the index.
struct StandingBefore<'a> {
    committer: &'a mut Committer,
    staged: &'a Staged,
    entry: &'a Prepared,
}

impl Before for StandingBefore<'_> {
    fn commit(&mut self, id: &CommitId) -> Result<Option<CommitRow>, IndexError> {
        if let Some(row) = self.staged.commits.get(id) {
            return Ok(Some(*row));
        }
        match self.entry.parents.iter().find(|(parent, _)| parent == id) {
            Some((_, row)) => Ok(Some(*row)),
            None => self.committer.core.index.commit(id),
        }
    }

    fn created(&mut self, document: DocumentId) -> Result<Option<i64>, IndexError> {
        if let Some(created) = self.staged.created.get(&document) {
            return Ok(*created);
        }
        if let Some(created) = self.committer.created.get(&document) {
            return Ok(*created);
        }
        let row = self.committer.core.index.document(document)?;
        let created = row.map(|row| row.created);
        self.committer.created.insert(document, created);
        Ok(created)
    }

    fn record(&mut self, seq: u64) -> Result<Option<(Position, u32)>, IndexError> {
        let found = self.committer.core.find_record(seq);
        found.map_err(|error| IndexError(error.to_string()))
    }

    fn tree(&mut self, commit: &CommitId) -> Option<Tree> {
        let own = self.entry.trees.iter().find(|(id, _)| id == commit);
        own.map(|(_, tree)| tree.clone())
    }
}
