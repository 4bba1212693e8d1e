//! Every formula as a table: a source in, the number and its terms out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::Source;

fn derived(document: Value) -> Derived {
    sheet::check_document(&document).unwrap();
    derive(&Source::from_value(&document).unwrap(), &Content::none())
}

/// Explains a number in one line: `value = label amount (detail) + …`.
fn why(derived: &Derived, cell: &str) -> String {
    let stat = derived
        .stats
        .get(cell)
        .unwrap_or_else(|| panic!("no explanation of {cell}"));
    let mut out = format!("{} =", stat.value);
    for term in &stat.terms {
        out.push_str(&format!(" {} {:+}", term.label, term.value));
        if !term.detail.is_empty() {
            out.push_str(&format!(" ({})", term.detail));
        }
        out.push(';');
    }
    for other in &stat.alternatives {
        out.push_str(&format!(
            " not {} {} [{}];",
            other.label, other.value, other.detail
        ));
    }
    for note in &stat.notes {
        out.push_str(&format!(" {note};"));
    }
    if let Some(computed) = stat.computed {
        let note = stat.override_note.as_deref().unwrap_or_default();
        out.push_str(&format!(" by hand, computed {computed} ({note})"));
    }
    out.trim_end_matches(';').to_owned()
}

#[track_caller]
fn check(document: Value, cell: &str, expected: &str) {
    assert_eq!(why(&derived(document), cell), expected, "{cell}");
}

/// Levels of one class, at fixed hit points.
fn levels(class: &str, count: usize) -> Value {
    let level = |n: usize| {
        (
            format!("l{n:02}"),
            json!({"rank": format!("{n:02}"), "class": class}),
        )
    };
    Value::Object((1..=count).map(level).collect())
}

#[test]
fn modifiers_are_half_of_what_is_above_ten() {
    for (score, modifier) in [
        (1, -5),
        (3, -4),
        (8, -1),
        (9, -1),
        (10, 0),
        (11, 0),
        (12, 1),
        (15, 2),
        (20, 5),
        (30, 10),
    ] {
        assert_eq!(rules::modifier(score), modifier, "{score}");
        let sheet = derived(json!({"abilities": {"scores": {"wisdom": score}}})).sheet;
        assert_eq!(sheet.statistics.ability_modifiers.wisdom, modifier);
    }
    assert_eq!(rules::modifier(i32::MIN), i32::MIN / 2);
}

#[test]
fn scores_add_increases_and_items() {
    let document = json!({
        "abilities": {
            "scores": {"strength": 15},
            "increases": {
                "b": {"rank": "2", "ability": "strength", "amount": 2, "source": "Fighter 4"},
                "a": {"rank": "1", "ability": "strength", "amount": 1, "source": "Soldier"},
                "c": {"rank": "3", "ability": null, "amount": 1, "source": "Open"},
            },
        },
        "equipment": {"magical_items": {
            "belt": {"rank": "1", "name": "Belt of Giant Strength", "requires_attunement": true,
                "attuned": true, "bonuses": {"ability": "strength", "ability_minimum": 21}},
            "tome": {"rank": "2", "name": "Ioun Stone", "equipped": true,
                "bonuses": {"ability": "strength", "ability_increase": 2}},
            "asleep": {"rank": "3", "name": "Unattuned", "requires_attunement": true, "equipped": true,
                "bonuses": {"ability": "strength", "ability_minimum": 29}},
        }},
    });
    check(
        document.clone(),
        "/statistics/ability_scores/strength",
        "21 = Base score +15; Soldier +1; Fighter 4 +2; Ioun Stone +2; Belt of Giant Strength +1 \
         (sets the score to 21)",
    );
    check(
        document,
        "/statistics/ability_modifiers/strength",
        "5 = Strength 21 +5 (half of what is above 10, rounded down)",
    );
    check(
        json!({
            "abilities": {"scores": {"charisma": 30}, "increases": {
                "a": {"ability": "charisma", "amount": 4, "source": "Wish"}}},
        }),
        "/statistics/ability_scores/charisma",
        "30 = Base score +30; Wish +4; Never above 30 -4",
    );
    check(
        json!({
            "abilities": {"scores": {"charisma": 2}, "increases": {
                "a": {"ability": "charisma", "amount": -4, "source": "Curse"}}},
        }),
        "/statistics/ability_scores/charisma",
        "1 = Base score +2; Curse -4; Never below 1 +3",
    );
}

