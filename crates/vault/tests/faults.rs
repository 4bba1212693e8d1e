//! Disks that fail: full, refusing to write, refusing to confirm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use common::{Model, character, document, open, small};
use history::BranchName;
use vault::{Faults, Options, ReadOnlyReason, Vault, VaultError};

/// Fails the next so many writes or syncs.
#[derive(Default)]
struct Failing {
    full_writes: AtomicU32,
    bad_writes: AtomicU32,
    bad_syncs: AtomicU32,
}

fn due(counter: &AtomicU32) -> bool {
    counter
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            left.checked_sub(1)
        })
        .is_ok()
}

impl Faults for Failing {
    fn before_write(&self, _: usize) -> io::Result<()> {
        if due(&self.full_writes) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if due(&self.bad_writes) {
            return Err(io::Error::other("the cable fell out"));
        }
        Ok(())
    }

    fn before_sync(&self) -> io::Result<()> {
        if due(&self.bad_syncs) {
            return Err(io::Error::other("the cable fell out"));
        }
        Ok(())
    }
}

fn failing(dir: &std::path::Path) -> (Vault, Arc<Failing>) {
    let faults = Arc::new(Failing::default());
    let options = Options {
        faults: Some(faults.clone()),
        ..small()
    };
    (Vault::open(dir, options).unwrap().vault, faults)
}

#[test]
fn a_full_disk_is_told_and_writing_resumes_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, faults) = failing(dir.path());
    let mut model = Model::default();
    for hp in 0..10 {
        model.write(&vault, 1, "main", hp);
    }
    faults.full_writes.store(3, Ordering::SeqCst);
    for _ in 0..3 {
        let entry = model
            .clone()
            .next(document(1), &BranchName::main(), character(1, 99));
        assert!(matches!(vault.append(entry), Err(VaultError::DiskFull)));
        model.check(&vault);
    }
    assert_eq!(vault.read_only(), None);
    for hp in 20..30 {
        model.write(&vault, 1, "main", hp);
    }
    model.check(&vault);
    vault.close().unwrap();
    let opened = open(dir.path());
    assert!(opened.report.clean, "{:?}", opened.report);
    model.check(&opened.vault);
}

#[test]
fn after_a_failed_sync_nothing_is_written_until_the_library_is_reopened() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, faults) = failing(dir.path());
    let mut model = Model::default();
    model.write(&vault, 1, "main", 1);
    faults.bad_syncs.store(1, Ordering::SeqCst);
    for _ in 0..2 {
        let entry = model
            .clone()
            .next(document(1), &BranchName::main(), character(1, 99));
        match vault.append(entry) {
            Err(VaultError::ReadOnly(ReadOnlyReason::SyncFailed { why })) => {
                assert!(why.contains("cable"), "{why}");
            }
            other => panic!("it must be read-only: {other:?}"),
        }
    }
    model.check(&vault);
    drop(vault);
    let opened = open(dir.path());
    assert!(!opened.report.clean);
    assert_eq!(opened.report.read_only, None);
    // Whether the unconfirmed edit is there nobody promised; that nothing else is, and that it can go on, is.
    model.write(&opened.vault, 2, "main", 2);
    assert!(opened.vault.doctor(false).unwrap().is_sound());
}

#[test]
fn a_failed_write_is_taken_as_seriously() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, faults) = failing(dir.path());
    let mut model = Model::default();
    model.write(&vault, 1, "main", 1);
    faults.bad_writes.store(1, Ordering::SeqCst);
    let entry = model
        .clone()
        .next(document(1), &BranchName::main(), character(1, 99));
    assert!(matches!(vault.append(entry), Err(VaultError::ReadOnly(_))));
    model.check(&vault);
    drop(vault);
    model.check(&open(dir.path()).vault);
}

#[test]
fn a_real_full_disk_loses_nothing() {
    // Needs a small file system of its own, which only root may mount.
    let dir = tempfile::tempdir().unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"])
        .arg(dir.path())
        .output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        println!("skipped: a tmpfs cannot be mounted here");
        return;
    }
    struct Unmount<'a>(&'a std::path::Path);
    impl Drop for Unmount<'_> {
        fn drop(&mut self) {
            let _ = std::process::Command::new("umount")
                .arg("-l")
                .arg(self.0)
                .status();
        }
    }
    let _unmount = Unmount(dir.path());
    let place = dir.path().join("library");
    let ballast = dir.path().join("ballast");
    let mut model = Model::default();
    let vault = open(&place).vault;
    model.write(&vault, 1, "main", 1);
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let mut full = 0;
    for hp in 0..20_000 {
        let entry = model.clone_next(document(hp % 40), character(hp % 40, hp));
        match vault.append(entry.clone()) {
            Ok(_) => model.accept(&entry),
            Err(VaultError::DiskFull) => {
                full += 1;
                if full == 3 {
                    break;
                }
            }
            Err(other) => panic!("a full disk is told as one: {other}"),
        }
    }
    assert_eq!(full, 3, "the disk was filled");
    assert_eq!(vault.read_only(), None);
    let head = model.head(document(1), &BranchName::main()).unwrap();
    assert!(vault.tree(&head).is_ok(), "reading goes on");
    std::fs::remove_file(&ballast).unwrap();
    for hp in 0..100 {
        model.write(&vault, 41, "main", hp);
    }
    let _ = vault.close();
    drop(vault);
    let opened = open(&place);
    assert!(opened.report.damage.is_empty(), "{:?}", opened.report);
    for (id, (_, content)) in &model.commits {
        assert_eq!(opened.vault.tree(id).unwrap().to_value(), *content);
    }
}
