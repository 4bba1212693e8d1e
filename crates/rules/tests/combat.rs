//! Formulas as tables: armor class, initiative, hit points, speeds.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod explain;

use explain::{check, derived, levels};
use serde_json::{Value, json};

#[test]
fn initiative_is_a_dexterity_check() {
    check(
        json!({
            "abilities": {"scores": {"dexterity": 16}},
            "equipment": {"magical_items": {
                "stone": {"name": "Stone of Good Luck", "equipped": true, "bonuses": {"ability_checks": 1}},
                "boots": {"name": "Boots", "equipped": true, "bonuses": {"initiative": 2}},
                "off": {"name": "Not worn", "bonuses": {"initiative": 5}}}},
            "adjustments": {
                "alert": {"cell": "/combat/initiative", "amount": 3, "source": "Alert"},
                "off": {"cell": "/combat/initiative", "amount": 9, "active": false}},
            "combat": {"exhaustion": 1},
        }),
        "/combat/initiative",
        "7 = Dexterity +3; Boots +2; Stone of Good Luck +1; Exhaustion -2 (level 1, 2 less for each); \
         Alert +3 (added by hand)",
    );
}

/// A worn piece of armor.
fn armor(name: &str, armor: Value) -> Value {
    json!({"name": name, "equipped": true, "armor": armor})
}

#[test]
fn armor_class_takes_the_best_lawful_way() {
    let studded = armor("Studded leather", json!({"category": "light", "base": 12}));
    let scale = armor(
        "Scale mail",
        json!({"category": "medium", "base": 14, "stealth_disadvantage": true}),
    );
    let chain = armor(
        "Chain mail",
        json!({"category": "heavy", "base": 16, "strength_required": 13}),
    );
    let shield = armor("Shield", json!({"category": "shield", "base": 2}));
    let monk = json!({"name": "Unarmored Defense", "abilities": {"dexterity": true, "wisdom": true},
        "shield_allowed": false});
    let natural = json!({"name": "Natural armor", "base": 17, "abilities": {}});
    let rows = [
        (18, json!({}), json!({}), "14 = Unarmored +10; Dexterity +4"),
        (
            18,
            json!({"a": studded}),
            json!({}),
            "16 = Studded leather +12; Dexterity +4 (no cap in light armor); not Unarmored 14 [10 + 4, without armor]",
        ),
        (
            18,
            json!({"a": scale}),
            json!({}),
            "16 = Scale mail +14; Dexterity +2 (at most 2 in medium armor); not Unarmored 14 [10 + 4, without armor]",
        ),
        (
            12,
            json!({"a": scale}),
            json!({}),
            "15 = Scale mail +14; Dexterity +1; not Unarmored 11 [10 + 1, without armor]",
        ),
        (
            18,
            json!({"a": chain, "s": shield}),
            json!({}),
            "18 = Chain mail +16; Shield +2; not Unarmored 16 [10 + 4 + 2, without armor]",
        ),
        (
            8,
            json!({"a": chain}),
            json!({}),
            "16 = Chain mail +16; not Unarmored 9 [10 - 1, without armor]",
        ),
        (
            8,
            json!({"a": studded}),
            json!({}),
            "11 = Studded leather +12; Dexterity -1 (no cap in light armor); not Unarmored 9 [10 - 1, without armor]",
        ),
        (
            14,
            json!({}),
            json!({"m": monk}),
            "15 = Unarmored Defense +10; Dexterity +2; Wisdom +3; not Unarmored 12 [10 + 2]",
        ),
        // The shield makes the plain way the better one, as the monk's forbids it.
        (
            14,
            json!({"s": armor("Tower shield", json!({"category": "shield", "base": 4}))}),
            json!({"m": monk}),
            "16 = Unarmored +10; Dexterity +2; Tower shield +4; not Unarmored Defense 15 [10 + 2 + 3, without a shield]",
        ),
        // So it does where the forbidden way would be better: the shield is in hand.
        (
            14,
            json!({"s": shield}),
            json!({"m": monk}),
            "14 = Unarmored +10; Dexterity +2; Shield +2; not Unarmored Defense 15 [10 + 2 + 3, without a shield]",
        ),
        (
            14,
            json!({"s": shield}),
            json!({"n": natural}),
            "19 = Natural armor +17; Shield +2; not Unarmored 14 [10 + 2 + 2]",
        ),
        // Armor that is worn counts even where going without would be better.
        (
            14,
            json!({"a": studded}),
            json!({"n": natural}),
            "14 = Studded leather +12; Dexterity +2 (no cap in light armor); not Natural armor 17 [17, without armor]; \
             not Unarmored 12 [10 + 2, without armor]",
        ),
        (
            16,
            json!({"a": armor("Mithral", json!({"category": "medium", "base": 14, "dex_cap": 3, "bonus": 1}))}),
            json!({}),
            "18 = Mithral +14; Dexterity +3; Mithral bonus +1; not Unarmored 13 [10 + 3, without armor]",
        ),
    ];
    for (dexterity, inventory, formulas, expected) in rows {
        let document = json!({
            "abilities": {"scores": {"dexterity": dexterity, "wisdom": 16}},
            "equipment": {"inventory": inventory},
            "combat": {"armor_formulas": formulas},
        });
        check(document, "/combat/armor_class", expected);
    }
}

