//! Damage: flipped bits, zeroed pages, cut and deleted files, in the index and in the ledger.
//!
//! In the index nothing may be lost. In the ledger whatever is gone must be *told*, everything else must be right, and the newest backup
//! must bring back what it held.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use services::wire::LibraryStatus;
use services::{Gate, Library, Settings};

use crate::writer::{ack, character, edit};
use crate::{Ack, Outcome, check};

/// How many edits stand before the backup, and as many after it.
const EDITS: i32 = 40;

/// Damages copies of one library so many times, in the index and in the ledger by turns.
pub fn run(runs: u32, seed: u64) -> Outcome {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut outcome = Outcome::default();
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good");
    let (before, after) = build(&good);
    let all: Vec<Ack> = before.iter().chain(&after).cloned().collect();
    let (mut told, mut harmless) = (0, 0);
    for run in 0..runs {
        let place = folder.path().join("bad");
        let _ = fs::remove_dir_all(&place);
        copy(&good, &place);
        let part = if run % 2 == 0 { "sled" } else { "ledger" };
        let what = format!(
            "damage {run}, {part}: {}",
            spoil(&place.join(part), &mut random)
        );
        outcome.runs += 1;
        outcome.acknowledged += all.len() as u64;
        let gate = Gate::open(Settings::new(&place, "Checker"), None);
        if part == "sled" {
            match gate.library() {
                Ok(library) => {
                    let (lost, wrong) = check(&library, &all);
                    outcome.lost += lost;
                    outcome
                        .wrong
                        .extend(wrong.into_iter().map(|line| format!("{what}: {line}")));
                    expect_healthy(&library, &what, &mut outcome);
                }
                Err(failure) => outcome
                    .wrong
                    .push(format!("{what}: does not open: {failure}")),
            }
            continue;
        }
        match gate.library() {
            Ok(library) => {
                let (gone, wrong) = check_told(&library, &all);
                outcome
                    .wrong
                    .extend(wrong.into_iter().map(|line| format!("{what}: {line}")));
                if gone == 0 {
                    harmless += 1;
                } else if says_something(&gate) {
                    told += 1;
                } else {
                    outcome.lost += gone;
                    outcome
                        .wrong
                        .push(format!("{what}: {gone} edits are gone and nobody was told"));
                }
            }
            // Refusing to open, with a reason, is telling.
            Err(_) => told += 1,
        }
        mend(&gate, &before, &what, &mut outcome);
    }
    outcome.notes.push(format!(
        "in the ledger {told} damages were named and {harmless} touched nothing that counts"
    ));
    outcome
}

/// Restores the newest backup; what it held must be there.
fn mend(gate: &Gate, before: &[Ack], what: &str, outcome: &mut Outcome) {
    let newest = match gate.status() {
        LibraryStatus::Open { backups, .. } | LibraryStatus::Closed { backups, .. } => {
            backups.into_iter().next()
        }
    };
    let Some(newest) = newest else {
        outcome.wrong.push(format!("{what}: no backup is offered"));
        return;
    };
    if let Err(failure) = gate.restore(&newest.name) {
        outcome
            .wrong
            .push(format!("{what}: the backup does not restore: {failure}"));
        return;
    }
    match gate.library() {
        Ok(library) => {
            let (lost, wrong) = check(&library, before);
            outcome.lost += lost;
            outcome.wrong.extend(
                wrong
                    .into_iter()
                    .map(|line| format!("{what}, restored: {line}")),
            );
            expect_healthy(&library, &format!("{what}, restored"), outcome);
        }
        Err(failure) => {
            outcome
                .wrong
                .push(format!("{what}: restored, but does not open: {failure}"));
        }
    }
}

fn expect_healthy(library: &Library, what: &str, outcome: &mut Outcome) {
    match library.health().doctor(false) {
        Ok(report) if report.healthy => {}
        other => outcome
            .wrong
            .push(format!("{what}: the doctor says {other:?}")),
    }
}

fn says_something(gate: &Gate) -> bool {
    match gate.status() {
        LibraryStatus::Open {
            read_only, notices, ..
        } => read_only.is_some() || !notices.is_empty(),
        LibraryStatus::Closed { .. } => true,
    }
}

/// Like [`check`], for a library that may have lost something: counts what is gone, and tells only of what is *wrong*.
fn check_told(library: &Library, acks: &[Ack]) -> (u64, Vec<String>) {
    let (mut gone, mut wrong) = (0, Vec::new());
    for ack in acks {
        match library.sheet().show_at(&ack.id, &ack.commit) {
            Ok(view) if view.sheet.identity.xp == ack.number => {}
            Ok(view) => {
                let there = view.sheet.identity.xp;
                wrong.push(format!(
                    "version {} holds {there}, not {}",
                    ack.version, ack.number
                ));
            }
            Err(_) => gone += 1,
        }
    }
    (gone, wrong)
}

fn build(folder: &Path) -> (Vec<Ack>, Vec<Ack>) {
    let library = Library::open(Settings::new(folder, "Writer")).expect("a library");
    let names = ["Writer 0", "Writer 1", "Writer 2"];
    let mut views: Vec<_> = names
        .iter()
        .map(|name| character(&library, name).expect("a character"))
        .collect();
    let mut write = |numbers: std::ops::Range<i32>| -> Vec<Ack> {
        numbers
            .map(|number| {
                let which = number as usize % views.len();
                views[which] = edit(&library, &views[which], number).expect("an edit");
                ack(&views[which], number)
            })
            .collect()
    };
    let before = write(1..EDITS + 1);
    library.health().backup().expect("a backup");
    let after = write(EDITS + 1..2 * EDITS + 1);
    (before, after)
}

/// Spoils one file of a folder in a random way; says how.
fn spoil(folder: &Path, random: &mut fastrand::Rng) -> String {
    let mut files = Vec::new();
    list(folder, &mut files);
    files.sort();
    let path = &files[random.usize(0..files.len())];
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .expect("a file to spoil");
    let length = file.metadata().expect("its length").len().max(1);
    let at = random.u64(0..length);
    match random.u8(0..4) {
        0 => {
            let mut byte = [0];
            file.seek(SeekFrom::Start(at)).expect("a place");
            let _ = file.read(&mut byte);
            byte[0] ^= 1 << random.u8(0..8);
            file.seek(SeekFrom::Start(at)).expect("a place");
            file.write_all(&byte).expect("a flipped bit");
            format!("a bit of {name} flipped at {at} of {length}")
        }
        1 => {
            let page = at / 4096 * 4096;
            file.seek(SeekFrom::Start(page)).expect("a place");
            let zeros = vec![0; usize::try_from((length - page).min(4096)).unwrap_or(1)];
            file.write_all(&zeros).expect("a zeroed page");
            format!("a page of {name} zeroed at {page} of {length}")
        }
        2 => {
            file.set_len(at).expect("a shorter file");
            format!("{name} cut to {at} of {length}")
        }
        _ => {
            fs::remove_file(path).expect("one file less");
            format!("{name} deleted")
        }
    }
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(&path, found)
        } else {
            found.push(path)
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).expect("a copied file");
        }
    }
}
