//! The writer: three threads that edit characters as fast as the disk allows, and say each acknowledged edit on standard output.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use serde_json::json;
use services::wire::{CellEdit, EditOutcome, EditRequest, NewCharacter, SheetView};
use services::{Failure, Library, Settings};

use crate::Ack;

/// How many threads write at once.
const THREADS: usize = 3;

/// Writes until somebody ends the process, or a write fails, which is told and not a panic.
///
/// # Errors
/// A library that does not open, or the first write that fails.
pub fn write_for_ever(folder: &Path) -> Result<(), Failure> {
    let library = Arc::new(Library::open(Settings::new(folder, "Writer"))?);
    // Numbers go on where another writer was ended, so that no two edits say the same.
    let next = Arc::new(AtomicI32::new(1));
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..THREADS)
            .map(|n| {
                let (library, next) = (Arc::clone(&library), Arc::clone(&next));
                scope.spawn(move || write(&library, n, &next))
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().expect("a writer that does not panic"))
    })
}

fn write(library: &Library, n: usize, next: &AtomicI32) -> Result<(), Failure> {
    let mut view = character(library, &format!("Writer {n}"))?;
    loop {
        // Never a number that stands there already, or the edit would change nothing.
        let number = next.fetch_add(1, Ordering::Relaxed) % 300_000;
        if view.sheet.identity.xp == number {
            continue;
        }
        view = edit(library, &view, number)?;
        say(&view, number);
    }
}

/// Finds or makes a character by name.
pub(crate) fn character(library: &Library, name: &str) -> Result<SheetView, Failure> {
    match library.roster().by_handle(&sheet::handle_from(name)) {
        Ok(row) => library.sheet().show(&row.id),
        Err(_) => {
            let new = NewCharacter {
                display_name: name.to_owned(),
                handle: None,
                kind: sheet::Kind::Character,
                owner: String::new(),
                built: false,
            };
            let view = library.roster().create(&new)?;
            edit(library, &view, 0).or(Ok(view))
        }
    }
}

/// Sets two cells to one number.
pub(crate) fn edit(library: &Library, view: &SheetView, number: i32) -> Result<SheetView, Failure> {
    let set = |path: &str, value| CellEdit::Set {
        path: path.to_owned(),
        value,
    };
    let outcome = library.sheet().edit(&EditRequest {
        id: view.id.clone(),
        branch: None,
        base: view.commit.clone(),
        changes: vec![
            set("/identity/xp", json!(number)),
            set("/notes", json!(number.to_string())),
        ],
        message: None,
    })?;
    match outcome {
        EditOutcome::Saved { view, .. } | EditOutcome::Unchanged { view } => Ok(*view),
        EditOutcome::Conflict { .. } => Err(Failure::new(
            services::Code::Conflict,
            "Two writers met on one character.",
            "Each has its own.",
        )),
    }
}

pub(crate) fn ack(view: &SheetView, number: i32) -> Ack {
    Ack {
        id: view.id.clone(),
        commit: view.commit.clone(),
        version: view.sheet.version,
        number,
    }
}

fn say(view: &SheetView, number: i32) {
    let mut line = serde_json::to_string(&ack(view, number)).expect("an ack is JSON");
    line.push('\n');
    // One write call a line: the pipe takes it whole or not at all.
    let _ = std::io::stdout().lock().write_all(line.as_bytes());
    let _ = std::io::stdout().flush();
}
