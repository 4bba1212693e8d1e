//! What no sequence of actions breaks.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use rules::Content;
use rules::build::{Recipe, Write, quick};
use rules::dice::SeededDice;
use rules::play::{Action, Character, Coin, act};
use serde_json::{Value, json};
use sheet::Source;

use crate::deeds::{Seed, action, counters, seeds};
use crate::{Table, damage, fighter};

/// A sheet written by hand with something of everything.
fn rich() -> Table {
    let uses = |name: &str, max: i32, recovery: &str| json!({"rank": "V", "name": name, "uses": {"max": max, "used": 1, "recovery": recovery}});
    let ring = |attuned: bool| json!({"rank": "V", "name": "Ring", "requires_attunement": true, "attuned": attuned});
    fighter(json!({
        "combat": {"temporary_hp": 4, "defenses": {"resistances": {"fire": true}, "vulnerabilities": {"cold": true},
            "immunities": {"poison": true}, "condition_immunities": {"charmed": true}}},
        "conditions": {"c": {"rank": "V", "name": "Poisoned", "source": "Spider"}},
        "actions": {
            "features": {"a": uses("Wind", 3, "one_on_short_rest"), "b": uses("Surge", 1, "short_rest"),
                "c": uses("Luck", 3, "long_rest"), "d": uses("Legend", 3, "turn"), "e": uses("Dawn", 2, "dawn")},
            "weapons": {"sword": {"rank": "1", "name": "Longsword", "damage": "1d8", "versatile": "1d10"},
                "bow": {"rank": "2", "name": "Bow", "ranged": true, "damage": "1d8", "extra_damage": "1d6 fire"}},
        },
        "equipment": {
            "currency": {"cp": 7, "sp": 12, "ep": 3, "gp": 40, "pp": 2},
            "inventory": {
                "mail": {"rank": "1", "name": "Mail", "equipped": true, "armor": {"category": "heavy", "base": 16}},
                "hide": {"rank": "2", "name": "Hide", "armor": {"category": "medium", "base": 12}},
                "pack": {"rank": "3", "name": "Pack", "capacity_lb": 30.0}, "sack": {"rank": "4", "name": "Sack"},
                "arrows": {"rank": "5", "name": "Arrows", "quantity": 20, "container": "sack"},
            },
            "magical_items": {
                "r1": ring(true), "r2": ring(true), "r3": ring(false), "r4": ring(false),
                "wand": {"rank": "V", "name": "Wand", "charges": {"max": 7, "used": 2, "recharge": "1d6+1 at dawn"}},
            },
        },
        "spellcasting": {
            "casters": {"w": {"rank": "1", "class": "Wizard", "ability": "intelligence", "prepared_limit": 2}},
            "slots": {"1": {"max": 4, "used": 1}, "2": {"max": 2, "used": 0}},
            "pact": {"level": 2, "max": 2, "used": 0},
            "spells": {
                "s0": {"rank": "1", "name": "Bolt", "level": 0},
                "s1": {"rank": "2", "name": "Alarm", "level": 1, "ritual": true},
                "s2": {"rank": "3", "name": "Bless", "level": 1, "concentration": true, "prepared": true},
                "s3": {"rank": "4", "name": "Web", "level": 2, "concentration": true, "prepared": true},
            },
        },
    }))
}

/// A character that the rules of the SRD have built: several classes, slots and pact slots, resources.
fn built() -> Table {
    static DOCUMENT: LazyLock<Value> =
        LazyLock::new(|| document("Human", &[("Paladin", 5), ("Warlock", 4), ("Sorcerer", 3)]));
    Table::under(DOCUMENT.clone(), Content::srd())
}

/// Another, with uses of every sort: healing, own saves, numbers, states, tallies, dice that are added to hits.
fn useful() -> Table {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let levels = [("Barbarian", 11), ("Monk", 6), ("Fighter", 2), ("Rogue", 1)];
        document("Goliath", &levels)
    });
    Table::under(DOCUMENT.clone(), Content::srd())
}

