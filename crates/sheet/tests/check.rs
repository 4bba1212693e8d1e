//! What cells refuse, and with which words.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use sheet::{Source, check_cell};

/// Sets one cell; gives `cell: message | hint` of the refusal, or `ok`.
fn check(path: &str, value: Value) -> String {
    match check_cell(&path.parse().unwrap(), &value) {
        Ok(()) => "ok".to_owned(),
        Err(error) => format!("{}: {} | {}", error.cell, error.message, error.hint),
    }
}

#[test]
fn values_within_the_limits_pass() {
    for (path, value) in [
        ("/identity/name", json!("Élodie “the Quiet” d'Ambre 龍")),
        ("/identity/name", json!("x".repeat(120))),
        ("/identity/name", json!("é".repeat(120))),
        ("/identity/xp", json!(355_000.0)),
        ("/record/avatar", json!(null)),
        ("/record/handle", json!("sorrel-2")),
        ("/notes", json!("line\n\tline")),
        (
            "/levels/0192f000-0000-7000-8000-000000000001/class",
            json!("Bard"),
        ),
        (
            "/levels/a",
            json!({"rank": "V", "class": "Bard", "hit_die": null}),
        ),
        ("/equipment/inventory/a/armor/base", json!(12)),
        ("/equipment/inventory/a/weight_lb", json!(0.05)),
        ("/proficiencies/languages/Thieves' Cant", json!(true)),
        ("/spellcasting/slots/9/used", json!(1)),
        (
            "/overrides/~1combat~1armor_class",
            json!({"value": 19, "note": "shield spell"}),
        ),
        ("/overrides/~1combat~1armor_class/value", json!(19)),
        ("/extra/house/rules", json!([1, {"a": null}])),
        ("/conditions", json!({})),
    ] {
        assert_eq!(check(path, value), "ok", "{path}");
    }
}

#[test]
fn refusals_name_the_cell_and_what_would_be_right() {
    for (path, value, expected) in [
        (
            "/identity/xp",
            json!("many"),
            "/identity/xp: text does not fit this cell | It holds a whole number from 0 to 10000000.",
        ),
        (
            "/identity/xp",
            json!(-1),
            "/identity/xp: -1 does not fit this cell | It holds a whole number from 0 to 10000000.",
        ),
        (
            "/identity/xp",
            json!(1.5),
            "/identity/xp: 1.5 does not fit this cell | It holds a whole number from 0 to 10000000.",
        ),
        (
            "/identity/xp",
            json!(5_000_000_000_i64),
            "/identity/xp: 5000000000 does not fit this cell | It holds a whole number from 0 to 10000000.",
        ),
        (
            "/identity/name",
            json!("x".repeat(10_000)),
            "/identity/name: 10000 characters are too many for this cell | At most 120 characters fit.",
        ),
        (
            "/identity/name",
            json!("a\nb"),
            "/identity/name: this cell holds one line without tabs | Put longer text into the notes or the description.",
        ),
        (
            "/notes",
            json!("a\u{7}b"),
            "/notes: the text holds the control character U+0007 | Take it out; it often comes with text pasted from elsewhere.",
        ),
        (
            "/notes",
            json!("x".repeat(102_401)),
            "/notes: 102401 bytes of text are too many for this cell | At most 100 KB fit; move part of it to another note.",
        ),
        (
            "/identity/nmae",
            json!("x"),
            "/identity/nmae: there is no cell `nmae` here | Did you mean `name`?",
        ),
        (
            "/combat/zzz",
            json!(1),
            "/combat/zzz: there is no cell `zzz` here | There are: damage_taken, temporary_hp, hp_maximum_bonus, hit_dice_used, death_saves, exhaustion, concentration, speeds, senses, armor_formulas, defenses.",
        ),
        (
            "/combat/armor_class",
            json!(18),
            "/combat/armor_class: this number is computed and not written | Change what it is made of, or set it by hand at `/overrides/~1combat~1armor_class`.",
        ),
        (
            "/combat/exhaustion",
            json!(7),
            "/combat/exhaustion: 7 does not fit this cell | It holds a whole number from 0 to 6.",
        ),
        (
            "/combat/exhaustion",
            json!(null),
            "/combat/exhaustion: nothing (`null`) does not fit this cell | It holds a whole number from 0 to 6.",
        ),
        (
            "/combat/exhaustion/x",
            json!(1),
            "/combat/exhaustion: this cell holds one value and no cells | Set the cell itself.",
        ),
        (
            "/combat/hit_dice_used/d7",
            json!(1),
            "/combat/hit_dice_used: `d7` is not one of the names of this cell | It has: d4, d6, d8, d10, d12, d20.",
        ),
        (
            "/record/kind",
            json!("hero"),
            "/record/kind: `hero` is not one of the values of this cell | It holds one of: character, npc, monster.",
        ),
        (
            "/record/handle",
            json!("Sorrel Q"),
            "/record/handle: `Sorrel Q` is not a handle: it has characters other than lower-case letters, digits and `-` | A handle has 1 to 60 lower-case letters, digits and single `-` between them, like `sorrel-quickfen`.",
        ),
        (
            "/record/avatar",
            json!("face.png"),
            "/record/avatar: `face.png` does not name a picture of the library | Pictures are named by their content hash, 64 hexadecimal digits in lower case.",
        ),
        (
            "/levels",
            json!([1]),
            "/levels: a list does not fit this cell | It holds an object of things by their ids; a list has no ids, so two people could not change it at once.",
        ),
        (
            "/levels/a b/class",
            json!("Bard"),
            "/levels: `a b` cannot be the id of a thing | An id has 1 to 64 letters a-z, digits, `-` and `_`.",
        ),
        (
            "/equipment",
            json!({"inventory": {"a": {"quantity": 2_000_000}}}),
            "/equipment/inventory/a/quantity: 2000000 does not fit this cell | It holds a whole number from 0 to 1000000.",
        ),
        (
            "/proficiencies/languages",
            json!(["Common"]),
            "/proficiencies/languages: a list does not fit this cell | It holds an object in which each member is mapped to true, like {\"Common\": true}.",
        ),
        (
            "/overrides/armor_class/value",
            json!(1),
            "/overrides: `armor_class` is not the path of a cell | It is named by the path of the cell it is about, like `/combat/armor_class`.",
        ),
        (
            "/format",
            json!("forkbeard.character/9"),
            "/format: `forkbeard.character/9` is not a format that this Forkbeard reads | It reads `forkbeard.character/1`; a newer Forkbeard may have written this.",
        ),
    ] {
        assert_eq!(check(path, value), expected);
    }
}

