//! Files that go in and out: Forkbeard's own JSON, and the demo party.
//!
//! A file is `{ "forkbeard": "characters", "version": 1, "characters": [ source, … ], "assets": { hash: base64, … } }`. It holds what
//! people wrote and nothing that can be computed. One document alone is read as well. Files of other programs are recognised and
//! read by the crate of that name; see [`Exchange::preview`].

mod files;
mod foreign;
mod incoming;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

pub use ::exchange::Fate;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use history::{Action, BranchName, CommitKind, DocumentId, Hash, Tree};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use self::files::{
    FileConflict, FileDifference, FileLabels, FileTone, MergedFile, diff_files, load, merge_files,
    save,
};
pub use self::incoming::Incoming;
use crate::library::Library;
use crate::sheet::read_source;
use crate::wire::{ImportReport, Imported, ImportedAs, OnDuplicate, ReadAs};
use crate::writing::{Draft, Naming, WriteError};
use crate::{Code, Failure};

/// The largest file taken in, in bytes.
pub const MAX_FILE: u64 = 64 << 20;
/// The most characters in one file.
pub const MAX_CHARACTERS: usize = 2_000;
/// The version of the file format written here.
const VERSION: u32 = 1;
/// What a file of characters says it is.
const MARK: &str = "characters";

/// The demo party: its characters, as the files in the repository hold them.
const DEMO: &[&str] = &include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// Serves files; made by [`Library::exchange`].
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    pub(crate) library: &'a Library,
}

/// A file of characters.
#[derive(Serialize, Deserialize)]
struct CharactersFile {
    forkbeard: String,
    version: u32,
    characters: Vec<Value>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    assets: Map<String, Value>,
    /// Whether it was one document and nothing around it.
    #[serde(skip)]
    bare: bool,
}

