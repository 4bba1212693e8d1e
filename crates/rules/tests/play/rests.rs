//! Short and long rests, dawn.

use std::collections::BTreeMap;

use rules::play::Action;
use serde_json::{Value, json};

use crate::{Table, fighter, told};

fn short(dice: &[(&str, i32)]) -> Action {
    let dice = dice.iter().map(|(die, count)| ((*die).to_owned(), *count));
    Action::ShortRest {
        hit_dice: dice.collect::<BTreeMap<_, _>>(),
    }
}

const LONG: Action = Action::LongRest { dawn: false };

/// One feature of each recovery, with 3 uses that are all spent.
fn features() -> Value {
    let recoveries = [
        "none",
        "short_rest",
        "long_rest",
        "one_on_short_rest",
        "dawn",
        "initiative",
        "turn",
        "other",
    ];
    let feature = |recovery: &&str| {
        let feature = json!({"rank": "V", "name": recovery,
            "uses": {"max": 3, "used": 3, "recovery": recovery}});
        ((*recovery).to_owned(), feature)
    };
    let features: serde_json::Map<String, Value> = recoveries.iter().map(feature).collect();
    json!({"actions": {"features": features}})
}

fn left(table: &Table) -> Vec<(&str, i32)> {
    let features = table.derived.sheet.actions.features.iter();
    features
        .filter_map(|feature| Some((feature.name.as_str(), feature.uses.as_ref()?.current)))
        .filter(|(_, left)| *left > 0)
        .collect()
}

#[test]
fn what_comes_back_when() {
    for (action, expected) in [
        (
            short(&[]),
            vec![("one_on_short_rest", 1), ("short_rest", 3)],
        ),
        (
            LONG,
            vec![
                ("long_rest", 3),
                ("one_on_short_rest", 3),
                ("short_rest", 3),
            ],
        ),
        (
            Action::LongRest { dawn: true },
            vec![
                ("dawn", 3),
                ("long_rest", 3),
                ("one_on_short_rest", 3),
                ("short_rest", 3),
            ],
        ),
        (Action::Dawn, vec![("dawn", 3)]),
        (Action::StartTurn, vec![("turn", 3)]),
    ] {
        let mut table = fighter(features());
        table.act(action.clone(), &[]);
        assert_eq!(left(&table), expected, "{action:?}");
    }
}

#[test]
fn hit_dice_heal_with_constitution_at_least_1_each() {
    let mut table = fighter(json!({"combat": {"damage_taken": 30, "hit_dice_used": {"d10": 1}}}));
    let outcome = table.act(short(&[("d10", 2)]), &[7, 1]);
    assert_eq!(
        told(&outcome),
        [
            "Hit die d10: 9 (1d10+2[Constitution])",
            "Hit die d10: 3 (1d10+2[Constitution])",
            "Hit dice d10: 4 > 2",
            "Hit points: 14 of 44 > 26 of 44 (hit dice)",
        ]
    );
    assert_eq!(table.cell("/combat/hit_dice_used/d10"), 3);
    assert_eq!(outcome.rolls.len(), 2);

    // With Constitution 3 a low die still gives 1.
    let frail = json!({"levels": {"one": {"rank": "V", "class": "Wizard"}, "two": {"rank": "W", "class": "Wizard"}},
        "abilities": {"scores": {"constitution": 3}}, "combat": {"damage_taken": 2}});
    let mut table = Table::of(frail);
    assert_eq!(table.hit_points(), 1);
    table.act(short(&[("d6", 1)]), &[2]);
    assert_eq!(table.hit_points(), 2);
}

#[test]
fn no_hit_die_is_wasted() {
    let mut table = fighter(json!({"combat": {"damage_taken": 10}}));
    let outcome = table.act(short(&[("d10", 3)]), &[8]);
    assert_eq!(table.hit_points(), 44);
    assert_eq!(table.cell("/combat/hit_dice_used/d10"), 1);
    let lines = told(&outcome);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("2 hit dice d10 kept")),
        "{lines:?}"
    );
}

