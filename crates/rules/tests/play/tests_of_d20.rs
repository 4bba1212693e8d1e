//! Rolling a d20 with a number of the sheet.

use rules::dice::Mode;
use rules::play::{Action, LineKind};
use serde_json::{Value, json};

use crate::{Table, built, fighter, told};

fn roll(cell: &str) -> Action {
    Action::Roll {
        cell: cell.to_owned(),
        mode: Mode::Normal,
        bonus: None,
        against: None,
    }
}

fn against(cell: &str, dc: i32) -> Action {
    Action::Roll {
        cell: cell.to_owned(),
        mode: Mode::Normal,
        bonus: None,
        against: Some(dc),
    }
}

fn table(more: Value) -> Table {
    let mut document = json!({
        "proficiencies": {"skills": {"stealth": "expertise"}},
        "equipment": {"inventory": {"mail": {"rank": "V", "name": "Chain Mail", "kind": "armor", "equipped": true,
            "armor": {"category": "heavy", "base": 16, "stealth_disadvantage": true}}},
            "magical_items": {"stone": {"rank": "V", "name": "Stone of Good Luck", "equipped": true,
                "bonuses": {"ability_checks": 1, "saving_throws": 1}}}},
        "actions": {"weapons": {"axe": {"rank": "1", "name": "Axe", "damage": "1d6"}}},
        "spellcasting": {"casters": {"w": {"rank": "1", "class": "Wizard", "ability": "intelligence"}}},
    });
    crate::merge(&mut document, more);
    fighter(document)
}

#[test]
fn every_number_names_its_terms() {
    for (cell, first) in [
        (
            "/statistics/skills/stealth",
            "Stealth: 18 (10 + 1 Dexterity + 6 Expertise + 1 Stone of Good Luck)",
        ),
        (
            "/statistics/saving_throws/constitution",
            "Constitution save: 16 (10 + 2 Constitution + 3 Proficiency + 1 Stone of Good Luck)",
        ),
        (
            "/statistics/ability_modifiers/strength",
            "Strength check: 14 (10 + 3 Strength 16 + 1 Stone of Good Luck)",
        ),
        (
            "/combat/initiative",
            "Initiative: 12 (10 + 1 Dexterity + 1 Stone of Good Luck)",
        ),
        (
            "/actions/weapons/axe/attack_bonus",
            "Axe attack: 16 (10 + 3 Strength + 3 Proficiency)",
        ),
        (
            "/spellcasting/casters/w/spell_attack_bonus",
            "Wizard spell attack: 13 (10 + 3 Proficiency)",
        ),
    ] {
        let outcome = table(json!({})).act(roll(cell), &[10]);
        assert_eq!(told(&outcome)[0], first);
        assert_eq!(outcome.title, first.split(" (").next().unwrap());
        assert_eq!(outcome.writes, []);
    }
}

#[test]
fn exhaustion_counts_once() {
    for (cell, total) in [
        ("/statistics/skills/stealth", 14),
        ("/statistics/ability_modifiers/strength", 10),
        ("/combat/initiative", 8),
        ("/actions/weapons/axe/attack_bonus", 12),
    ] {
        let outcome = table(json!({"combat": {"exhaustion": 2}})).act(roll(cell), &[10]);
        assert_eq!(outcome.rolls[0].total, total, "{cell}");
    }
}

#[test]
fn notes_of_the_number_are_told() {
    let outcome = table(json!({})).act(roll("/statistics/skills/stealth"), &[10]);
    assert_eq!(told(&outcome)[1], "To know (Disadvantage: Chain Mail)");
}

#[test]
fn a_dc_is_reached_or_not() {
    let save = "/statistics/saving_throws/strength";
    let attack = "/actions/weapons/axe/attack_bonus";
    let paralyzed = json!({"conditions": {"c": {"rank": "V", "name": "Paralyzed"}}});
    for (more, cell, face, dc, expected) in [
        (json!({}), save, 10, 17, "Success (17 against DC 17)"),
        (json!({}), save, 10, 18, "Failure (17 against DC 18)"),
        // A 20 is no success by itself, but for attacks.
        (json!({}), save, 20, 28, "Failure (27 against DC 28)"),
        (json!({}), attack, 20, 99, "Critical hit (20 on the die)"),
        (json!({}), attack, 1, 2, "Miss (1 on the die)"),
        (json!({}), attack, 10, 16, "Hit (16 against armor class 16)"),
        (
            paralyzed,
            save,
            20,
            5,
            "Failure (fails by itself while paralyzed)",
        ),
    ] {
        let outcome = table(more).act(against(cell, dc), &[face]);
        assert_eq!(told(&outcome).last().unwrap(), expected);
    }
}

