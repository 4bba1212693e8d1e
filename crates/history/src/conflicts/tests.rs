//! Open conflicts: written, carried through further merges, decided.

use serde_json::json;

use super::*;
use crate::{Outcome, Policy, apply, diff, merge};

fn policies() -> Policies {
    Policies::new([
        ("/x", Policy::Keyed),
        ("/p", Policy::Prose),
        ("/s", Policy::Set),
        (
            "/hp",
            Policy::Counter {
                min: Some(0),
                max: None,
            },
        ),
    ])
}

fn tree(value: Value) -> Tree {
    Tree::from_value(value).unwrap()
}

fn path(text: &str) -> CellPath {
    text.parse().unwrap()
}

/// Merges and writes what is open.
fn carried(base: &Tree, ours: &Tree, theirs: &Tree) -> Tree {
    let merged = merge(base, ours, theirs, &policies());
    let lines = [("Maren", ours), ("Tobi", theirs)].map(|(label, tree)| Line { label, tree });
    write(&merged, &lines).unwrap()
}

fn decided(tree: &Tree, cell: &str, how: &Resolution) -> Tree {
    edit(tree, resolve(tree, &path(cell), how, &policies()).unwrap()).unwrap()
}

/// The document in which `/a` waits, 1 before, 2 here and 3 there.
fn waiting() -> Tree {
    let side = |a: i64| tree(json!({"a": a, "hp": 5}));
    carried(&side(1), &side(2), &side(3))
}

#[test]
fn a_conflict_waits_in_the_document_and_says_whose_each_side_is() {
    let tree = waiting();
    let cell =
        json!({"base": 1, "sides": [{"from": "Maren", "value": 2}, {"from": "Tobi", "value": 3}]});
    assert_eq!(
        tree.to_value(),
        json!({"a": 2, "hp": 5, "conflicts": {"/a": cell}})
    );
    assert_eq!(conflict_cell(&path("/a")).to_string(), "/conflicts/~1a");
    let found = open(&tree, &policies());
    assert_eq!(
        (found.len(), count(&tree), found[0].path.clone()),
        (1, 1, path("/a"))
    );
    // It is a cell like any other to a difference.
    let without = decided(&tree, "/a", &Resolution::Side(0));
    assert_eq!(apply(&diff(&without, &tree), &without).unwrap(), tree);
}

#[test]
fn a_removed_side_has_no_value_and_a_long_path_a_short_name() {
    let long = "k".repeat(150);
    let cell = format!("/x/{long}/{long}");
    let with = |value: Value| tree(json!({"x": {long.as_str(): {long.as_str(): value, "n": 1}}}));
    let (base, ours) = (with(json!("a")), with(json!("b")));
    let theirs = tree(json!({"x": {long.as_str(): {"n": 1}}}));
    let waiting = carried(&base, &ours, &theirs);
    let found = open(&waiting, &policies());
    assert_eq!(found[0].path, path(&cell));
    assert_eq!(found[0].sides[1].value, None);
    let gone = decided(&waiting, &cell, &Resolution::Side(1));
    assert_eq!(gone, theirs);
}

#[test]
fn deciding_sets_the_cell_and_takes_the_conflict_away() {
    let tree = waiting();
    for (how, value) in [
        (Resolution::Side(0), json!(2)),
        (Resolution::Side(1), json!(3)),
        (Resolution::Base, json!(1)),
        (Resolution::Value(Some(json!(9))), json!(9)),
    ] {
        let settled = decided(&tree, "/a", &how);
        assert_eq!(settled.to_value(), json!({"a": value, "hp": 5}), "{how:?}");
    }
    let gone = decided(&tree, "/a", &Resolution::Value(None));
    assert_eq!(gone.to_value(), json!({"hp": 5}));
    let error =
        |cell: &str, how: &Resolution| resolve(&tree, &path(cell), how, &policies()).unwrap_err();
    assert_eq!(
        error("/hp", &Resolution::Base),
        ResolveError::NotOpen(path("/hp"))
    );
    assert_eq!(
        error("/a", &Resolution::Both),
        ResolveError::OneValue(path("/a"))
    );
    let no_side = ResolveError::NoSuchSide {
        at: path("/a"),
        sides: 2,
    };
    assert_eq!(error("/a", &Resolution::Side(2)), no_side);
}

#[test]
fn all_of_a_section_are_decided_at_once_and_what_cannot_be_is_told() {
    let side = |n: i64| tree(json!({"s1": {"a": n, "b": n}, "s2": {"c": n}}));
    let waiting = carried(&side(1), &side(2), &side(3));
    let (edits, left) = resolve_within(&waiting, &path("/s1"), &Resolution::Side(1), &policies());
    let some = edit(&waiting, edits).unwrap();
    assert_eq!((left, count(&some)), (vec![], 1));
    assert_eq!(some.get(&path("/s1")), Some(json!({"a": 3, "b": 3})));
    let (edits, left) = resolve_within(&some, &CellPath::root(), &Resolution::Both, &policies());
    assert_eq!((edits, left), (vec![], vec![path("/s2/c")]));
    let (edits, _) = resolve_within(&some, &CellPath::root(), &Resolution::Base, &policies());
    let all = edit(&some, edits).unwrap();
    assert_eq!(
        all.to_value(),
        json!({"s1": {"a": 3, "b": 3}, "s2": {"c": 1}})
    );
}

