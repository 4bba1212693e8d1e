//! One thing given for another: slots for points, a rest for slots, what initiative brings.

use std::collections::BTreeMap;

use rules::Content;
use rules::dice::{Mode, SeededDice};
use rules::play::Action;
use serde_json::{Value, json};

use crate::{Table, built, told};

fn convert(exchange: &str, slots: &[(&str, i32)]) -> Action {
    let slots = slots
        .iter()
        .map(|(level, count)| ((*level).to_owned(), *count));
    Action::Convert {
        exchange: exchange.to_owned(),
        slots: slots.collect::<BTreeMap<_, _>>(),
    }
}

fn slots(used: &[(&str, i32)]) -> Value {
    let used = used
        .iter()
        .map(|(level, used)| ((*level).to_owned(), json!({ "used": used })));
    json!({ "spellcasting": { "slots": used.collect::<serde_json::Map<_, _>>() } })
}

#[test]
fn a_slot_becomes_points_and_points_a_slot() {
    let font = "sorcerer.2.font-of-magic";
    let mut spent = slots(&[("2", 1)]);
    spent["build"]["used"]["sorcerer.sorcery_points"] = json!(3);
    let mut table = built("Sorcerer", 5, &spent);
    let outcome = table.act(convert(&format!("{font}.points"), &[("3", 1)]), &[]);
    assert_eq!(outcome.title, "Font of Magic: points for a slot");
    assert_eq!(
        told(&outcome),
        [
            "Level 3 spell slots: 2 > 1 (Font of Magic: points for a slot)",
            "Sorcery Points: 2 > 5 (Font of Magic: points for a slot)",
        ]
    );
    let outcome = table.act(convert(&format!("{font}.slot_2"), &[]), &[]);
    assert_eq!(
        told(&outcome),
        [
            "Sorcery Points: 5 > 2 (Font of Magic: a level 2 slot)",
            "Level 2 spell slots: 2 > 3 (Font of Magic: a level 2 slot)",
        ]
    );
    for (action, expected) in [
        (
            convert(&format!("{font}.slot_2"), &[]),
            "Sorcery Points: 2 of the 3 that are needed are left.",
        ),
        (
            convert(&format!("{font}.slot_1"), &[("1", 1)]),
            "Font of Magic: a level 1 slot leaves no spell slots to choose.",
        ),
        (
            convert(&format!("{font}.points"), &[]),
            "Font of Magic: points for a slot takes one spell slot.",
        ),
        (
            convert(&format!("{font}.points"), &[("1", 2)]),
            "Font of Magic: points for a slot takes one spell slot.",
        ),
        (
            convert(&format!("{font}.points"), &[("ten", 1)]),
            "`ten` is no level of a spell slot.",
        ),
        (
            convert(&format!("{font}.points"), &[("9", 1)]),
            "Nothing on the sheet is counted there.",
        ),
        // From level 7 alone.
        (
            convert(&format!("{font}.slot_4"), &[]),
            "The character has no such exchange.",
        ),
    ] {
        assert_eq!(table.refuses(action), expected);
    }
}

#[test]
fn a_slot_made_of_points_goes_beyond_the_others_until_a_long_rest() {
    let slot = "sorcerer.2.font-of-magic.slot_1";
    let level_1 = |table: &Table| table.derived.sheet.spellcasting.spell_slots["1"].clone();
    let mut table = built("Sorcerer", 5, &json!({}));
    assert_eq!((level_1(&table).max, level_1(&table).current), (4, 4));
    // 2 of 5 points for each; the second after a spell.
    table.act(convert(slot, &[]), &[]);
    let now = level_1(&table);
    assert_eq!((now.max, now.current, now.created), (5, 5, 1));
    let spend = |amount| Action::Spend {
        counter: "/spellcasting/slots/1/used".to_owned(),
        amount,
    };
    table.act(spend(2), &[]);
    table.act(convert(slot, &[]), &[]);
    let now = level_1(&table);
    assert_eq!((now.max, now.current, now.created), (6, 4, 2));
    table.act(spend(4), &[]);
    assert_eq!(
        table.refuses(spend(1)),
        "Level 1 spell slots: none is left."
    );
    // A short rest leaves them alone.
    let short = Action::ShortRest {
        hit_dice: BTreeMap::new(),
    };
    table.act(short, &[]);
    assert_eq!(level_1(&table).created, 2);
    let outcome = table.act(Action::LongRest { dawn: false }, &[]);
    assert!(
        told(&outcome).contains(
            &"Level 1 spell slots: 0 > 4 (long rest; 2 made besides are gone)".to_owned()
        ),
        "{:?}",
        told(&outcome)
    );
    let now = level_1(&table);
    assert_eq!((now.max, now.current, now.created), (4, 4, 0));
}

