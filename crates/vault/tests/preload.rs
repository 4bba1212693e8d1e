//! A disk that fails beneath the program: writes that stop half-way, syncs that are refused, put in by `LD_PRELOAD`.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Model, character, document, open};
use history::BranchName;
use vault::{ReadOnlyReason, VaultError};

/// The folder the writing process works in; set only for that process.
const FOLDER: &str = "FORKBEARD_PRELOAD_FOLDER";

/// Compiles the failing disk, if there is a compiler.
fn shim(dir: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/preload/fail.c");
    let library = dir.join("fail.so");
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl")
        .status();
    done.is_ok_and(|status| status.success()).then_some(library)
}

#[test]
fn half_written_groups_and_refused_syncs_lose_nothing_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let Some(library) = shim(dir.path()) else {
        println!("skipped: there is no C compiler here");
        return;
    };
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--ignored", "--nocapture"])
        .env("LD_PRELOAD", library)
        .env("FORKBEARD_FAULT", dir.path().join("fault"))
        .env(FOLDER, dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    let saved: Vec<history::CommitId> = text
        .lines()
        .filter_map(|line| line.strip_prefix("saved ")?.parse().ok())
        .collect();
    assert_eq!(saved.len(), 40, "{text}");

    let opened = open(&dir.path().join("library"));
    assert!(opened.report.damage.is_empty(), "{:?}", opened.report);
    assert_eq!(opened.report.read_only, None);
    for id in &saved {
        opened.vault.tree(id).unwrap();
    }
    assert!(opened.vault.doctor(false).unwrap().is_sound());
}

#[test]
#[ignore = "the other half of the test above, run by it in a process of its own"]
fn writer() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let fault = folder.join("fault");
    let vault = open(&folder.join("library")).vault;
    let mut model = Model::default();
    let mut save = |count: u64| {
        for hp in 0..count {
            let id = model.write(&vault, hp % 3, "main", hp);
            println!("\nsaved {id}");
        }
        model.check(&vault);
        model.clone()
    };
    save(10);
    for round in 0..3 {
        let stands = save(0);
        fs::write(&fault, "w").unwrap();
        let entry = stands
            .clone()
            .next(document(1), &BranchName::main(), character(1, 99));
        let refused = vault.append(entry);
        assert!(
            matches!(refused, Err(VaultError::DiskFull)),
            "round {round}: {refused:?}"
        );
        fs::remove_file(&fault).unwrap();
        save(10);
    }
    let stands = save(0);
    fs::write(&fault, "s").unwrap();
    for _ in 0..2 {
        let entry = stands
            .clone()
            .next(document(1), &BranchName::main(), character(1, 99));
        let refused = vault.append(entry);
        assert!(
            matches!(
                refused,
                Err(VaultError::ReadOnly(ReadOnlyReason::SyncFailed { .. }))
            ),
            "{refused:?}"
        );
    }
    save(0);
    // Gone like a process that is killed: nothing is tidied up.
    std::process::exit(0);
}
