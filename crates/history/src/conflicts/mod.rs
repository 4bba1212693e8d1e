//! Open conflicts as cells of the document, so that the sheet opens, computes and is played on while they wait.
//!
//! ```text
//! /conflicts/<path of the cell, as one segment>
//!     base    what all started from; absent where there was nothing
//!     sides   [{from: "Maren", value: …}, {from: "twin-blades"}]     without a value: removed there
//!     cell    the path, only where it is too long to be a segment
//! ```
//!
//! The cell itself holds the first side's value. As the conflict is a cell like any other, it travels through history, differences,
//! undo and further merges; [`crate::merge()`] knows the section and keeps it: what is resolved on one line is resolved, what was
//! resolved differently on two is open again.

mod resolve;

use serde_json::{Map, Value};

use crate::canonical::to_canonical_json;
use crate::change::{Edit, EditError, edit};
use crate::{CellPath, Conflict, Hash, Merge, Policies, Tree};
pub use resolve::{Resolution, ResolveError, resolve, resolve_within};

/// The section of a document that holds its open conflicts.
pub const SECTION: &str = "conflicts";

/// Begins the name of a conflict whose cell has too long a path to be a name.
const HASHED: char = '#';

/// Holds what one line of history made of a cell in conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Whose it is or which line it came from, a short label.
    pub from: String,
    /// The value; `None` where the cell was removed.
    pub value: Option<Value>,
}

impl Claim {
    /// The label of a value that one line had decided upon before another brought new ones.
    pub const RESOLVED: &'static str = "resolved";
}

/// Holds a conflict that waits in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The cell it is about.
    pub path: CellPath,
    /// What all started from; `None` where there was nothing.
    pub base: Option<Value>,
    /// What each line made of it, at least two; the document holds the first until somebody decides.
    pub sides: Vec<Claim>,
}

/// Names a line of history for whoever reads its conflicts.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Who or which line, a short label.
    pub label: &'a str,
    /// The tree it came with.
    pub tree: &'a Tree,
}

/// Gives the cell that holds the open conflict about a cell.
pub fn conflict_cell(path: &CellPath) -> CellPath {
    CellPath::from_segments([SECTION.to_owned(), name_of(path)])
}

fn name_of(path: &CellPath) -> String {
    let name = path.to_string();
    if name.len() <= CellPath::MAX_SEGMENT {
        name
    } else {
        format!("{HASHED}{}", Hash::of(name.as_bytes()))
    }
}

