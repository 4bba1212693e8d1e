//! The rows of the matrix: what each kind of cell holds, and how each pair of deeds comes out.

use serde_json::{Map, Value, json};

/// A kind: its values before, first and second, and for each pair what the cell holds and how its parts came out.
///
/// A result of `one` or `other` is that side's value; `ours` is in conflict and holds whichever side is called ours.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) cell: &'static str,
    pub(crate) values: [Value; 3],
    pub(crate) rows: [(&'static str, &'static str); 18],
}

/// A cell of a thing; all such kinds come out alike where one side only moves the thing.
fn value_kind(
    name: &'static str,
    cell: &'static str,
    values: [Value; 3],
    [added, added_apart, changed, apart, removed]: [(&'static str, &'static str); 5],
) -> Kind {
    let rows = [
        ("before", ""),
        ("one", "one"),
        added,
        added_apart,
        ("one", "one"),
        changed,
        apart,
        ("nothing", "one"),
        ("nothing", "same"),
        removed,
        ("before", "place: one"),
        ("before", "place: same"),
        ("before", "place: ordered"),
        ("other", "other; place: one"),
        ("nothing", "other; place: one"),
        ("one", "one; place: other"),
        ("one", "one; place: other"),
        ("one", "one; place: other"),
    ];
    Kind {
        name,
        cell,
        values,
        rows,
    }
}

pub(crate) fn kinds() -> Vec<Kind> {
    let asked = [
        ("one", "same"),
        ("ours", "conflict"),
        ("one", "same"),
        ("ours", "conflict"),
        ("ours", "conflict"),
    ];
    let set = |members: &[&str]| -> Value {
        let members = members
            .iter()
            .map(|member| ((*member).to_owned(), json!(true)));
        Value::Object(members.collect::<Map<_, _>>())
    };
    let mut kinds = vec![
        value_kind(
            "plain value",
            "plain",
            [json!("grey"), json!("red"), json!("blue")],
            asked,
        ),
        value_kind(
            "choice slot",
            "choice",
            [json!("Archery"), json!("Defense"), json!("Dueling")],
            asked,
        ),
        value_kind(
            "counter",
            "counter",
            [json!(10), json!(12), json!(7)],
            [
                ("20", "added, cut from 24"),
                ("19", "added"),
                ("14", "added"),
                ("9", "added"),
                ("2", "added"),
            ],
        ),
        value_kind(
            "maximum",
            "maximum",
            [json!(5), json!(8), json!(3)],
            [
                ("8", "same"),
                ("8", "larger"),
                ("8", "same"),
                ("8", "larger"),
                ("8", "larger"),
            ],
        ),
        value_kind(
            "maximum by source",
            "sources",
            [
                json!({"Aid": 5}),
                json!({"Aid": 8, "Bless": 2}),
                json!({"Aid": 6, "Feast": 4}),
            ],
            [
                ("one", "Aid: same, Bless: same"),
                (
                    r#"{"Aid":8,"Bless":2,"Feast":4}"#,
                    "Aid: larger, Bless: one, Feast: other",
                ),
                ("one", "Aid: same, Bless: same"),
                (
                    r#"{"Aid":8,"Bless":2,"Feast":4}"#,
                    "Aid: larger, Bless: one, Feast: other",
                ),
                ("other", "Aid: larger, Bless: other"),
            ],
        ),
        value_kind(
            "tree (container)",
            "container",
            [json!("bag"), json!("box"), json!("pot")],
            [
                ("one", "same"),
                ("other", "moved"),
                ("one", "same"),
                ("other", "moved"),
                ("other", "moved"),
            ],
        ),
        value_kind(
            "prose, other words",
            "prose",
            [
                json!("one two three"),
                json!("1 two three"),
                json!("one two 3"),
            ],
            [
                ("one", "same"),
                (r#""1 two three one two 3""#, "both kept"),
                ("one", "same"),
                (r#""1 two 3""#, "woven"),
                ("other", "both kept"),
            ],
        ),
        value_kind(
            "prose, the same words",
            "prose",
            [
                json!("one two three"),
                json!("1 two three"),
                json!("uno two three"),
            ],
            [
                ("one", "same"),
                (r#""1 two three uno two three""#, "both kept"),
                ("one", "same"),
                (r#""1 uno two three""#, "both kept"),
                ("other", "both kept"),
            ],
        ),
        value_kind(
            "set",
            "set",
            [set(&["A", "B"]), set(&["A", "B", "C"]), set(&["B", "D"])],
            [
                ("one", "A: same, B: same, C: same"),
                (
                    r#"{"A":true,"B":true,"C":true,"D":true}"#,
                    "A: one, B: same, C: one, D: other",
                ),
                ("one", "C: same"),
                (
                    r#"{"B":true,"C":true,"D":true}"#,
                    "A: other, C: one, D: other",
                ),
                (r#"{"C":true}"#, "A: one, B: one, C: other"),
            ],
        ),
    ];
    // Changes of members are reported by member.
    for (kind, at, told) in [
        (4, 4, "Aid: one, Bless: one"),
        (8, 4, "C: one"),
        (4, 13, "Aid: other, Bless: other; place: one"),
        (8, 13, "C: other; place: one"),
        (4, 17, "Aid: one, Feast: one; place: other"),
        (8, 17, "A: one, D: one; place: other"),
    ] {
        kinds[kind].rows[at].1 = told;
    }
    let rope = |name: &str, note: Option<&str>| {
        let mut thing = json!({"name": name, "rank": "h"});
        if let Some(note) = note {
            thing["note"] = json!(note);
        }
        thing
    };
    let thing_rows = [
        ("before", ""),
        ("one", "one"),
        ("one", "name: same, rank: same"),
        ("ours", "name: conflict, rank: same"),
        ("one", "name: one"),
        ("one", "name: same"),
        ("ours", "name: conflict"),
        ("nothing", "one"),
        ("nothing", "same"),
        ("ours", "conflict"),
        ("moved", "rank: one"),
        ("moved", "rank: same"),
        ("moved", "rank: ordered"),
        ("other moved", "name: other, rank: one"),
        ("nothing", "removed"),
        ("", ""),
        ("", ""),
        ("one moved", "name: one, rank: other"),
    ];
    for (name, cell) in [("keyed record", "/x/1"), ("event", "/levels/1")] {
        kinds.push(Kind {
            name,
            cell,
            values: [
                rope("Rope", None),
                rope("Silk rope", None),
                rope("Hemp rope", None),
            ],
            rows: thing_rows,
        });
    }
    let mut apart = thing_rows;
    for (at, row) in [
        (3, ("ours, both", "name: conflict, note: other, rank: same")),
        (6, ("both", "name: one, note: other")),
        (17, ("one moved", "note: one, rank: other")),
    ] {
        apart[at] = row;
    }
    kinds.push(Kind {
        name: "keyed record, other cells",
        cell: "/x/1",
        values: [
            rope("Rope", None),
            rope("Silk rope", None),
            rope("Rope", Some("frayed")),
        ],
        rows: apart,
    });
    kinds
}
