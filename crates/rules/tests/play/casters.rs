//! Uses of the features of casting classes: their dice, DCs and pools by level, and what using them does.

use rules::play::Action;
use serde_json::json;

use crate::{Table, built, entry, told, yields};

#[test]
fn numbers_grow_with_the_level() {
    for (class, level, name, expected) in [
        // 1d8, 2d8 from level 7, 3d8 from 13, 4d8 from 18, and the Wisdom modifier; the DC is 8, proficiency and Wisdom.
        ("Cleric", 1, "Divine Spark", vec![]),
        (
            "Cleric",
            2,
            "Divine Spark",
            vec![
                "Constitution save DC {dc}",
                "Damage 1d8+{wis} radiant or necrotic",
            ],
        ),
        (
            "Cleric",
            7,
            "Divine Spark",
            vec![
                "Constitution save DC {dc}",
                "Damage 2d8+{wis} radiant or necrotic",
            ],
        ),
        (
            "Cleric",
            18,
            "Divine Spark",
            vec![
                "Constitution save DC {dc}",
                "Damage 4d8+{wis} radiant or necrotic",
            ],
        ),
        (
            "Cleric",
            13,
            "Divine Spark, healing",
            vec!["Healing 3d8+{wis}"],
        ),
        // As many d8 as the Wisdom modifier, from level 5.
        ("Cleric", 4, "Turn Undead", vec!["Wisdom save DC {dc}"]),
        (
            "Cleric",
            5,
            "Turn Undead",
            vec!["Wisdom save DC {dc}", "Sear Undead {wis}d8 radiant"],
        ),
        // 5 for each level.
        ("Cleric", 3, "Preserve Life", vec!["Hit points to share 15"]),
        (
            "Cleric",
            20,
            "Preserve Life",
            vec!["Hit points to share 100"],
        ),
        // Temporary hit points are the level, hours half of it.
        (
            "Druid",
            2,
            "Wild Shape",
            vec!["Temporary hit points 2", "Hours 1"],
        ),
        (
            "Druid",
            9,
            "Wild Shape",
            vec!["Temporary hit points 9", "Hours 4"],
        ),
        // Four forms to challenge rating 1/4, six to 1/2 from level 4, eight to 1 from level 8.
        (
            "Druid",
            2,
            "Wild Shape, beast forms",
            vec!["Forms known 4", "Eighths of the highest challenge rating 2"],
        ),
        (
            "Druid",
            4,
            "Wild Shape, beast forms",
            vec!["Forms known 6", "Eighths of the highest challenge rating 4"],
        ),
        (
            "Druid",
            8,
            "Wild Shape, beast forms",
            vec!["Forms known 8", "Eighths of the highest challenge rating 8"],
        ),
        // 2d6, 3d6 from level 10, 4d6 from 14, hurt and heal alike.
        (
            "Druid",
            3,
            "Land's Aid",
            vec![
                "Constitution save DC {dc}",
                "Damage 2d6 necrotic",
                "Healing 2d6",
            ],
        ),
        (
            "Druid",
            14,
            "Land's Aid",
            vec![
                "Constitution save DC {dc}",
                "Damage 4d6 necrotic",
                "Healing 4d6",
            ],
        ),
        (
            "Paladin",
            9,
            "Abjure Foes",
            vec!["Wisdom save DC {dc}", "Creatures {cha}"],
        ),
        // Charisma and proficiency 6.
        (
            "Paladin",
            20,
            "Holy Nimbus, radiance",
            vec!["Damage {cha+6} radiant"],
        ),
        // Charisma and the level.
        (
            "Warlock",
            3,
            "Dark One's Blessing",
            vec!["Temporary hit points {cha+3}"],
        ),
        (
            "Warlock",
            20,
            "Dark One's Blessing",
            vec!["Temporary hit points {cha+20}"],
        ),
        (
            "Warlock",
            6,
            "Dark One's Own Luck",
            vec!["To the check or save 1d10"],
        ),
        (
            "Warlock",
            14,
            "Hurl Through Hell",
            vec!["Charisma save DC {dc}", "Damage 8d10 psychic"],
        ),
        // The die of Bardic Inspiration: d6, d8 from level 5, d10 from 10, d12 from 15.
        ("Bard", 3, "Cutting Words", vec!["Off the roll 1d6"]),
        ("Bard", 5, "Cutting Words", vec!["Off the roll 1d8"]),
        ("Bard", 15, "Peerless Skill", vec!["To the roll 1d12"]),
    ] {
        let table = built(class, level, &json!({}));
        let sheet = &table.derived.sheet;
        let modifiers = &sheet.statistics.ability_modifiers;
        let (wisdom, charisma) = (modifiers.wisdom, modifiers.charisma);
        let dc = sheet.spellcasting.spell_save_dc.unwrap();
        let expected: Vec<String> = expected
            .into_iter()
            .map(|told| {
                let told = told.replace("{dc}", &dc.to_string());
                let told = told.replace("{wis}", &wisdom.to_string());
                let told = told.replace("{cha}", &charisma.to_string());
                [3, 6, 20].into_iter().fold(told, |told, more| {
                    let sum = (charisma + more).to_string();
                    told.replace(&format!("{{cha+{more}}}"), &sum)
                })
            })
            .collect();
        assert_eq!(yields(&table, name), expected, "{name} at {class} {level}");
    }
}

