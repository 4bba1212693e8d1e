//! Formulas as tables: load, attacks, spellcasting.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod explain;

use explain::{check, derived, levels, why};
use serde_json::json;

#[test]
fn capacity_by_size() {
    for (size, pounds) in [
        ("tiny", 97),
        ("small", 195),
        ("medium", 195),
        ("large", 390),
        ("huge", 780),
        ("gargantuan", 1560),
    ] {
        let document =
            json!({"creature": {"size": size}, "abilities": {"scores": {"strength": 13}}});
        assert_eq!(
            derived(document).sheet.equipment.carrying_capacity,
            pounds,
            "{size}"
        );
    }
    check(
        json!({}),
        "/equipment/carrying_capacity",
        "150 = Strength 10 +150 (15 lb for each point, Medium size)",
    );
}

#[test]
fn load_with_containers_and_coins() {
    let document = json!({"equipment": {
        "inventory": {
            "pack": {"rank": "1", "name": "Backpack", "weight_lb": 5},
            "pouch": {"rank": "2", "name": "Pouch", "weight_lb": 1, "container": "pack"},
            "beads": {"rank": "3", "name": "Beads", "weight_lb": 0.25, "quantity": 8, "container": "pouch"},
            "arrows": {"rank": "4", "name": "Arrows", "weight_lb": 0.05, "quantity": 21},
            "anvil": {"rank": "5", "name": "Anvil", "weight_lb": 100, "container": "bag"},
            "lost": {"rank": "6", "name": "Lost", "weight_lb": 3, "container": "gone"},
            "one": {"rank": "7", "name": "One", "weight_lb": 1, "container": "two"},
            "two": {"rank": "8", "name": "Two", "weight_lb": 2, "container": "one"},
            "feather": {"rank": "9", "name": "Feather"},
        },
        "magical_items": {
            "bag": {"name": "Bag of Holding", "weight_lb": 15, "weightless_contents": true}},
        "currency": {"cp": 10, "gp": 120, "pp": 1},
    }});
    let derived = derived(document);
    assert_eq!(
        why(&derived, "/equipment/current_load"),
        "32.67 = Backpack +8 (with 3 lb in it); Arrows +1.05 (21 of 0.05 lb); Lost +3; One +1; Two +2; \
         Bag of Holding +15 (what lies in it weighs nothing); 131 coins +2.62 (50 to the pound)"
    );
    let equipment = derived.sheet.equipment;
    let contents: Vec<(&str, f64)> = equipment
        .inventory
        .iter()
        .map(|item| (item.id.as_str(), item.contents_lb))
        .collect();
    assert_eq!(contents[0..2], [("pack", 3.0), ("pouch", 2.0)]);
    assert_eq!(equipment.magical_items[0].contents_lb, 100.0);
    assert_eq!(equipment.wealth_cp, 10 + 12_000 + 1_000);
    let cells: Vec<_> = derived.findings.iter().map(|f| f.cell.as_str()).collect();
    for cell in ["lost", "one", "two"].map(|id| format!("/equipment/inventory/{id}/container")) {
        assert!(cells.contains(&cell.as_str()), "{cell} in {cells:?}");
    }
}

#[test]
fn too_much_is_a_finding() {
    let document = json!({"equipment": {"inventory": {"a": {"name": "Anvil", "weight_lb": 151}}}});
    let found = derived(document).findings;
    assert!(
        found
            .iter()
            .any(|f| f.message == "151 lb are carried; 150 lb can be."),
        "{found:?}"
    );
}

#[test]
fn attacks() {
    let rows = [
        // (weapon, attack, damage, as it is rolled)
        (
            json!({"damage": "1d8"}),
            "2 = Strength +0; Proficiency +2",
            "0 = Strength +0",
            "1d8",
        ),
        (
            json!({"damage": "1d8", "ranged": true}),
            "5 = Dexterity +3; Proficiency +2",
            "3 = Dexterity +3",
            "1d8+3",
        ),
        (
            json!({"damage": "1d4", "properties": {"finesse": true}, "proficient": false}),
            "3 = Dexterity +3 (the better with a finesse weapon)",
            "3 = Dexterity +3",
            "1d4+3",
        ),
        (
            json!({"damage": "1d6", "ability": "charisma", "bonus_to_attack": 1, "bonus_to_damage": 2}),
            "2 = Charisma -1; Proficiency +2; Bonus +1",
            "1 = Charisma -1; Bonus +2",
            "1d6+1",
        ),
        (
            json!({"damage": "1d6", "ranged": true, "ability_to_damage": false}),
            "5 = Dexterity +3; Proficiency +2",
            "0 =",
            "1d6",
        ),
        (
            json!({"damage": "1d6", "ability": "charisma", "ability_to_damage": false}),
            "1 = Charisma -1; Proficiency +2",
            "-1 = Charisma -1 (a penalty always counts)",
            "1d6-1",
        ),
        (
            json!({"damage": "1", "ability": "charisma"}),
            "1 = Charisma -1; Proficiency +2",
            "-1 = Charisma -1",
            "0",
        ),
        (
            json!({"damage": "", "ranged": true}),
            "5 = Dexterity +3; Proficiency +2",
            "3 = Dexterity +3",
            "",
        ),
    ];
    for (weapon, attack, damage, rolled) in rows {
        let derived = derived(json!({
            "abilities": {"scores": {"dexterity": 16, "charisma": 8}},
            "actions": {"weapons": {"w": weapon}}}));
        assert_eq!(why(&derived, "/actions/weapons/w/attack_bonus"), attack);
        assert_eq!(why(&derived, "/actions/weapons/w/damage_bonus"), damage);
        assert_eq!(derived.sheet.actions.weapons[0].damage, rolled);
    }
}

