//! At 0 hit points.

use rules::dice::Mode;
use rules::play::Action;
use serde_json::{Value, json};
use sheet::Vitality;

use crate::{Table, damage, fighter, merge, told};

fn critical(amount: i32) -> Action {
    Action::Damage {
        amount,
        kind: None,
        critical: true,
        half: false,
    }
}

fn save() -> Action {
    Action::DeathSave {
        face: None,
        mode: Mode::Normal,
        bonus: None,
    }
}

fn down(successes: i32, failures: i32, more: Value) -> Table {
    let mut document = json!({
        "combat": {"damage_taken": 44, "death_saves": {"successes": successes, "failures": failures}},
        "conditions": {"unconscious": {"rank": "V", "name": "Unconscious", "source": "0 hit points"}},
    });
    merge(&mut document, more);
    fighter(document)
}

fn saves(table: &Table) -> (i32, i32) {
    let saves = &table.derived.sheet.combat.death_saves;
    (saves.successes, saves.failures)
}

#[test]
fn at_0_hit_points_one_falls_unconscious() {
    let mut table = fighter(json!({"combat": {"concentration": "Bless"},
        "conditions": {"rage": {"rank": "V", "name": "Rage", "duration": "1 minute"}}}));
    let outcome = table.act(damage(50), &[]);
    assert_eq!(table.hit_points(), 0);
    assert_eq!(table.conditions(), ["Unconscious"]);
    assert_eq!(table.cell("/combat/concentration"), "");
    assert_eq!(outcome.prompts, []);
    assert_eq!(
        told(&outcome),
        [
            "Hit points: 44 of 44 > 0 of 44",
            "Unconscious (0 hit points)",
            "Dying (0 hit points: a death save at the start of each turn)",
            "Concentration: Bless > ended (0 hit points)",
            "Rage: 1 minute > ended (0 hit points)",
        ]
    );
}

#[test]
fn massive_damage_kills() {
    for (amount, dead) in [(44, false), (87, false), (88, true), (500, true)] {
        let mut table = fighter(json!({}));
        table.act(damage(amount), &[]);
        assert_eq!(saves(&table), (0, if dead { 3 } else { 0 }), "{amount}");
        assert_eq!(table.conditions().is_empty(), dead);
    }
}

#[test]
fn a_monster_dies_at_0_hit_points() {
    let mut table = fighter(json!({"record": {"kind": "monster"}}));
    let outcome = table.act(damage(44), &[]);
    assert_eq!(saves(&table), (0, 3));
    assert_eq!(
        told(&outcome).last().unwrap(),
        "Dead (a monster dies at 0 hit points)"
    );
}

#[test]
fn damage_at_0_hit_points_counts_as_failures() {
    for (before, action, after) in [
        ((0, 0), damage(1), (0, 1)),
        ((2, 1), damage(5), (2, 2)),
        ((0, 0), critical(1), (0, 2)),
        ((0, 2), damage(1), (0, 3)),
        ((1, 1), critical(1), (0, 3)),
        // As much as the maximum kills at once.
        ((0, 0), damage(44), (0, 3)),
        // Who was stable is dying again.
        ((3, 0), damage(1), (0, 1)),
    ] {
        let mut table = down(before.0, before.1, json!({}));
        table.act(action.clone(), &[]);
        assert_eq!(saves(&table), after, "{before:?} {action:?}");
        assert_eq!(table.cell("/combat/damage_taken"), 44);
    }
}

#[test]
fn death_saves_follow_the_die() {
    for (before, face, after) in [
        ((0, 0), 10, (1, 0)),
        ((0, 0), 9, (0, 1)),
        ((0, 0), 1, (0, 2)),
        ((1, 2), 19, (2, 2)),
        ((2, 2), 11, (3, 0)),
        ((2, 2), 9, (0, 3)),
        ((0, 2), 1, (0, 3)),
    ] {
        let mut table = down(before.0, before.1, json!({}));
        let outcome = table.act(save(), &[face]);
        assert_eq!(saves(&table), after, "{before:?} {face}");
        assert_eq!(outcome.rolls.len(), 1);
        // The same by hand.
        let mut table = down(before.0, before.1, json!({}));
        let by_hand = Action::DeathSave {
            face: Some(i32::try_from(face).unwrap()),
            mode: Mode::Normal,
            bonus: None,
        };
        let outcome = table.act(by_hand, &[]);
        assert_eq!(saves(&table), after, "{before:?} {face}");
        assert_eq!(outcome.rolls, []);
    }
}

#[test]
fn a_20_brings_back_with_1_hit_point() {
    let mut table = down(2, 2, json!({}));
    let outcome = table.act(save(), &[20]);
    assert_eq!(outcome.title, "Death save: a 20, back with 1 hit point");
    assert_eq!(table.hit_points(), 1);
    assert_eq!(saves(&table), (0, 0));
    assert_eq!(table.conditions(), ["Prone"]);
}

