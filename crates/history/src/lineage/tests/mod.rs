//! Lines that part and meet: bases of random graphs held against a plain search, and the histories that are hard.

mod heads;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeZone;
use chrono::Utc;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Conflict, Hash, Policies, Policy, merge};

/// A graph in memory; commits are named by a number.
#[derive(Default)]
pub(crate) struct Graph {
    commits: BTreeMap<CommitId, (Ancestry, Tree)>,
    asked: Cell<usize>,
}

pub(crate) fn id(number: usize) -> CommitId {
    CommitId(Hash::of(&number.to_le_bytes()))
}

impl Graph {
    fn add(&mut self, number: usize, parents: &[usize], minutes: i64, tree: Tree) {
        let ancestry = Ancestry {
            parents: parents.iter().map(|parent| id(*parent)).collect(),
            time: Utc.timestamp_opt(1_700_000_000 + minutes * 60, 0).unwrap(),
        };
        self.commits.insert(id(number), (ancestry, tree));
    }

    /// Adds a commit with a document, as old as its number says.
    fn put(&mut self, number: usize, parents: &[usize], document: Value) {
        let minutes = i64::try_from(number).unwrap();
        self.add(
            number,
            parents,
            minutes,
            Tree::from_value(document).unwrap(),
        );
    }

    fn ancestors(&self, of: CommitId) -> BTreeSet<CommitId> {
        let mut found = BTreeSet::new();
        let mut way = vec![of];
        while let Some(next) = way.pop() {
            if found.insert(next) {
                way.extend(&self.commits[&next].0.parents);
            }
        }
        found
    }

    /// What the bases are by their definition.
    fn bases_by_search(&self, a: CommitId, b: CommitId) -> Vec<CommitId> {
        let common: BTreeSet<CommitId> = &self.ancestors(a) & &self.ancestors(b);
        let inner = |one: &CommitId| {
            let below = |other: &&CommitId| *other != one && self.ancestors(**other).contains(one);
            common.iter().any(|other| below(&other))
        };
        common.iter().filter(|one| !inner(one)).copied().collect()
    }
}

impl Lineage for Graph {
    type Error = CommitId;

    fn commit(&self, id: CommitId) -> Result<Ancestry, CommitId> {
        self.asked.set(self.asked.get() + 1);
        self.commits.get(&id).map(|found| found.0.clone()).ok_or(id)
    }

    fn tree(&self, id: CommitId) -> Result<Tree, CommitId> {
        self.commits.get(&id).map(|found| found.1.clone()).ok_or(id)
    }
}

fn policies() -> Policies {
    let counter = Policy::Counter {
        min: Some(0),
        max: Some(20),
    };
    Policies::new([
        ("/hp", counter),
        ("/x", Policy::Keyed),
        ("/x/*/in", Policy::Parent),
        ("/x/*/rank", Policy::Order),
        ("/p", Policy::Prose),
        ("/s", Policy::Set),
        ("/levels", Policy::Event),
    ])
}

fn merged(graph: &Graph, ours: usize, theirs: usize) -> LineMerge {
    merge_commits(graph, id(ours), id(theirs), &policies()).unwrap()
}

fn clean(graph: &Graph, ours: usize, theirs: usize) -> Value {
    let forth = merged(graph, ours, theirs).merge;
    assert!(forth.is_clean(), "{:?}", forth.cells);
    assert_eq!(merged(graph, theirs, ours).merge.tree, forth.tree);
    forth.tree.to_value()
}

/// The only conflict of a merge, as `(path, base, ours, theirs)`; nulls for what is absent.
fn conflict(graph: &Graph, ours: usize, theirs: usize) -> (String, [Value; 3]) {
    let merge = merged(graph, ours, theirs).merge;
    let found: Vec<_> = merge.conflicts().collect();
    let [(path, Conflict { base, sides })] = found.as_slice() else {
        panic!("one conflict, not {:?}", merge.cells)
    };
    let value = |side: &Option<Value>| side.clone().unwrap_or_default();
    let swapped = merged(graph, theirs, ours).merge;
    assert_eq!(swapped.conflicts().count(), 1);
    (
        path.to_string(),
        [value(base), value(&sides[0]), value(&sides[1])],
    )
}

#[test]
fn a_fork_has_one_base_and_a_line_has_its_older_end() {
    let mut graph = Graph::default();
    for (number, parents) in [
        (0, &[][..]),
        (1, &[0]),
        (2, &[1]),
        (3, &[1]),
        (4, &[3]),
        (9, &[]),
    ] {
        graph.put(number, parents, json!({"a": number}));
    }
    let bases = |a: usize, b: usize| merge_bases(&graph, id(a), id(b)).unwrap();
    assert_eq!(bases(2, 4), [id(1)]);
    assert_eq!(bases(4, 3), [id(3)]);
    assert_eq!(bases(4, 4), [id(4)]);
    assert_eq!(bases(4, 9), []);
    assert_eq!(clean(&graph, 1, 4), json!({"a": 4}));
    assert_eq!(merge_bases(&graph, id(4), id(77)), Err(id(77)));
}