fn document(species: &str, levels: &[(&str, usize)]) -> Value {
    let mut next = 0;
    let mut ids = move || {
        next += 1;
        format!("id-{next:03}")
    };
    let levels = levels
        .iter()
        .flat_map(|(class, count)| std::iter::repeat_n((*class).to_owned(), *count));
    let recipe = Recipe {
        name: "Brann".to_owned(),
        handle: "brann".to_owned(),
        species: species.to_owned(),
        levels: levels.collect(),
        ..Recipe::default()
    };
    quick(Content::srd(), &recipe, &mut ids).unwrap()
}

/// Holds a character against everything that must be true of it at any moment.
fn check(table: &Table, after: &Action) {
    let sheet = &table.derived.sheet;
    let number = |cell: &str| table.cell(cell).as_i64().unwrap_or(0);
    let bounded = |cell: &str, most: i32| {
        let value = number(cell);
        assert!(
            (0..=i64::from(most)).contains(&value),
            "{cell} is {value} of {most} after {after:?}"
        );
    };
    for (cell, max) in counters(table) {
        bounded(&cell, max);
    }
    bounded("/combat/damage_taken", sheet.combat.hp_maximum);
    bounded("/combat/temporary_hp", 10_000);
    bounded("/combat/death_saves/successes", 3);
    bounded("/combat/death_saves/failures", 3);
    bounded("/combat/exhaustion", 6);
    for coin in ["cp", "sp", "ep", "gp", "pp"] {
        bounded(&format!("/equipment/currency/{coin}"), 1_000_000_000);
    }
    for item in &sheet.equipment.inventory {
        assert!(item.quantity >= 0, "{} after {after:?}", item.name);
    }
    for caster in &sheet.spellcasting.casters {
        let limit = caster.prepared_limit.unwrap_or(i32::MAX);
        assert!(caster.prepared_count <= limit, "{after:?}");
    }
    assert!(sheet.equipment.attuned_count <= 3, "{after:?}");
    let (hit_points, saves) = (sheet.combat.current_hp, &sheet.combat.death_saves);
    assert!(saves.successes < 3 || saves.failures == 0, "{after:?}");
    if hit_points == 0 || saves.failures == 3 || sheet.combat.exhaustion_level == 6 {
        assert_eq!(sheet.combat.concentration, "", "{after:?}");
    }
    if hit_points > 0 && saves.failures < 3 {
        assert_eq!((saves.successes, saves.failures), (0, 0), "{after:?}");
    }
    let circles = table
        .derived
        .findings
        .iter()
        .filter(|finding| finding.message.contains("in itself"));
    assert_eq!(circles.count(), 0, "{after:?}");
}

fn play(table: &mut Table, seeds: &[Seed], dice: u64) {
    let mut dice = SeededDice::new(dice);
    for seed in seeds {
        let action = action(table, *seed);
        if table.act_with(&action, &mut dice).is_ok() {
            check(table, &action);
        }
    }
}

fn worth(table: &Table) -> i64 {
    let coins = &table.derived.sheet.equipment.currency;
    let each = [
        (coins.cp, 1),
        (coins.sp, 10),
        (coins.ep, 50),
        (coins.gp, 100),
        (coins.pp, 1_000),
    ];
    each.iter()
        .map(|(count, worth)| i64::from(*count) * worth)
        .sum()
}

fn purse() -> impl Strategy<Value = [i32; 5]> {
    prop::array::uniform5(0_i32..5)
}

fn with_coins(coins: [i32; 5]) -> Table {
    let [cp, sp, ep, gp, pp] = coins;
    Table::of(
        json!({"equipment": {"currency": {"cp": cp, "sp": sp, "ep": ep, "gp": gp, "pp": pp}}}),
    )
}