#[test]
fn magic_armor_sleeps_until_it_is_attuned() {
    let document = |attuned: bool| {
        json!({"equipment": {"magical_items": {
            "plate": {"name": "Plate +2", "equipped": true, "requires_attunement": true, "attuned": attuned,
                "armor": {"category": "heavy", "base": 18, "bonus": 2}},
            "ring": {"rank": "z", "name": "Ring", "requires_attunement": true, "attuned": attuned,
                "bonuses": {"armor_class": 1}}}}})
    };
    let cell = "/combat/armor_class";
    check(
        document(true),
        cell,
        "21 = Plate +2 +18; Plate +2 bonus +2; Ring +1 (attuned); not Unarmored 10 [10 + 0, without armor]",
    );
    check(
        document(false),
        cell,
        "18 = Plate +2 +18; not Unarmored 10 [10 + 0, without armor]",
    );
}

#[test]
fn two_suits_are_a_finding() {
    let document = json!({"equipment": {"inventory": {
        "a": armor("Plate", json!({"category": "heavy", "base": 18})),
        "b": armor("Leather", json!({"category": "light", "base": 11}))}}});
    let derived = derived(document);
    assert_eq!(derived.sheet.combat.armor_class, 18);
    let found: Vec<_> = derived.findings.iter().map(|f| f.cell.as_str()).collect();
    assert!(
        found.contains(&"/equipment/inventory/a/equipped"),
        "{found:?}"
    );
}

#[test]
fn hit_points_of_levels() {
    // (class, levels, constitution, expected)
    for (class, count, constitution, expected) in [
        (
            "Barbarian",
            1,
            16,
            "15 = Barbarian 1 +12 (12); Constitution +3 (+3 for each of 1 hit dice)",
        ),
        (
            "Fighter",
            3,
            14,
            "28 = Fighter 3 +22 (10 + 6 + 6); Constitution +6 (+2 for each of 3 hit dice)",
        ),
        (
            "rogue",
            2,
            10,
            "13 = rogue 2 +13 (8 + 5); Constitution +0 (+0 for each of 2 hit dice)",
        ),
        (
            "Wizard",
            3,
            8,
            "11 = Wizard 3 +14 (6 + 4 + 4); Constitution -3 (-1 for each of 3 hit dice)",
        ),
        (
            "Tinker",
            1,
            10,
            "8 = Tinker 1 +8 (8); Constitution +0 (+0 for each of 1 hit dice)",
        ),
        (
            "",
            1,
            12,
            "9 = Level 1 +8 (8); Constitution +1 (+1 for each of 1 hit dice)",
        ),
    ] {
        let document = json!({"levels": levels(class, count), "abilities": {"scores": {"constitution": constitution}}});
        check(document, "/combat/hp_maximum", expected);
    }
    check(json!({}), "/combat/hp_maximum", "0 =");
}

#[test]
fn hit_points_rolled_mixed_and_poor() {
    check(
        json!({
            "levels": {
                "c": {"rank": "3", "class": "Wizard", "hit_points": 1},
                "a": {"rank": "1", "class": "Fighter"},
                "b": {"rank": "2", "class": "Fighter", "hit_points": 9},
                "d": {"rank": "4", "class": "Witch", "hit_die": 12}},
            "combat": {"hp_maximum_bonus": 5},
            "abilities": {"scores": {"constitution": 14}},
            "equipment": {"magical_items": {"a": {"name": "Amulet", "equipped": true, "bonuses": {"hp_maximum": 4}}}},
        }),
        "/combat/hp_maximum",
        "44 = Fighter 2 +19 (10 + 9); Wizard 1 +1 (1); Witch 1 +7 (7); Constitution +8 (+2 for each of 4 hit dice); \
         Bonus +5; Amulet +4",
    );
    // Each level gives at least one hit point, however poor the constitution.
    check(
        json!({
            "levels": {"a": {"rank": "1", "class": "Wizard"}, "b": {"rank": "2", "class": "Wizard", "hit_points": 2}},
            "abilities": {"scores": {"constitution": 1}},
        }),
        "/combat/hp_maximum",
        "2 = Wizard 2 +8 (6 + 2); Constitution -6 (-5 for each of 2 hit dice)",
    );
}

