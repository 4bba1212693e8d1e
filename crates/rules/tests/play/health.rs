//! Damage, healing, temporary hit points.

use rules::play::Action;
use serde_json::json;

use crate::{damage, fighter, told};

#[test]
fn damage_is_changed_in_the_order_of_the_rules() {
    let defenses = json!({"combat": {"defenses": {
        "resistances": {"fire": true, "cold": true},
        "immunities": {"poison": true},
        "vulnerabilities": {"cold": true, "thunder": true},
    }}});
    for (amount, kind, half, taken) in [
        (9, None, false, 9),
        (9, Some("slashing"), false, 9),
        (9, Some("slashing"), true, 4),
        (9, Some("fire"), false, 4),
        (9, Some(" Fire "), false, 4),
        // Halved by the save first, then by resistance, each time rounded down.
        (23, Some("fire"), true, 5),
        (9, Some("thunder"), false, 18),
        // Resistance before vulnerability: 9 is 4 is 8.
        (9, Some("cold"), false, 8),
        (9, Some("poison"), false, 0),
        (1, Some("fire"), false, 0),
    ] {
        let mut table = fighter(defenses.clone());
        let action = Action::Damage {
            amount,
            kind: kind.map(str::to_owned),
            critical: false,
            half,
        };
        let outcome = table.act(action, &[]);
        assert_eq!(table.hit_points(), 44 - taken, "{amount} {kind:?}");
        assert_eq!(outcome.writes.is_empty(), taken == 0);
    }
}

#[test]
fn the_petrified_resist_all_damage_and_no_damage_twice() {
    let stone = json!({"conditions": {"stone": {"rank": "V", "name": "Petrified"}},
        "combat": {"defenses": {"resistances": {"fire": true}}}});
    for kind in [None, Some("fire".to_owned()), Some("acid".to_owned())] {
        let mut table = fighter(stone.clone());
        table.act(
            Action::Damage {
                amount: 9,
                kind,
                critical: false,
                half: false,
            },
            &[],
        );
        assert_eq!(table.hit_points(), 40);
    }
}

#[test]
fn each_step_is_told() {
    let mut table = fighter(json!({"combat": {"temporary_hp": 3, "damage_taken": 20,
        "defenses": {"resistances": {"fire": true}}}}));
    let outcome = table.act(
        Action::Damage {
            amount: 17,
            kind: Some("fire".to_owned()),
            critical: false,
            half: false,
        },
        &[],
    );
    assert_eq!(outcome.title, "Took 8 fire damage");
    assert_eq!(
        told(&outcome),
        [
            "Damage: 17 > 8 (resistant to fire, half)",
            "Temporary hit points: 3 > 0 (temporary hit points are lost first)",
            "Hit points: 24 of 44 > 19 of 44",
            "Bloodied (half the hit points or fewer are left)",
        ]
    );
    assert_eq!(table.cell("/combat/damage_taken"), 25);
    assert_eq!(table.cell("/combat/temporary_hp"), 0);
}

#[test]
fn temporary_hit_points_are_lost_first() {
    for (temporary, amount, left, hit_points) in
        [(5, 3, 2, 44), (5, 5, 0, 44), (5, 8, 0, 41), (0, 8, 0, 36)]
    {
        let mut table = fighter(json!({"combat": {"temporary_hp": temporary}}));
        table.act(damage(amount), &[]);
        assert_eq!(table.derived.sheet.combat.temporary_hp, left);
        assert_eq!(table.hit_points(), hit_points);
    }
}

#[test]
fn the_larger_number_of_temporary_hit_points_stands() {
    let mut table = fighter(json!({}));
    table.act(Action::TemporaryHitPoints { amount: 7 }, &[]);
    assert_eq!(table.cell("/combat/temporary_hp"), 7);
    for amount in [5, 7] {
        let message = table.refuses(Action::TemporaryHitPoints { amount });
        assert!(message.contains("7 temporary hit points"), "{message}");
    }
    table.act(Action::TemporaryHitPoints { amount: 9 }, &[]);
    assert_eq!(table.cell("/combat/temporary_hp"), 9);
}

#[test]
fn healing_never_goes_beyond_the_maximum() {
    let mut table = fighter(json!({"combat": {"damage_taken": 10}}));
    let outcome = table.act(Action::Heal { amount: 4 }, &[]);
    assert_eq!(outcome.title, "Regained 4 hit points");
    assert_eq!(table.cell("/combat/damage_taken"), 6);
    let outcome = table.act(Action::Heal { amount: 100 }, &[]);
    assert_eq!(outcome.title, "Regained 6 hit points");
    assert_eq!(table.cell("/combat/damage_taken"), 0);
    assert_eq!(
        table.refuses(Action::Heal { amount: 1 }),
        "No hit points are missing."
    );
}

#[test]
fn damage_beyond_the_maximum_is_not_counted() {
    let mut table = fighter(json!({}));
    table.act(damage(80), &[]);
    assert_eq!(table.cell("/combat/damage_taken"), 44);
    // A maximum that has fallen since leaves more damage than there can be; healing reckons from 0.
    let mut table = fighter(json!({"combat": {"damage_taken": 90}}));
    table.act(Action::Heal { amount: 5 }, &[]);
    assert_eq!(table.hit_points(), 5);
}

#[test]
fn hit_points_adjusted_by_hand_follow() {
    let mut table = fighter(json!({"adjustments": {"a": {
        "rank": "V", "cell": "/combat/current_hp", "amount": -4, "source": "Curse"}}}));
    assert_eq!(table.hit_points(), 40);
    table.act(damage(39), &[]);
    assert_eq!(table.hit_points(), 1);
    table.act(damage(1), &[]);
    assert_eq!(table.hit_points(), 0);
    assert_eq!(table.conditions(), ["Unconscious"]);
    table.act(Action::Heal { amount: 100 }, &[]);
    assert_eq!(table.hit_points(), 40);
}

#[test]
fn what_cannot_be_is_refused() {
    let mut by_hand = fighter(json!({"overrides": {"/combat/current_hp": {"value": 12}}}));
    let message = by_hand.refuses(damage(3));
    assert!(message.contains("set by hand"), "{message}");
    let mut unborn = crate::Table::of(json!({}));
    let message = unborn.refuses(damage(3));
    assert!(message.contains("no hit points yet"), "{message}");
    for amount in [0, -1, i32::MIN, 100_001, i32::MAX] {
        for action in [
            damage(amount),
            Action::Heal { amount },
            Action::TemporaryHitPoints { amount },
        ] {
            let message = fighter(json!({})).refuses(action);
            assert!(message.contains("no possible"), "{message}");
        }
    }
}
