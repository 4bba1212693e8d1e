//! Files of characters without a library: two compared, three merged, as a version control system asks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use history::conflicts::{self, Line, Resolution};
use history::{Ancestor, Change, Merge, Side, Tree, edit, merge_from};
use rules::Content;
use serde::Serialize;
use serde_json::{Map, Value};
use sheet::Source;

use super::{
    CharactersFile, MARK, VERSION, file_failure, name_of, parse, picture_hashes, read_file,
};
use crate::history::difference::{Rules, in_sections, two_layers};
use crate::text::count;
use crate::wire::{DifferenceSection, Strategy};
use crate::words::label;
use crate::worked::Worked;
use crate::{Code, Failure};

/// What merging three files came to.
#[derive(Debug, Clone, Serialize)]
pub struct MergedFile {
    /// The merged file; conflicts that are left open stand in the characters, beside the cells they are about.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// The conflicts that are left open.
    pub conflicts: Vec<FileConflict>,
    /// How many cells both sides changed in ways that settled themselves.
    pub settled: u32,
}

/// A conflict in a file, left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileConflict {
    /// The character, by its handle.
    pub character: String,
    /// The cell; empty is the whole character.
    pub path: String,
    /// What the cell is called.
    pub label: String,
}

/// How one character differs between two files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileDifference {
    /// The character, by its handle.
    pub character: String,
    /// Whether it is only in the second file, only in the first, or in both.
    pub tone: FileTone,
    /// The sections that differ.
    pub sections: Vec<DifferenceSection>,
}

/// In which of two files a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileTone {
    /// Only in the second.
    Added,
    /// Only in the first.
    Removed,
    /// In both.
    Changed,
}

/// What the sides of a merge of files are called.
#[derive(Debug, Clone, Copy)]
pub struct FileLabels<'a> {
    /// This side.
    pub ours: &'a str,
    /// The other side.
    pub theirs: &'a str,
}

/// Merges what two sides made of one file of characters. An empty base is none: both made the file.
///
/// Characters belong together by their handles, and where each file holds just one by that. What cannot be settled stays in the
/// file as a conflict that Forkbeard shows and decides, holding ours for the time being; with a strategy nothing stays open.
///
/// # Errors
/// A file that is none of Forkbeard's characters, or that holds two of one handle.
pub fn merge_files(
    base: &[u8],
    ours: &[u8],
    theirs: &[u8],
    labels: FileLabels<'_>,
    strategy: Option<Strategy>,
) -> Result<MergedFile, Failure> {
    let base = match base.iter().all(u8::is_ascii_whitespace) {
        true => Characters::default(),
        false => Characters::read(base)?,
    };
    let (ours, theirs) = (Characters::read(ours)?, Characters::read(theirs)?);
    let mut done = Done::default();
    let alone = [&base, &ours, &theirs]
        .iter()
        .all(|file| file.trees.len() <= 1);
    let mut names: Vec<&String> = ours.order.iter().collect();
    names.extend(
        theirs
            .order
            .iter()
            .filter(|name| !ours.trees.contains_key(*name)),
    );
    if alone {
        names.truncate(1);
    }
    for name in names {
        let of = |file: &Characters| match alone {
            true => file.trees.values().next().cloned(),
            false => file.trees.get(name).cloned(),
        };
        let merging = Merging {
            name,
            labels,
            strategy,
        };
        merging.merge(of(&base), of(&ours), of(&theirs), &mut done)?;
    }
    let mut assets = theirs.assets;
    assets.extend(ours.assets);
    let bytes = write(done.characters, assets, ours.bare && theirs.bare)?;
    Ok(MergedFile {
        bytes,
        conflicts: done.conflicts,
        settled: count(done.settled),
    })
}

/// Compares two files of characters: what people changed, and what the rules of the program's own content make of it.
///
/// # Errors
/// A file that is none of Forkbeard's characters, or that holds two of one handle.
pub fn diff_files(before: &[u8], after: &[u8]) -> Result<Vec<FileDifference>, Failure> {
    let (before, after) = (Characters::read(before)?, Characters::read(after)?);
    let alone = before.trees.len() == 1 && after.trees.len() == 1;
    let names: BTreeSet<&String> = match alone {
        true => after.trees.keys().collect(),
        false => before.trees.keys().chain(after.trees.keys()).collect(),
    };
    let mut differences = Vec::new();
    for name in names {
        let was = match alone {
            true => before.trees.values().next(),
            false => before.trees.get(name),
        };
        let now = after.trees.get(name);
        let tone = match (was, now) {
            (None, _) => FileTone::Added,
            (_, None) => FileTone::Removed,
            _ => FileTone::Changed,
        };
        let sections = match (was, now) {
            (Some(was), Some(now)) if was != now => {
                let (changes, consequences) = two_layers(&NoLibrary, was, now)?;
                in_sections(changes, consequences)
            }
            (Some(_), Some(_)) => continue,
            _ => Vec::new(),
        };
        differences.push(FileDifference {
            character: name.clone(),
            tone,
            sections,
        });
    }
    Ok(differences)
}

/// Reads a file from disk.
///
/// # Errors
/// A file that is not there, too large, or cannot be read.
pub fn load(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(read_file(path)?.0)
}

/// Writes a file; an existing one is replaced only when the new one is complete.
///
/// # Errors
/// A place that cannot be written.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    vault::write_atomically(path, bytes).map_err(|error| file_failure(path, "written", &error))
}

/// A file of characters, taken apart.
#[derive(Default)]
struct Characters {
    trees: BTreeMap<String, Tree>,
    /// The handles as they stand in the file.
    order: Vec<String>,
    assets: Map<String, Value>,
    /// Whether the file is one character and nothing around it.
    bare: bool,
}

