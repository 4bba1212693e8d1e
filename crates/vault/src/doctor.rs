//! The doctor: checks everything that can be checked, and can build the index anew.

use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;
use std::time::Instant;

use history::{BranchName, CommitId, DocumentId, Tree};
use serde::Serialize;

use crate::core::{Core, index_failed};
use crate::index::keys;
use crate::index::packed;
use crate::index::replay::{self, Replayed};
use crate::index::store::Store;
use crate::ledger::survey::survey;
use crate::ledger::{Position, Tail, record};
use crate::payload;
use crate::{Damage, Vault, VaultError};

/// The most problems that are listed one by one.
const LISTED: usize = 100;

/// Tells what the doctor found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DoctorReport {
    /// Records read, each with its hash and its place in the chain.
    pub records: u64,
    /// Commits whose name and document were checked.
    pub commits: u64,
    /// Documents.
    pub documents: u64,
    /// Rows of the index compared.
    pub index_rows: u64,
    /// What is wrong, in words; at most a hundred.
    pub problems: Vec<String>,
    /// Parts of the ledger that cannot be read.
    pub damage: Vec<Damage>,
    /// Whether the index disagreed with the ledger.
    pub index_wrong: bool,
    /// Whether the index was built anew.
    pub index_rebuilt: bool,
    /// How long it took, in microseconds.
    pub micros: u64,
}

impl DoctorReport {
    /// Tells whether nothing is wrong, or nothing any more.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
            && self.damage.is_empty()
            && (!self.index_wrong || self.index_rebuilt)
    }
}

/// Checks the ledger, then the index against it; `rebuild` builds the index anew, needed or not.
pub(crate) fn doctor(vault: &Vault, rebuild: bool) -> Result<DoctorReport, VaultError> {
    let started = Instant::now();
    let core = vault.core();
    let mut check = Check {
        core,
        report: DoctorReport {
            damage: core.damage(),
            ..DoctorReport::default()
        },
        known: HashSet::new(),
        heads: HashMap::new(),
        documents: HashSet::new(),
        holes: false,
    };
    let tail = core.tail();
    check.ledger(tail)?;
    let fresh = Store::memory();
    let replayed = replay::replay(core, &fresh, None, tail, core.library).map_err(index_failed)?;
    check.index(vault, fresh, replayed, rebuild)?;
    let mut report = check.report;
    report.micros = started.elapsed().as_micros() as u64;
    Ok(report)
}

struct Check<'a> {
    core: &'a Core,
    report: DoctorReport,
    known: HashSet<CommitId>,
    heads: HashMap<(DocumentId, BranchName), Vec<CommitId>>,
    documents: HashSet<DocumentId>,
    holes: bool,
}

