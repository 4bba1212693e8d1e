//! Events that both sides had: what they brought to a tally is counted once.
//!
//! Two DMs enter the award of the same session on two laptops. Both add 300 to the experience, and deltas of tallies add: that would
//! be 600. But both also wrote down the same event, by its id, with what it brought; so the merge knows that 300 of the 600 are the
//! same 300.

use std::collections::BTreeMap;

use super::Sides;
use super::view::{View, same, union_keys};
use crate::{CellPath, Policies, Policy};

/// What events that both sides had brought to one tally, and is in it twice when the deltas are added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Twice {
    /// What is too much, if what our side wrote down holds.
    pub(super) as_ours: i64,
    /// The same, if what their side wrote down holds; the two differ only where the sides do.
    pub(super) as_theirs: i64,
}

/// Finds the tallies to which an event of both sides brought something, whether both added it or both took it back.
pub(super) fn counted_twice(sides: Sides<'_>, policies: &Policies) -> BTreeMap<CellPath, Twice> {
    let mut found = BTreeMap::new();
    let [base, ours, theirs] =
        [sides.base, sides.ours, sides.theirs].map(|tree| View::Node(tree.root()));
    for (pattern, policy) in policies.iter() {
        let (Policy::Counted, [collection @ .., "*", name]) = (policy, pattern.segments()) else {
            continue;
        };
        let events = [base, ours, theirs].map(|root| root.find(collection));
        let [before, mine, yours] = events.map(|events| events.filter(|view| view.is_map()));
        if same(before, mine) || same(before, yours) {
            continue;
        }
        let brought = |event: View<'_>| event.get(name).map(amounts).unwrap_or_default();
        for id in union_keys([before, mine, yours]) {
            match [before, mine, yours].map(|events| events?.get(id)) {
                [None, Some(ours), Some(theirs)] => {
                    note(&mut found, brought(ours), brought(theirs), 1);
                }
                [Some(gone), None, None] => note(&mut found, brought(gone), brought(gone), -1),
                _ => {}
            }
        }
    }
    found
}

fn note(
    found: &mut BTreeMap<CellPath, Twice>,
    ours: BTreeMap<CellPath, i64>,
    theirs: BTreeMap<CellPath, i64>,
    sign: i64,
) {
    // Were ours to hold, what theirs brought is too much, and the other way round.
    for (path, amount) in theirs {
        let twice = found.entry(path).or_default();
        twice.as_ours = twice.as_ours.saturating_add(amount.saturating_mul(sign));
    }
    for (path, amount) in ours {
        let twice = found.entry(path).or_default();
        twice.as_theirs = twice.as_theirs.saturating_add(amount.saturating_mul(sign));
    }
}

/// Reads what an event brought to which tallies; what is no path or no whole number is passed over.
fn amounts(view: View<'_>) -> BTreeMap<CellPath, i64> {
    let amount = |key: &str| Some((key.parse().ok()?, view.get(key)?.integer()?));
    view.keys().into_iter().filter_map(amount).collect()
}
