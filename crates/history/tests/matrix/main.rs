//! The mergeability matrix: every kind of cell, every pair of things that two sides can do to it, each also with the sides swapped.
//!
//! The table in `docs/merging.md` is written from the rows here: `FORKBEARD_WRITE_MATRIX=1 cargo test -p forkbeard-history --test matrix`.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

mod kinds;

use std::fmt::Write;

use history::{Ancestor, CellOutcome, Outcome, Policies, Policy, Side, Tree, merge_from};
use serde_json::{Value, json};

use kinds::{Kind, kinds};

const BEGIN: &str = "<!-- matrix: written by crates/history/tests/matrix -->\n";
const END: &str = "<!-- end of the matrix -->\n";

fn policies() -> Policies {
    let counter = Policy::Counter {
        min: Some(0),
        max: Some(20),
    };
    Policies::new([
        ("/x", Policy::Keyed),
        ("/x/*/rank", Policy::Order),
        ("/x/*/choice", Policy::Choice),
        ("/x/*/counter", counter),
        ("/x/*/maximum", Policy::Maximum),
        ("/x/*/sources", Policy::Maximum),
        ("/x/*/sources/*", Policy::Maximum),
        ("/x/*/container", Policy::Parent),
        ("/x/*/prose", Policy::Prose),
        ("/x/*/set", Policy::Set),
        ("/levels", Policy::Event),
        ("/levels/*/rank", Policy::Order),
    ])
}

/// What one side does to a cell.
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    /// Leaves it.
    Keep,
    /// Adds it, or changes it, to the first value or the second.
    Set(usize),
    /// Takes it away.
    Remove,
    /// Moves the thing it belongs to, to the first place or the second.
    Move(usize),
}
use Deed::{Keep, Move, Remove, Set};

/// The pairs: whether the cell is there before, and what each side does.
const PAIRS: [(bool, Deed, Deed); 18] = [
    (true, Keep, Keep),
    (false, Set(1), Keep),
    (false, Set(1), Set(1)),
    (false, Set(1), Set(2)),
    (true, Set(1), Keep),
    (true, Set(1), Set(1)),
    (true, Set(1), Set(2)),
    (true, Remove, Keep),
    (true, Remove, Remove),
    (true, Remove, Set(1)),
    (true, Move(1), Keep),
    (true, Move(1), Move(1)),
    (true, Move(1), Move(2)),
    (true, Move(1), Set(1)),
    (true, Move(1), Remove),
    // An added cell in a thing that the other side moves or removes cannot be added alike or removed; it can be added beside a move.
    (false, Set(1), Move(1)),
    (false, Set(2), Move(1)),
    (true, Set(2), Move(1)),
];

const RANKS: [&str; 3] = ["h", "m", "c"];

impl Kind {
    fn is_thing(&self) -> bool {
        self.cell.starts_with('/')
    }

    /// Tells whether the pair makes sense for the kind: what is not there cannot be moved.
    fn has(&self, (there, _, other): (bool, Deed, Deed)) -> bool {
        there || !self.is_thing() || !matches!(other, Move(_))
    }

    /// The document with a value in the cell, the thing at a place.
    fn document(&self, value: Option<&Value>, rank: &str) -> Tree {
        let things = json!({"bag": {}, "box": {}, "pot": {}});
        let mut document = json!({"x": things, "levels": {"0": {"name": "first"}}});
        if self.is_thing() {
            if let Some(value) = value {
                let mut value = value.clone();
                value["rank"] = json!(rank);
                let around = self.cell.trim_start_matches('/').trim_end_matches("/1");
                document[around]["1"] = value;
            }
        } else {
            document["x"]["1"] = json!({"rank": rank});
            if let Some(value) = value {
                document["x"]["1"][self.cell] = value.clone();
            }
        }
        Tree::from_value(document).unwrap()
    }

    fn after(&self, there: bool, deed: Deed) -> Tree {
        let before = there.then_some(&self.values[0]);
        match deed {
            Keep => self.document(before, RANKS[0]),
            Set(which) => self.document(Some(&self.values[which]), RANKS[0]),
            Remove => self.document(None, RANKS[0]),
            Move(to) => self.document(before, RANKS[to]),
        }
    }