#[test]
fn bases_near_the_end_of_a_long_history_are_found_near_the_end() {
    let mut graph = Graph::default();
    graph.put(0, &[], json!({}));
    for number in 1..10_000 {
        graph.put(number, &[number - 1], json!({}));
    }
    graph.put(10_001, &[9_990], json!({}));
    graph.put(10_002, &[10_001], json!({}));
    assert_eq!(
        merge_bases(&graph, id(9_999), id(10_002)).unwrap(),
        [id(9_990)]
    );
    assert!(
        graph.asked.get() < 30,
        "{} commits looked at",
        graph.asked.get()
    );
    // From end to end every commit is looked at once.
    graph.asked.set(0);
    assert_eq!(merge_bases(&graph, id(9_999), id(0)).unwrap(), [id(0)]);
    assert!(
        graph.asked.get() <= 10_001,
        "{} commits looked at",
        graph.asked.get()
    );
}

/// 0 ── 1 ── 3 (of 1 and 2) ── ours
///   └─ 2 ── 4 (of 2 and 1) ── theirs
fn criss_cross(a: Value, b: Value, m1: Value, m2: Value, ours: Value, theirs: Value) -> Graph {
    let mut graph = Graph::default();
    graph.put(
        0,
        &[],
        json!({"c": "old", "hp": 10, "p": "one two three four five"}),
    );
    for (number, parents, document) in [
        (1, &[0][..], a),
        (2, &[0], b),
        (3, &[1, 2], m1),
        (4, &[2, 1], m2),
        (5, &[3], ours),
        (6, &[4], theirs),
    ] {
        let mut whole = json!({"c": "old", "hp": 10, "p": "one two three four five"});
        whole
            .as_object_mut()
            .unwrap()
            .extend(document.as_object().unwrap().clone());
        graph.put(number, parents, whole);
    }
    graph
}

#[test]
fn criss_cross_histories_are_merged_over_a_base_made_of_both() {
    // Each counted damage and both merged; neither heals twice nor forgets: 10 + 2 + 3 = 15 on both, then one more each.
    let sum = json!({"hp": 15, "p": "1 two three four 5"});
    let graph = criss_cross(
        json!({"hp": 12, "p": "1 two three four five"}),
        json!({"hp": 13, "p": "one two three four 5"}),
        sum.clone(),
        sum,
        json!({"hp": 16, "p": "1 two 3 four 5"}),
        json!({"hp": 17, "p": "1 two three four 5"}),
    );
    assert_eq!(merged(&graph, 5, 6).bases, {
        let mut bases = vec![id(1), id(2)];
        bases.sort();
        bases
    });
    assert_eq!(
        clean(&graph, 5, 6),
        json!({"c": "old", "hp": 18, "p": "1 two 3 four 5"})
    );
}

#[test]
fn what_a_criss_cross_decided_differently_is_a_question_again_and_never_a_silent_win() {
    let decided = |first: &str, second: &str, ours: &str, theirs: &str| {
        criss_cross(
            json!({"c": "archery"}),
            json!({"c": "defense"}),
            json!({"c": first}),
            json!({"c": second}),
            json!({"c": ours}),
            json!({"c": theirs}),
        )
    };
    // Each kept its own: with either as the base, the other would win without a word.
    let graph = decided("archery", "defense", "archery", "defense");
    let (path, values) = conflict(&graph, 5, 6);
    assert_eq!(path, "/c");
    assert_eq!(values, [json!("old"), json!("archery"), json!("defense")]);
    // One went back to the old value, which is a decision as well.
    let graph = decided("old", "defense", "old", "defense");
    assert_eq!(
        conflict(&graph, 5, 6).1,
        [json!("old"), json!("old"), json!("defense")]
    );
    // Both decided alike: settled.
    let graph = decided("defense", "defense", "defense", "defense");
    assert_eq!(clean(&graph, 5, 6)["c"], "defense");
}

#[test]
fn a_long_row_of_criss_crosses_is_merged_in_bounded_time() {
    let mut graph = Graph::default();
    graph.put(0, &[], json!({"hp": 0, "c": 0}));
    graph.put(1, &[0], json!({"hp": 1, "c": 1}));
    graph.put(2, &[0], json!({"hp": 1, "c": 2}));
    for round in 1..400 {
        let (a, b) = (2 * round - 1, 2 * round);
        graph.put(a + 2, &[a, b], json!({"hp": round % 20, "c": 1}));
        graph.put(b + 2, &[b, a], json!({"hp": round % 20, "c": 2}));
    }
    let found = merged(&graph, 799, 800);
    assert_eq!(found.bases.len(), 2);
    assert_eq!(conflict(&graph, 799, 800).0, "/c");
}