/// Writes the conflicts of a merge into its tree, beside those that are open in it already.
///
/// Each side is labelled with the lines whose trees hold its value, `lines` in the order of the merge's sides.
///
/// # Errors
/// A document that would break a limit; then the conflicts are too large to be kept, and nothing is written.
pub fn write(merge: &Merge, lines: &[Line<'_>]) -> Result<Tree, EditError> {
    let edits = merge
        .conflicts()
        .filter(|(path, _)| !path.is_root())
        .map(|(path, conflict)| {
            let mut open = Open::of(path, conflict, lines);
            if let Some(earlier) = read_at(&merge.tree, path) {
                open.base = earlier.base;
                open.add(earlier.sides);
            }
            Edit::Set {
                path: conflict_cell(path),
                value: open.to_value(),
            }
        });
    edit(&merge.tree, edits.collect::<Vec<_>>())
}

/// Lists the conflicts that wait in a document, in the order of the cells they are about.
///
/// A conflict within a thing that has been removed since is not listed: there is nothing left to decide. [`resolve_within`] clears it
/// away with the others.
pub fn open(tree: &Tree, policies: &Policies) -> Vec<Open> {
    let live = |open: &Open| !is_moot(tree, &open.path, policies);
    all(tree).into_iter().filter(live).collect()
}

/// Counts the conflicts that wait in a document, without reading them.
pub fn count(tree: &Tree) -> usize {
    match tree.get(&CellPath::from_segments([SECTION])) {
        Some(Value::Object(section)) => section.len(),
        _ => 0,
    }
}

/// Reads every conflict, also those about what is gone.
fn all(tree: &Tree) -> Vec<Open> {
    let Some(Value::Object(section)) = tree.get(&CellPath::from_segments([SECTION])) else {
        return Vec::new();
    };
    let read = |(name, value): (&String, &Value)| Open::read(name, value);
    let mut found: Vec<Open> = section.iter().filter_map(read).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn read_at(tree: &Tree, path: &CellPath) -> Option<Open> {
    Open::read(&name_of(path), &tree.get(&conflict_cell(path))?)
}

/// Tells whether a cell lies in a keyed thing that is not there.
fn is_moot(tree: &Tree, path: &CellPath, policies: &Policies) -> bool {
    policies
        .entry_of(path)
        .is_some_and(|entry| entry != *path && tree.get(&entry).is_none())
}

impl Open {
    /// Labels the sides of a conflict.
    fn of(path: &CellPath, conflict: &Conflict, lines: &[Line<'_>]) -> Open {
        let mut open = Open {
            path: path.clone(),
            base: conflict.base.clone(),
            sides: Vec::new(),
        };
        open.add(conflict.sides.iter().enumerate().map(|(at, value)| {
            let holds = |line: &&Line<'_>| line.tree.get(path) == *value;
            let mut labels: Vec<&str> = lines.iter().filter(holds).map(|line| line.label).collect();
            labels.dedup();
            let from = match (labels.is_empty(), lines.get(at)) {
                (false, _) => labels.join(", "),
                // A value that no line holds as it is: a tally that two events disagree about.
                (true, Some(line)) => line.label.to_owned(),
                (true, None) => format!("line {}", at + 1),
            };
            Claim {
                from,
                value: value.clone(),
            }
        }));
        open
    }

    /// Reads a conflict from its cell; nothing where it is none.
    ///
    /// `name` is the name of its cell within the section.
    pub fn read(name: &str, value: &Value) -> Option<Open> {
        let cell = match value.get("cell") {
            Some(cell) => cell.as_str()?,
            None => name,
        };
        let sides = value.get("sides")?.as_array()?.iter().map(|side| {
            Some(Claim {
                from: side.get("from")?.as_str()?.to_owned(),
                value: side.get("value").cloned(),
            })
        });
        let path: CellPath = cell.parse().ok()?;
        // Under another name nobody would find it to decide it.
        if path.is_root() || name_of(&path) != name {
            return None;
        }
        Some(Open {
            path,
            base: value.get("base").cloned(),
            sides: sides
                .collect::<Option<Vec<_>>>()
                .filter(|sides| !sides.is_empty())?,
        })
    }

    /// Writes the conflict as its cell holds it.
    pub fn to_value(&self) -> Value {
        let mut cell = Map::new();
        if let Some(base) = &self.base {
            cell.insert("base".to_owned(), base.clone());
        }
        if name_of(&self.path).starts_with(HASHED) {
            cell.insert("cell".to_owned(), Value::from(self.path.to_string()));
        }
        let sides = self.sides.iter().map(|side| {
            let mut claim = Map::new();
            claim.insert("from".to_owned(), Value::from(side.from.as_str()));
            if let Some(value) = &side.value {
                claim.insert("value".to_owned(), value.clone());
            }
            Value::Object(claim)
        });
        cell.insert("sides".to_owned(), sides.collect());
        Value::Object(cell)
    }

    /// Adds claims; one whose value is there already only lends its label, if that comes earlier in the alphabet.
    pub(crate) fn add(&mut self, claims: impl IntoIterator<Item = Claim>) {
        for claim in claims {
            match self.sides.iter_mut().find(|side| side.value == claim.value) {
                Some(side) if claim.from < side.from => side.from = claim.from,
                Some(_) => {}
                None => self.sides.push(claim),
            }
        }
    }

    pub(crate) fn sort_key(&self) -> Vec<u8> {
        to_canonical_json(&self.to_value())
    }
}

#[cfg(test)]
mod tests;