    /// What is expected, read out of a row's result.
    fn expected(&self, pair: (bool, Deed, Deed), result: &str, ours: &Tree) -> Tree {
        let (there, one, other) = pair;
        let value = |deed: Deed| match deed {
            Set(which) => Some(self.values[which].clone()),
            Remove => None,
            Keep | Move(_) => there.then(|| self.values[0].clone()),
        };
        let moved = [one, other].iter().any(|deed| matches!(deed, Move(_)));
        let rank = RANKS[usize::from(moved)];
        match result {
            "ours" => ours.clone(),
            "ours, both" | "both" => {
                let base = if result == "both" {
                    &self.values[1]
                } else {
                    &json!(null)
                };
                let mut both = if base.is_null() {
                    ours.get(&self.cell.parse().unwrap()).unwrap()
                } else {
                    base.clone()
                };
                both["note"] = json!("frayed");
                self.document(Some(&both), rank)
            }
            "one" | "one moved" => self.document(value(one).as_ref(), rank),
            "other" | "other moved" => self.document(value(other).as_ref(), rank),
            "before" | "moved" => self.document(there.then_some(&self.values[0]), rank),
            "nothing" => self.document(None, rank),
            json => self.document(Some(&serde_json::from_str(json).unwrap()), rank),
        }
    }

    /// How the parts of the cell came out, in the words of the rows; `swapped` if the one side is theirs.
    fn told(&self, cells: &[CellOutcome], swapped: bool) -> String {
        let here = match self.is_thing() {
            true => self.cell.to_owned(),
            false => format!("/x/1/{}", self.cell),
        };
        let mut own = Vec::new();
        let mut place = None;
        for CellOutcome { path, outcome } in cells {
            let (one, other) = if swapped {
                ("other", "one")
            } else {
                ("one", "other")
            };
            let word = match outcome {
                Outcome::Ours => one.to_owned(),
                Outcome::Theirs => other.to_owned(),
                Outcome::Conflict(conflict) => {
                    assert_eq!(conflict.sides.len(), 2, "{path}");
                    "conflict".to_owned()
                }
                Outcome::Added {
                    clamped_from: Some(sum),
                    ..
                } => format!("added, cut from {sum}"),
                other => {
                    let word = serde_json::to_value(other).unwrap();
                    word["outcome"].as_str().unwrap().replace('_', " ")
                }
            };
            let path = path.to_string();
            match path.strip_prefix(&here) {
                Some("") => own.push(word),
                Some(part) => own.push(format!("{}: {word}", part.trim_start_matches('/'))),
                None if path == "/x/1/rank" => place = Some(format!("place: {word}")),
                None => panic!("{path} has no part in this"),
            }
        }
        let own = own.join(", ");
        match place {
            Some(place) if own.is_empty() => place,
            Some(place) => format!("{own}; {place}"),
            None => own,
        }
    }
}

fn word(kind: &Kind, there: bool, deed: Deed, other: Deed) -> String {
    let verb = if there { "changed" } else { "added" };
    match deed {
        Keep => "unchanged".to_owned(),
        Remove => "removed".to_owned(),
        Move(1) if other == Move(1) => "moved alike".to_owned(),
        Move(to) => format!("moved to {}", RANKS[to]),
        Set(which) if other == Set(which) => format!("{verb} alike: {}", show(&kind.values[which])),
        Set(which) => format!("{verb}: {}", show(&kind.values[which])),
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) if map.values().all(|v| *v == json!(true)) => {
            map.keys().cloned().collect::<Vec<_>>().join(" ")
        }
        Value::Object(map) => {
            let cells = map.iter().filter(|(key, _)| *key != "rank");
            cells
                .map(|(key, v)| format!("{key} {}", show(v)))
                .collect::<Vec<_>>()
                .join(", ")
        }
        other => other.to_string(),
    }
}