#[test]
fn reach_and_range_in_words() {
    for (weapon, range) in [
        (json!({}), ""),
        (json!({"reach_ft": 5}), "5 ft"),
        (json!({"range_ft": 150, "long_range_ft": 600}), "150/600 ft"),
        (
            json!({"reach_ft": 5, "range_ft": 20, "long_range_ft": 60}),
            "5 ft, 20/60 ft",
        ),
    ] {
        let sheet = derived(json!({"actions": {"weapons": {"w": weapon}}})).sheet;
        assert_eq!(sheet.actions.weapons[0].range, range);
    }
}

#[test]
fn casting() {
    let derived = derived(json!({
        "levels": levels("Wizard", 5),
        "abilities": {"scores": {"intelligence": 18, "wisdom": 12}},
        "combat": {"exhaustion": 1},
        "equipment": {"magical_items": {"rod": {"name": "Rod", "equipped": true,
            "bonuses": {"spell_attack": 2, "spell_save_dc": 2}}}},
        "spellcasting": {
            "casters": {
                "w": {"rank": "1", "class": "Wizard", "ability": "intelligence", "bonus_to_dc": 1, "prepared_limit": 1},
                "c": {"rank": "2", "class": "Cleric", "ability": "wisdom"},
                "o": {"rank": "3", "class": "Open"}},
            "slots": {"1": {"max": 4, "used": 1}, "2": {"max": 2, "used": 5}, "3": {"max": 0}},
            "pact": {"level": 2, "max": 2, "used": 1},
            "spells": {
                "a": {"rank": "1", "name": "Fireball", "level": 3, "caster": "w", "prepared": true},
                "b": {"rank": "2", "name": "Light", "caster": "w"},
                "c": {"rank": "3", "name": "Shield", "level": 1, "prepared": true},
                "d": {"rank": "4", "name": "Bless", "level": 1, "caster": "c", "always_prepared": true},
                "e": {"rank": "5", "name": "Identify", "level": 1, "caster": "w", "ritual": true}}},
    }));
    for (cell, expected) in [
        (
            "w/spell_save_dc",
            "18 = Base +8; Intelligence +4; Proficiency +3; Bonus +1; Rod +2",
        ),
        (
            "w/spell_attack_bonus",
            "7 = Intelligence +4; Proficiency +3; Rod +2; Exhaustion -2 (level 1, 2 less for each)",
        ),
        (
            "c/spell_save_dc",
            "14 = Base +8; Wisdom +1; Proficiency +3; Rod +2",
        ),
    ] {
        assert_eq!(
            why(&derived, &format!("/spellcasting/casters/{cell}")),
            expected
        );
    }
    let casting = serde_json::to_value(&derived.sheet.spellcasting).unwrap();
    assert_eq!(casting["spellcasting_ability"], json!("intelligence"));
    assert_eq!(
        (&casting["spell_save_dc"], &casting["spell_attack_bonus"]),
        (&json!(18), &json!(7))
    );
    assert_eq!(
        casting["spell_slots"],
        json!({"1": {"max": 4, "current": 3}, "2": {"max": 2, "current": 0}})
    );
    assert_eq!(
        casting["pact_slots"],
        json!({"level": 2, "max": 2, "current": 1})
    );
    assert_eq!(
        casting["spells_known"],
        json!(["Light", "Shield", "Bless", "Identify", "Fireball"])
    );
    assert_eq!(
        casting["spells_prepared"],
        json!(["Light", "Shield", "Bless", "Fireball"])
    );
    assert_eq!(casting["casters"][2]["spell_save_dc"], json!(null));
    let names = |n: usize| {
        let spells = casting["casters"][n]["spells"].as_array().unwrap().iter();
        spells
            .map(|spell| spell["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(0), ["Light", "Shield", "Identify", "Fireball"]);
    assert_eq!(names(1), ["Bless"]);
    let message = "Wizard has 2 spells prepared; 1 are allowed.";
    assert!(
        derived.findings.iter().any(|f| f.message == message),
        "{:?}",
        derived.findings
    );
}

#[test]
fn a_character_without_magic_has_an_empty_block() {
    let casting = serde_json::to_value(derived(json!({})).sheet.spellcasting).unwrap();
    assert_eq!(
        casting,
        json!({
            "spellcasting_ability": null, "spell_save_dc": null, "spell_attack_bonus": null,
            "spell_slots": {}, "spells_known": [], "spells_prepared": [], "pact_slots": null, "casters": []
        })
    );
}