impl Exchange<'_> {
    /// Writes characters, with their pictures, as a file that [`Exchange::import`] reads.
    ///
    /// # Errors
    /// A character that is not there, or a picture that cannot be read.
    pub fn export(&self, ids: &[String]) -> Result<Vec<u8>, Failure> {
        self.library.timed("exchange.export", || {
            let mut file = CharactersFile {
                forkbeard: MARK.to_owned(),
                version: VERSION,
                characters: Vec::new(),
                assets: Map::new(),
                bare: false,
            };
            for id in ids {
                let document: DocumentId = id.parse()?;
                let (_, tree) = self.library.tip(document, &BranchName::main())?;
                let value = self.library.seen(&tree).to_value();
                for hash in picture_hashes(&value) {
                    if let Some(bytes) = self.library.pictures.get(&hash)? {
                        let text = BASE64_STANDARD.encode(bytes);
                        file.assets.insert(hash.to_string(), Value::from(text));
                    }
                }
                file.characters.push(value);
            }
            let mut bytes = serde_json::to_vec_pretty(&file).map_err(Failure::internal)?;
            bytes.push(b'\n');
            Ok(bytes)
        })
    }

    /// Writes characters to a file; an existing file is replaced only when the new one is complete.
    ///
    /// # Errors
    /// See [`Exchange::export`]; also a place that cannot be written.
    pub fn export_to(&self, ids: &[String], path: &Path) -> Result<(), Failure> {
        let bytes = self.export(ids)?;
        vault::write_atomically(path, &bytes).map_err(|error| file_failure(path, "written", &error))
    }

    /// Reads a file of characters from disk; see [`Exchange::import`].
    ///
    /// # Errors
    /// A file that is not there, too large, or not of this format.
    pub fn import_file(&self, path: &Path, on: OnDuplicate) -> Result<ImportReport, Failure> {
        self.import_file_as(path, ReadAs::Auto, on)
    }

    /// Reads a file of characters from disk as a kind of file; see [`Exchange::import_as`].
    ///
    /// # Errors
    /// See [`Exchange::import_file`].
    pub fn import_file_as(
        &self,
        path: &Path,
        read_as: ReadAs,
        on: OnDuplicate,
    ) -> Result<ImportReport, Failure> {
        let (bytes, name) = read_file(path)?;
        self.import_as(&bytes, &name, read_as, on)
    }

    /// Takes in the characters of a file: those that can be read, in one command; the report tells of each.
    ///
    /// # Errors
    /// Bytes that are too many, no JSON, or not of this format; then nothing is taken in.
    pub fn import(&self, bytes: &[u8], on: OnDuplicate) -> Result<ImportReport, Failure> {
        self.import_as(bytes, "", ReadAs::Auto, on)
    }

    /// Takes in the characters of a file that is read as a kind of file; the original of another program's is kept.
    ///
    /// # Errors
    /// See [`Exchange::import`].
    pub fn import_as(
        &self,
        bytes: &[u8],
        file_name: &str,
        read_as: ReadAs,
        on: OnDuplicate,
    ) -> Result<ImportReport, Failure> {
        self.library.timed("exchange.import", || {
            let mut report = ImportReport {
                characters: Vec::new(),
                notices: Vec::new(),
            };
            let file = if foreign::is_foreign(bytes, file_name, read_as) {
                self.take_foreign(bytes, &mut report)?
            } else {
                parse(bytes)?
            };
            self.take_pictures(&file.assets, &mut report);
            let naming = self.library.naming();
            let mut batch = Batch {
                drafts: Vec::new(),
                handles: BTreeSet::new(),
                naming: &naming,
            };
            for value in file.characters {
                let name = name_of(&value);
                let done = self.place(value, on, &mut batch);
                report.characters.push(match done {
                    Ok((result, id, handle)) => Imported {
                        name,
                        id: Some(id.to_string()),
                        handle: Some(handle),
                        result,
                    },
                    Err(failure) => Imported {
                        name,
                        id: None,
                        handle: None,
                        result: ImportedAs::Refused { failure },
                    },
                });
            }
            if !batch.drafts.is_empty() {
                self.library
                    .write_all(batch.drafts, Action::Import)
                    .map_err(WriteError::into_failure)?;
            }
            Ok(report)
        })
    }

    /// Takes in the demo party: six characters, two NPCs and three monsters of one campaign.
    ///
    /// # Errors
    /// A library that cannot be written.
    pub fn import_demo(&self) -> Result<ImportReport, Failure> {
        let mut all = ImportReport {
            characters: Vec::new(),
            notices: Vec::new(),
        };
        for file in DEMO {
            let report = self.import(file.as_bytes(), OnDuplicate::Skip)?;
            all.characters.extend(report.characters);
            all.notices.extend(report.notices);
        }
        Ok(all)
    }

    /// Keeps the pictures of a file; one that cannot be kept is told and the characters come without it.
    fn take_pictures(&self, assets: &Map<String, Value>, report: &mut ImportReport) {
        for (name, text) in assets {
            let kept = (|| {
                let wanted: Hash = name.parse()?;
                let text = text.as_str().unwrap_or_default();
                let bytes = BASE64_STANDARD
                    .decode(text)
                    .map_err(|_| Failure::new(Code::Invalid, "It is not base64.", ""))?;
                if Hash::of(&bytes) != wanted {
                    return Err(Failure::new(
                        Code::Invalid,
                        "Its content is not what its name says.",
                        "",
                    ));
                }
                self.library.assets().put(&bytes)
            })();
            if let Err(failure) = kept {
                let short: String = name.chars().take(12).collect();
                report.notices.push(format!(
                    "Picture {short}… was left out. {}",
                    failure.message
                ));
            }
        }
    }

    /// Gives what a file makes of a character: what is kept from whoever brings it stays as it is.
    fn unseen_kept(&self, tree: &Tree, incoming: Tree) -> Tree {
        let seen = self.library.seen(tree);
        if seen == *tree {
            return incoming;
        }
        let incoming = self.library.seen(&incoming);
        history::merge(&seen, &incoming, tree, sheet::policies()).tree
    }

    /// Decides what becomes of one character and drafts its commit.
    fn place(
        &self,
        mut value: Value,
        on: OnDuplicate,
        batch: &mut Batch<'_>,
    ) -> Result<(ImportedAs, DocumentId, String), Failure> {
        give_handle(&mut value);
        sheet::check_document(&value)?;
        let source = read_source(&Tree::from_value(value.clone())?)?;
        let handle = source.record.handle.clone();
        let index = self.library.roster_index()?;
        let present = index.owner_of(&handle);
        drop(index);
        if let Some(document) = present {
            let (tip, tree) = self.library.tip(document, &BranchName::main())?;
            let incoming = self.unseen_kept(&tree, Tree::from_value(value.clone())?);
            if tree == incoming || on == OnDuplicate::Skip {
                return Ok((ImportedAs::Skipped, document, handle));
            }
            if on == OnDuplicate::Update && batch.handles.insert(handle.clone()) {
                self.library
                    .check_owned(&BranchName::main(), &tree, &incoming)?;
                batch.drafts.push(Draft::on_main(
                    document,
                    vec![tip],
                    incoming,
                    CommitKind::Import,
                ));
                return Ok((ImportedAs::Updated, document, handle));
            }
        }
        let mut free = self.library.roster().free_handle(&handle, batch.naming)?;
        // Two of one file may want the same handle, and the first of them is not in the library yet.
        let mut n = 2;
        while !batch.handles.insert(free.clone()) {
            let stem: String = handle.chars().take(50).collect();
            free = self
                .library
                .roster()
                .free_handle(&format!("{stem}-{n}"), batch.naming)?;
            n += 1;
        }
        let copied = free != handle;
        set_handle(&mut value, &free);
        let document = DocumentId(self.library.settings.clock.new_id());
        let tree = Tree::from_value(value)?;
        batch.drafts.push(Draft::on_main(
            document,
            Vec::new(),
            tree,
            CommitKind::Import,
        ));
        let result = if copied {
            ImportedAs::Copy
        } else {
            ImportedAs::New
        };
        Ok((result, document, free))
    }
}