#[test]
fn a_rest_brings_slots_back_as_far_as_their_levels_go() {
    let recovery = "wizard.1.arcane-recovery.slots";
    // Level 5: slots of 3 levels together.
    let mut table = built("Wizard", 5, &slots(&[("1", 4), ("2", 1), ("3", 1)]));
    for (slots, expected) in [
        (
            &[("1", 2), ("2", 1)][..],
            "The slots that come back have 4 levels together; Arcane Recovery allows 3.",
        ),
        (
            &[],
            "The slots that come back have 0 levels together; Arcane Recovery allows 3.",
        ),
        (&[("3", 2)], "Level 3 spell slots: 1 are spent."),
    ] {
        assert_eq!(table.refuses(convert(recovery, slots)), expected);
    }
    let outcome = table.act(convert(recovery, &[("1", 1), ("2", 1)]), &[]);
    assert_eq!(
        told(&outcome),
        [
            "Level 1 spell slots: 0 > 1 (Arcane Recovery)",
            "Level 2 spell slots: 2 > 3 (Arcane Recovery)",
            "Arcane Recovery (3): 1 > 0",
        ]
    );
    assert_eq!(
        table.refuses(convert(recovery, &[("1", 1)])),
        "Arcane Recovery (3): none is left."
    );
    // Of level 6 and higher none comes back.
    let mut table = built("Wizard", 11, &slots(&[("6", 1)]));
    assert_eq!(
        table.refuses(convert(recovery, &[("6", 1)])),
        "Arcane Recovery brings no level 6 slot back."
    );
    for (level, pact) in [(2, 1), (11, 2), (20, 4)] {
        let all = |table: &Table| table.derived.sheet.spellcasting.pact_slots.clone().unwrap();
        let table = built("Warlock", level, &json!({}));
        let spent = json!({ "spellcasting": { "pact": { "used": all(&table).max } } });
        let mut table = built("Warlock", level, &spent);
        table.act(convert("warlock.2.magical-cunning.slots", &[]), &[]);
        assert_eq!(all(&table).current, pact, "level {level}");
    }
}

