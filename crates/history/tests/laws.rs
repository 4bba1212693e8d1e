//! The laws of history, over random documents and random edits.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use history::{Edit, Outcome, Policies, Policy, Tree, apply, diff, edit, merge};
use proptest::prelude::*;
use serde_json::{Map, Value};

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-50i64..50).prop_map(Value::from),
        (-50i64..50).prop_map(|n| Value::from(n as f64 / 2.0)),
        "[a-c ]{0,6}".prop_map(Value::from),
        prop::collection::vec((0i64..5).prop_map(Value::from), 0..3).prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 60, 4, |inner| {
        prop::collection::btree_map("[a-d]", inner, 0..4)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    })
}

fn document() -> impl Strategy<Value = Tree> {
    prop::collection::btree_map("[a-d]", value(), 0..4)
        .prop_map(|map| Tree::from_value(Value::Object(map.into_iter().collect())).unwrap())
}

/// Whatever JSON can hold: texts that must be escaped, numbers of every kind, objects in lists.
fn anything() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        leaf(),
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0.0..100_000.0f64).prop_map(Value::from),
    ];
    let whole = plain.prop_recursive(8, 80, 4, |inner| {
        let key = "[a-d\"\\\\é/~]{1,2}";
        let object = prop::collection::btree_map(key, inner.clone(), 0..4);
        prop_oneof![
            object.prop_map(|map| Value::Object(map.into_iter().collect())),
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
        ]
    });
    prop::collection::btree_map("[a-d]", whole, 0..4)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// Some policies that random documents meet: tallies, maxima and prose at a few places.
fn policies() -> Policies {
    Policies::new([
        (
            "/a/*",
            Policy::Counter {
                min: Some(-20),
                max: Some(20),
            },
        ),
        ("/b/*", Policy::Maximum),
        ("/c", Policy::Prose),
        ("/d/*/*", Policy::Order),
    ])
}

/// Writes the same value with the keys of its objects in the opposite order.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let cells: Vec<_> = map
                .iter()
                .rev()
                .map(|(k, v)| format!("{}: {}", Value::from(k.as_str()), reversed(v)))
                .collect();
            format!("{{ {} }}", cells.join(" ,\n"))
        }
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn applying_a_difference_gives_the_other_tree(a in document(), b in document()) {
        let changes = diff(&a, &b);
        prop_assert_eq!(&apply(&changes, &a).unwrap(), &b);
        let back: Vec<_> = changes.iter().map(history::Change::inverse).collect();
        prop_assert_eq!(&apply(&back, &b).unwrap(), &a);
        prop_assert_eq!(diff(&a, &a), vec![]);
    }

    #[test]
    fn the_hash_does_not_depend_on_the_order_of_keys(a in document()) {
        let again = Tree::from_json(reversed(&a.to_value()).as_bytes()).unwrap();
        prop_assert_eq!(again.id(), a.id());
        prop_assert_eq!(Tree::from_json(&a.to_json()).unwrap().to_json(), a.to_json());
    }

    #[test]
    fn reading_is_parsing_and_building(document in anything()) {
        let built = Tree::from_value(document.clone()).unwrap();
        let compact = Tree::from_json(document.to_string().as_bytes()).unwrap();
        let parsed: Value = serde_json::from_str(&reversed(&document)).unwrap();
        let read = Tree::from_json(reversed(&document).as_bytes()).unwrap();
        prop_assert_eq!(read.id(), Tree::from_value(parsed).unwrap().id());
        // What was written is what is read, to the last digit.
        prop_assert_eq!(compact.id(), built.id());
        prop_assert_eq!(Tree::from_json(&built.to_json()).unwrap().to_json(), built.to_json());
    }

    #[test]
    fn equal_hashes_mean_equal_content(a in document(), b in document()) {
        prop_assert_eq!(a.id() == b.id(), a.to_json() == b.to_json());
    }

    #[test]
    fn editing_agrees_with_building(a in document(), key in "[a-d]", inner in "[a-d]", v in value()) {
        let mut whole = a.to_value();
        let map = whole.as_object_mut().unwrap();
        match map.entry(key.clone()).or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(section) => { section.insert(inner.clone(), v.clone()); }
            _ => return Ok(()),
        }
        let path = format!("/{key}/{inner}").parse().unwrap();
        let edited = edit(&a, [Edit::Set { path, value: v }]).unwrap();
        prop_assert_eq!(edited.id(), Tree::from_value(whole).unwrap().id());
    }

    #[test]
    fn edits_of_disjoint_cells_commute(a in document(), x in value(), y in value()) {
        let set = |path: &str, value: &Value| Edit::Set { path: path.parse().unwrap(), value: value.clone() };
        let base = edit(&a, [set("/s", &Value::Object(Map::new()))]).unwrap();
        let (one, two) = (set("/s/one", &x), set("/s/two", &y));
        let forth = edit(&base, [one.clone(), two.clone()]).unwrap();
        let back = edit(&base, [two.clone(), one.clone()]).unwrap();
        prop_assert_eq!(&forth, &back);
        let merged = merge(
            &base,
            &edit(&base, [one]).unwrap(),
            &edit(&base, [two]).unwrap(),
            &policies(),
        );
        prop_assert!(merged.is_clean());
        prop_assert_eq!(&merged.tree, &forth);
    }

    #[test]
    fn merging_with_an_unchanged_side_takes_the_other(a in document(), b in document()) {
        for (ours, theirs) in [(&b, &a), (&a, &b)] {
            let merged = merge(&a, ours, theirs, &policies());
            prop_assert!(merged.is_clean());
            prop_assert_eq!(&merged.tree, &b);
        }
    }

    #[test]
    fn merging_with_itself_is_itself(a in document(), b in document()) {
        // Tallies are exempt on purpose: two heals of five are ten.
        let merged = merge(&a, &b, &b, &Policies::default());
        prop_assert!(merged.is_clean());
        prop_assert_eq!(&merged.tree, &b);
        prop_assert_eq!(&merge(&b, &b, &b, &policies()).tree, &b);
    }

    #[test]
    fn both_sides_agree_about_what_is_in_conflict(a in document(), b in document(), c in document()) {
        let (one, two) = (merge(&a, &b, &c, &policies()), merge(&a, &c, &b, &policies()));
        let paths = |m: &history::Merge| m.conflicts().map(|(p, _)| p.clone()).collect::<Vec<_>>();
        prop_assert_eq!(paths(&one), paths(&two));
        if one.is_clean() {
            prop_assert_eq!(&one.tree, &two.tree);
        }
    }

    #[test]
    fn no_change_disappears_without_being_listed(a in document(), b in document(), c in document()) {
        let merged = merge(&a, &b, &c, &policies());
        for change in diff(&a, &b).into_iter().chain(diff(&a, &c)) {
            let listed = merged.cells.iter().any(|cell| {
                cell.path.is_within(&change.path) || change.path.is_within(&cell.path)
            });
            prop_assert!(listed, "{} is not among {:?}", change.path, merged.cells);
        }
        for cell in &merged.cells {
            if cell.outcome == Outcome::Theirs {
                prop_assert_eq!(merged.tree.get(&cell.path), c.get(&cell.path));
            }
        }
    }
}
