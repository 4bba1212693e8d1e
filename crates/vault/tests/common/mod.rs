//! Builders for the tests of the vault: documents, edits, and a model of what must be found again.

#![allow(dead_code, unreachable_pub, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, TimeZone, Utc};
use history::{
    Action, Author, BranchName, ChangeId, Commit, CommitId, CommitKind, DocumentId, NewCommit,
    Operation, OperationId, RefMove, Tree,
};
use serde_json::{Value, json};
use uuid::Uuid;
use vault::{Entry, Opened, Options, Vault};

/// A fixed time, some milliseconds later for each step.
pub fn time(step: u64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(1_790_000_000_000 + step as i64)
        .unwrap()
}

/// Settings with small files, so that the tests meet every border.
pub fn small() -> Options {
    Options {
        segment_bytes: 24 << 10,
        prewrite_min: 4 << 10,
        prewrite_max: 8 << 10,
        keyframe_interval: 8,
        ..Options::new(time(0))
    }
}

pub fn open(dir: &Path) -> Opened {
    Vault::open(dir, small()).unwrap()
}

pub fn document(number: u64) -> DocumentId {
    DocumentId(Uuid::from_u128(
        0x0193_0000_0000_7000_8000_0000_0000_0000 + u128::from(number),
    ))
}

/// A character with some flesh on it.
pub fn character(number: u64, hp: u64) -> Value {
    json!({
        "record": {"handle": format!("sorrel-{number}"), "kind": "character"},
        "identity": {"name": format!("Sorrel {number}"), "species": "Halfling"},
        "combat": {"hp": {"maximum": 40, "damage": hp}},
        "notes": format!("Keeps bees. {}", "The hive hums at night. ".repeat(8)),
    })
}

/// Makes entries, and remembers what a library that took them must hold.
#[derive(Default, Clone)]
pub struct Model {
    pub step: u64,
    pub documents: BTreeMap<DocumentId, Held>,
    pub commits: BTreeMap<CommitId, (Commit, Value)>,
    pub operations: Vec<Operation>,
}

#[derive(Default, Clone)]
pub struct Held {
    pub branches: BTreeMap<BranchName, Vec<CommitId>>,
    pub created: u64,
    pub updated: u64,
}

impl Model {
    pub fn head(&self, document: DocumentId, branch: &BranchName) -> Option<CommitId> {
        self.documents
            .get(&document)?
            .branches
            .get(branch)?
            .first()
            .copied()
    }

    /// Makes the next commit on a branch; a branch that is new starts at `main`'s head.
    pub fn next(&mut self, document: DocumentId, branch: &BranchName, content: Value) -> Entry {
        self.step += 1;
        let main = BranchName::main();
        let before = self.head(document, branch);
        let parent = before.or_else(|| self.head(document, &main));
        let tree = Tree::from_value(content).unwrap();
        let commit = NewCommit {
            document,
            parents: parent.into_iter().collect(),
            tree: tree.id(),
            author: Author::new("Maren"),
            time: time(self.step),
            message: String::new(),
            kind: match parent {
                None => CommitKind::Create,
                Some(_) => CommitKind::Edit,
            },
            session: None,
            change: ChangeId(Uuid::from_u128(u128::from(self.step))),
        }
        .seal();
        let operation = Operation {
            id: OperationId(Uuid::from_u128(u128::from(self.step))),
            time: time(self.step),
            author: Author::new("Maren"),
            action: match parent {
                None => Action::Create,
                Some(_) => Action::Edit,
            },
            moves: vec![RefMove {
                document,
                branch: branch.clone(),
                before: before.into_iter().collect(),
                after: vec![commit.id],
            }],
        };
        Entry {
            operation,
            commits: vec![(commit, tree)],
            // Both kinds come about, and nothing tells them apart.
            fresh: self.step.is_multiple_of(2),
        }
    }

    /// Makes the next commit on `main`, of which the model knows nothing before it is accepted.
    pub fn clone_next(&mut self, document: DocumentId, content: Value) -> Entry {
        self.next(document, &BranchName::main(), content)
    }

