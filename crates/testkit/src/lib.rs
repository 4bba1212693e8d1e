//! Builders and temporary libraries for tests; never part of a product.

#![allow(clippy::unwrap_used, clippy::expect_used)] // for tests: failing is their way to speak

mod dice;
pub mod scenarios;

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use services::wire::{CellEdit, EditOutcome, EditRequest, NewCharacter, QuickCharacter, SheetView};
use services::{Library, Settings};
use tempfile::TempDir;

pub use dice::Dice;

/// A library in a folder of its own that goes away with it.
pub struct TestLibrary {
    folder: TempDir,
    library: Option<Arc<Library>>,
}

impl Default for TestLibrary {
    fn default() -> Self {
        TestLibrary::new()
    }
}

impl TestLibrary {
    /// Opens an empty library, with the machine's own clock.
    pub fn new() -> TestLibrary {
        let folder = TempDir::new().expect("a temporary folder");
        let library = Some(open(&folder.path().join("library")));
        TestLibrary { folder, library }
    }

    /// Gives the library.
    pub fn library(&self) -> &Arc<Library> {
        self.library.as_ref().expect("the library is open")
    }

    /// Gives the library's folder.
    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("library")
    }

    /// Closes the library and opens it again, as another start of the program would.
    pub fn reopen(&mut self) {
        self.library = None;
        self.library = Some(open(&self.path()));
    }

    /// Closes the library, turns a bit in the last third of its ledger, and opens it again: it can be read only then.
    pub fn damage(&mut self) {
        self.library = None;
        let ledger = self.path().join("ledger/000001.log");
        let mut bytes = std::fs::read(&ledger).expect("a ledger");
        let place = bytes.len() - bytes.len() / 3;
        bytes[place] ^= 0x40;
        std::fs::write(&ledger, bytes).expect("a ledger that is written");
        // Read from its beginning, as after a crash.
        std::fs::remove_dir_all(self.path().join("sled")).expect("an index");
        std::fs::remove_file(self.path().join("clean")).expect("a mark");
        self.library = Some(open(&self.path()));
    }

    /// Makes a player character.
    pub fn character(&self, name: &str) -> SheetView {
        let new = NewCharacter {
            display_name: name.to_owned(),
            handle: None,
            kind: sheet::Kind::Character,
            owner: "Maren".to_owned(),
            built: false,
        };
        self.library()
            .roster()
            .create(&new)
            .expect("a new character")
    }

    /// Makes a player character of some levels in a class, every choice made.
    pub fn built(&self, class: &str, levels: usize) -> SheetView {
        let asked = QuickCharacter {
            display_name: "Mira Thornway".to_owned(),
            owner: "Maren".to_owned(),
            levels: vec![class.to_owned(); levels],
            ..QuickCharacter::default()
        };
        self.library()
            .roster()
            .quick(&asked)
            .expect("a character of the rules")
    }

    /// Sets one cell of a sheet that was looked at.
    pub fn set(&self, view: &SheetView, cell: &str, value: impl Into<Value>) -> EditOutcome {
        let request = EditRequest {
            id: view.id.clone(),
            branch: None,
            base: view.commit.clone(),
            changes: vec![CellEdit::Set {
                path: cell.to_owned(),
                value: value.into(),
            }],
            message: None,
        };
        self.library()
            .sheet()
            .edit(&request)
            .expect("an edit that is taken")
    }

    /// Sets one cell and gives the sheet after it.
    pub fn saved(&self, view: &SheetView, cell: &str, value: impl Into<Value>) -> SheetView {
        saved(self.set(view, cell, value))
    }
}

/// Gives the sheet after an edit that must have been saved.
pub fn saved(outcome: EditOutcome) -> SheetView {
    match outcome {
        EditOutcome::Saved { view, .. } => *view,
        other => panic!("expected an edit to be saved, got {other:?}"),
    }
}

fn open(folder: &Path) -> Arc<Library> {
    Arc::new(Library::open(Settings::new(folder, "Maren")).expect("a library that opens"))
}
