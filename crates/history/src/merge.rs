//! Three-way merge: two trees that grew from one, cell by cell, after the policy of each cell.
//!
//! Every cell that either side touched gets one [`Outcome`] of a closed vocabulary. What both sides changed in ways that
//! cannot stand together is a [`Conflict`]: a value with base, ours and theirs that can be kept, shown and resolved later.
//! The merge itself never fails and is deterministic, so two machines that merge the same trees agree.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::change::{Edit, edit};
use crate::tree::{Cell, Node};
use crate::{CellPath, Policies, Policy, Tree, merge_prose};

/// Tells how one cell came out of a merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Only our side changed it.
    Ours,
    /// Only their side changed it, and that was taken.
    Theirs,
    /// Both sides made the same change.
    Same,
    /// A tally: both changes were added up.
    Added {
        /// The sum that would have been, where a bound cut it.
        clamped_from: Option<i64>,
    },
    /// A maximum: the larger of the two stands.
    Larger,
    /// A place among siblings, settled without a question.
    Ordered,
    /// Prose in which both changed different words.
    Woven,
    /// Prose in which both changed the same words: both stand, one after the other.
    BothKept,
    /// Both changed it, and one of them has to be chosen; the tree holds ours for the time being.
    Conflict(Conflict),
}

/// Holds a cell that two sides changed differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// What both started from; `None` where there was nothing.
    pub base: Option<Value>,
    /// What our side made of it; `None` where it was removed.
    pub ours: Option<Value>,
    /// What their side made of it; `None` where it was removed.
    pub theirs: Option<Value>,
}

/// Reports the outcome of one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellOutcome {
    /// Which cell.
    pub path: CellPath,
    /// How it came out.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Holds a merged tree and how each touched cell came about.
#[must_use]
#[derive(Debug, Clone)]
pub struct Merge {
    /// The result; a cell in conflict holds our value.
    pub tree: Tree,
    /// Every cell that either side touched, in the order of the paths.
    pub cells: Vec<CellOutcome>,
}

impl Merge {
    /// Walks the cells that need a decision.
    pub fn conflicts(&self) -> impl Iterator<Item = (&CellPath, &Conflict)> {
        self.cells.iter().filter_map(|cell| match &cell.outcome {
            Outcome::Conflict(conflict) => Some((&cell.path, conflict)),
            _ => None,
        })
    }

    /// Tells whether nothing needs a decision.
    pub fn is_clean(&self) -> bool {
        self.conflicts().next().is_none()
    }
}

/// Merges what two sides made of one base.
pub fn merge(base: &Tree, ours: &Tree, theirs: &Tree, policies: &Policies) -> Merge {
    let mut walk = Walk {
        policies,
        path: Vec::new(),
        cells: Vec::new(),
        edits: Vec::new(),
    };
    walk.cell(
        Some(View::Node(base.root())),
        Some(View::Node(ours.root())),
        Some(View::Node(theirs.root())),
        false,
    );
    let Walk {
        mut cells, edits, ..
    } = walk;
    match edit(ours, edits) {
        Ok(tree) => Merge { tree, cells },
        // Only a result beyond the size limit can end here: ours stands, and the whole is the conflict.
        Err(_) => {
            cells.push(CellOutcome {
                path: CellPath::root(),
                outcome: Outcome::Conflict(Conflict {
                    base: Some(base.to_value()),
                    ours: Some(ours.to_value()),
                    theirs: Some(theirs.to_value()),
                }),
            });
            Merge {
                tree: ours.clone(),
                cells,
            }
        }
    }
}

