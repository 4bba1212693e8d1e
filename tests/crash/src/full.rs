//! Full disk: a small file system in memory is filled under a working library; then there is room again. Needs root.

use std::path::Path;
use std::process::Command;

use services::{Code, Library, Settings};

use crate::kill::examine;
use crate::writer::{ack, character, edit};
use crate::{Ack, Outcome};

struct Tmpfs<'a>(&'a Path);

impl Drop for Tmpfs<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

/// Fills the disk so many times.
pub fn run(runs: u32) -> Outcome {
    let mut outcome = Outcome::default();
    for run in 0..runs {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
            .arg(folder.path())
            .output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            outcome.notes.push(
                "full disks were skipped: a file system in memory cannot be mounted here"
                    .to_owned(),
            );
            return outcome;
        }
        let _disk = Tmpfs(folder.path());
        outcome.runs += 1;
        fill(folder.path(), &format!("full {run}"), &mut outcome);
    }
    outcome
}

fn fill(disk: &Path, what: &str, outcome: &mut Outcome) {
    let place = disk.join("library");
    let library = Library::open(Settings::new(&place, "Writer")).expect("a library");
    let mut view = character(&library, "Writer 0").expect("a character");
    let mut acks: Vec<Ack> = Vec::new();
    for number in 1..50 {
        view = edit(&library, &view, number).expect("an edit while there is room");
        acks.push(ack(&view, number));
    }
    let filler = disk.join("filler");
    fill_up(&filler);
    // What was written ahead is still there to be used; then the disk says no.
    let mut refusal = None;
    for number in 50..200_000 {
        match edit(&library, &view, number) {
            Ok(next) => {
                view = next;
                acks.push(ack(&view, number));
            }
            Err(failure) => {
                refusal = Some(failure);
                break;
            }
        }
        fill_up(&filler);
    }
    match &refusal {
        Some(failure) if failure.code == Code::DiskFull && !failure.hint.is_empty() => {}
        other => outcome.wrong.push(format!(
            "{what}: expected to be told that the disk is full, got {other:?}"
        )),
    }
    match library.sheet().show(&view.id) {
        Ok(there) if there.commit == view.commit => {}
        other => outcome.wrong.push(format!(
            "{what}: reading did not go on: {:?}",
            other.map(|v| v.commit)
        )),
    }
    std::fs::remove_file(&filler).expect("room again");
    match edit(&library, &view, 250_000) {
        Ok(next) => acks.push(ack(&next, 250_000)),
        Err(failure) => outcome.wrong.push(format!(
            "{what}: writing did not go on when there was room: {failure}"
        )),
    }
    outcome.acknowledged += acks.len() as u64;
    drop(library);
    examine(&place, &acks, outcome, what);
}

fn fill_up(filler: &Path) {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(filler);
    let Ok(mut file) = file else { return };
    for size in [1 << 20, 64 << 10, 4 << 10] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
}