fn make(table: &Table, name: &str, amount: Option<i32>, other: bool) -> Action {
    let own = entry(table, name).unwrap_or_else(|| panic!("no {name}"));
    Action::Use {
        id: own.id.clone(),
        amount,
        slot: None,
        other,
    }
}

#[test]
fn hands_give_any_amount_of_their_pool() {
    let hurt = json!({ "combat": { "damage_taken": 20 } });
    let mut table = built("Paladin", 4, &hurt);
    // A pool of 5 for each of 4 levels.
    let action = make(&table, "Lay On Hands", Some(7), false);
    let outcome = table.act(action, &[]);
    assert_eq!(outcome.title, "Lay On Hands: regained 7 hit points");
    assert_eq!(table.cell("/combat/damage_taken"), 13);
    assert_eq!(table.cell("/build/used/paladin.lay_on_hands"), 7);
    let action = make(&table, "Lay On Hands", Some(8), true);
    assert_eq!(
        table.act(action, &[]).title,
        "Lay On Hands: 8 healing for somebody else"
    );
    assert_eq!(table.cell("/combat/damage_taken"), 13);
    let action = make(&table, "Lay On Hands, against poison", None, true);
    table.act(action, &[]);
    assert_eq!(table.cell("/build/used/paladin.lay_on_hands"), 20);
    let action = make(&table, "Lay On Hands", Some(1), false);
    assert!(table.refuses(action).contains("none is left"));
    let action = make(&table, "Lay On Hands", Some(21), false);
    assert!(table.refuses(action).contains("cannot be used for 21"));
}

#[test]
fn a_use_puts_its_state_on_and_the_numbers_follow() {
    let mut table = built("Sorcerer", 3, &json!({}));
    let dc = |table: &Table| table.derived.sheet.spellcasting.spell_save_dc.unwrap();
    let before = dc(&table);
    let action = make(&table, "Innate Sorcery", None, false);
    table.act(action, &[]);
    assert_eq!(dc(&table), before + 1);

    let mut table = built("Druid", 5, &json!({}));
    let action = make(&table, "Wild Shape", None, false);
    let outcome = table.act(action, &[]);
    assert_eq!(table.cell("/combat/temporary_hp"), 5);
    assert!(
        told(&outcome)
            .iter()
            .any(|line| line.starts_with("Wild Shape")),
        "{:?}",
        told(&outcome)
    );
}

#[test]
fn a_spark_heals_or_hurts() {
    let hurt = json!({ "combat": { "damage_taken": 10 } });
    let mut table = built("Cleric", 2, &hurt);
    let wisdom = table.derived.sheet.statistics.ability_modifiers.wisdom;
    let action = make(&table, "Divine Spark, healing", None, false);
    table.act(action, &[4]);
    assert_eq!(table.cell("/combat/damage_taken"), 10 - 4 - wisdom);
    let action = make(&table, "Divine Spark", None, true);
    let outcome = table.act(action, &[6]);
    let told = told(&outcome);
    let line = format!("Damage: {} radiant or necrotic", 6 + wisdom);
    assert!(told.iter().any(|own| own.starts_with(&line)), "{told:?}");
}