/// Shows a node and an inline object alike.
#[derive(Clone, Copy)]
enum View<'a> {
    Node(&'a Node),
    Value(&'a Value),
}

impl<'a> View<'a> {
    fn same(self, other: View<'_>) -> bool {
        match (self, other) {
            (View::Node(a), View::Node(b)) => a.hash == b.hash,
            (View::Value(a), View::Value(b)) => a == b,
            _ => false,
        }
    }

    fn is_map(self) -> bool {
        matches!(self, View::Node(_) | View::Value(Value::Object(_)))
    }

    fn get(self, key: &str) -> Option<View<'a>> {
        match self {
            View::Node(node) => node.cells().get(key).map(|cell| match cell {
                Cell::Node(node) => View::Node(node),
                Cell::Value(value) => View::Value(value),
            }),
            View::Value(value) => value.as_object()?.get(key).map(View::Value),
        }
    }

    fn keys(self) -> Vec<&'a str> {
        match self {
            View::Node(node) => node.cells().keys().map(String::as_str).collect(),
            View::Value(Value::Object(map)) => map.keys().map(String::as_str).collect(),
            View::Value(_) => Vec::new(),
        }
    }

    fn to_value(self) -> Value {
        match self {
            View::Node(node) => {
                let cells = node.cells().iter().map(|(k, c)| (k.clone(), c.to_value()));
                Value::Object(cells.collect())
            }
            View::Value(value) => value.clone(),
        }
    }

    fn number(self) -> Option<i64> {
        match self {
            View::Value(value) => value.as_i64(),
            View::Node(_) => None,
        }
    }

    fn text(self) -> Option<&'a str> {
        match self {
            View::Value(value) => value.as_str(),
            View::Node(_) => None,
        }
    }
}

fn same(a: Option<View<'_>>, b: Option<View<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.same(b),
        _ => false,
    }
}

struct Walk<'a> {
    policies: &'a Policies,
    path: Vec<&'a str>,
    cells: Vec<CellOutcome>,
    edits: Vec<Edit>,
}

impl<'a> Walk<'a> {
    /// Merges one cell. `fresh` says that it lies in a keyed record which both sides added under the same id: that is one thing added
    /// once, whereas a section that was merely empty in the base is no thing, and its tallies began at nought.
    fn cell(
        &mut self,
        base: Option<View<'a>>,
        ours: Option<View<'a>>,
        theirs: Option<View<'a>>,
        fresh: bool,
    ) {
        let (theirs_same, ours_same) = (same(base, theirs), same(base, ours));
        if theirs_same && ours_same {
            return;
        }
        // Records are gone through cell by cell even where one side left them alone, so that the report is of cells. A record new on
        // one side only, or gone on one, is reported whole.
        if let (Some(o), Some(t)) = (ours, theirs)
            && o.is_map()
            && t.is_map()
            && base.is_none_or(View::is_map)
        {
            let keys: BTreeSet<&str> = [base, ours, theirs]
                .into_iter()
                .flatten()
                .flat_map(View::keys)
                .collect();
            let fresh = fresh || (base.is_none() && self.in_collection());
            if base.is_none() && keys.is_empty() {
                self.report(Outcome::Same);
            }
            for key in keys {
                self.path.push(key);
                let of = |side: Option<View<'a>>| side.and_then(|view| view.get(key));
                self.cell(of(base), of(ours), of(theirs), fresh);
                self.path.pop();
            }
            return;
        }
        if theirs_same {
            self.report(Outcome::Ours);
            return;
        }
        if ours_same {
            self.take(theirs.map(View::to_value));
            self.report(Outcome::Theirs);
            return;
        }
        let outcome = self.settle(base, ours, theirs, fresh);
        self.report(outcome);
    }

