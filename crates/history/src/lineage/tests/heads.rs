//! Any number of heads that meet at once, in whatever order.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Graph, id, policies};
use crate::lineage::{Lineage, merge_commits, merge_heads};
use crate::{CommitId, Edit, Outcome, edit};

#[test]
fn four_laptops_meet_in_any_order() {
    let mut graph = Graph::default();
    graph.put(
        0,
        &[],
        json!({"hp": 5, "c": "old", "x": {"bag": {}, "box": {}, "rope": {}}, "p": "one two three"}),
    );
    let with = |changes: Value| {
        let mut document = json!({"hp": 5, "c": "old", "x": {"bag": {}, "box": {}, "rope": {}}, "p": "one two three"});
        document
            .as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        document
    };
    graph.put(
        1,
        &[0],
        with(json!({"hp": 0, "x": {"bag": {}, "box": {}, "rope": {"in": "bag"}}})),
    );
    graph.put(
        2,
        &[0],
        with(json!({"hp": 2, "c": "new", "p": "1 two three"})),
    );
    graph.put(
        3,
        &[0],
        with(json!({"hp": 14, "c": "other", "x": {"bag": {}, "box": {}, "rope": {"in": "box"}}})),
    );
    graph.put(4, &[0], with(json!({"c": "third", "p": "one two 3"})));
    // An ancestor and a head given twice make no difference.
    let all = [
        [0, 1, 2, 3, 4],
        [4, 3, 2, 1, 1],
        [2, 4, 0, 1, 3],
        [3, 1, 4, 2, 2],
    ];
    for heads in all.map(|order| order.map(id)) {
        let found = merge_heads(&graph, &heads, &policies()).unwrap();
        assert_eq!(found.heads, [1, 2, 3, 4].map(id));
        assert_eq!(found.base, graph.tree(id(0)).unwrap());
        // 5 - 5 - 3 + 9 = 6: clamped at the end, not on the way.
        assert_eq!(
            found.merge.tree.to_value(),
            with(
                json!({"hp": 6, "c": "new", "x": {"bag": {}, "box": {}, "rope": {"in": "box"}}, "p": "1 two 3"})
            )
        );
        let conflicts: Vec<_> = found.merge.conflicts().collect();
        let sides = ["new", "other", "third"].map(|value| Some(json!(value)));
        assert_eq!(conflicts.len(), 1);
        assert_eq!(conflicts[0].1.base, Some(json!("old")));
        assert_eq!(conflicts[0].1.sides, sides);
        let outcome = |path: &str| {
            let cell = found
                .merge
                .cells
                .iter()
                .find(|cell| cell.path.to_string() == path);
            cell.unwrap().outcome.clone()
        };
        assert_eq!(outcome("/x/rope/in"), Outcome::Moved);
        assert_eq!(
            outcome("/hp"),
            Outcome::Added {
                clamped_from: None,
                counted_once: None
            }
        );
    }
    assert!(
        merge_heads(&graph, &[], &policies())
            .unwrap()
            .heads
            .is_empty()
    );
    let one = merge_heads(&graph, &[id(2)], &policies()).unwrap();
    assert_eq!(
        (one.merge.tree, one.merge.cells.len()),
        (graph.tree(id(2)).unwrap(), 0)
    );
}

#[test]
fn a_head_that_left_a_contested_cell_alone_takes_no_part_and_one_that_went_on_with_it_does() {
    let mut graph = Graph::default();
    graph.put(0, &[], json!({"c": "old"}));
    graph.put(1, &[0], json!({"c": "one"}));
    graph.put(2, &[0], json!({"c": "two"}));
    graph.put(3, &[0], json!({"c": "old", "n": 1}));
    graph.put(11, &[1], json!({"c": "one", "n": 2}));
    graph.put(12, &[1], json!({"c": "uno"}));
    let sides = |heads: &[usize]| {
        let heads: Vec<_> = heads.iter().map(|number| id(*number)).collect();
        let found = merge_heads(&graph, &heads, &policies()).unwrap();
        let conflicts: Vec<_> = found
            .merge
            .conflicts()
            .map(|(_, c)| c.sides.clone())
            .collect();
        conflicts
    };
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| Some(json!(text)))
            .collect::<Vec<_>>()
    };
    assert_eq!(sides(&[1, 2, 3]), [texts(&["one", "two"])]);
    // The base of the last is the first's own commit, so that its value is "unchanged" there; it is still contested.
    assert_eq!(sides(&[2, 11, 12]), [texts(&["two", "one", "uno"])]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Edits of one cell each, on lines that part and merge at random: merging any heads gives one tree, in whatever order.
    #[test]
    fn heads_in_any_order_give_one_tree(
        steps in prop::collection::vec((any::<prop::sample::Index>(), 0..5usize, 0..4i64, any::<bool>()), 3..14),
        order in Just((0..14usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut graph = Graph::default();
        graph.put(0, &[], json!({"hp": 9, "c": 0, "x": {"a": {"q": 0}, "b": {}}, "p": "one two\nthree"}));
        for (at, (from, what, value, remove)) in steps.iter().enumerate() {
            let (number, from) = (at + 1, from.index(at + 1));
            let before = graph.tree(id(from)).unwrap();
            let (path, value) = match what {
                0 => ("/hp", json!(value * 5)),
                1 => ("/c", json!(value)),
                2 => ("/x/a", json!({"q": value, "in": if *value == 2 { json!("b") } else { Value::Null }})),
                3 => ("/x/b/in", if *value == 1 { json!("a") } else { Value::Null }),
                _ => ("/p", json!(format!("one {value}\nthree"))),
            };
            let path = path.parse().unwrap();
            let step = if *remove && *what == 2 { Edit::Remove { path } } else { Edit::Set { path, value } };
            let minutes = i64::try_from(number).unwrap();
            graph.add(number, &[from], minutes, edit(&before, [step]).unwrap());
        }
        let heads: Vec<CommitId> = (0..=steps.len()).map(id).collect();
        let mut shuffled: Vec<CommitId> = order.iter().filter(|n| **n <= steps.len()).map(|n| id(*n)).collect();
        shuffled.extend((14..=steps.len()).map(id));
        let one = merge_heads(&graph, &heads, &policies()).unwrap();
        let two = merge_heads(&graph, &shuffled, &policies()).unwrap();
        prop_assert_eq!(&one.merge.tree, &two.merge.tree);
        prop_assert_eq!(&one.merge.cells, &two.merge.cells);
        if let [a, b] = one.heads.as_slice() {
            let pair = merge_commits(&graph, *a, *b, &policies()).unwrap();
            prop_assert_eq!(&pair.merge.tree, &one.merge.tree);
        }
    }
}
