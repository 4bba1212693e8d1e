//! Why a number came out otherwise: the changes are taken out one at a time, and the sheet is worked out without each.

use std::collections::BTreeMap;

use history::{CellPath, Change, Policy, Tree};

use super::difference::{Rules, thing_of};
use super::figures::{facts, figure_text};
use crate::Failure;
use crate::wire::Consequence;
use crate::worked::Worked;

/// How many things may have changed for each to be tried; beyond, nobody would read the reasons.
const MOST: usize = 48;

/// A version, and the changes that made it.
pub(crate) struct Trial<'a> {
    pub(crate) rules: &'a dyn Rules,
    /// The version with all changes.
    pub(crate) after: &'a Tree,
    /// What the rules make of it.
    pub(crate) worked: &'a Worked,
    /// The changes.
    pub(crate) changes: &'a [Change],
}

impl Trial<'_> {
    /// Works the version out as if some of its changes had not been.
    pub(crate) fn without(&self, changes: &[&Change]) -> Result<Worked, Failure> {
        let undone: Vec<Change> = changes.iter().map(|change| change.inverse()).collect();
        let tree = history::apply(&undone, self.after)?;
        self.rules.try_out(self.worked, &undone, &tree)
    }

    /// Gathers the changes by the thing they are about; what the rules never look at is left out.
    pub(crate) fn things(&self) -> BTreeMap<CellPath, Vec<&Change>> {
        let mut things: BTreeMap<CellPath, Vec<&Change>> = BTreeMap::new();
        for change in self.changes {
            if matters(&change.path) {
                let thing = thing_of(&change.path);
                things.entry(thing).or_default().push(change);
            }
        }
        things
    }
}

/// Tells whether a rule could ask for a cell: none reads prose, order, or the record around the sheet.
fn matters(path: &CellPath) -> bool {
    let silent = matches!(sheet::policies().of(path), Policy::Prose | Policy::Order);
    let first = path.segments().first().map_or("", String::as_str);
    !silent
        && !matches!(
            first,
            "record" | "extra" | "format" | "conflicts" | "allowances"
        )
}

/// Finds out for each consequence without which changes it would not be so.
pub(crate) fn causes(trial: &Trial<'_>, consequences: &mut [Consequence]) -> Result<(), Failure> {
    if consequences.is_empty() {
        return Ok(());
    }
    let things = trial.things();
    if things.len() > MOST {
        return Ok(());
    }
    // With nothing else changed there is nothing to find out.
    if let [only] = things.values().collect::<Vec<_>>().as_slice() {
        for consequence in consequences {
            consequence.because = paths(only);
        }
        return Ok(());
    }
    for changes in things.values() {
        // Taken out alone a change may leave something that cannot be read; then it is no reason that could be named.
        let Ok(without) = trial.without(changes) else {
            continue;
        };
        let facts = facts(&without.sheet);
        for consequence in consequences.iter_mut() {
            if figure_text(&without, &facts, &consequence.path) != consequence.after {
                consequence.because.extend(paths(changes));
            }
        }
    }
    Ok(())
}

fn paths(changes: &[&Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| change.path.to_string())
        .collect()
}