    /// Settles a cell that both sides changed and that is no map on both.
    fn settle(
        &mut self,
        base: Option<View<'a>>,
        ours: Option<View<'a>>,
        theirs: Option<View<'a>>,
        fresh: bool,
    ) -> Outcome {
        let policy = self.policies.of(&self.here());
        if let (Policy::Counter { min, max }, false) = (policy, fresh)
            && let (Some(o), Some(t)) = (ours.and_then(View::number), theirs.and_then(View::number))
            && let Some(b) = base.map_or(Some(0), View::number)
        {
            let sum = b
                .saturating_add(o.saturating_sub(b))
                .saturating_add(t.saturating_sub(b));
            let held = sum
                .max(min.unwrap_or(i64::MIN))
                .min(max.unwrap_or(i64::MAX));
            self.take(Some(Value::from(held)));
            return Outcome::Added {
                clamped_from: (held != sum).then_some(sum),
            };
        }
        if same(ours, theirs) {
            return Outcome::Same;
        }
        match (policy, ours, theirs) {
            (Policy::Maximum, Some(o), Some(t)) => {
                if let (Some(x), Some(y)) = (o.number(), t.number()) {
                    if y > x {
                        self.take(Some(t.to_value()));
                    }
                    return Outcome::Larger;
                }
            }
            (Policy::Order, Some(o), Some(t)) => {
                if let (Some(x), Some(y)) = (o.text(), t.text()) {
                    if y > x {
                        self.take(Some(t.to_value()));
                    }
                    return Outcome::Ordered;
                }
            }
            (Policy::Parent, Some(_), Some(t)) => {
                self.take(Some(t.to_value()));
                return Outcome::Ordered;
            }
            (Policy::Prose, Some(o), Some(t)) => {
                if let (Some(x), Some(y)) = (o.text(), t.text()) {
                    let before = base.and_then(View::text).unwrap_or_default();
                    let merged = merge_prose(before, x, y);
                    self.take(Some(Value::from(merged.text)));
                    return if merged.overlapped {
                        Outcome::BothKept
                    } else {
                        Outcome::Woven
                    };
                }
            }
            _ => {}
        }
        Outcome::Conflict(Conflict {
            base: base.map(View::to_value),
            ours: ours.map(View::to_value),
            theirs: theirs.map(View::to_value),
        })
    }

    /// Tells whether the cell stands directly in a collection of keyed records.
    fn in_collection(&self) -> bool {
        let Some((_, around)) = self.path.split_last() else {
            return false;
        };
        let around = CellPath::from_segments(around.iter().copied());
        matches!(self.policies.of(&around), Policy::Keyed | Policy::Event)
    }

    fn here(&self) -> CellPath {
        CellPath::from_segments(self.path.iter().copied())
    }

    fn take(&mut self, value: Option<Value>) {
        let path = self.here();
        self.edits.push(match value {
            Some(value) => Edit::Set { path, value },
            None => Edit::Remove { path },
        });
    }