#[test]
fn advantage_and_bonus_dice() {
    let action = Action::Roll {
        cell: "/combat/initiative".to_owned(),
        mode: Mode::Advantage,
        bonus: Some("1d4-1".to_owned()),
        against: None,
    };
    let outcome = table(json!({})).act(action, &[4, 15, 3]);
    assert_eq!(outcome.title, "Initiative: 19");
    assert_eq!(outcome.rolls.len(), 1);
    assert_eq!(outcome.rolls[0].dice().len(), 3);
}

#[test]
fn a_number_set_by_hand_is_rolled_as_it_is() {
    let set = json!({"overrides": {"/combat/initiative": {"value": 9}}});
    let outcome = table(set).act(roll("/combat/initiative"), &[10]);
    assert_eq!(told(&outcome), ["Initiative: 19 (10 + 9 set by hand)"]);
}

#[test]
fn more_terms_than_a_notation_holds_are_added_up() {
    let adjustments: serde_json::Map<String, Value> = (0..12)
        .map(|n| {
            let source = format!("A blessing with a rather long name, number {n}");
            let cell = "/combat/initiative";
            (
                format!("a{n}"),
                json!({"rank": "V", "cell": cell, "amount": 1, "source": source}),
            )
        })
        .collect();
    let mut table = table(json!({"adjustments": adjustments}));
    let outcome = table.act(roll("/combat/initiative"), &[10]);
    assert_eq!(outcome.rolls[0].notation, "1d20+14");
    let with_bonus = Action::Roll {
        cell: "/combat/initiative".to_owned(),
        mode: Mode::Normal,
        bonus: Some("1d4".to_owned()),
        against: None,
    };
    assert_eq!(table.act(with_bonus, &[10, 4]).title, "Initiative: 28");
}

/// Where a 19 is critical as well, it still has to reach the armor class: the 20 alone hits whatever it is.
#[test]
fn a_hit_that_is_critical_has_to_be_one() {
    let mut table = built("Fighter", 3, &json!({}));
    assert_eq!(table.derived.sheet.actions.critical_from, 19);
    for (face, armor_class, expected) in [
        (20, 40, LineKind::Critical),
        (19, 40, LineKind::Miss),
        (19, 10, LineKind::Critical),
        (18, 10, LineKind::Hit),
        (18, 40, LineKind::Miss),
        (1, 1, LineKind::Miss),
    ] {
        let cell = "/actions/weapons/unarmed/attack_bonus";
        let outcome = table.act(against(cell, armor_class), &[face]);
        let kind = outcome.lines.last().map(|line| line.kind);
        assert_eq!(kind, Some(expected), "{face} against {armor_class}");
    }
}

#[test]
fn initiative_brings_back_what_it_brings_back() {
    let mut table = table(
        json!({"actions": {"features": {"f": {"rank": "V", "name": "Focus",
        "uses": {"max": 2, "used": 2, "recovery": "initiative"}}}}}),
    );
    table.act(roll("/combat/initiative"), &[10]);
    assert_eq!(table.cell("/actions/features/f/uses/used"), 0);
}

#[test]
fn death_saves_are_rolled_there_too() {
    let mut table = table(json!({"combat": {"damage_taken": 44}}));
    table.act(roll("/combat/death_saves"), &[12]);
    assert_eq!(table.cell("/combat/death_saves/successes"), 1);
}

#[test]
fn what_is_no_test_is_refused() {
    for cell in [
        "",
        "/",
        "/combat/armor_class",
        "/combat/initiative/x",
        "/statistics/skills",
        "/actions/weapons/axe/damage_bonus",
    ] {
        let message = table(json!({})).refuses(roll(cell));
        assert!(message.contains("No d20"), "{cell}: {message}");
    }
    for cell in [
        "/statistics/skills/dancing",
        "/actions/weapons/none/attack_bonus",
    ] {
        let message = table(json!({})).refuses(roll(cell));
        assert!(message.contains("no such number"), "{cell}: {message}");
    }
    let odd = Action::Roll {
        cell: "/combat/initiative".to_owned(),
        mode: Mode::Normal,
        bonus: Some("999999999d999999999".to_owned()),
        against: None,
    };
    assert!(table(json!({})).refuses(odd).contains("cannot be rolled"));
    assert!(
        table(json!({}))
            .refuses(against("/combat/initiative", 101))
            .contains("no possible")
    );
}
