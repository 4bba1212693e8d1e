//! Casting and preparing spells.

use rules::dice::Mode;
use rules::play::{Action, CastWith};
use serde_json::{Value, json};

use crate::{Table, fighter, told};

fn caster() -> Table {
    with(json!({}))
}

fn with(more: Value) -> Table {
    let spell = |name: &str, caster: &str, level: i32, more: Value| {
        let mut spell = json!({"rank": name, "name": name, "caster": caster, "level": level});
        crate::merge(&mut spell, more);
        spell
    };
    let mut document = json!({
        "abilities": {"scores": {"intelligence": 16, "wisdom": 14}},
        "spellcasting": {
            "casters": {
                "wizard": {"rank": "1", "class": "Wizard", "ability": "intelligence", "prepared_limit": 2},
                "cleric": {"rank": "2", "class": "Cleric", "ability": "wisdom", "prepared_limit": 1},
                "sorcerer": {"rank": "3", "class": "Sorcerer", "ability": "charisma"},
            },
            "slots": {"1": {"max": 4, "used": 1}, "2": {"max": 3, "used": 3}, "3": {"max": 2, "used": 0}},
            "pact": {"level": 2, "max": 2, "used": 1},
            "spells": {
                "bolt": spell("Fire Bolt", "wizard", 0, json!({})),
                "shield": spell("Shield", "wizard", 1, json!({"prepared": true})),
                "fireball": spell("Fireball", "wizard", 3, json!({"prepared": true})),
                "alarm": spell("Alarm", "wizard", 1, json!({"ritual": true})),
                "hold": spell("Hold Person", "wizard", 2, json!({"concentration": true})),
                "bless": spell("Bless", "cleric", 1, json!({"always_prepared": true, "concentration": true})),
                "augury": spell("Augury", "cleric", 2, json!({"ritual": true})),
                "ward": spell("Ward", "cleric", 1, json!({"prepared": true, "ritual": true})),
                "chaos": spell("Chaos Bolt", "sorcerer", 1, json!({})),
            },
        },
        "equipment": {"magical_items": {"wand": {"rank": "V", "name": "Wand of Fireballs",
            "charges": {"max": 7, "used": 3}}}},
    });
    crate::merge(&mut document, more);
    fighter(document)
}

pub(crate) fn cast(spell: &str, with: CastWith) -> Action {
    Action::Cast {
        spell: spell.to_owned(),
        with,
        attack: None,
        roll: false,
    }
}

pub(crate) fn slot(level: i32) -> CastWith {
    CastWith::Slot { level }
}

fn charges(amount: i32, level: Option<i32>) -> CastWith {
    CastWith::Uses {
        counter: "/equipment/magical_items/wand/charges/used".to_owned(),
        amount,
        level,
    }
}

#[test]
fn a_spell_spends_what_it_is_cast_with() {
    for (spell, with, title, write) in [
        ("bolt", CastWith::Free, "Cast Fire Bolt", None),
        (
            "shield",
            slot(1),
            "Cast Shield with a level 1 slot",
            Some(("/spellcasting/slots/1/used", 2)),
        ),
        (
            "shield",
            slot(3),
            "Cast Shield with a level 3 slot",
            Some(("/spellcasting/slots/3/used", 1)),
        ),
        (
            "shield",
            CastWith::Pact,
            "Cast Shield with a pact slot of level 2",
            Some(("/spellcasting/pact/used", 2)),
        ),
        // Only a Wizard casts rituals that are not prepared.
        ("alarm", CastWith::Ritual, "Cast Alarm as a ritual", None),
        ("ward", CastWith::Ritual, "Cast Ward as a ritual", None),
        // What a thing casts need not be prepared.
        ("alarm", CastWith::Free, "Cast Alarm", None),
        (
            "fireball",
            charges(3, Some(5)),
            "Cast Fireball at level 5",
            Some(("/equipment/magical_items/wand/charges/used", 6)),
        ),
        (
            "alarm",
            charges(1, None),
            "Cast Alarm",
            Some(("/equipment/magical_items/wand/charges/used", 4)),
        ),
        // A caster of whom no preparation is written down has its spells at hand.
        (
            "chaos",
            slot(1),
            "Cast Chaos Bolt with a level 1 slot",
            Some(("/spellcasting/slots/1/used", 2)),
        ),
    ] {
        let mut table = caster();
        let outcome = table.act(cast(spell, with), &[]);
        assert_eq!(outcome.title, title);
        assert_eq!(outcome.rolls, []);
        let written: Vec<&str> = outcome.writes.iter().map(|write| write.cell()).collect();
        assert_eq!(
            written,
            write.map(|(cell, _)| cell).into_iter().collect::<Vec<_>>()
        );
        if let Some((cell, value)) = write {
            assert_eq!(table.cell(cell), value);
        }
    }
}