#[test]
fn both_things_stand_under_ids_of_their_own() {
    let base = tree(json!({"x": {}}));
    let open = Open {
        path: path("/x/1"),
        base: None,
        sides: ["Rope", "Cord"]
            .map(|name| Claim {
                from: name.to_owned(),
                value: Some(json!({"name": name})),
            })
            .to_vec(),
    };
    let set = |path: CellPath, value: Value| Edit::Set { path, value };
    let waiting = edit(
        &base,
        [
            set(path("/x/1"), json!({"name": "Rope"})),
            set(path("/x/1-2"), json!({"name": "Lamp"})),
            set(conflict_cell(&open.path), open.to_value()),
        ],
    )
    .unwrap();
    let both = decided(&waiting, "/x/1", &Resolution::Both);
    assert_eq!(
        both.to_value(),
        json!({"x": {"1": {"name": "Rope"}, "1-2": {"name": "Lamp"}, "1-3": {"name": "Cord"}}})
    );
}

#[test]
fn of_what_is_gone_nothing_is_brought_back_in_pieces() {
    let side = |name: &str| tree(json!({"x": {"1": {"name": name}}}));
    let waiting = carried(&side("a"), &side("b"), &side("c"));
    let gone = edit(&waiting, [Edit::Remove { path: path("/x/1") }]).unwrap();
    assert_eq!((open(&gone, &policies()).len(), count(&gone)), (0, 1));
    assert_eq!(
        decided(&gone, "/x/1/name", &Resolution::Side(1)).to_value(),
        json!({"x": {}})
    );
}

/// What becomes of a waiting conflict when two lines meet again, whichever is ours.
#[test]
fn a_waiting_conflict_meets_another_line() {
    let base = waiting();
    let set = |tree: &Tree, value: i64| {
        let path = path("/a");
        let value = json!(value);
        edit(tree, [Edit::Set { path, value }]).unwrap()
    };
    let ours = decided(&base, "/a", &Resolution::Side(0));
    let theirs = decided(&base, "/a", &Resolution::Side(1));
    let hurt = edit(
        &base,
        [Edit::Set {
            path: path("/hp"),
            value: json!(7),
        }],
    )
    .unwrap();
    // (one side, other side, what stands, what is in conflict)
    for (one, other, stands, conflict) in [
        (&theirs, &hurt, Some(3), false),
        (&ours, &hurt, Some(2), false),
        (&theirs, &theirs, Some(3), false),
        (&ours, &theirs, None, true),
        (&ours, &set(&base, 9), None, true),
        (&theirs, &set(&base, 9), None, true),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let merged = merge(&base, one, other, &policies());
            assert_eq!(!merged.is_clean(), conflict, "{:?}", merged.cells);
            assert_eq!(count(&merged.tree), 0);
            if let Some(stands) = stands {
                assert_eq!(merged.tree.get(&path("/a")), Some(json!(stands)));
            } else {
                let again = carried(&base, one, other);
                let found = open(&again, &policies());
                assert_eq!((found.len(), found[0].base.clone()), (1, Some(json!(1))));
            }
        }
    }
}

#[test]
fn sides_that_two_lines_added_all_stand() {
    let base = waiting();
    let with = |value: i64, from: &str| {
        let mut open = open(&base, &policies()).remove(0);
        open.add([Claim {
            from: from.to_owned(),
            value: Some(json!(value)),
        }]);
        let path = conflict_cell(&open.path);
        let value = open.to_value();
        edit(&base, [Edit::Set { path, value }]).unwrap()
    };
    let (one, two) = (with(8, "Priya"), with(7, "Lev"));
    let merged = merge(&base, &one, &two, &policies());
    assert_eq!(merge(&base, &two, &one, &policies()).tree, merged.tree);
    assert_eq!(merged.cells[0].outcome, Outcome::BothKept);
    let values = |tree: &Tree| {
        let sides = open(tree, &policies()).remove(0).sides;
        sides
            .into_iter()
            .map(|side| side.value.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        values(&merged.tree),
        [json!(2), json!(3), json!(7), json!(8)]
    );
    // Resolved on one line while the other got a new side: what was decided stands against the new one.
    let settled = decided(&base, "/a", &Resolution::Side(1));
    let merged = merge(&base, &settled, &one, &policies());
    assert_eq!(values(&merged.tree), [json!(3), json!(8)]);
}

/// A conflict under a name that is not its cell's could never be found again, and so never be decided.
#[test]
fn a_conflict_under_a_wrong_name_is_none() {
    let sides = json!([{"from": "Maren", "value": 1}, {"from": "Ysolde", "value": 2}]);
    let read = |name: &str, cell: &str| Open::read(name, &json!({"cell": cell, "sides": sides}));
    assert!(read("/hp", "/hp").is_some());
    for (name, cell) in [("/hp", "/gold"), ("#0123", "/hp"), ("hp", "/hp")] {
        assert_eq!(read(name, cell), None, "{name} {cell}");
    }
    assert_eq!(Open::read("hp", &json!({"sides": sides})), None);
}