    /// Takes in an entry that was acknowledged.
    pub fn accept(&mut self, entry: &Entry) {
        for (commit, tree) in &entry.commits {
            self.commits
                .insert(commit.id, (commit.clone(), tree.to_value()));
        }
        let at = entry.operation.time.timestamp_millis() as u64;
        for moved in &entry.operation.moves {
            let held = self.documents.entry(moved.document).or_default();
            if moved.branch == BranchName::main() {
                if held.created == 0 {
                    held.created = at;
                }
                held.updated = at;
            }
            if moved.after.is_empty() {
                held.branches.remove(&moved.branch);
            } else {
                held.branches
                    .insert(moved.branch.clone(), moved.after.clone());
            }
        }
        self.operations.push(entry.operation.clone());
    }

    /// Writes the next version of a document on a branch.
    pub fn write(&mut self, vault: &Vault, number: u64, branch: &str, hp: u64) -> CommitId {
        let entry = self.next(
            document(number),
            &branch.parse().unwrap(),
            character(number, hp),
        );
        vault.append(entry.clone()).unwrap();
        self.accept(&entry);
        entry.commits[0].0.id
    }

    /// Counts the commits of a first-parent line.
    fn number(&self, id: &CommitId) -> u64 {
        let mut count = 0;
        let mut next = Some(*id);
        while let Some(id) = next {
            count += 1;
            next = self.commits[&id].0.says.parents.first().copied();
        }
        count
    }

    /// Holds a library against everything that was acknowledged.
    pub fn check(&self, vault: &Vault) {
        let mut rows: Vec<_> = vault.rows().unwrap();
        rows.sort_by_key(|row| row.document);
        let main = BranchName::main();
        let expected: Vec<_> = self
            .documents
            .iter()
            .filter(|(_, held)| held.branches.contains_key(&main))
            .collect();
        assert_eq!(rows.len(), expected.len(), "documents");
        for (row, (id, held)) in rows.iter().zip(&expected) {
            assert_eq!(row.document, **id);
            let head = held.branches[&main][0];
            assert_eq!(row.heads, held.branches[&main], "heads of {id}");
            assert_eq!(row.version_number, self.number(&head), "version of {id}");
            assert_eq!(row.created.timestamp_millis() as u64, held.created);
            assert_eq!(row.updated.timestamp_millis() as u64, held.updated);
            let handle = self.commits[&head].1["record"]["handle"]
                .as_str()
                .unwrap()
                .to_owned();
            assert_eq!(row.summary.as_ref().unwrap().handle, handle);
            let found = vault.by_handle(&handle.to_uppercase()).unwrap().unwrap();
            assert_eq!(found.document, **id, "by handle {handle}");
            assert_eq!(vault.row(**id).unwrap().unwrap(), *row);
        }
        for (id, held) in &self.documents {
            let branches: BTreeMap<_, _> = vault.branches(*id).unwrap().into_iter().collect();
            assert_eq!(branches, held.branches, "branches of {id}");
            for (branch, heads) in &held.branches {
                assert_eq!(vault.heads(*id, branch).unwrap(), *heads);
                let log = vault.log(*id, branch, None, usize::MAX).unwrap();
                assert_eq!(log.len() as u64, self.number(&heads[0]));
            }
            let own: Vec<_> = self
                .operations
                .iter()
                .rev()
                .filter(|operation| operation.moves.iter().any(|m| m.document == *id))
                .cloned()
                .collect();
            let listed = vault.operations(Some(*id), None, usize::MAX).unwrap();
            let listed: Vec<_> = listed.into_iter().map(|logged| logged.operation).collect();
            assert_eq!(listed, own, "operations of {id}");
        }
        for (id, (commit, content)) in &self.commits {
            assert_eq!(vault.commit(id).unwrap(), *commit);
            assert_eq!(vault.tree(id).unwrap().to_value(), *content);
        }
        let all = vault.operations(None, None, usize::MAX).unwrap();
        let seqs: Vec<_> = all.iter().map(|logged| logged.seq).collect();
        let expected: Vec<_> = (1..=self.operations.len() as u64).rev().collect();
        assert_eq!(seqs, expected, "numbers of all operations");
        let all: Vec<_> = all
            .into_iter()
            .rev()
            .map(|logged| logged.operation)
            .collect();
        assert_eq!(all, self.operations, "all operations");
    }
}

struct SlowSync;

impl vault::Faults for SlowSync {
    fn before_sync(&self) -> std::io::Result<()> {
        std::thread::sleep(std::time::Duration::from_millis(200));
        Ok(())
    }
}

/// A disk whose every sync takes long.
pub fn slow_sync() -> std::sync::Arc<dyn vault::Faults> {
    std::sync::Arc::new(SlowSync)
}