/// What one import is about to write.
struct Batch<'a> {
    drafts: Vec<Draft>,
    handles: BTreeSet<String>,
    naming: &'a Naming<'a>,
}

fn parse(bytes: &[u8]) -> Result<CharactersFile, Failure> {
    let size = bytes.len() as u64;
    if size > MAX_FILE {
        return Err(too_large(size));
    }
    let not_ours = |detail: String| {
        Failure::new(
            Code::Invalid,
            format!("This is not a file of Forkbeard characters: {detail}."),
            "Choose a file that Forkbeard exported (`.forkbeard` or `.json`).",
        )
    };
    // A byte order mark is what editors on other systems leave; it means nothing.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| not_ours(error.to_string()))?;
    let file = if value.get("format").is_some() {
        CharactersFile {
            forkbeard: MARK.to_owned(),
            version: VERSION,
            characters: vec![value],
            assets: Map::new(),
            bare: true,
        }
    } else {
        serde_json::from_value(value).map_err(|error| not_ours(error.to_string()))?
    };
    if file.forkbeard != MARK {
        return Err(not_ours(format!(
            "it says it is `{}`",
            crate::text::line(&file.forkbeard, 40)
        )));
    }
    if file.version > VERSION {
        return Err(Failure::new(
            Code::NewerSchema,
            format!(
                "The file is of format {}, and this Forkbeard knows {VERSION}.",
                file.version
            ),
            "Update Forkbeard, or export it from there again.",
        ));
    }
    if file.characters.len() > MAX_CHARACTERS {
        return Err(Failure::new(
            Code::TooLarge,
            format!("The file holds {} characters.", file.characters.len()),
            format!("Split it into files of at most {MAX_CHARACTERS}."),
        ));
    }
    Ok(file)
}

/// Reads a file from disk: its bytes and its name.
fn read_file(path: &Path) -> Result<(Vec<u8>, String), Failure> {
    let read = |error: std::io::Error| file_failure(path, "read", &error);
    let file = std::fs::File::open(path).map_err(read)?;
    let size = file.metadata().map_err(read)?.len();
    if size > MAX_FILE {
        return Err(too_large(size));
    }
    let mut bytes = Vec::new();
    // A pipe or a growing file has no honest size: one byte past the limit tells.
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(read)?;
    let name = path.file_name().unwrap_or_default();
    Ok((bytes, name.to_string_lossy().into_owned()))
}

fn too_large(size: u64) -> Failure {
    Failure::new(
        Code::TooLarge,
        format!(
            "The file has {} MB; the limit is {} MB.",
            size >> 20,
            MAX_FILE >> 20
        ),
        "Export fewer characters at a time.",
    )
}

pub(crate) fn file_failure(path: &Path, what: &str, error: &std::io::Error) -> Failure {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => Code::NotFound,
        std::io::ErrorKind::StorageFull => Code::DiskFull,
        _ => Code::Invalid,
    };
    Failure::new(
        code,
        format!("`{}` cannot be {what}: {error}.", path.display()),
        "Check the name, and that you may use that folder.",
    )
}

/// The name a person would know a character of a file by, even if the rest of it cannot be read.
fn name_of(value: &Value) -> String {
    let at = |path: &str| {
        value
            .pointer(path)
            .and_then(Value::as_str)
            .filter(|name| !name.is_empty())
    };
    let name = at("/record/display_name")
        .or_else(|| at("/identity/name"))
        .unwrap_or("(no name)");
    crate::text::line(name, 60)
}

/// Gives a character of a file that lacks a handle or a name in the library what its other names say.
fn give_handle(value: &mut Value) {
    let at = |path: &str| {
        value
            .pointer(path)
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
    };
    let name = at("/record/display_name").or_else(|| at("/identity/name"));
    let handle = at("/record/handle");
    let Some(document) = value.as_object_mut() else {
        return;
    };
    let record = document
        .entry("record")
        .or_insert_with(|| Value::Object(Map::new()));
    let Some(record) = record.as_object_mut() else {
        return;
    };
    let name = name.unwrap_or_else(|| "Unnamed".to_owned());
    let handle = handle.map_or_else(|| sheet::handle_from(&name), |handle| handle.to_lowercase());
    record.insert("handle".to_owned(), Value::from(handle));
    record
        .entry("display_name")
        .or_insert_with(|| Value::from(name));
}

fn set_handle(value: &mut Value, handle: &str) {
    if let Some(cell) = value.pointer_mut("/record/handle") {
        *cell = Value::from(handle);
    }
}

/// Lists the pictures a character names.
fn picture_hashes(value: &Value) -> BTreeSet<Hash> {
    ["/record/avatar", "/identity/appearance/portrait"]
        .iter()
        .filter_map(|path| value.pointer(path)?.as_str()?.parse().ok())
        .collect()
}
