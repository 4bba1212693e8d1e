//! Deciding: which edits settle an open conflict.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Open, SECTION, all, conflict_cell, is_moot, read_at};
use crate::change::Edit;
use crate::{CellPath, Policies, Policy, Tree};

/// Says how a conflict is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// As a side has it, counted from 0: ours is 0, theirs 1. The first side's thing keeps what was changed in it since.
    Side(usize),
    /// As it was before.
    Base,
    /// As a person says; `None` removes the cell.
    Value(Option<Value>),
    /// All sides stand: of a keyed thing each side under an id of its own, of a text one after the other, of a set the union.
    Both,
}

/// Says why a conflict cannot be decided so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// There is no open conflict about the cell.
    #[error("there is no open conflict about `{0}`")]
    NotOpen(CellPath),
    /// The conflict has fewer sides.
    #[error("the conflict about `{at}` has {sides} sides")]
    NoSuchSide {
        /// The cell.
        at: CellPath,
        /// How many sides there are.
        sides: usize,
    },
    /// The cell has room for one value only.
    #[error("`{0}` holds one value: both cannot stand")]
    OneValue(CellPath),
}

/// Gives the edits that decide the open conflict about a cell, and take it away.
///
/// # Errors
/// No open conflict, a side that it does not have, both where there is room for one.
pub fn resolve(
    tree: &Tree,
    path: &CellPath,
    how: &Resolution,
    policies: &Policies,
) -> Result<Vec<Edit>, ResolveError> {
    let open = read_at(tree, path).ok_or_else(|| ResolveError::NotOpen(path.clone()))?;
    let mut edits = decide(tree, &open, how, policies)?;
    let last = super::count(tree) <= 1;
    edits.push(Edit::Remove {
        path: if last {
            CellPath::from_segments([SECTION])
        } else {
            conflict_cell(path)
        },
    });
    Ok(edits)
}

/// Gives the edits that decide all open conflicts at or within a cell in one way; the root stands for the whole document.
///
/// The second part lists those that cannot be decided so (no such side, no room for both) and stay open.
pub fn resolve_within(
    tree: &Tree,
    within: &CellPath,
    how: &Resolution,
    policies: &Policies,
) -> (Vec<Edit>, Vec<CellPath>) {
    let (mut edits, mut done, mut left) = (Vec::new(), BTreeSet::new(), Vec::new());
    for open in all(tree)
        .into_iter()
        .filter(|open| open.path.is_within(within))
    {
        match decide(tree, &open, how, policies) {
            Ok(decided) => {
                edits.extend(decided);
                done.insert(conflict_cell(&open.path));
            }
            Err(_) => left.push(open.path),
        }
    }
    if !done.is_empty() && done.len() == super::count(tree) {
        done = BTreeSet::from([CellPath::from_segments([SECTION])]);
    }
    edits.extend(done.into_iter().map(|path| Edit::Remove { path }));
    (edits, left)
}

fn decide(
    tree: &Tree,
    open: &Open,
    how: &Resolution,
    policies: &Policies,
) -> Result<Vec<Edit>, ResolveError> {
    let path = &open.path;
    let value = match how {
        // A thing that was played on with meanwhile stays as it is now.
        Resolution::Side(0) if tree.get(path).is_some_and(|held| held.is_object()) => {
            return Ok(Vec::new());
        }
        Resolution::Side(side) => match open.sides.get(*side) {
            Some(claim) => claim.value.clone(),
            None => {
                return Err(ResolveError::NoSuchSide {
                    at: path.clone(),
                    sides: open.sides.len(),
                });
            }
        },
        Resolution::Base => open.base.clone(),
        Resolution::Value(value) => value.clone(),
        Resolution::Both => return both(tree, open, policies),
    };
    // Whatever is decided about a part of a thing that is gone must not bring a piece of it back.
    if is_moot(tree, path, policies) || tree.get(path) == value {
        return Ok(Vec::new());
    }
    Ok(vec![set(path.clone(), value)])
}

fn set(path: CellPath, value: Option<Value>) -> Edit {
    match value {
        Some(value) => Edit::Set { path, value },
        None => Edit::Remove { path },
    }
}

fn both(tree: &Tree, open: &Open, policies: &Policies) -> Result<Vec<Edit>, ResolveError> {
    let path = &open.path;
    let one_value = || ResolveError::OneValue(path.clone());
    let values: Vec<&Value> = open
        .sides
        .iter()
        .filter_map(|side| side.value.as_ref())
        .collect();
    if is_moot(tree, path, policies) {
        return Ok(Vec::new());
    }
    if policies.entry_of(path).as_ref() == Some(path) {
        return Ok(apart(tree, path, &values));
    }
    let joined = match policies.of(path) {
        Policy::Prose => {
            let texts: Option<Vec<&str>> = values.iter().map(|value| value.as_str()).collect();
            Value::from(texts.ok_or_else(one_value)?.join("\n\n"))
        }
        Policy::Set => {
            let mut union = Map::new();
            for value in values {
                let members = value.as_object().ok_or_else(one_value)?.clone();
                union.extend(
                    members
                        .into_iter()
                        .filter(|(_, is)| is == &Value::Bool(true)),
                );
            }
            Value::Object(union)
        }
        _ => return Err(one_value()),
    };
    Ok(vec![set(path.clone(), Some(joined))])
}

/// Puts the first thing where it stood and each other beside it, under the next free id made of its own.
fn apart(tree: &Tree, path: &CellPath, values: &[&Value]) -> Vec<Edit> {
    let (Some(around), Some(id)) = (path.parent(), path.last()) else {
        return Vec::new();
    };
    let mut next = 2;
    let mut edits = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let mut place = path.clone();
        while at > 0 && (place == *path || tree.get(&place).is_some()) {
            place = around.child(&beside(id, next));
            next += 1;
        }
        edits.push(set(place, Some((*value).clone())));
    }
    edits
}

/// Makes an id out of another, no longer than ids may be.
fn beside(id: &str, number: usize) -> String {
    let short: String = id.chars().take(56).collect();
    format!("{short}-{number}")
}
