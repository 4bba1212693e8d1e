//! Writing, reading, reopening: what was acknowledged is found again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use common::{Model, character, document, open, small, time};
use history::BranchName;
use vault::{OpenError, Options, Vault, VaultError};

#[test]
fn what_was_acknowledged_is_found_before_and_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    for round in 0..4 {
        let opened = open(dir.path());
        assert_eq!(opened.report.created, round == 0);
        assert_eq!(opened.report.clean, round > 0, "{:?}", opened.report);
        assert_eq!(opened.report.rebuilt, None);
        assert_eq!(opened.report.replayed, 0);
        let vault = opened.vault;
        model.check(&vault);
        for step in 0..40 {
            model.write(&vault, step % 5, "main", round * 100 + step);
            if step % 7 == 0 {
                model.write(&vault, step % 5, "what-if", step);
            }
        }
        model.check(&vault);
        vault.settle();
        model.check(&vault);
        vault.close().unwrap();
    }
    let files = std::fs::read_dir(dir.path().join("ledger"))
        .unwrap()
        .count();
    assert!(files > 2, "the ledger spans several files: {files}");
}

#[test]
fn an_entry_for_a_branch_that_moved_is_refused_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path()).vault;
    let mut model = Model::default();
    model.write(&vault, 1, "main", 0);
    let mut late = model.clone();
    model.write(&vault, 1, "main", 5);
    let entry = late.next(document(1), &BranchName::main(), character(1, 9));
    match vault.append(entry) {
        Err(VaultError::Moved { found, .. }) => {
            let head = model.head(document(1), &BranchName::main()).unwrap();
            assert_eq!(found, [head]);
        }
        other => panic!("it must be refused as moved: {other:?}"),
    }
    model.check(&vault);
}

#[test]
fn a_commit_is_written_once_whatever_is_said_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    let entry = model.next(document(1), &BranchName::main(), character(1, 0));
    vault.append(entry.clone()).unwrap();
    model.accept(&entry);
    for fresh in [true, false] {
        let again = vault::Entry {
            fresh,
            ..entry.clone()
        };
        let refused = vault.append(again).unwrap_err();
        assert!(matches!(refused, VaultError::BadEntry(_)), "{refused:?}");
    }
    vault.close().unwrap();
    drop(vault);
    // What was written in an earlier run is known to the index alone.
    let vault = open(dir.path()).vault;
    let again = vault::Entry {
        fresh: false,
        ..entry
    };
    let refused = vault.append(again).unwrap_err();
    assert!(matches!(refused, VaultError::BadEntry(_)), "{refused:?}");
    model.check(&vault);
}

#[test]
fn entries_that_contradict_themselves_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path()).vault;
    let mut model = Model::default();
    model.write(&vault, 1, "main", 0);
    let main = BranchName::main();

    let mut wrong_tree = model.clone().next(document(1), &main, character(1, 1));
    wrong_tree.commits[0].1 = history::Tree::empty();
    assert!(matches!(
        vault.append(wrong_tree),
        Err(VaultError::BadEntry(_))
    ));

    let mut wrong_name = model.clone().next(document(1), &main, character(1, 1));
    wrong_name.commits[0].0.says.message = "changed after it was named".into();
    assert!(matches!(
        vault.append(wrong_name),
        Err(VaultError::BadEntry(_))
    ));

    let mut orphan = Model::default();
    orphan.write(
        &open(tempfile::tempdir().unwrap().path()).vault,
        1,
        "main",
        3,
    );
    let orphan = orphan.next(document(1), &main, character(1, 4));
    assert!(matches!(
        vault.append(orphan),
        Err(VaultError::UnknownCommit(_))
    ));

    let mut no_such_head = model.clone().next(document(1), &main, character(1, 1));
    no_such_head.commits.clear();
    assert!(matches!(
        vault.append(no_such_head),
        Err(VaultError::UnknownCommit(_))
    ));
    model.check(&vault);
}

#[test]
fn one_process_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path()).vault;
    match Vault::open(dir.path(), small()) {
        Err(OpenError::Locked { by, .. }) => assert_eq!(by, Some(std::process::id())),
        other => panic!("it must be locked: {:?}", other.map(|o| o.report)),
    }
    vault.close().unwrap();
    assert!(Vault::open(dir.path(), small()).is_ok());
}

#[test]
fn reading_only_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    for hp in 0..30 {
        model.write(&vault, hp % 3, "main", hp);
    }
    vault.close().unwrap();
    let names = |dir: &std::path::Path| {
        let mut names: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = names(dir.path());
    let options = Options {
        read_only: true,
        ..small()
    };
    let opened = Vault::open(dir.path(), options).unwrap();
    assert!(opened.report.index_in_memory);
    model.check(&opened.vault);
    let entry = model
        .clone()
        .next(document(1), &BranchName::main(), character(1, 1));
    assert!(matches!(
        opened.vault.append(entry),
        Err(VaultError::ReadOnly(vault::ReadOnlyReason::Asked))
    ));
    drop(opened);
    assert_eq!(names(dir.path()), before);
}

#[test]
fn folders_that_are_no_library_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "hello").unwrap();
    let error = Vault::open(&file, small()).err().unwrap();
    assert!(matches!(error, OpenError::NotALibrary { .. }), "{error}");

    let foreign = dir.path().join("foreign");
    std::fs::create_dir_all(foreign.join("ledger")).unwrap();
    std::fs::write(
        foreign.join("ledger/000001.log"),
        "SQLite format 3".repeat(50),
    )
    .unwrap();
    let error = Vault::open(&foreign, small()).err().unwrap();
    assert!(matches!(error, OpenError::NotALibrary { .. }), "{error}");

    let nothing = Options {
        read_only: true,
        ..Options::new(time(0))
    };
    let error = Vault::open(&dir.path().join("none"), nothing)
        .err()
        .unwrap();
    assert!(matches!(error, OpenError::NotALibrary { .. }), "{error}");
}

#[test]
fn concurrent_writers_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path()).vault;
    let models: Vec<Model> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8_u64)
            .map(|writer| {
                let vault = &vault;
                scope.spawn(move || {
                    let mut model = Model {
                        step: writer * 1_000_000,
                        ..Model::default()
                    };
                    for hp in 0..50 {
                        model.write(vault, writer, "main", hp);
                    }
                    model
                })
            })
            .collect();
        writers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let stats = vault.stats();
    assert_eq!((stats.appends, stats.records), (400, 400));
    assert_eq!(vault.rows().unwrap().len(), 8);
    for model in &models {
        for (id, (_, content)) in &model.commits {
            assert_eq!(vault.tree(id).unwrap().to_value(), *content);
        }
    }
}
