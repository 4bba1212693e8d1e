//! What each policy makes of two changes, in small.

use serde_json::json;

use serde_json::Value;

use super::*;
use crate::Policy;

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
        assert_eq!(conflict.ours(), ours.get("a"));
        assert_eq!(conflict.theirs(), theirs.get("a"));
        assert_eq!(
            merged.tree.to_value(),
            ours,
            "the sheet stays as ours until somebody decides"
        );
    }
}

/// Thousands of things that two lines put into one another: each pair loses one move, and nobody waits for it.
#[test]
fn thousands_of_circles_are_opened_at_once() {
    const PAIRS: usize = 4_000;
    let policies = Policies::new([("/x", Policy::Keyed), ("/x/*/in", Policy::Parent)]);
    let id = |n: usize| format!("thing-{n:05}");
    // Each thing with an even number has the next as its neighbour.
    let house = |lies: &dyn Fn(usize) -> Option<usize>| {
        let thing = |n: usize| (id(n), json!({ "in": lies(n).map(id) }));
        let things: serde_json::Map<_, _> = (0..2 * PAIRS).map(thing).collect();
        Tree::from_value(json!({ "x": things })).unwrap()
    };
    let nowhere = house(&|_| None);
    let ours = house(&|n| n.is_multiple_of(2).then_some(n + 1));
    let theirs = house(&|n| (!n.is_multiple_of(2)).then(|| n - 1));
    let started = std::time::Instant::now();
    for (last, stands) in [(Side::Theirs, &theirs), (Side::Ours, &ours)] {
        let ancestor = Ancestor::of(nowhere.clone());
        let merged = merge_from(&ancestor, &ours, &theirs, last, &policies);
        assert_eq!(merged.tree, *stands);
        let refused = |cell: &&CellOutcome| matches!(cell.outcome, Outcome::MoveRefused { .. });
        assert_eq!(merged.cells.iter().filter(refused).count(), PAIRS);
    }
    // A second or two on a slow machine; going through all things for each circle takes minutes.
    assert!(started.elapsed().as_secs() < 20);
}
