//! Backups, restoring, the doctor.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::fs;
use std::path::Path;

use chrono::Duration;
use common::{Model, open, small, time};
use vault::{BackupKind, OpenError, Options, ReadOnlyReason, Vault, VaultError};

/// Turns over some bytes in the middle of a file.
fn hurt(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    for byte in &mut bytes[at..at + 40] {
        *byte ^= 0x5a;
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn the_doctor_finds_a_healthy_library_sound() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path()).vault;
    let mut model = Model::default();
    for hp in 0..60 {
        model.write(&vault, hp % 4, "main", hp);
    }
    let report = vault.doctor(false).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(
        (report.records, report.commits, report.documents),
        (60, 60, 4)
    );
    assert!(report.index_rows > 120);
}

#[test]
fn the_doctor_builds_the_index_anew_while_the_library_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    for hp in 0..20 {
        model.write(&vault, hp % 4, "main", hp);
    }
    let report = vault.doctor(true).unwrap();
    assert!(report.index_rebuilt && report.is_sound(), "{report:?}");
    model.check(&vault);
    for hp in 0..20 {
        model.write(&vault, hp % 4, "main", 100 + hp);
    }
    vault.settle();
    model.check(&vault);
    assert!(vault.doctor(false).unwrap().is_sound());
    vault.close().unwrap();
    let opened = open(dir.path());
    assert!(opened.report.rebuilt.is_some());
    assert!(!opened.report.index_in_memory);
    model.check(&opened.vault);
}

#[test]
fn an_index_is_built_anew_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    model.write(&vault, 1, "main", 1);
    vault.close().unwrap();
    let options = Options {
        rebuild_index: true,
        ..small()
    };
    let opened = Vault::open(dir.path(), options).unwrap();
    assert!(opened.report.rebuilt.is_some());
    assert_eq!(opened.report.replayed, 1);
    model.check(&opened.vault);
}

#[test]
fn a_backup_is_verified_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    for hp in 0..50 {
        model.write(&vault, hp % 4, "main", hp);
    }
    let info = vault.backup(time(5000)).unwrap();
    assert_eq!((info.records, info.kind), (50, BackupKind::Asked));
    for hp in 0..30 {
        model.write(&vault, hp % 4, "main", 200 + hp);
    }
    vault.close().unwrap();

    // The middle of the first file goes bad: the backup has it, and the present ledger has what came after.
    hurt(&dir.path().join("ledger/000001.log"), 6000);
    let opened = open(dir.path());
    assert_eq!(opened.report.read_only, Some(ReadOnlyReason::Damaged));
    assert_eq!(opened.report.damage.len(), 1, "{:?}", opened.report);
    let damage = &opened.report.damage[0];
    assert_eq!(damage.segment, 1);
    assert!(
        !damage.documents.is_empty() && !damage.commits.is_empty(),
        "{:?}",
        opened.report
    );
    assert_eq!(opened.report.offered_backup.as_ref(), Some(&info.name));
    assert!(
        !opened.vault.rows().unwrap().is_empty(),
        "what can be read is kept"
    );
    let refused = opened.vault.backup(time(6000));
    assert!(matches!(
        refused,
        Err(VaultError::ReadOnly(ReadOnlyReason::Damaged))
    ));
    drop(opened);

    let report = vault::restore(dir.path(), &info.name, vault::Later::Keep, time(7000)).unwrap();
    assert_eq!((report.carried, report.left), (30, 0));
    assert!(report.aside.unwrap().join("ledger/000001.log").exists());
    let opened = open(dir.path());
    assert_eq!(opened.report.read_only, None);
    model.check(&opened.vault);
    assert!(opened.vault.doctor(false).unwrap().is_sound());
    model.write(&opened.vault, 1, "main", 7);
    model.check(&opened.vault);
}

#[test]
fn a_lost_ledger_is_not_taken_for_a_new_library() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    model.write(&vault, 1, "main", 1);
    let info = vault.backup(time(10)).unwrap();
    vault.close().unwrap();
    fs::remove_dir_all(dir.path().join("ledger")).unwrap();
    let opened = open(dir.path());
    assert!(!opened.report.created);
    assert_eq!(opened.report.read_only, Some(ReadOnlyReason::Damaged));
    assert_eq!(opened.report.offered_backup.as_ref(), Some(&info.name));
    drop(opened);
    vault::restore(dir.path(), &info.name, vault::Later::Keep, time(11)).unwrap();
    model.check(&open(dir.path()).vault);
}