#[test]
fn every_pair_of_deeds_comes_out_as_the_table_says_whichever_side_is_ours() {
    let policies = policies();
    let mut wrong = String::new();
    for kind in kinds() {
        for (pair, (result, told)) in PAIRS.into_iter().zip(kind.rows) {
            if !kind.has(pair) {
                continue;
            }
            let (there, one, other) = pair;
            let base = Ancestor::of(kind.after(there, Keep));
            let (first, second) = (kind.after(there, one), kind.after(there, other));
            for swapped in [false, true] {
                let (ours, theirs, last) = match swapped {
                    false => (&first, &second, Side::Theirs),
                    true => (&second, &first, Side::Ours),
                };
                let merge = merge_from(&base, ours, theirs, last, &policies);
                let got = kind.told(&merge.cells, swapped);
                let expected = kind.expected(pair, result, ours);
                if got != told || merge.tree != expected {
                    let [one, other] = [
                        word(&kind, there, one, other),
                        word(&kind, there, other, one),
                    ];
                    let _ = writeln!(
                        wrong,
                        "{}, {one} | {other}{}:\n  told {told:?}, got {got:?}\n  expected {expected:?}\n  got      {:?}",
                        kind.name,
                        if swapped { " (swapped)" } else { "" },
                        merge.tree,
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What happens under different ids, and what becomes of open conflicts, has no pair of its own in the matrix.
#[test]
fn events_of_different_ids_stand_with_a_notice() {
    let tree = |value: Value| Tree::from_value(value).unwrap();
    let base = tree(json!({"levels": {"0": {}}}));
    let ours = tree(json!({"levels": {"0": {}, "a": {}}}));
    let theirs = tree(json!({"levels": {"0": {}, "b": {}}}));
    let merge = history::merge(&base, &ours, &theirs, &policies());
    assert_eq!(
        merge.tree,
        tree(json!({"levels": {"0": {}, "a": {}, "b": {}}}))
    );
    let told: Vec<_> = merge
        .automatic()
        .map(|cell| (cell.path.to_string(), cell.outcome.clone()))
        .collect();
    let both = Outcome::BothHappened {
        ours: vec!["a".to_owned()],
        theirs: vec!["b".to_owned()],
    };
    assert_eq!(told, [("/levels".to_owned(), both)]);
}

fn table() -> String {
    let mut out = String::from(
        "| kind | before | one side | other side | result | told as |\n|---|---|---|---|---|---|\n",
    );
    for kind in kinds() {
        for (pair, (result, told)) in PAIRS.into_iter().zip(kind.rows) {
            if !kind.has(pair) {
                continue;
            }
            let (there, one, other) = pair;
            let before = if there {
                show(&kind.values[0])
            } else {
                "nothing".to_owned()
            };
            let value = |deed: Deed| match deed {
                Set(which) => show(&kind.values[which]),
                Remove => "nothing".to_owned(),
                Keep | Move(_) => before.clone(),
            };
            let result = match result {
                "one" => value(one),
                "other" => value(other),
                "before" => before.clone(),
                "moved" => format!("{before}, moved"),
                "one moved" => format!("{}, moved", value(one)),
                "other moved" => format!("{}, moved", value(other)),
                "nothing" => "nothing".to_owned(),
                "ours" => "*open*, holds ours".to_owned(),
                "ours, both" => "*open*, holds ours, with the note".to_owned(),
                "both" => "both changes".to_owned(),
                json => show(&serde_json::from_str(json).unwrap()),
            };
            let told = if told.is_empty() { "nothing" } else { told };
            let [first, second] = [
                word(&kind, there, one, other),
                word(&kind, there, other, one),
            ];
            let _ = writeln!(
                out,
                "| {} | {before} | {first} | {second} | {result} | {told} |",
                kind.name
            );
        }
    }
    out
}

#[test]
fn the_table_in_the_documentation_is_this_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/merging.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = table();
    if std::env::var_os("FORKBEARD_WRITE_MATRIX").is_some() {
        std::fs::write(file, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        written, table,
        "docs/merging.md is stale: FORKBEARD_WRITE_MATRIX=1 cargo test -p forkbeard-history --test matrix"
    );
}