#[test]
fn initiative_brings_back_what_features_say() {
    let initiative = || Action::Roll {
        cell: "/combat/initiative".to_owned(),
        mode: Mode::Normal,
        bonus: None,
        against: None,
    };
    let left = |table: &Table, name: &str| {
        let features = table.derived.sheet.actions.features.iter();
        let mut uses = features.filter(|feature| feature.name.starts_with(name));
        uses.find_map(|feature| Some(feature.uses.as_ref()?.current))
            .unwrap_or_else(|| panic!("no {name}"))
    };
    for (class, level, counter, used, name, after) in [
        (
            "Bard",
            17,
            "bard.bardic_inspiration",
            5,
            "Bardic Inspiration",
            0,
        ),
        (
            "Bard",
            18,
            "bard.bardic_inspiration",
            5,
            "Bardic Inspiration",
            2,
        ),
        (
            "Bard",
            18,
            "bard.bardic_inspiration",
            1,
            "Bardic Inspiration",
            4,
        ),
        ("Monk", 15, "monk.focus_points", 14, "Focus Points", 4),
        ("Monk", 15, "monk.focus_points", 11, "Focus Points", 4),
        ("Monk", 14, "monk.focus_points", 13, "Focus Points", 1),
        ("Druid", 20, "druid.wild_shape", 4, "Wild Shape", 1),
        ("Druid", 20, "druid.wild_shape", 2, "Wild Shape", 2),
    ] {
        let mut table = built(
            class,
            level,
            &json!({ "build": { "used": { counter: used } } }),
        );
        table.act(initiative(), &[10]);
        assert_eq!(left(&table, name), after, "{class} {level}, {used} used");
    }
    // What is for the player to decide is told, and done when it is asked for.
    let spent = json!({ "build": { "used": { "barbarian.rage": 5 } } });
    let mut table = built("Barbarian", 15, &spent);
    let outcome = table.act(initiative(), &[10]);
    assert!(
        told(&outcome).contains(&"Persistent Rage can be used (brings Rage back)".to_owned()),
        "{:?}",
        told(&outcome)
    );
    assert_eq!(left(&table, "Rage"), 0);
    table.act(convert("barbarian.15.persistent-rage.rages", &[]), &[]);
    assert_eq!(left(&table, "Rage"), 5);
    assert_eq!(left(&table, "Persistent Rage"), 0);
    let outcome = table.act(initiative(), &[10]);
    assert!(
        told(&outcome)
            .iter()
            .all(|line| !line.contains("can be used"))
    );
}

#[test]
fn no_exchange_drives_a_counter_out_of_its_bounds() {
    let mut dice = SeededDice::new(11);
    for class in Content::srd().classes.keys() {
        let mut table = built(class, 20, &json!({}));
        let mut done = 0;
        // Every exchange with every slot, over and over, after everything was spent but what limits them.
        let actions = &table.derived.sheet.actions;
        let limits: Vec<&str> = (actions.exchanges.iter())
            .filter_map(|exchange| exchange.limit.as_deref())
            .collect();
        let cells: Vec<(String, i32)> = (actions.features.iter())
            .filter_map(|feature| feature.uses.as_ref())
            .filter(|uses| !limits.contains(&uses.cell.as_str()))
            .map(|uses| (uses.cell.clone(), uses.max))
            .collect();
        for (counter, amount) in cells {
            let spend = Action::Spend { counter, amount };
            drop(table.act_with(&spend, &mut dice));
        }
        for level in 1..=9 {
            let counter = format!("/spellcasting/slots/{level}/used");
            drop(table.act_with(&Action::Spend { counter, amount: 1 }, &mut dice));
        }
        let pact = "/spellcasting/pact/used".to_owned();
        drop(table.act_with(
            &Action::Spend {
                counter: pact,
                amount: 1,
            },
            &mut dice,
        ));
        for _ in 0..3 {
            let exchanges = table.derived.sheet.actions.exchanges.clone();
            for exchange in &exchanges {
                for level in ["", "1", "2", "5", "9"] {
                    let chosen: &[(&str, i32)] = if level.is_empty() { &[] } else { &[(level, 1)] };
                    let action = convert(&exchange.id, chosen);
                    done += i32::from(table.act_with(&action, &mut dice).is_ok());
                }
            }
            let sheet = &table.derived.sheet;
            for feature in &sheet.actions.features {
                if let Some(uses) = &feature.uses {
                    let used = table.cell(&uses.cell).as_i64().unwrap_or(0);
                    assert!(
                        (0..=i64::from(uses.max)).contains(&used),
                        "{}",
                        feature.name
                    );
                }
            }
            for (level, slots) in &sheet.spellcasting.spell_slots {
                assert!((0..=slots.max).contains(&slots.current), "{class}: {level}");
            }
        }
        let has = !table.derived.sheet.actions.exchanges.is_empty();
        assert_eq!(done > 0, has, "{class}");
    }
}
