//! Reading a source anew after an edit: the same as reading it whole, with what was not touched shared.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use history::{Tree, diff};
use serde_json::{Value, json};
use sheet::{CellError, FORMAT, Source};

fn example() -> Value {
    json!({
        "format": FORMAT,
        "record": {"handle": "sorrel", "display_name": "Sorrel"},
        "identity": {"xp": 300},
        "levels": {"l1": {"rank": "V", "class": "Ranger"}},
        "combat": {"damage_taken": 3},
        "actions": {
            "weapons": {"bow": {"name": "Longbow", "damage": "1d8"}},
            "features": {"f": {"name": "Favored Enemy", "uses": {"max": 2}}},
            "traits": {"t": {"name": "Lucky"}},
            "weapon_masteries": {"Longbow": true},
        },
        "equipment": {
            "inventory": {"arrows": {"name": "Arrows", "quantity": 20, "weight_lb": 0.05}, "rope": {"name": "Rope"}},
            "magical_items": {"rod": {"name": "Rod"}},
            "currency": {"gp": 12},
        },
        "spellcasting": {
            "casters": {"c": {"class": "Ranger"}},
            "spells": {"mark": {"name": "Hunter's Mark", "level": 1, "caster": "c"}},
            "slots": {"1": {"max": 3}},
        },
        "overrides": {"/combat/armor_class": {"value": 15.5, "note": "DM"}},
        "notes": "Quiet.",
        "extra": {"house": {"rule": 0.1}},
    })
}

/// Sets one cell, or removes it, and reads the outcome both ways.
fn both(path: &str, value: Option<Value>) -> (Source, Result<Source, CellError>) {
    let before = Tree::from_value(example()).unwrap();
    let mut document = example();
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    let parent = parent.as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
    let after = Tree::from_value(document).unwrap();
    let first = Source::from_tree(&before).unwrap();
    let changes = diff(&before, &after);
    let second = first.after(changes.iter().map(|change| &change.path), &after);
    assert_eq!(second, Source::from_tree(&after), "{path}");
    (first, second)
}

#[test]
fn every_kind_of_change_is_read_as_if_whole() {
    for (path, value) in [
        ("/format", Some(json!("forkbeard.character/9"))),
        ("/format", None),
        ("/record/owner", Some(json!("Maren"))),
        ("/record", None),
        ("/identity/xp", Some(json!(900))),
        ("/identity/xp", Some(json!("many"))),
        ("/levels/l2", Some(json!({"rank": "a", "class": "Cleric"}))),
        ("/levels", None),
        ("/combat/damage_taken", Some(json!(4))),
        ("/combat/damage_taken", None),
        ("/actions/weapons/bow/damage", Some(json!("1d10"))),
        ("/actions/weapons/bow", None),
        ("/actions/weapons", None),
        ("/actions/features/f/uses/used", Some(json!(1))),
        ("/actions/features/f/uses/used", Some(json!(1.5))),
        ("/actions/traits/new", Some(json!({"name": "Brave"}))),
        ("/actions/weapon_masteries/Shortsword", Some(json!(true))),
        ("/actions", None),
        ("/equipment/inventory/arrows/quantity", Some(json!(19))),
        ("/equipment/inventory/arrows/unknown", Some(json!(19))),
        ("/equipment/inventory/arrows", Some(json!(null))),
        ("/equipment/inventory/arrows", Some(json!(7))),
        ("/equipment/inventory", Some(json!({}))),
        ("/equipment/inventory", Some(json!("nothing"))),
        (
            "/equipment/magical_items/rod",
            Some(json!({"name": "Wand"})),
        ),
        ("/equipment/currency/gp", Some(json!(13))),
        ("/equipment/currency", None),
        ("/equipment/luggage", Some(json!(1))),
        ("/spellcasting/casters/c/ability", Some(json!("wisdom"))),
        ("/spellcasting/spells/mark/prepared", Some(json!(true))),
        ("/spellcasting/slots/1/used", Some(json!(1))),
        ("/spellcasting", None),
        ("/overrides/~1combat~1armor_class", None),
        ("/notes", Some(json!("Loud."))),
        ("/notes", None),
        ("/notes", Some(json!(["a list"]))),
        ("/extra/house/rule", Some(json!(0.30000000000000004))),
        ("/nonsense", Some(json!(1))),
    ] {
        let _ = both(path, value);
    }
}

#[test]
fn what_was_not_touched_is_shared() {
    let (first, second) = both("/equipment/inventory/arrows/quantity", Some(json!(19)));
    let second = second.unwrap();
    let shared = |id: &str| {
        let thing = |source: &Source| source.equipment.inventory.shared(id).cloned().unwrap();
        Arc::ptr_eq(&thing(&first), &thing(&second))
    };
    assert!(shared("rope") && !shared("arrows"));
    assert!(Arc::ptr_eq(&first.actions, &second.actions));
    assert!(Arc::ptr_eq(&first.record, &second.record));
}
