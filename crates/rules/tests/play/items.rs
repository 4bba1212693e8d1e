//! Things: worn, attuned to, packed, used up.

use rules::play::Action;
use serde_json::{Value, json};

use crate::{Table, told};

fn packed() -> Table {
    Table::of(json!({"equipment": {
        "inventory": {
            "mail": {"rank": "1", "name": "Chain Mail", "kind": "armor", "equipped": true, "weight_lb": 55.0,
                "armor": {"category": "heavy", "base": 16}},
            "leather": {"rank": "2", "name": "Leather", "kind": "armor", "container": "pack", "weight_lb": 10.0,
                "armor": {"category": "light", "base": 11}},
            "shield": {"rank": "3", "name": "Shield", "kind": "shield", "armor": {"category": "shield", "base": 2}},
            "pack": {"rank": "4", "name": "Backpack", "kind": "container", "capacity_lb": 30.0, "weight_lb": 5.0},
            "pouch": {"rank": "5", "name": "Pouch", "kind": "container", "capacity_lb": 6.0, "container": "pack"},
            "rations": {"rank": "6", "name": "Rations", "quantity": 10, "weight_lb": 2.0},
            "torch": {"rank": "7", "name": "Torch", "quantity": 0},
        },
        "magical_items": {
            "a": {"rank": "1", "name": "Ring A", "requires_attunement": true, "attuned": true},
            "b": {"rank": "2", "name": "Ring B", "requires_attunement": true, "attuned": true},
            "c": {"rank": "3", "name": "Ring C", "requires_attunement": true},
            "d": {"rank": "4", "name": "Ring D", "requires_attunement": true},
            "lantern": {"rank": "5", "name": "Lantern of Revealing"},
            "wall": {"rank": "6", "name": "Spellguard Shield", "armor": {"category": "shield", "base": 2}},
        },
    }}))
}

macro_rules! action {
    ($what:ident, $item:expr) => {
        Action::$what {
            item: $item.to_owned(),
        }
    };
}

fn put(item: &str, container: Option<&str>) -> Action {
    Action::Move {
        item: item.to_owned(),
        container: container.map(str::to_owned),
    }
}

#[test]
fn one_suit_of_armor_and_one_shield_are_worn() {
    let mut table = packed();
    let message = table.refuses(action!(Equip, "leather"));
    assert!(message.contains("Chain Mail is on"), "{message}");
    table.act(action!(Unequip, "mail"), &[]);
    let outcome = table.act(action!(Equip, "leather"), &[]);
    assert_eq!(
        told(&outcome),
        ["Leather: equipped", "Leather: in Backpack > carried"]
    );
    assert_eq!(
        table.cell("/equipment/inventory/leather/container"),
        Value::Null
    );
    table.act(action!(Equip, "shield"), &[]);
    let message = table.refuses(action!(Equip, "wall"));
    assert!(message.contains("Shield is on"), "{message}");
    for (action, expected) in [
        (action!(Equip, "shield"), "already"),
        (action!(Equip, "torch"), "no Torch left"),
        (action!(Unequip, "mail"), "neither worn nor held"),
        (action!(Equip, "none"), "not carried"),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn three_items_can_be_attuned() {
    let mut table = packed();
    let outcome = table.act(action!(Attune, "c"), &[]);
    assert_eq!(
        told(&outcome),
        ["Attuned items: 2 > 3 (3 are allowed; it takes a short rest)"]
    );
    for (action, expected) in [
        (
            action!(Attune, "d"),
            "attuned to 3 items, and 3 are allowed",
        ),
        (action!(Attune, "c"), "already"),
        (action!(Attune, "lantern"), "asks for no attunement"),
        (action!(Attune, "rations"), "asks for no attunement"),
        (action!(Unattune, "d"), "not attuned"),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
    table.act(action!(Unattune, "a"), &[]);
    table.act(action!(Attune, "d"), &[]);
    assert_eq!(table.derived.sheet.equipment.attuned_count, 3);
}

#[test]
fn the_sheet_may_allow_more_attuned_items() {
    let mut table = packed();
    table.act(action!(Attune, "c"), &[]);
    let limit: sheet::Stat =
        serde_json::from_value(json!({"value": 4, "terms": [], "computed": null,
        "override_note": null, "alternatives": [], "notes": []}))
        .unwrap();
    table
        .derived
        .stats
        .insert("/equipment/attunement_limit".to_owned(), limit);
    table.act(action!(Attune, "d"), &[]);
    assert_eq!(table.derived.sheet.equipment.attuned_count, 4);
}

#[test]
fn things_lie_in_containers_and_never_in_themselves() {
    let mut table = packed();
    let outcome = table.act(put("rations", Some("pack")), &[]);
    assert_eq!(
        told(&outcome),
        [
            "Rations: carried > in Backpack",
            "In Backpack: 10 lb > 30 lb (of 30 lb)",
        ]
    );
    // Too much is told and not refused: the table may have it so.
    let outcome = table.act(put("mail", Some("pack")), &[]);
    assert_eq!(
        told(&outcome),
        [
            "Chain Mail: equipped > carried",
            "Chain Mail: carried > in Backpack",
            "In Backpack: 30 lb > 85 lb (more than the 30 lb it holds)",
        ]
    );
    assert_eq!(table.cell("/equipment/inventory/mail/equipped"), false);
    for (action, expected) in [
        (put("pack", Some("pack")), "cannot lie in itself"),
        (put("pack", Some("pouch")), "cannot lie in itself"),
        (put("pack", None), "in no container"),
        (put("rations", Some("pack")), "there already"),
        (put("rations", Some("none")), "not carried"),
        (put("none", Some("pack")), "not carried"),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
    table.act(put("pouch", None), &[]);
    table.act(put("pack", Some("pouch")), &[]);
    assert!(
        table
            .refuses(put("pouch", Some("pack")))
            .contains("cannot lie")
    );
}

#[test]
fn a_circle_that_is_there_already_ends() {
    let mut table = Table::of(json!({"equipment": {"inventory": {
        "a": {"rank": "1", "name": "A", "container": "b"},
        "b": {"rank": "2", "name": "B", "container": "a"},
        "c": {"rank": "3", "name": "C"},
    }}}));
    assert!(table.refuses(put("c", Some("a"))).contains("so deep"));
    table.act(put("a", None), &[]);
    table.act(put("c", Some("b")), &[]);
}

#[test]
fn things_are_used_up_and_no_more_of_them() {
    let eat = |amount| Action::UseItem {
        item: "rations".to_owned(),
        amount,
    };
    let mut table = packed();
    table.act(eat(4), &[]);
    assert_eq!(table.cell("/equipment/inventory/rations/quantity"), 6);
    assert_eq!(table.refuses(eat(7)), "There are 6 of Rations and not 7.");
    table.act(eat(6), &[]);
    assert_eq!(table.cell("/equipment/inventory/rations/quantity"), 0);
    assert!(table.refuses(eat(1)).contains("There are 0"));
    assert!(table.refuses(eat(-1)).contains("no possible"));
}
