//! Any sequence of commands, with the library reopened in between, equals the same sequence in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::fs;

use common::{Model, character, document, open, small};
use history::{Action, Author, BranchName, CommitKind, NewCommit, Operation, OperationId, RefMove};
use proptest::prelude::*;
use uuid::Uuid;
use vault::{Entry, Vault, VaultError};

#[derive(Debug, Clone)]
enum Step {
    /// The next version of a document on a branch.
    Write { document: u64, branch: u8, hp: u64 },
    /// A merge of a branch into `main`.
    Merge { document: u64 },
    /// A branch taken away.
    DropBranch { document: u64 },
    /// `main` moved back to its parent, without a commit.
    MoveBack { document: u64 },
    /// Several new documents in one entry.
    Import { count: u64 },
    /// An entry for heads that do not stand.
    Stale { document: u64 },
    /// Waiting until the index on the disk is in step.
    Settle,
    /// Closed properly and opened again.
    Reopen,
    /// Opened again from a copy made while it was open, as a crash leaves it.
    Crash,
    /// Closed and opened again without its index.
    LoseIndex,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..4_u64, 0..3_u8, 0..100_u64)
            .prop_map(|(document, branch, hp)| Step::Write { document, branch, hp }),
        2 => (0..4_u64).prop_map(|document| Step::Merge { document }),
        1 => (0..4_u64).prop_map(|document| Step::DropBranch { document }),
        1 => (0..4_u64).prop_map(|document| Step::MoveBack { document }),
        1 => (1..6_u64).prop_map(|count| Step::Import { count }),
        1 => (0..4_u64).prop_map(|document| Step::Stale { document }),
        1 => Just(Step::Settle),
        1 => Just(Step::Reopen),
        1 => Just(Step::Crash),
        1 => Just(Step::LoseIndex),
    ]
}

fn branch(number: u8) -> BranchName {
    match number {
        0 => BranchName::main(),
        n => format!("what-if-{n}").parse().unwrap(),
    }
}

/// An operation without a commit.
fn bare(model: &mut Model, moved: RefMove) -> Entry {
    model.step += 1;
    Entry {
        operation: Operation {
            id: OperationId(Uuid::from_u128(u128::from(model.step))),
            time: common::time(model.step),
            author: Author::new("Maren"),
            action: Action::Rollback,
            moves: vec![moved],
        },
        commits: Vec::new(),
        fresh: false,
    }
}

fn merge(model: &mut Model, number: u64) -> Option<Entry> {
    let id = document(number);
    let ours = model.head(id, &BranchName::main())?;
    let theirs = model.head(id, &branch(1))?;
    let mut entry = model.next(id, &BranchName::main(), character(number, 777));
    let (commit, tree) = entry.commits.remove(0);
    let says = NewCommit {
        parents: vec![ours, theirs],
        kind: CommitKind::Merge,
        ..commit.says
    };
    let commit = says.seal();
    entry.operation.moves[0].after = vec![commit.id];
    entry.commits.push((commit, tree));
    Some(entry)
}

/// Several documents in one entry, two commits each.
fn import(model: &mut Model, count: u64) -> Entry {
    let mut scratch = model.clone();
    let mut commits = Vec::new();
    let mut moves = Vec::new();
    for nth in 0..count {
        let number = 1_000 + scratch.step * 10 + nth;
        let id = document(number);
        let first = scratch.next(id, &BranchName::main(), character(number, 0));
        scratch.accept(&first);
        let second = scratch.next(id, &BranchName::main(), character(number, 1));
        scratch.accept(&second);
        moves.push(RefMove {
            document: id,
            branch: BranchName::main(),
            before: vec![],
            after: vec![second.commits[0].0.id],
        });
        commits.extend(first.commits);
        commits.extend(second.commits);
    }
    model.step = scratch.step + 1;
    Entry {
        operation: Operation {
            id: OperationId(Uuid::from_u128(u128::from(model.step))),
            time: common::time(model.step),
            author: Author::new("Maren"),
            action: Action::Import,
            moves,
        },
        commits,
        fresh: false,
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn run(steps: Vec<Step>) {
    let folder = tempfile::tempdir().unwrap();
    let mut place = folder.path().join("library");
    let mut vault = open(&place).vault;
    let mut model = Model::default();
    for (nth, step) in steps.into_iter().enumerate() {
        let entry = match step {
            Step::Write {
                document: number,
                branch: on,
                hp,
            } => Some(model.next(document(number), &branch(on), character(number, hp))),
            Step::Merge { document } => merge(&mut model, document),
            Step::DropBranch { document: number } => {
                let id = document(number);
                model.head(id, &branch(1)).map(|head| {
                    let moved = RefMove {
                        document: id,
                        branch: branch(1),
                        before: vec![head],
                        after: vec![],
                    };
                    bare(&mut model, moved)
                })
            }
            Step::MoveBack { document: number } => {
                let id = document(number);
                let head = model.head(id, &BranchName::main());
                let parent =
                    head.and_then(|head| model.commits[&head].0.says.parents.first().copied());
                parent.map(|parent| {
                    let moved = RefMove {
                        document: id,
                        branch: BranchName::main(),
                        before: head.into_iter().collect(),
                        after: vec![parent],
                    };
                    bare(&mut model, moved)
                })
            }
            Step::Import { count } => Some(import(&mut model, count)),
            Step::Stale { document: number } => {
                let id = document(number);
                let mut stale = model.next(id, &BranchName::main(), character(number, 13));
                let own = stale.commits[0].0.id;
                stale.operation.moves[0].before = vec![own];
                let refused = vault.append(stale);
                assert!(
                    matches!(refused, Err(VaultError::Moved { .. })),
                    "{refused:?}"
                );
                None
            }
            Step::Settle => {
                vault.settle();
                None
            }
            Step::Reopen => {
                vault.close().unwrap();
                let opened = Vault::open(&place, small()).unwrap();
                assert!(opened.report.clean && opened.report.rebuilt.is_none());
                vault = opened.vault;
                None
            }
            Step::Crash => {
                let next = folder.path().join(format!("crashed-{nth}"));
                copy(&place, &next);
                drop(vault);
                place = next;
                let opened = Vault::open(&place, small()).unwrap();
                assert!(opened.report.damage.is_empty(), "{:?}", opened.report);
                vault = opened.vault;
                None
            }
            Step::LoseIndex => {
                vault.close().unwrap();
                fs::remove_dir_all(place.join("sled")).unwrap();
                vault = open(&place).vault;
                None
            }
        };
        if let Some(entry) = entry {
            vault.append(entry.clone()).unwrap();
            model.accept(&entry);
        }
    }
    model.check(&vault);
    let report = vault.doctor(false).unwrap();
    assert!(report.is_sound(), "{report:?}");
    vault.close().unwrap();
    model.check(&open(&place).vault);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_library_is_what_was_done_to_it(steps in prop::collection::vec(step(), 1..60)) {
        run(steps);
    }
}