#[test]
fn a_bad_backup_is_refused_and_the_next_best_is_offered() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    for hp in 0..20 {
        model.write(&vault, 1, "main", hp);
    }
    let old = vault.backup(time(100_000)).unwrap();
    model.write(&vault, 1, "main", 77);
    let new = vault.backup(time(200_000)).unwrap();
    let names: Vec<_> = vault.backups().into_iter().map(|info| info.name).collect();
    assert_eq!(names, [new.name.clone(), old.name.clone()]);
    vault.close().unwrap();
    hurt(
        &dir.path()
            .join("backups")
            .join(&new.name)
            .join("000001.log"),
        2000,
    );
    let error =
        vault::restore(dir.path(), &new.name, vault::Later::Keep, time(300_000)).unwrap_err();
    assert!(matches!(error, OpenError::BadBackup { .. }), "{error}");
    for name in ["../ledger", "", ".", "nonsense"] {
        let error =
            vault::restore(dir.path(), name, vault::Later::Keep, time(300_000)).unwrap_err();
        assert!(
            matches!(error, OpenError::BadBackup { .. }),
            "{name}: {error}"
        );
    }
    model.check(&open(dir.path()).vault);
    hurt(&dir.path().join("ledger/000001.log"), 2000);
    assert_eq!(open(dir.path()).report.offered_backup, Some(old.name));
}

#[test]
fn the_daily_backup_is_made_once_a_day_and_only_if_something_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    let start = time(0);
    assert_eq!(vault.backup_if_due(start).unwrap(), None, "nothing to keep");
    model.write(&vault, 1, "main", 1);
    assert!(vault.backup_if_due(start).unwrap().is_some());
    model.write(&vault, 1, "main", 2);
    let hours = |hours| start + Duration::hours(hours);
    assert_eq!(vault.backup_if_due(hours(23)).unwrap(), None, "too soon");
    assert!(vault.backup_if_due(hours(25)).unwrap().is_some());
    assert_eq!(vault.backup_if_due(hours(80)).unwrap(), None, "no change");
    for day in 3..40 {
        model.write(&vault, 1, "main", day);
        assert!(
            vault
                .backup_if_due(hours(day as i64 * 24 + 2))
                .unwrap()
                .is_some()
        );
    }
    let kept = vault.backups().len();
    assert!((8..=11).contains(&kept), "{kept}");
    for info in vault.backups() {
        Vault::verify_backup(dir.path(), &info.name).unwrap();
    }
}

#[test]
fn rows_that_were_kept_at_a_clean_stop_are_never_older_than_the_library() {
    let dir = tempfile::tempdir().unwrap();
    let kept = dir.path().join("rows");
    let mut model = Model::default();
    let vault = open(dir.path()).vault;
    for number in 0..300 {
        model.write(&vault, number, "main", number);
    }
    vault.close().unwrap();
    assert!(kept.exists());
    let first = fs::read(&kept).unwrap();

    // Read from the file, then changed: the next opening must show the change.
    let vault = open(dir.path()).vault;
    assert_eq!(vault.rows().unwrap().len(), 300);
    model.write(&vault, 7, "main", 99);
    model.check(&vault);
    vault.close().unwrap();
    assert_ne!(fs::read(&kept).unwrap(), first);
    model.check(&open(dir.path()).vault);

    // Changed before the first look: what the file says is older by then.
    let vault = open(dir.path()).vault;
    model.write(&vault, 8, "main", 98);
    model.write(&vault, 400, "main", 1);
    model.check(&vault);
    vault.close().unwrap();
    let good = fs::read(&kept).unwrap();

    // An older file and a damaged one are not believed.
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    for other in [first, bad, Vec::new()] {
        fs::write(&kept, other).unwrap();
        let vault = open(dir.path()).vault;
        model.check(&vault);
        vault.close().unwrap();
        fs::remove_file(&kept).unwrap();
        model.check(&open(dir.path()).vault);
    }
}