#[test]
fn two_laptops_that_made_the_same_document_meet() {
    let mut graph = Graph::default();
    graph.put(
        1,
        &[],
        json!({"hp": 7, "c": "elf", "n": "Sorrel", "s": {"Elvish": true}, "x": {"a": {"q": 1}}}),
    );
    graph.put(
        2,
        &[],
        json!({"hp": 7, "c": "elf", "m": "Quickfen", "s": {"Common": true}, "x": {"b": {"q": 2}}}),
    );
    // Seven and seven is the same seven, made twice.
    assert_eq!(
        clean(&graph, 1, 2),
        json!({
            "hp": 7, "c": "elf", "n": "Sorrel", "m": "Quickfen",
            "s": {"Elvish": true, "Common": true}, "x": {"a": {"q": 1}, "b": {"q": 2}},
        })
    );
    graph.put(3, &[], json!({"c": "dwarf"}));
    assert_eq!(
        conflict(&graph, 1, 3),
        ("/c".to_owned(), [Value::Null, json!("elf"), json!("dwarf")])
    );
}

#[test]
fn merging_a_branch_again_brings_what_is_new_in_it() {
    let mut graph = Graph::default();
    graph.put(0, &[], json!({"hp": 5, "a": 1, "b": 1}));
    graph.put(1, &[0], json!({"hp": 7, "a": 2, "b": 1}));
    graph.put(2, &[0], json!({"hp": 8, "a": 1, "b": 1}));
    graph.put(3, &[2, 1], json!({"hp": 10, "a": 2, "b": 1}));
    graph.put(4, &[1], json!({"hp": 8, "a": 2, "b": 2}));
    // 10 and the one healed since; not the two again.
    assert_eq!(clean(&graph, 3, 4), json!({"hp": 11, "a": 2, "b": 2}));
}

/// 0 ── 2 (merge of 1) ── 3 (its revert) ── ours; the branch goes on: 1 ── 4.
fn reverted(base: Value, branch: Value, later: Value) -> Graph {
    let mut graph = Graph::default();
    graph.put(0, &[], base.clone());
    graph.put(1, &[0], branch.clone());
    graph.put(2, &[0, 1], branch);
    graph.put(3, &[2], base);
    graph.put(4, &[1], later);
    graph
}

#[test]
fn what_was_reverted_stays_reverted_until_the_revert_is() {
    let base = json!({"a": 1, "hp": 5});
    let branch = json!({"a": 2, "hp": 8, "x": {"cloak": {"n": "Cloak"}}});
    let later = json!({"a": 2, "hp": 9, "b": 7, "x": {"cloak": {"n": "Cloak"}}});
    let mut graph = reverted(base, branch.clone(), later);
    assert_eq!(clean(&graph, 3, 4), json!({"a": 1, "hp": 6, "b": 7}));
    // The revert reverted: everything of the branch is there.
    graph.put(5, &[3], branch);
    assert_eq!(
        clean(&graph, 5, 4),
        json!({"a": 2, "hp": 9, "b": 7, "x": {"cloak": {"n": "Cloak"}}})
    );
}

#[test]
fn what_was_reverted_away_and_then_edited_on_the_branch_is_a_conflict() {
    let graph = reverted(
        json!({}),
        json!({"x": {"cloak": {"n": "Cloak"}}}),
        json!({"x": {"cloak": {"n": "Cloak of Reeds"}}}),
    );
    let (path, values) = conflict(&graph, 3, 4);
    assert_eq!(path, "/x/cloak");
    assert_eq!(
        values,
        [
            json!({"n": "Cloak"}),
            Value::Null,
            json!({"n": "Cloak of Reeds"})
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Also with clocks that are wrong.
    #[test]
    fn bases_are_the_best_common_ancestors(
        parents in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..3), 2..24),
        clocks in prop::collection::vec(-3i64..4, 24),
        (a, b) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let mut graph = Graph::default();
        for (number, parents) in parents.iter().enumerate() {
            let parents: BTreeSet<usize> = match number {
                0 => BTreeSet::new(),
                _ => parents.iter().map(|index| index.index(number)).collect(),
            };
            let parents: Vec<usize> = parents.into_iter().collect();
            let minutes = i64::try_from(number).unwrap() + 4 * clocks[number];
            graph.add(number, &parents, minutes, Tree::empty());
        }
        let (a, b) = (id(a.index(parents.len())), id(b.index(parents.len())));
        let found = merge_bases(&graph, a, b).unwrap();
        prop_assert_eq!(&found, &graph.bases_by_search(a, b));
        prop_assert_eq!(merge_bases(&graph, b, a).unwrap(), found);
    }
}

#[test]
fn with_one_base_merging_commits_is_merging_trees() {
    let mut graph = Graph::default();
    graph.put(0, &[], json!({"hp": 3, "c": 1}));
    graph.put(1, &[0], json!({"hp": 5, "c": 2}));
    graph.put(2, &[0], json!({"hp": 1, "c": 3}));
    let tree = |number: usize| graph.tree(id(number)).unwrap();
    let trees = merge(&tree(0), &tree(1), &tree(2), &policies());
    let commits = merged(&graph, 1, 2).merge;
    assert_eq!((trees.tree, trees.cells), (commits.tree, commits.cells));
}
