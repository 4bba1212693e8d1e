//! Taking back one automatic resolution, and nothing else.

use super::{CellOutcome, Outcome};
use crate::change::{Edit, diff};
use crate::{CellPath, Tree};

/// Says whose value a cell shall have instead of the settled one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// What all started from.
    Base,
    /// What a side had, counted from 0 in the order of the merge's sides.
    Side(usize),
}

/// Gives the edits that reverse one listed outcome of a merge and leave all others: its cell becomes what it was in the base or on one
/// side. `merged` is the tree that the merge gave, `sides` the trees that went into it.
///
/// Of events that both sides added, those that the chosen one lacks are taken out. A side that was not there gives no edits, and so
/// does a cell that is as asked already.
pub fn reverse(
    cell: &CellOutcome,
    take: Take,
    merged: &Tree,
    base: &Tree,
    sides: &[&Tree],
) -> Vec<Edit> {
    let chosen = match take {
        Take::Base => base,
        Take::Side(side) => match sides.get(side) {
            Some(tree) => tree,
            None => return Vec::new(),
        },
    };
    if let Outcome::BothHappened { ours, theirs } = &cell.outcome {
        let events = ours.iter().chain(theirs).map(|id| cell.path.child(id));
        return events
            .filter(|event| chosen.get(event).is_none() && merged.get(event).is_some())
            .map(|path| Edit::Remove { path })
            .collect();
    }
    if cell.path.is_root() {
        return diff(merged, chosen)
            .iter()
            .map(crate::Change::to_edit)
            .collect();
    }
    restore(&cell.path, chosen, merged)
}

fn restore(path: &CellPath, chosen: &Tree, merged: &Tree) -> Vec<Edit> {
    let path = path.clone();
    match chosen.get(&path) {
        value if value == merged.get(&path) => Vec::new(),
        Some(value) => vec![Edit::Set { path, value }],
        None => vec![Edit::Remove { path }],
    }
}