#[test]
fn hit_dice_that_are_not_there_are_refused() {
    let mut table = fighter(json!({"combat": {"damage_taken": 30, "hit_dice_used": {"d10": 4}}}));
    for (dice, expected) in [
        (("d10", 2), "2 hit dice d10 cannot be spent: 1 are left."),
        (("d8", 1), "1 hit die d8 cannot be spent: 0 are left."),
        (("d7", 1), "cannot be spent"),
        (("d10", -1), "no possible"),
        (("d10", i32::MAX), "no possible"),
    ] {
        let message = table.refuses(short(&[dice]));
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn pact_slots_come_back_on_a_short_rest_and_all_slots_on_a_long_one() {
    let slots = json!({"spellcasting": {
        "slots": {"1": {"max": 4, "used": 3}, "2": {"max": 2, "used": 9}},
        "pact": {"level": 2, "max": 2, "used": 2}}});
    let mut table = fighter(slots);
    table.act(short(&[]), &[]);
    assert_eq!(table.cell("/spellcasting/pact/used"), 0);
    assert_eq!(table.cell("/spellcasting/slots/1/used"), 3);
    table.act(LONG, &[]);
    assert_eq!(table.cell("/spellcasting/slots/1/used"), 0);
    assert_eq!(table.cell("/spellcasting/slots/2/used"), 0);
}

#[test]
fn a_long_rest_mends_everything_and_says_so() {
    let mut table = fighter(json!({
        "identity": {"heroic_inspiration": false},
        "combat": {"damage_taken": 30, "temporary_hp": 5, "exhaustion": 2, "concentration": "Hex",
            "hit_dice_used": {"d10": 5, "d6": 2}, "death_saves": {"successes": 1}},
        "conditions": {"curse": {"rank": "V", "name": "Cursed"}},
    }));
    let outcome = table.act(LONG, &[]);
    assert_eq!(
        told(&outcome),
        [
            "Hit points: 14 of 44 > 44 of 44 (long rest)",
            "Temporary hit points: 5 > 0 (they end with a long rest)",
            "Hit dice d10: 0 > 5 (long rest)",
            "Exhaustion: 2 > 1 (one level less)",
            "Death save successes: 1 > 0 (long rest)",
            "Concentration: Hex > ended (asleep)",
        ]
    );
    // What is counted of dice that the character does not have goes as well.
    assert_eq!(table.cell("/combat/hit_dice_used/d6"), 0);
    assert_eq!(table.cell("/identity/heroic_inspiration"), false);
    assert_eq!(table.conditions(), ["Cursed"]);
    table.act(LONG, &[]);
    assert_eq!(table.act(LONG, &[]).writes, []);
}

#[test]
fn who_trances_keeps_concentration() {
    let mut table = fighter(json!({"combat": {"concentration": "Hex"},
        "actions": {"traits": {"t": {"rank": "V", "name": "Trance"}}}}));
    table.act(LONG, &[]);
    assert_eq!(table.cell("/combat/concentration"), "Hex");
}

#[test]
fn nobody_rests_at_0_hit_points() {
    let mut table = fighter(json!({"combat": {"damage_taken": 44}}));
    for action in [short(&[]), LONG, Action::LongRest { dawn: true }] {
        assert_eq!(
            table.refuses(action),
            "Nobody begins a rest at 0 hit points."
        );
    }
}

#[test]
fn charges_come_back_as_their_words_say() {
    let item = |used: i32, recharge: &str| json!({"rank": "V", "name": "Wand", "charges": {"max": 7, "used": used, "recharge": recharge}});
    for (used, recharge, action, dice, after) in [
        (7, "1d6+1 at dawn", Action::Dawn, vec![3], 3),
        (2, "1d6+1 at dawn", Action::Dawn, vec![6], 0),
        // What lacks nothing rolls nothing; what is spent beyond its number counts as spent.
        (0, "1d6+1 at dawn", Action::Dawn, vec![], 0),
        (50, "1d6+1 at dawn", Action::Dawn, vec![1], 5),
        (5, "all at dawn", Action::Dawn, vec![], 0),
        (5, "1d4-3 at dawn", Action::Dawn, vec![1], 5),
        (5, "1d6+1 at dawn", LONG, vec![], 5),
        (
            5,
            "1d6+1 at dawn",
            Action::LongRest { dawn: true },
            vec![1],
            3,
        ),
        (5, "1d4 on a long rest", LONG, vec![4], 1),
        (5, "never", Action::LongRest { dawn: true }, vec![], 5),
    ] {
        let mut table =
            fighter(json!({"equipment": {"magical_items": {"wand": item(used, recharge)}}}));
        table.act(action, &dice);
        let cell = "/equipment/magical_items/wand/charges/used";
        assert_eq!(table.cell(cell), after, "{used} {recharge}");
    }
}