impl Characters {
    fn read(bytes: &[u8]) -> Result<Characters, Failure> {
        let file = parse(bytes)?;
        let mut read = Characters {
            bare: file.bare,
            assets: file.assets,
            ..Characters::default()
        };
        for value in file.characters {
            let name = match value.pointer("/record/handle").and_then(Value::as_str) {
                Some(handle) if !handle.is_empty() => handle.to_lowercase(),
                _ => name_of(&value),
            };
            sheet::check_document(&value)?;
            let tree = Tree::from_value(value)?;
            if read.trees.insert(name.clone(), tree).is_some() {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("The file holds two characters called `{name}`."),
                    "Give each a handle of its own.",
                ));
            }
            read.order.push(name);
        }
        Ok(read)
    }
}

/// What was merged so far.
#[derive(Default)]
struct Done {
    characters: Vec<Value>,
    conflicts: Vec<FileConflict>,
    settled: usize,
}

/// Merges one character.
struct Merging<'a> {
    name: &'a str,
    labels: FileLabels<'a>,
    strategy: Option<Strategy>,
}

impl Merging<'_> {
    fn merge(
        &self,
        base: Option<Tree>,
        ours: Option<Tree>,
        theirs: Option<Tree>,
        done: &mut Done,
    ) -> Result<(), Failure> {
        let (ours, theirs) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (None, None) => return Ok(()),
            (one, other) => {
                let gone_from_ours = one.is_none();
                self.gone(base, one.or(other), gone_from_ours, done);
                return Ok(());
            }
        };
        let ancestor = base.map_or_else(Ancestor::none, Ancestor::of);
        let policies = sheet::policies();
        let merge = merge_from(&ancestor, &ours, &theirs, Side::Theirs, policies);
        done.settled += merge.automatic().count();
        let tree = self.with_conflicts(&merge, &ours, &theirs)?;
        for open in conflicts::open(&tree, policies) {
            done.conflicts.push(FileConflict {
                character: self.name.to_owned(),
                label: label(&open.path, &[&tree, &theirs]),
                path: open.path.to_string(),
            });
        }
        done.characters.push(tree.to_value());
        Ok(())
    }

    /// Settles a character that one side lacks: gone where nobody changed it since, otherwise kept and asked about.
    fn gone(&self, base: Option<Tree>, left: Option<Tree>, by_ours: bool, done: &mut Done) {
        let Some(left) = left else {
            return;
        };
        let taken_out = match (&base, self.strategy) {
            (None, _) => false,
            (Some(base), _) if *base == left => true,
            (Some(_), Some(Strategy::Ours)) => by_ours,
            (Some(_), Some(Strategy::Theirs)) => !by_ours,
            (Some(_), _) => false,
        };
        if taken_out {
            return;
        }
        if base.is_some() && self.strategy.is_none() {
            done.conflicts.push(FileConflict {
                character: self.name.to_owned(),
                path: String::new(),
                label: name_of(&left.to_value()),
            });
        }
        done.characters.push(left.to_value());
    }

    /// Writes what is in conflict into the tree, or decides it.
    fn with_conflicts(&self, merge: &Merge, ours: &Tree, theirs: &Tree) -> Result<Tree, Failure> {
        if merge.conflicts().any(|(path, _)| path.is_root()) {
            return Err(Failure::new(
                Code::TooLarge,
                format!(
                    "Merged, `{}` would be larger than a character may be.",
                    self.name
                ),
                "Make one side smaller first.",
            ));
        }
        let lines = [(self.labels.ours, ours), (self.labels.theirs, theirs)];
        let lines = lines.map(|(label, tree)| Line { label, tree });
        let mut tree = conflicts::write(merge, &lines)?;
        let Some(strategy) = self.strategy else {
            return Ok(tree);
        };
        let how = match strategy {
            Strategy::Ours => Resolution::Side(0),
            Strategy::Theirs => Resolution::Side(1),
            Strategy::Base => Resolution::Base,
        };
        for (path, _) in merge.conflicts() {
            let edits = conflicts::resolve(&tree, path, &how, sheet::policies())
                .map_err(Failure::internal)?;
            tree = edit(&tree, edits)?;
        }
        Ok(tree)
    }
}

/// Writes characters as the files they came from: in a frame, or one alone.
fn write(
    characters: Vec<Value>,
    mut assets: Map<String, Value>,
    bare: bool,
) -> Result<Vec<u8>, Failure> {
    let bytes = match (bare, characters.as_slice()) {
        (true, [only]) => serde_json::to_vec_pretty(only),
        _ => {
            let named: BTreeSet<String> = characters
                .iter()
                .flat_map(picture_hashes)
                .map(|hash| hash.to_string())
                .collect();
            assets.retain(|hash, _| named.contains(hash));
            serde_json::to_vec_pretty(&CharactersFile {
                forkbeard: MARK.to_owned(),
                version: VERSION,
                characters,
                assets,
                bare: false,
            })
        }
    };
    let mut bytes = bytes.map_err(Failure::internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Works characters out by the content that stands in the program.
struct NoLibrary;

impl Rules for NoLibrary {
    fn work_out(&self, tree: &Tree) -> Result<Arc<Worked>, Failure> {
        let source = Arc::new(Source::from_tree(tree)?);
        Ok(Arc::new(Worked::derive(source, Content::srd(), None)))
    }

    fn try_out(&self, before: &Worked, changes: &[Change], tree: &Tree) -> Result<Worked, Failure> {
        let cells = changes.iter().map(|change| &change.path);
        let source = Arc::new(before.source.after(cells, tree)?);
        Ok(Worked::derive(source, Content::srd(), Some(before)))
    }
}