#[test]
fn a_document_that_does_not_decode_names_its_cell() {
    for (document, cell, message) in [
        (
            json!({"identity": {"xp": "many"}}),
            "/identity/xp",
            "invalid type: string \"many\", expected i32",
        ),
        (
            json!({"levels": {"a/b": {"class": 5}}}),
            "/levels/a~1b/class",
            "invalid type: integer `5`, expected a string",
        ),
        (
            json!({"format": "other/1"}),
            "/format",
            "this document says it is `other/1`",
        ),
    ] {
        let error = Source::from_value(&document).unwrap_err();
        assert_eq!(
            (error.cell.as_str(), error.message.as_str()),
            (cell, message)
        );
    }
    let error = Source::from_value(&json!({"identity": {"nmae": "x"}})).unwrap_err();
    assert!(
        error.message.starts_with("unknown field `nmae`"),
        "{error:?}"
    );
    assert!(error.cell.starts_with("/identity"), "{error:?}");
    let error = Source::from_json(b"{\"identity\":").unwrap_err();
    assert!(error.hint.contains("not whole JSON"), "{error:?}");
}

/// Any JSON at all, small.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop_oneof![
                    Just("identity".to_owned()),
                    Just("name".to_owned()),
                    ".{0,6}"
                ],
                inner,
                0..4
            )
            .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    /// Whatever passes the check decodes: nothing can be stored that cannot be opened.
    #[test]
    fn what_passes_the_check_decodes(
        at in any::<prop::sample::Index>(), value in any_json(), number in -5_i64..200_000
    ) {
        let specs = sheet::cell_specs();
        let spec = &specs[at.index(specs.len())];
        let path: history::CellPath = spec.pattern.replace('*', "1").parse().unwrap();
        for value in [value, json!(number)] {
            let accepted = check_cell(&path, &value).is_ok();
            let edit = history::Edit::Set { path: path.clone(), value };
            if accepted && let Ok(tree) = history::edit(&history::Tree::empty(), [edit]) {
                prop_assert!(Source::from_tree(&tree).is_ok(), "{:?}", Source::from_tree(&tree));
            }
        }
    }
}