    fn report(&mut self, outcome: Outcome) {
        let path = self.here();
        self.cells.push(CellOutcome { path, outcome });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policies() -> Policies {
        Policies::new([
            (
                "/c/*",
                Policy::Counter {
                    min: Some(0),
                    max: Some(20),
                },
            ),
            ("/x", Policy::Keyed),
            (
                "/x/*/n",
                Policy::Counter {
                    min: Some(0),
                    max: None,
                },
            ),
            ("/m", Policy::Maximum),
            ("/r", Policy::Order),
            ("/p", Policy::Prose),
        ])
    }

    /// Merges three documents; the result and `path outcome` of each touched cell.
    fn run(base: Value, ours: Value, theirs: Value) -> (Value, Vec<String>) {
        let tree = |v: Value| Tree::from_value(v).unwrap();
        let merged = merge(&tree(base), &tree(ours), &tree(theirs), &policies());
        let cells = merged.cells.iter().map(|cell| {
            let outcome = serde_json::to_value(&cell.outcome).unwrap();
            format!("{} {}", cell.path, outcome["outcome"].as_str().unwrap())
        });
        (merged.tree.to_value(), cells.collect())
    }

    #[test]
    fn each_policy_has_its_outcome_whichever_side_is_ours() {
        // (what it shows, base, one side, other side, merged, outcome)
        let rows = [
            (
                "one side",
                json!({"a": 1}),
                json!({"a": 2}),
                json!({"a": 1}),
                json!({"a": 2}),
                "",
            ),
            (
                "disjoint",
                json!({"a": 1, "b": 1}),
                json!({"a": 2, "b": 1}),
                json!({"a": 1, "b": 3}),
                json!({"a": 2, "b": 3}),
                "",
            ),
            (
                "same",
                json!({"a": 1}),
                json!({"a": 2}),
                json!({"a": 2}),
                json!({"a": 2}),
                "/a same",
            ),
            (
                "two heals of five",
                json!({"c": {"hp": 12}}),
                json!({"c": {"hp": 7}}),
                json!({"c": {"hp": 7}}),
                json!({"c": {"hp": 2}}),
                "/c/hp added",
            ),
            (
                "clamped",
                json!({"c": {"hp": 12}}),
                json!({"c": {"hp": 19}}),
                json!({"c": {"hp": 18}}),
                json!({"c": {"hp": 20}}),
                "/c/hp added",
            ),
            (
                "absent tally is nought",
                json!({"c": {}}),
                json!({"c": {"hp": 3}}),
                json!({"c": {"hp": 3}}),
                json!({"c": {"hp": 6}}),
                "/c/hp added",
            ),
            (
                "new record on both sides is one record",
                json!({"x": {}}),
                json!({"x": {"1": {"n": 2}}}),
                json!({"x": {"1": {"n": 2}}}),
                json!({"x": {"1": {"n": 2}}}),
                "",
            ),
            (
                "both add",
                json!({"x": {}}),
                json!({"x": {"1": {"n": 1}}}),
                json!({"x": {"2": {"n": 2}}}),
                json!({"x": {"1": {"n": 1}, "2": {"n": 2}}}),
                "",
            ),
            (
                "larger",
                json!({"m": 0}),
                json!({"m": 5}),
                json!({"m": 8}),
                json!({"m": 8}),
                "/m larger",
            ),
            (
                "rank",
                json!({"r": "b"}),
                json!({"r": "c"}),
                json!({"r": "a"}),
                json!({"r": "c"}),
                "/r ordered",
            ),
            (
                "prose",
                json!({"p": "one two three four"}),
                json!({"p": "1 two three four"}),
                json!({"p": "one two three 4"}),
                json!({"p": "1 two three 4"}),
                "/p woven",
            ),
            (
                "both remove",
                json!({"a": 1}),
                json!({}),
                json!({}),
                json!({}),
                "/a same",
            ),
        ];
        for (shows, base, ours, theirs, merged, outcome) in rows {
            for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
                let (got, cells) = run(base.clone(), ours.clone(), theirs.clone());
                assert_eq!(got, merged, "{shows}");
                if !outcome.is_empty() {
                    assert_eq!(cells, [outcome], "{shows}");
                }
            }
        }
    }

    #[test]
    fn conflicts_hold_all_three_values() {
        let tree = |v: Value| Tree::from_value(v).unwrap();
        for (base, ours, theirs) in [
            (
                json!({"a": "Archery"}),
                json!({"a": "Defense"}),
                json!({"a": "Dueling"}),
            ),
            (json!({"a": {"b": 1}}), json!({}), json!({"a": {"b": 2}})),
            (json!({}), json!({"a": 1}), json!({"a": {"b": 2}})),
        ] {
            let merged = merge(
                &tree(base.clone()),
                &tree(ours.clone()),
                &tree(theirs.clone()),
                &policies(),
            );
            let conflicts: Vec<_> = merged.conflicts().collect();
            assert_eq!(conflicts.len(), 1);
            assert_eq!(conflicts[0].0.to_string(), "/a");
            let conflict = conflicts[0].1;
            assert_eq!(conflict.base.as_ref(), base.get("a"));
            assert_eq!(conflict.ours.as_ref(), ours.get("a"));
            assert_eq!(conflict.theirs.as_ref(), theirs.get("a"));
            assert_eq!(
                merged.tree.to_value(),
                ours,
                "the sheet stays as ours until somebody decides"
            );
        }
    }
}