/// Tells whether some of these coins come to a sum, by trying all of them.
fn fits(coins: [i32; 5], sum: i32) -> bool {
    let worth = [1, 10, 50, 100, 1_000];
    let mut sums = std::collections::BTreeSet::from([0]);
    for (count, worth) in coins.iter().zip(worth) {
        sums = sums
            .iter()
            .flat_map(|sum| (0..=*count).map(move |n| sum + n * worth))
            .collect();
    }
    sums.contains(&sum)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_sequence_of_actions_leaves_the_bounds(seeds in seeds(60), dice in any::<u64>()) {
        play(&mut rich(), &seeds, dice);
    }

    #[test]
    fn a_long_rest_is_as_good_as_two(seeds in seeds(30), dice in any::<u64>()) {
        let mut table = rich();
        play(&mut table, &seeds, dice);
        let rest = Action::LongRest { dawn: false };
        let mut dice = SeededDice::new(dice);
        if table.act_with(&rest, &mut dice).is_ok() {
            let again = table.act_with(&rest, &mut dice).unwrap();
            // Only exhaustion goes on getting better.
            let cells: Vec<&str> = again.writes.iter().map(Write::cell).collect();
            prop_assert!(cells.iter().all(|cell| *cell == "/combat/exhaustion"), "{:?}", cells);
        }
    }

    #[test]
    fn damage_healed_is_damage_undone(taken in 0_i32..43, part in any::<Index>()) {
        let mut table = fighter(json!({"combat": {"damage_taken": taken}}));
        // Less than there is, so that nothing is cut off at 0.
        let amount = 1 + i32::try_from(part.index(43 - usize::try_from(taken).unwrap())).unwrap();
        let before = table.document.clone();
        table.act(damage(amount), &[]);
        table.act(Action::Heal { amount }, &[]);
        prop_assert_eq!(&table.document, &before);
    }

    #[test]
    fn a_price_is_paid_to_the_copper(coins in purse(), price_cp in 1_i32..6_000) {
        let mut table = with_coins(coins);
        let before = worth(&table);
        match table.act_with(&Action::Pay { price_cp }, &mut SeededDice::new(1)) {
            Ok(outcome) => {
                prop_assert_eq!(worth(&table), before - i64::from(price_cp));
                // Change is given only where the coins do not fit.
                let change = outcome.lines.iter().any(|line| line.what == "Change");
                prop_assert_eq!(change, !fits(coins, price_cp));
            }
            Err(_) => prop_assert!(before < i64::from(price_cp)),
        }
    }

    #[test]
    fn an_exchange_keeps_the_worth(coins in prop::array::uniform5(0_i32..2_000), from in 0_usize..5, to in 0_usize..5, count in 1_i32..2_000) {
        let kinds = [Coin::Cp, Coin::Sp, Coin::Ep, Coin::Gp, Coin::Pp];
        let mut table = with_coins(coins);
        let before = worth(&table);
        let action = Action::Exchange { from: kinds[from], to: kinds[to], count };
        let done = table.act_with(&action, &mut SeededDice::new(1)).is_ok();
        prop_assert_eq!(worth(&table), before);
        prop_assert!(!done || count <= coins[from]);
    }

    /// A document stored under looser limits may hold any number; whatever is written then is lawful.
    #[test]
    fn wild_counters_are_mended_and_never_written(wild in prop::array::uniform12(any::<i32>()), seeds in seeds(12), small in any::<bool>()) {
        let n = |at: usize| if small { wild[at] % 50 } else { wild[at] };
        let mut document = rich().document;
        crate::merge(&mut document, json!({
            "combat": {"damage_taken": n(0), "temporary_hp": n(1), "exhaustion": n(2) % 8,
                "death_saves": {"successes": n(3), "failures": n(4) % 4}, "hit_dice_used": {"d10": n(5), "d7": n(5)}},
            "actions": {"features": {"a": {"uses": {"max": n(6), "used": n(7)}}}},
            "equipment": {"currency": {"gp": n(8), "cp": n(9)}, "inventory": {"arrows": {"quantity": n(10)}}},
            "spellcasting": {"slots": {"1": {"max": n(11), "used": n(7)}, "12": {"max": 3, "used": 1}}, "pact": {"max": n(10), "used": n(11)}},
        }));
        let source = Source::from_value(&document).unwrap();
        let derived = rules::derive(&source, &Content::none());
        let table = Table { source, derived, ..rich() };
        for seed in seeds {
            let action = action(&table, seed);
            let character = Character::of(&table.source, &table.derived);
            if let Ok(outcome) = act(character, &action, &mut SeededDice::new(7)) {
                for write in &outcome.writes {
                    if let Write::Set { cell, value } = write {
                        let path = cell.parse().unwrap();
                        prop_assert_eq!(sheet::check_cell(&path, value), Ok(()), "{:?}", action);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_bounds_hold_for_what_the_rules_build(seeds in seeds(40), dice in any::<u64>()) {
        play(&mut built(), &seeds, dice);
        play(&mut useful(), &seeds, dice);
    }
}