#[test]
fn proficiency_bonus_by_level() {
    let by_level = [
        2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6,
    ];
    for (level, bonus) in by_level.into_iter().enumerate() {
        let sheet = derived(json!({"levels": levels("Bard", level)})).sheet;
        assert_eq!(sheet.statistics.proficiency_bonus, bonus, "level {level}");
        assert_eq!(sheet.identity.level, i32::try_from(level).unwrap());
    }
}

#[test]
fn proficiency_bonus_by_challenge_rating() {
    for (rating, bonus) in [
        ("0", 2),
        ("1/8", 2),
        ("1/4", 2),
        ("1/2", 2),
        ("1", 2),
        ("4", 2),
        ("5", 3),
        ("8", 3),
        ("9", 4),
        ("12", 4),
        ("13", 5),
        ("16", 5),
        ("17", 6),
        ("20", 6),
        ("21", 7),
        ("24", 7),
        ("25", 8),
        ("28", 8),
        ("29", 9),
        ("30", 9),
    ] {
        assert_eq!(
            rules::bonus_of_challenge_rating(rating),
            Some(bonus),
            "{rating}"
        );
    }
    assert_eq!(rules::bonus_of_challenge_rating("31"), None);
    let monster = |levels: Value| json!({"record": {"kind": "monster"}, "creature": {"challenge_rating": "9"}, "levels": levels});
    let cell = "/statistics/proficiency_bonus";
    check(monster(json!({})), cell, "4 = Challenge rating 9 +4");
    check(
        monster(levels("Bard", 20)),
        cell,
        "4 = Challenge rating 9 +4",
    );
    let mut character = monster(levels("Bard", 20));
    character["record"]["kind"] = json!("character");
    check(character, cell, "6 = Level 20 +6");
    check(json!({}), cell, "2 = No level yet +2");
}

#[test]
fn saving_throws() {
    let document = json!({
        "levels": levels("Monk", 9),
        "abilities": {"scores": {"dexterity": 18, "wisdom": 8}},
        "proficiencies": {"saving_throws": {"dexterity": true, "wisdom": false}},
        "combat": {"exhaustion": 2},
        "equipment": {"magical_items": {
            "cloak": {"name": "Cloak of Protection", "requires_attunement": true, "attuned": true,
                "bonuses": {"saving_throws": 1}}}},
    });
    check(
        document.clone(),
        "/statistics/saving_throws/dexterity",
        "5 = Dexterity +4; Proficiency +4; Cloak of Protection +1 (attuned); Exhaustion -4 (level 2, 2 \
         less for each)",
    );
    check(
        document,
        "/statistics/saving_throws/wisdom",
        "-4 = Wisdom -1; Cloak of Protection +1 (attuned); Exhaustion -4 (level 2, 2 less for each)",
    );
}

#[test]
fn skills_by_training() {
    for (training, expected) in [
        ("none", "3 = Intelligence +3"),
        (
            "half",
            "4 = Intelligence +3; Half proficiency +1 (rounded down)",
        ),
        ("proficient", "6 = Intelligence +3; Proficiency +3"),
        (
            "expertise",
            "9 = Intelligence +3; Expertise +6 (twice the proficiency bonus)",
        ),
    ] {
        let document = json!({
            "levels": levels("Rogue", 5),
            "abilities": {"scores": {"intelligence": 16}},
            "proficiencies": {"skills": {"arcana": training}},
        });
        check(document, "/statistics/skills/arcana", expected);
    }
}