#[test]
fn what_the_rules_do_not_allow_is_refused() {
    for (spell, with, expected) in [
        ("bolt", slot(1), "Fire Bolt is a cantrip and needs no slot."),
        ("bolt", CastWith::Ritual, "cantrip"),
        ("fireball", slot(2), "level 2 is too low"),
        ("fireball", CastWith::Pact, "level 2 is too low"),
        ("fireball", charges(1, Some(2)), "level 2 is too low"),
        ("shield", slot(2), "No level 2 spell slot is left."),
        ("shield", slot(9), "no level 9 spell slots"),
        ("shield", slot(0), "no possible level"),
        ("shield", slot(10), "no possible level"),
        ("shield", CastWith::Ritual, "Shield is no ritual."),
        ("alarm", slot(1), "Alarm is not prepared."),
        ("augury", CastWith::Ritual, "Augury is not prepared."),
        ("fireball", charges(5, None), "4 of the 5"),
        ("fireball", charges(0, None), "no possible"),
        ("wish", slot(9), "does not have this spell"),
    ] {
        let message = caster().refuses(cast(spell, with.clone()));
        assert!(message.contains(expected), "{spell} {with:?}: {message}");
    }
    let mut table = with(json!({"spellcasting": {"pact": {"max": 0}}}));
    assert!(
        table
            .refuses(cast("shield", CastWith::Pact))
            .contains("no pact slots")
    );
    let mut table = with(json!({"spellcasting": {"pact": {"used": 2}}}));
    assert!(
        table
            .refuses(cast("shield", CastWith::Pact))
            .contains("none is left")
    );
    for (name, expected) in [("Stunned", "stunned"), ("Rage", "in a rage")] {
        let mut table = with(json!({"conditions": {"c": {"rank": "V", "name": name}}}));
        let message = table.refuses(cast("shield", slot(1)));
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_refusal_says_which_slots_are_left() {
    let table = caster();
    let refusal = rules::play::act(
        rules::play::Character::of(&table.source, &table.derived),
        &cast("shield", slot(2)),
        &mut crate::Scripted(Vec::new()),
    )
    .unwrap_err();
    assert_eq!(
        refusal.hint,
        "Left are: 3 level 1 spell slots, 2 level 3 spell slots, 1 pact slots of level 2."
    );
    assert_eq!(refusal.cell.as_deref(), Some("/spellcasting/slots/2/used"));
}

#[test]
fn a_new_concentration_ends_the_old_one() {
    let mut table = with(json!({"combat": {"concentration": "Hold Person"}}));
    let outcome = table.act(cast("bless", slot(3)), &[]);
    assert_eq!(table.cell("/combat/concentration"), "Bless");
    assert_eq!(
        told(&outcome),
        [
            "Level 3 spell slots: 2 > 1",
            "Higher level (a level 1 spell at level 3)",
            "Concentration: Hold Person > Bless (Hold Person ends)",
            "Save DC: 13 (Cleric)",
            "Spell attack: +5 (Cleric)",
        ]
    );
    // A spell without concentration leaves it alone.
    table.act(cast("shield", slot(1)), &[]);
    assert_eq!(table.cell("/combat/concentration"), "Bless");
}

#[test]
fn the_attack_is_rolled_where_it_is_asked_for() {
    let mut table = caster();
    let action = Action::Cast {
        spell: "bolt".to_owned(),
        with: CastWith::Free,
        attack: Some(Mode::Disadvantage),
        roll: false,
    };
    let outcome = table.act(action.clone(), &[15, 9]);
    assert_eq!(outcome.rolls.len(), 1);
    assert_eq!(
        told(&outcome).last().unwrap(),
        "To hit: 15 (9 + 3 Intelligence + 3 Proficiency)"
    );
    let outcome = table.act(action, &[20, 20]);
    assert_eq!(
        told(&outcome).last().unwrap(),
        "Critical hit (20 on the die)"
    );
}

#[test]
fn spells_are_prepared_within_the_limit() {
    let prepare = |spell: &str| Action::Prepare {
        spell: spell.to_owned(),
    };
    let unprepare = |spell: &str| Action::Unprepare {
        spell: spell.to_owned(),
    };
    let mut table = caster();
    for (action, expected) in [
        (
            prepare("alarm"),
            "Wizard has 2 spells prepared, and 2 are allowed.",
        ),
        (prepare("shield"), "prepared already"),
        (prepare("bolt"), "cantrip"),
        (prepare("bless"), "always prepared"),
        (unprepare("bless"), "always prepared"),
        (unprepare("alarm"), "Alarm is not prepared."),
        (prepare("wish"), "does not have this spell"),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
    let outcome = table.act(unprepare("shield"), &[]);
    assert_eq!(told(&outcome), ["Wizard: prepared: 2 > 1 (of 2)"]);
    assert!(
        table
            .refuses(cast("shield", slot(1)))
            .contains("not prepared")
    );
    table.act(prepare("alarm"), &[]);
    table.act(cast("alarm", slot(1)), &[]);
    // Without a limit written down there is none.
    table.act(prepare("chaos"), &[]);
}