#[test]
fn what_acts_on_every_save_acts_on_death_saves() {
    let ring = json!({"equipment": {"magical_items": {"ring": {"rank": "V", "name": "Ring of Protection",
        "requires_attunement": true, "attuned": true, "bonuses": {"saving_throws": 1}}}}});
    let mut table = down(0, 0, ring.clone());
    let outcome = table.act(save(), &[9]);
    assert_eq!(saves(&table), (1, 0));
    assert_eq!(
        told(&outcome)[0],
        "Death save: 10 (9 + 1 Ring of Protection)"
    );

    let mut tired = down(0, 0, json!({"combat": {"exhaustion": 1}}));
    tired.act(save(), &[11]);
    assert_eq!(saves(&tired), (0, 1));
    let blessed = Action::DeathSave {
        face: None,
        mode: Mode::Advantage,
        bonus: Some("1d4".to_owned()),
    };
    let outcome = tired.act(blessed, &[3, 9, 3]);
    assert_eq!(saves(&tired), (1, 1));
    assert_eq!(outcome.title, "Death save: success, 1 of 3");
    assert_eq!(
        told(&outcome)[0],
        "Death save: 10 (9 - 2 Exhaustion + 3 bonus)"
    );
}

#[test]
fn the_stable_make_no_more_saves() {
    let mut table = down(1, 2, json!({}));
    let outcome = table.act(Action::Stabilize, &[]);
    assert_eq!(outcome.title, "Stabilized");
    assert_eq!(saves(&table), (3, 0));
    assert!(table.refuses(save()).contains("stable"));
    assert!(table.refuses(Action::Stabilize).contains("stable already"));
    table.act(Action::Heal { amount: 3 }, &[]);
    assert_eq!((table.hit_points(), saves(&table)), (3, (0, 0)));
    assert_eq!(table.conditions(), ["Prone"]);
    for action in [save(), Action::Stabilize] {
        assert!(table.refuses(action).contains("0 hit points"));
    }
}

#[test]
fn healing_wakes_only_who_fell_at_0() {
    let asleep =
        json!({"conditions": {"sleep": {"rank": "W", "name": "Unconscious", "source": "Sleep"}}});
    let mut table = down(0, 1, asleep);
    table.act(Action::Heal { amount: 1 }, &[]);
    assert_eq!(table.cell("/conditions/sleep/name"), "Unconscious");
    assert_eq!(table.cell("/conditions/unconscious"), Value::Null);
}

#[test]
fn only_revival_helps_the_dead() {
    for dead in [
        json!({"combat": {"damage_taken": 44, "death_saves": {"failures": 3}}}),
        json!({"combat": {"damage_taken": 10, "exhaustion": 6}}),
    ] {
        let mut table = fighter(dead);
        for action in [
            damage(1),
            Action::Heal { amount: 5 },
            Action::TemporaryHitPoints { amount: 5 },
            save(),
            Action::Stabilize,
            Action::Exhaustion { delta: -1 },
            Action::LongRest { dawn: false },
            Action::ShortRest {
                hit_dice: Default::default(),
            },
            Action::StartTurn,
            Action::Concentrate {
                on: "Bless".to_owned(),
            },
        ] {
            assert_eq!(table.refuses(action), "The character is dead.");
        }
        table.act(Action::Revive { hit_points: 1 }, &[]);
        assert_eq!((table.hit_points(), saves(&table)), (1, (0, 0)));
        assert!(table.derived.sheet.combat.exhaustion_level < 6);
        assert!(
            table
                .refuses(Action::Revive { hit_points: 1 })
                .contains("not dead")
        );
    }
}

#[test]
fn nobody_acts_at_0_hit_points() {
    // Also where the condition that comes with it was taken off by hand.
    let mut table = fighter(json!({"combat": {"damage_taken": 44}}));
    let message = table.refuses(Action::Concentrate {
        on: "Bless".to_owned(),
    });
    assert!(message.contains("0 hit points"), "{message}");
}

#[test]
fn the_sheet_says_how_one_stands_between_life_and_death() {
    let monster = json!({"record": {"kind": "monster"}});
    let worn_out = json!({"combat": {"damage_taken": 0, "exhaustion": 6}});
    let whole = json!({"combat": {"damage_taken": 43}});
    for (table, life) in [
        (fighter(json!({})), Vitality::Up),
        (down(0, 0, json!({})), Vitality::Dying),
        (down(2, 2, json!({})), Vitality::Dying),
        (down(3, 0, json!({})), Vitality::Stable),
        (down(0, 3, json!({})), Vitality::Dead),
        (down(3, 3, json!({})), Vitality::Dead),
        (down(0, 0, worn_out), Vitality::Dead),
        // Marks that were forgotten mean nothing above 0 hit points.
        (down(3, 0, whole), Vitality::Up),
        // Monsters make no death saves.
        (down(0, 0, monster), Vitality::Stable),
    ] {
        assert_eq!(
            table.derived.sheet.combat.life,
            life,
            "{} hit points, saves {:?}",
            table.hit_points(),
            saves(&table)
        );
    }
    // Who has no level has no hit points to lose.
    let nobody = rules::derive(&sheet::Source::default(), rules::content::Content::srd());
    assert_eq!(nobody.sheet.combat.life, Vitality::Up);
}

#[test]
fn a_turn_of_the_dying_asks_for_a_death_save() {
    let mut table = down(1, 1, json!({}));
    let outcome = table.act(Action::StartTurn, &[]);
    assert_eq!(outcome.prompts.len(), 1);
    assert_eq!(
        (outcome.prompts[0].dc, &outcome.prompts[0].action),
        (10, &save())
    );
    let mut stable = down(3, 0, json!({}));
    assert_eq!(stable.act(Action::StartTurn, &[]).prompts, []);
}