#[test]
fn every_skill_goes_by_its_ability() {
    let document = json!({"abilities": {"scores": {
        "strength": 12, "dexterity": 14, "constitution": 16, "intelligence": 18, "wisdom": 20, "charisma": 22}}});
    let skills = derived(document).sheet.statistics.skills;
    let expected = [
        ("acrobatics", 2),
        ("animal_handling", 5),
        ("arcana", 4),
        ("athletics", 1),
        ("deception", 6),
        ("history", 4),
        ("insight", 5),
        ("intimidation", 6),
        ("investigation", 4),
        ("medicine", 5),
        ("nature", 4),
        ("perception", 5),
        ("performance", 6),
        ("persuasion", 6),
        ("religion", 4),
        ("sleight_of_hand", 2),
        ("stealth", 2),
        ("survival", 5),
    ];
    let expected: Vec<(String, i32)> = expected
        .into_iter()
        .map(|(skill, bonus)| (skill.to_owned(), bonus))
        .collect();
    assert_eq!(skills.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn passive_scores() {
    let document = json!({
        "levels": levels("Rogue", 5),
        "abilities": {"scores": {"wisdom": 14, "intelligence": 8}},
        "proficiencies": {"skills": {"perception": "expertise", "insight": "proficient"}},
    });
    for (cell, expected) in [
        (
            "/statistics/passive_perception",
            "18 = Base +10; Perception +8",
        ),
        ("/statistics/passive_insight", "15 = Base +10; Insight +5"),
        (
            "/statistics/passive_investigation",
            "9 = Base +10; Investigation -1",
        ),
    ] {
        check(document.clone(), cell, expected);
    }
}

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
            "16 = Unarmored +10; Dexterity +2; Tower shield +4; not Unarmored Defense 15 [10 + 2 + 3]",
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
    assert_eq!(dice(combat.hit_dice_total), json!({"d10": 2, "d6": 1}));
    assert_eq!(dice(combat.hit_dice_remaining), json!({"d10": 1, "d6": 1}));
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
    let speeds = derived(document).sheet.combat.speeds;
    assert_eq!(
        (speeds.climb, speeds.burrow, speeds.hover),
        (None, None, true)
    );
}

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

#[test]
fn numbers_set_by_hand_keep_what_the_rules_say() {
    let derived = derived(json!({
        "abilities": {"scores": {"wisdom": 10}},
        "overrides": {
            "/statistics/ability_scores/wisdom": {"value": 18, "note": "boon"},
            "/statistics/passive_perception": {"value": 20, "note": ""},
            "/combat/armor_class": {"value": 15.6},
            "/equipment/current_load": {"value": 12.345},
            "/no/such/number": {"value": 1}},
    }));
    for (cell, expected) in [
        (
            "/statistics/ability_scores/wisdom",
            "18 = Base score +10; by hand, computed 10 (boon)",
        ),
        // What follows from a number set by hand follows from that.
        ("/statistics/skills/perception", "4 = Wisdom +4"),
        (
            "/statistics/passive_perception",
            "20 = Base +10; Perception +4; by hand, computed 14 ()",
        ),
        (
            "/combat/armor_class",
            "16 = Unarmored +10; Dexterity +0; by hand, computed 10 ()",
        ),
        ("/equipment/current_load", "12.35 = by hand, computed 0 ()"),
    ] {
        assert_eq!(why(&derived, cell), expected, "{cell}");
    }
    assert_eq!(derived.sheet.statistics.passive_perception, 20);
    assert!(
        derived
            .findings
            .iter()
            .any(|f| f.cell == "/overrides/~1no~1such~1number")
    );
}

#[test]
fn experience_and_levels() {
    let document =
        |xp: i32, count: usize| json!({"identity": {"xp": xp}, "levels": levels("Bard", count)});
    for (xp, count, next) in [
        (0, 0, None),
        (299, 1, Some(300)),
        (300, 1, Some(300)),
        (400_000, 20, None),
        (0, 19, Some(355_000)),
    ] {
        let derived = derived(document(xp, count));
        assert_eq!(derived.sheet.identity.xp_for_next_level, next);
        let told = derived.findings.iter().any(|f| f.cell == "/identity/xp");
        assert_eq!(told, next.is_some_and(|next| xp >= next), "{xp} at {count}");
    }
}
