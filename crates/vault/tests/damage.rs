//! Damage of every kind, at every place: named or harmless, and never silently wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Model, open, small};
use history::CommitId;
use vault::{Opened, Options, ReadOnlyReason, Vault};

/// A way to damage the folder of a library.
type Way<'a> = Box<dyn Fn(&Path) + 'a>;

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Settings that spread few edits over several files.
fn tiny() -> Options {
    Options {
        segment_bytes: 3 << 10,
        prewrite_min: 1 << 10,
        prewrite_max: 1 << 10,
        ..small()
    }
}

/// A closed library of some edits, and what it holds.
fn library(dir: &Path, edits: u64) -> Model {
    let mut model = Model::default();
    let vault = Vault::open(dir, tiny()).unwrap().vault;
    for hp in 0..edits {
        model.write(&vault, hp % 3, "main", hp);
    }
    vault.close().unwrap();
    model
}

fn ledger_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(dir.join("ledger"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Everything that can be read must be right, and what cannot be read must have been told. Gives how many commits are gone.
fn check_damaged(model: &Model, opened: &Opened, what: &str) -> usize {
    let vault = &opened.vault;
    let mut gone = BTreeSet::new();
    for (id, (commit, content)) in &model.commits {
        match (vault.commit(id), vault.tree(id)) {
            (Ok(found), tree) => {
                assert_eq!(found, *commit, "{what}");
                match tree {
                    Ok(tree) => assert_eq!(tree.to_value(), *content, "{what}"),
                    Err(_) => {
                        gone.insert(*id);
                    }
                }
            }
            (Err(_), Err(_)) => {
                gone.insert(*id);
            }
            (Err(error), Ok(_)) => panic!("{what}: a document without its commit: {error}"),
        }
    }
    for row in vault.rows().unwrap() {
        for head in &row.heads {
            let known = model.commits.contains_key(head);
            assert!(known, "{what}: a head that never was");
        }
    }
    let report = &opened.report;
    if gone.is_empty() {
        if report.damage.is_empty() {
            model.check(vault);
        }
    } else {
        assert!(
            !report.damage.is_empty(),
            "{what}: {} gone, nothing told: {report:?}",
            gone.len()
        );
    }
    if report.damage.is_empty() {
        assert_eq!(report.read_only, None, "{what}");
    } else {
        assert_eq!(report.read_only, Some(ReadOnlyReason::Damaged), "{what}");
        let named = report.damage.iter().all(|damage| damage.segment > 0);
        assert!(named, "{what}: {report:?}");
    }
    gone.len()
}

#[test]
fn a_flipped_bit_anywhere_in_the_ledger_is_named_and_costs_little() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good");
    let model = library(&good, 14);
    let bad = dir.path().join("bad");
    let mut named = 0;
    for (nth, file) in ledger_files(&good).into_iter().enumerate() {
        let bytes = fs::read(&file).unwrap();
        // A stride that is no divisor of eight meets every position in a byte, and every field of the headers.
        for bit in (0..bytes.len() * 8).step_by(if nth == 0 { 331 } else { 1009 }) {
            let _ = fs::remove_dir_all(&bad);
            copy(&good, &bad);
            let mut bent = bytes.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            fs::write(bad.join("ledger").join(file.file_name().unwrap()), bent).unwrap();
            let opened = Vault::open(&bad, tiny()).unwrap();
            let what = format!("bit {bit} of {}", file.display());
            let gone = check_damaged(&model, &opened, &what);
            assert!(
                !opened.report.damage.is_empty(),
                "{what}: {:?}",
                opened.report
            );
            // One bit costs one record and at most the differences to it: no more than a keyframe's interval.
            assert!(gone <= 8, "{what}: {gone} gone");
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn zeroed_pages_cut_and_missing_files_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good");
    let model = library(&good, 30);
    let bad = dir.path().join("bad");
    let files = ledger_files(&good);
    assert!(files.len() >= 3, "{files:?}");
    for file in &files {
        let name = file.file_name().unwrap();
        let bytes = fs::read(file).unwrap();
        let mut ways: Vec<(String, Option<Vec<u8>>)> = vec![("deleted".into(), None)];
        for at in (0..bytes.len()).step_by(512) {
            let mut zeroed = bytes.clone();
            let end = (at + 512).min(zeroed.len());
            zeroed[at..end].fill(0);
            ways.push((format!("zeroed at {at}"), Some(zeroed)));
            ways.push((format!("cut at {at}"), Some(bytes[..at].to_vec())));
        }
        for (how, content) in ways {
            let _ = fs::remove_dir_all(&bad);
            copy(&good, &bad);
            let target = bad.join("ledger").join(name);
            match content {
                Some(content) => fs::write(&target, content).unwrap(),
                None => fs::remove_file(&target).unwrap(),
            }
            let opened = Vault::open(&bad, tiny()).unwrap();
            let what = format!("{} {how}", file.display());
            check_damaged(&model, &opened, &what);
            assert!(
                !opened.report.damage.is_empty(),
                "{what}: {:?}",
                opened.report
            );
        }
    }
}

#[test]
fn an_index_in_any_state_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good");
    let mut model = library(&good, 40);
    let older = dir.path().join("older");
    copy(&good.join("sled"), &older);
    {
        let vault = Vault::open(&good, tiny()).unwrap().vault;
        for hp in 0..20 {
            model.write(&vault, hp % 3, "main", 500 + hp);
        }
        vault.close().unwrap();
    }
    let bad = dir.path().join("bad");
    let db = fs::read(good.join("sled/db")).unwrap();
    let used = db.iter().rposition(|byte| *byte != 0).unwrap();
    let mut ways: Vec<(String, Way<'_>)> = vec![
        (
            "deleted".into(),
            Box::new(|sled: &Path| fs::remove_dir_all(sled).unwrap()),
        ),
        (
            "an older one in its place".into(),
            Box::new(|sled: &Path| {
                fs::remove_dir_all(sled).unwrap();
                copy(&older, sled);
            }),
        ),
        (
            "its file gone".into(),
            Box::new(|sled: &Path| fs::remove_file(sled.join("db")).unwrap()),
        ),
        (
            "its settings gone".into(),
            Box::new(|sled: &Path| fs::remove_file(sled.join("conf")).unwrap()),
        ),
        (
            "empty file".into(),
            Box::new(|sled: &Path| fs::write(sled.join("db"), []).unwrap()),
        ),
        (
            "a file in the place of its folder".into(),
            Box::new(|sled: &Path| {
                fs::remove_dir_all(sled).unwrap();
                fs::write(sled, "hello").unwrap();
            }),
        ),
        (
            "a half-written snapshot".into(),
            Box::new(|sled: &Path| {
                fs::write(sled.join("snap.0000000000000007.generating"), "x").unwrap()
            }),
        ),
    ];
    for step in 0..9 {
        let at = used * step / 9;
        let bit = step % 8;
        let bytes = db.clone();
        ways.push((
            format!("bit {bit} of byte {at} flipped"),
            Box::new(move |sled: &Path| {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                fs::write(sled.join("db"), bytes).unwrap();
            }),
        ));
    }
    for step in 1..3 {
        let keep = used * step / 3;
        let bytes = db.clone();
        ways.push((
            format!("cut at {keep}"),
            Box::new(move |sled: &Path| fs::write(sled.join("db"), &bytes[..keep]).unwrap()),
        ));
    }
    for clean in [true, false] {
        for (what, spoil) in &ways {
            let _ = fs::remove_dir_all(&bad);
            copy(&good, &bad);
            spoil(&bad.join("sled"));
            if !clean {
                fs::remove_file(bad.join("clean")).unwrap();
            }
            let opened = Vault::open(&bad, tiny()).unwrap();
            assert!(
                opened.report.damage.is_empty(),
                "{what}: {:?}",
                opened.report
            );
            assert_eq!(opened.report.read_only, None, "{what}");
            let mut model = model.clone();
            model.check(&opened.vault);
            model.write(&opened.vault, 1, "main", 9);
            model.check(&opened.vault);
            opened.vault.close().unwrap();
            drop(opened);
            model.check(&open(&bad).vault);
        }
    }
}

#[test]
fn a_torn_end_is_cut_and_told_and_writing_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good");
    let model = library(&good, 14);
    // As after a power cut in the middle of a write: no clean stop, and the index has not seen the last record.
    fs::remove_file(good.join("clean")).unwrap();
    fs::remove_dir_all(good.join("sled")).unwrap();
    let last = ledger_files(&good).pop().unwrap();
    let bytes = fs::read(&last).unwrap();
    let bad = dir.path().join("bad");
    let mut ends: Vec<Vec<u8>> = Vec::new();
    for lost in [1, 40, 90] {
        ends.push(bytes[..bytes.len() - lost].to_vec());
        let mut zeroed = bytes.clone();
        let len = zeroed.len();
        zeroed[len - lost..].fill(0);
        zeroed.extend_from_slice(&[0; 4096]);
        ends.push(zeroed);
    }
    let mut rubbish = bytes.clone();
    rubbish.extend((0..700_u32).map(|at| (at * 31 % 251) as u8));
    ends.push(rubbish);
    let newest: CommitId = model.operations.last().unwrap().moves[0].after[0];
    for (nth, end) in ends.iter().enumerate() {
        let _ = fs::remove_dir_all(&bad);
        copy(&good, &bad);
        fs::write(bad.join("ledger").join(last.file_name().unwrap()), end).unwrap();
        let opened = Vault::open(&bad, tiny()).unwrap();
        let report = &opened.report;
        assert!(report.torn.is_some(), "end {nth}: {report:?}");
        assert!(
            report.damage.is_empty() && report.read_only.is_none(),
            "{report:?}"
        );
        let whole = nth + 1 == ends.len();
        assert_eq!(opened.vault.knows(&newest).unwrap(), whole, "end {nth}");
        let mut model = model.clone();
        if whole {
            model.check(&opened.vault);
            model.write(&opened.vault, 2, "main", 77);
            model.check(&opened.vault);
        } else {
            let entry = Model::default().next(
                common::document(50),
                &history::BranchName::main(),
                common::character(50, 1),
            );
            opened.vault.append(entry).unwrap();
        }
        opened.vault.close().unwrap();
        drop(opened);
        let opened = Vault::open(&bad, tiny()).unwrap();
        assert_eq!(opened.report.torn, None);
        assert!(opened.vault.doctor(false).unwrap().is_sound());
    }
}

#[test]
fn a_group_that_was_written_out_of_order_is_torn_and_not_damaged() {
    // Three writers share a group; the power goes, and of its records only the later ones reached the disk.
    let dir = tempfile::tempdir().unwrap();
    let mut model = library(dir.path(), 6);
    let before = fs::read(ledger_files(dir.path()).pop().unwrap())
        .unwrap()
        .len();
    let files = ledger_files(dir.path()).len();
    let vault = Vault::open(
        dir.path(),
        Options {
            faults: Some(common::slow_sync()),
            segment_bytes: 1 << 20,
            ..tiny()
        },
    )
    .unwrap()
    .vault;
    let vault = &vault;
    let entries: Vec<_> = (10..13)
        .map(|n| {
            model.next(
                common::document(n),
                &history::BranchName::main(),
                common::character(n, 1),
            )
        })
        .collect();
    // The first sync takes a while, so that the other two line up behind it and share the next group.
    std::thread::scope(|scope| {
        for entry in &entries {
            scope.spawn(move || vault.append(entry.clone()).unwrap());
        }
    });
    let groups = vault.stats().groups;
    vault.close().unwrap();
    assert!(groups < 3, "two entries share a group: {groups}");
    assert_eq!(ledger_files(dir.path()).len(), files, "all in one file");
    let file = ledger_files(dir.path()).pop().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    // The second record of the three is the first of the shared group: spoil it as a page that never arrived.
    let record =
        |at: usize| 96 + u32::from_le_bytes(bytes[at + 8..at + 12].try_into().unwrap()) as usize;
    let second = before + record(before);
    let end = second + record(second);
    bytes[second..end].fill(0);
    fs::write(&file, &bytes).unwrap();
    fs::remove_file(dir.path().join("clean")).unwrap();
    fs::remove_dir_all(dir.path().join("sled")).unwrap();
    let opened = Vault::open(dir.path(), tiny()).unwrap();
    assert!(opened.report.torn.is_some(), "{:?}", opened.report);
    assert!(opened.report.damage.is_empty(), "{:?}", opened.report);
    assert_eq!(opened.report.records, 7);
}

#[test]
fn a_large_ledger_is_checked_behind_the_opening() {
    let dir = tempfile::tempdir().unwrap();
    let model = library(dir.path(), 30);
    let file = ledger_files(dir.path()).remove(0);
    let mut bytes = fs::read(&file).unwrap();
    bytes[700] ^= 4;
    fs::write(&file, bytes).unwrap();
    let options = Options {
        check_whole_up_to: 0,
        ..tiny()
    };
    let opened = Vault::open(dir.path(), options).unwrap();
    assert!(
        opened.report.damage.is_empty(),
        "not looked at while opening"
    );
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while opened.vault.damage().is_empty() {
        assert!(std::time::Instant::now() < patience, "it must be found");
        std::thread::yield_now();
    }
    assert_eq!(opened.vault.read_only(), Some(ReadOnlyReason::Damaged));
    let damage = opened.vault.damage();
    assert!(!damage[0].documents.is_empty(), "{damage:?}");
    assert_eq!(opened.vault.rows().unwrap().len(), model.documents.len());
}
