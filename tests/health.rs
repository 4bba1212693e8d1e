//! Journeys through the health of a library: figures, checks, backups, the gate that says why it is closed.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use services::wire::LibraryStatus;
use services::{Code, Gate, Settings};
use telemetry::HealthState;
use testkit::TestLibrary;

#[test]
fn every_command_is_counted_and_the_checks_are_content() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    test.saved(&view, "/identity/xp", 1);
    test.library().roster().get("nobody").unwrap_err();
    test.library().health().backup().unwrap();
    let health = test.library().health().view().unwrap();
    let command = |name: &str| {
        let found = health.figures.commands.iter().find(|c| c.name == name);
        found.map(|c| (c.count, c.errors)).unwrap_or_default()
    };
    assert_eq!(command("sheet.edit"), (1, 0));
    assert_eq!(command("roster.get"), (1, 1));
    assert_eq!(health.figures.store.appends, 2);
    assert!(health.figures.store.ledger_bytes > 0.0 && health.figures.process.memory_bytes > 0.0);
    assert!(
        health
            .figures
            .caches
            .iter()
            .any(|cache| cache.name == "sheets" && cache.hits > 0)
    );
    for check in &health.checks {
        // The disk of whoever runs this may be nearly full; everything else must be well.
        assert!(
            check.id == "disk_space" || check.state == HealthState::Ok,
            "{check:?}"
        );
    }
}

#[test]
fn a_second_process_is_told_who_has_the_library() {
    let test = TestLibrary::new();
    test.character("Sorrel");
    let second = Gate::open(Settings::new(test.path(), "Tom"), None);
    assert_eq!(second.library().map(|_| ()).unwrap_err().code, Code::Locked);
    let LibraryStatus::Closed { failure, .. } = second.status() else {
        panic!("it must be closed")
    };
    assert!(!failure.hint.is_empty());
    drop(test);
    // Its folder is gone with it, so a fresh one is made: the gate opens again by itself.
    assert!(matches!(second.reopen(), LibraryStatus::Open { .. }));
}

#[test]
fn a_backup_brings_everything_back_and_the_present_is_set_aside() {
    let folder = tempfile::TempDir::new().unwrap();
    let gate = Gate::open(Settings::new(folder.path().join("library"), "Maren"), None);
    let library = gate.library().unwrap();
    library.exchange().import_demo().unwrap();
    let backup = library.health().backup().unwrap();
    assert!(backup.verified);
    assert_eq!(
        library.health().backup_if_due().unwrap(),
        None,
        "one a day is enough"
    );
    let row = library.roster().by_handle("sorrel-quickfen").unwrap();
    let before = library.sheet().show(&row.id).unwrap().commit;
    library.roster().archive(&row.id).unwrap();
    drop(library);
    let LibraryStatus::Open { characters, .. } = gate.restore(&backup.name).unwrap() else {
        panic!("the backup must open")
    };
    assert_eq!(characters, 11);
    let library = gate.library().unwrap();
    assert_eq!(library.sheet().show(&row.id).unwrap().commit, before);
    drop(library);
    let failure = gate.restore("no-such-backup").unwrap_err();
    assert!(!failure.message.is_empty());
    assert!(
        gate.library().is_ok(),
        "a backup that is not there changes nothing"
    );
}

#[test]
fn folders_that_cannot_be_used_say_why() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").unwrap();
    let gate = Gate::open(Settings::new(&file, "Maren"), None);
    let LibraryStatus::Closed { failure, .. } = gate.status() else {
        panic!("a file is no library")
    };
    assert!(
        !failure.message.is_empty() && !failure.hint.is_empty(),
        "{failure:?}"
    );
}