impl Check<'_> {
    fn problem(&mut self, what: impl FnOnce() -> String) {
        if self.report.problems.len() < LISTED {
            let what = what();
            self.report.problems.push(what);
        }
    }

    /// Reads every record up to a tail, and every document of every commit.
    fn ledger(&mut self, tail: Tail) -> Result<(), VaultError> {
        let ledger = self.core.dir.join("ledger");
        self.holes = !self.report.damage.is_empty();
        let found = survey(&ledger, None, tail.seq, |at, header, payload| {
            if header.seq <= tail.seq {
                self.record(at, header, payload);
            }
        })
        .map_err(|error| VaultError::io("read", error))?;
        for hole in &found.holes {
            let damage = Damage {
                records: Some((hole.first_seq, hole.last_seq)),
                ..Damage::at(hole.from, 0)
            };
            let known = self
                .report
                .damage
                .iter()
                .any(|other| (other.segment, other.offset) == (damage.segment, damage.offset));
            if !known {
                self.core.note_damage(damage.clone());
                self.report.damage.push(damage);
            }
        }
        self.report.documents = self.documents.len() as u64;
        Ok(())
    }

    fn record(&mut self, at: Position, header: &record::Header, payload: &[u8]) {
        self.report.records += 1;
        let seq = header.seq;
        let meta = match payload::meta(payload) {
            Ok((meta, _)) => meta,
            Err(error) => return self.problem(|| format!("record {seq} at {at:?}: {error}")),
        };
        for commit in &meta.commits {
            let id = commit.id;
            self.report.commits += 1;
            if commit.says.clone().seal().id != id {
                self.problem(|| format!("record {seq}: commit {id} is not what its name says"));
            }
            for parent in &commit.says.parents {
                if !self.known.contains(parent) && !self.holes {
                    self.problem(|| format!("commit {id}: its parent {parent} is nowhere"));
                }
            }
            self.known.insert(id);
            self.documents.insert(commit.says.document);
        }
        for moved in &meta.operation.moves {
            let key = (moved.document, moved.branch.clone());
            let stood = self.heads.get(&key).cloned().unwrap_or_default();
            if stood != moved.before && !self.holes {
                self.problem(|| {
                    format!(
                        "record {seq}: branch `{}` of {} did not stand where the record says",
                        moved.branch, moved.document
                    )
                });
            }
            for head in &moved.after {
                if !self.known.contains(head) && !self.holes {
                    self.problem(|| format!("record {seq}: head {head} is nowhere"));
                }
            }
            self.heads.insert(key, moved.after.clone());
        }
    }

    /// Compares the index with one made fresh from the ledger, and reads every document through it.
    fn index(
        &mut self,
        vault: &Vault,
        fresh: Store,
        replayed: Replayed,
        rebuild: bool,
    ) -> Result<(), VaultError> {
        // Writers wait while the two are compared, or they would never be in step.
        let _gate = self
            .core
            .gate
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        vault.settle();
        let tail = self.core.tail();
        let mark = Some(replayed.applier.mark);
        let replayed = replay::replay(self.core, &fresh, mark, tail, self.core.library)
            .map_err(index_failed)?;
        self.bodies(&fresh)?;
        let store = self.core.index.store();
        let differing = compare(&store, &fresh)?;
        self.report.index_rows = replayed.applier.mark.rows;
        self.report.index_wrong = differing > 0;
        if differing > 0 {
            self.problem(|| format!("{differing} rows of the index disagree with the ledger"));
        }
        if rebuild && self.core.read_only().is_none() {
            if store.is_on_disk() {
                // Without its mark the one on the disk is not used again: the next opening makes it anew.
                let unmark = vec![(keys::MARK.to_vec(), None)];
                store.apply(unmark).map_err(index_failed)?;
                store.settle().map_err(index_failed)?;
            }
            self.core.index.replace_store(fresh);
            // Not even a file that is whole is to answer in place of what was just made.
            packed::remove(&self.core.dir).map_err(|error| VaultError::io("remove", error))?;
            self.core.rows.forget();
            vault.adopt(replayed.applier);
            self.report.index_rebuilt = true;
            self.report
                .problems
                .retain(|problem| !problem.contains("rows of the index"));
        }
        Ok(())
    }

    /// Unpacks the document of every commit, and compares its hash with the one the commit names.
    fn bodies(&mut self, fresh: &Store) -> Result<(), VaultError> {
        let mut wrong = Vec::new();
        let known: Vec<_> = self.known.iter().copied().collect();
        let mut rows: Vec<(keys::CommitRow, CommitId)> = Vec::with_capacity(known.len());
        for id in known {
            let row = fresh.get(&keys::commit(&id)).map_err(index_failed)?;
            match row.and_then(|row| keys::unpack(&row)) {
                Some(row) => rows.push((row, id)),
                None => wrong.push(format!("commit {id} is missing from the index")),
            }
        }
        // In the order of the ledger, so that whole copies are still at hand when their differences come.
        rows.sort_by_key(|(row, _)| (row.seq, row.slot));
        for (row, id) in rows {
            let read: Result<Tree, _> = self.core.tree_at(&id, &row);
            if let Err(error) = read {
                wrong.push(format!("commit {id}: {error}"));
            }
        }
        for what in wrong {
            self.problem(|| what);
        }
        Ok(())
    }
}

/// Counts the rows that are not the same in both stores, their marks apart.
fn compare(a: &Store, b: &Store) -> Result<u64, VaultError> {
    let mut differing = 0;
    let mut failed = None;
    let mut seen = 0_u64;
    a.for_each(|key, value| {
        if key == keys::MARK {
            return;
        }
        seen += 1;
        match b.get(key) {
            Ok(Some(other)) if other == value => {}
            Ok(_) => differing += 1,
            Err(error) => failed = Some(error),
        }
    })
    .map_err(index_failed)?;
    if let Some(error) = failed {
        return Err(index_failed(error));
    }
    let mut other = 0_u64;
    b.for_each(|key, _| other += u64::from(key != keys::MARK))
        .map_err(index_failed)?;
    // Rows that only the second has are as many as the counts and the differing ones leave over.
    Ok(differing + other.saturating_sub(seen))
}