#[test]
fn hit_points_of_creatures() {
    for (dice, constitution, expected) in [
        (
            json!({"d8": 5}),
            14,
            "32 = 5d8 +22 (on average); Constitution +10 (+2 for each of 5 hit dice)",
        ),
        (
            json!({"d6": 2}),
            10,
            "7 = 2d6 +7 (on average); Constitution +0 (+0 for each of 2 hit dice)",
        ),
        (
            json!({"d4": 1}),
            1,
            "1 = 1d4 +2 (on average); Constitution -5 (-5 for each of 1 hit dice); Never below 1 +4",
        ),
        (
            json!({"d20": 30}),
            30,
            "615 = 30d20 +315 (on average); Constitution +300 (+10 for each of 30 hit dice)",
        ),
    ] {
        let document = json!({
            "record": {"kind": "monster"},
            "creature": {"hit_dice": dice, "challenge_rating": "1"},
            "abilities": {"scores": {"constitution": constitution}}});
        check(document, "/combat/hp_maximum", expected);
    }
}

#[test]
fn current_hit_points_and_hit_dice() {
    let document = |damage: i32| {
        json!({
            "levels": {
                "a": {"rank": "1", "class": "Fighter"}, "b": {"rank": "2", "class": "Fighter"},
                "c": {"rank": "3", "class": "Wizard"}},
            "combat": {"damage_taken": damage, "hit_dice_used": {"d10": 1, "d8": 1}},
        })
    };
    let cell = "/combat/current_hp";
    check(document(0), cell, "20 = Hit point maximum +20");
    check(
        document(9),
        cell,
        "11 = Hit point maximum +20; Damage taken -9",
    );
    check(
        document(50),
        cell,
        "0 = Hit point maximum +20; Damage taken -50; Never below 0 +30",
    );
    for (damage, bloodied) in [(9, false), (10, true), (50, true)] {
        assert_eq!(
            derived(document(damage)).sheet.combat.bloodied,
            bloodied,
            "{damage}"
        );
    }
    let derived = derived(document(0));
    let combat = derived.sheet.combat;
    let dice = |map: std::collections::BTreeMap<String, i32>| serde_json::to_value(map).unwrap();
    assert_eq!(
        dice(combat.hit_dice_total.clone()),
        json!({"d10": 2, "d6": 1})
    );
    assert_eq!(
        dice(combat.hit_dice_remaining.clone()),
        json!({"d10": 1, "d6": 1})
    );
    assert!(
        derived
            .findings
            .iter()
            .any(|f| f.cell == "/combat/hit_dice_used/d8")
    );
}

#[test]
fn speeds() {
    let document = json!({
        "abilities": {"scores": {"strength": 10}},
        "combat": {"exhaustion": 2, "speeds": {"walk": 30, "fly": 60, "hover": true, "swim": 15}},
        "equipment": {
            "inventory": {"a": armor("Plate", json!({"category": "heavy", "base": 18, "strength_required": 15}))},
            "magical_items": {"b": {"name": "Boots of Speed", "equipped": true, "bonuses": {"speed": 10}}}},
    });
    for (cell, expected) in [
        (
            "/combat/speed",
            "20 = Base speed +30; Boots of Speed +10; Plate -10 (asks for Strength 15); Exhaustion -10 (level 2, 5 ft less for each)",
        ),
        (
            "/combat/fly_speed",
            "40 = Base speed +60; Plate -10 (asks for Strength 15); Exhaustion -10 (level 2, 5 ft less for each)",
        ),
        (
            "/combat/swim_speed",
            "0 = Base speed +15; Plate -10 (asks for Strength 15); Exhaustion -10 (level 2, 5 ft less for each); Never below 0 +5",
        ),
    ] {
        check(document.clone(), cell, expected);
    }
    let speeds = derived(document).sheet.combat.speeds.clone();
    assert_eq!(
        (speeds.climb, speeds.burrow, speeds.hover),
        (None, None, true)
    );
}
