//! Attacks with weapons.

use rules::dice::Mode;
use rules::play::{Action, Outcome};
use serde_json::{Value, json};

use crate::{Table, fighter, told};

fn armed(more: Value) -> Table {
    let mut document = json!({
        "actions": {"weapons": {
            "sword": {"rank": "1", "name": "Longsword", "damage": "1d8", "versatile": "1d10",
                "damage_type": "slashing", "bonus_to_damage": 1, "mastery": "Topple"},
            "bow": {"rank": "2", "name": "Longbow", "ranged": true, "damage": "1d8", "damage_type": "piercing",
                "extra_damage": "1d6 fire damage", "mastery": "graze"},
            "dart": {"rank": "3", "name": "Blowgun", "ranged": true, "damage": "1", "damage_type": "piercing"},
            "net": {"rank": "4", "name": "Net", "ranged": true},
            "odd": {"rank": "5", "name": "Odd", "damage": "a lot"},
        }},
        "equipment": {"inventory": {"arrows": {"rank": "1", "name": "Arrows", "kind": "ammunition", "quantity": 2}}},
    });
    crate::merge(&mut document, more);
    fighter(document)
}

/// How an attack is made; plainly, where nothing is said.
#[derive(Default)]
struct So {
    mode: Mode,
    two_handed: bool,
    against: Option<i32>,
    critical_hits: bool,
    ammunition: Option<&'static str>,
}

fn attack(weapon: &str, so: So) -> Action {
    Action::Attack {
        weapon: weapon.to_owned(),
        mode: so.mode,
        bonus: None,
        two_handed: so.two_handed,
        against: so.against,
        critical_hits: so.critical_hits,
        ammunition: so.ammunition.map(str::to_owned),
        riders: Vec::new(),
    }
}

fn plain(weapon: &str) -> Action {
    attack(weapon, So::default())
}

fn against(weapon: &str, armor_class: i32) -> Action {
    let so = So {
        against: Some(armor_class),
        ..So::default()
    };
    attack(weapon, so)
}

fn last(outcome: &Outcome) -> String {
    told(outcome).last().unwrap().clone()
}

#[test]
fn to_hit_and_damage_name_their_terms() {
    let outcome = armed(json!({})).act(plain("sword"), &[11, 6]);
    assert_eq!(outcome.title, "Longsword: 17 to hit, 10 damage");
    assert_eq!(
        told(&outcome),
        [
            "To hit: 17 (11 + 3 Strength + 3 Proficiency)",
            "Damage: 10 slashing (1d8+3[Strength]+1[Bonus])",
            "Topple (the target falls prone if it fails a DC 14 Constitution save)",
        ]
    );
    assert_eq!(outcome.rolls.len(), 2);
    assert_eq!(outcome.writes, []);
}

#[test]
fn hits_misses_and_critical_hits() {
    // d20, armor class, whether every hit is critical: dice of damage, what the title says.
    for (face, against, always, damage, title) in [
        (10, None, false, vec![4], "Longsword: 16 to hit, 8 damage"),
        (
            10,
            Some(16),
            false,
            vec![4],
            "Longsword: 16 to hit, 8 damage",
        ),
        (10, Some(17), false, vec![], "Longsword: 16 to hit, a miss"),
        (10, Some(17), true, vec![], "Longsword: 16 to hit, a miss"),
        (
            10,
            Some(16),
            true,
            vec![4, 8],
            "Longsword: 16 critical hit, 16 damage",
        ),
        (
            20,
            Some(99),
            false,
            vec![1, 2],
            "Longsword: 26 critical hit, 7 damage",
        ),
        (
            20,
            None,
            false,
            vec![1, 2],
            "Longsword: 26 critical hit, 7 damage",
        ),
        (1, Some(2), false, vec![], "Longsword: 7 to hit, a miss"),
        (1, None, true, vec![], "Longsword: 7 to hit, a miss"),
        (19, None, false, vec![1], "Longsword: 25 to hit, 5 damage"),
    ] {
        let so = So {
            against,
            critical_hits: always,
            ..So::default()
        };
        let action = attack("sword", so);
        let dice: Vec<u32> = [face].into_iter().chain(damage).collect();
        assert_eq!(armed(json!({})).act(action, &dice).title, title);
    }
}

#[test]
fn the_sheet_says_from_which_face_a_hit_is_critical() {
    let mut table = armed(json!({}));
    std::sync::Arc::make_mut(&mut table.derived.sheet.actions).critical_from = 19;
    let action = against("sword", 25);
    let outcome = table.clone().act(action, &[19, 3, 4]);
    assert_eq!(outcome.title, "Longsword: 25 critical hit, 11 damage");
    // Only a 20 hits whatever the armor class.
    let action = against("sword", 26);
    let outcome = table.act(action, &[19]);
    assert_eq!(outcome.title, "Longsword: 25 to hit, a miss");
}

#[test]
fn two_hands_advantage_and_damage_besides() {
    let two_handed = attack(
        "sword",
        So {
            mode: Mode::Advantage,
            two_handed: true,
            ..So::default()
        },
    );
    let outcome = armed(json!({})).act(two_handed, &[3, 12, 10]);
    assert_eq!(outcome.title, "Longsword: 18 to hit, 14 damage");
    let outcome = armed(json!({})).act(plain("bow"), &[20, 1, 2, 3, 4]);
    assert_eq!(outcome.title, "Longbow: 24 critical hit, 11 damage");
    assert_eq!(
        told(&outcome)[2..],
        [
            "Damage: 4 piercing (2d8+1[Dexterity])",
            "Damage: 7 fire (2d6)"
        ]
    );
    // A plain number is not doubled, and a weapon without damage does none.
    let outcome = armed(json!({})).act(plain("dart"), &[20]);
    assert_eq!(last(&outcome), "Damage: 2 piercing (2)");
    assert_eq!(
        armed(json!({})).act(plain("net"), &[9]).title,
        "Net: 13 to hit, 0 damage"
    );
}

#[test]
fn a_miss_still_grazes() {
    let action = against("bow", 15);
    let outcome = armed(json!({})).act(action, &[5]);
    assert_eq!(last(&outcome), "Graze (1 piercing damage all the same)");
}

#[test]
fn ammunition_is_spent_and_half_of_it_found_again() {
    let with = |ammunition| So {
        ammunition: Some(ammunition),
        ..So::default()
    };
    let shot = attack("bow", with("arrows"));
    let mut table = armed(json!({}));
    // A miss spends it too.
    table.act(shot.clone(), &[1]);
    table.act(shot.clone(), &[12, 3, 3]);
    assert_eq!(table.cell("/equipment/inventory/arrows/quantity"), 0);
    assert_eq!(table.refuses(shot), "There is no Arrows left.");
    let recover = |spent| Action::RecoverAmmunition {
        item: "arrows".to_owned(),
        spent,
    };
    for (spent, after) in [(2, 1), (7, 4)] {
        table.act(recover(spent), &[]);
        assert_eq!(table.cell("/equipment/inventory/arrows/quantity"), after);
    }
    assert!(table.refuses(recover(1)).contains("single piece"));
    assert!(table.refuses(recover(-4)).contains("no possible"));
}

#[test]
fn what_cannot_be_rolled_is_refused_before_a_die_falls() {
    for (action, expected) in [
        (plain("club"), "no such attack"),
        (plain("odd"), "cannot be rolled"),
        (
            attack(
                "bow",
                So {
                    two_handed: true,
                    ..So::default()
                },
            ),
            "same damage in two hands",
        ),
        (against("bow", 0), "no possible"),
        (
            attack(
                "bow",
                So {
                    ammunition: Some("bolts"),
                    ..So::default()
                },
            ),
            "not carried",
        ),
    ] {
        let message = armed(json!({})).refuses(action);
        assert!(message.contains(expected), "{message}");
    }
    let mut stunned = armed(json!({"conditions": {"c": {"rank": "V", "name": "Stunned"}}}));
    assert!(stunned.refuses(plain("sword")).contains("stunned"));
}

#[test]
fn damage_is_rolled_alone_too() {
    let damage = |weapon: &str, critical| Action::WeaponDamage {
        weapon: weapon.to_owned(),
        two_handed: false,
        critical,
        riders: Vec::new(),
    };
    let mut table = armed(json!({}));
    assert_eq!(
        table.act(damage("sword", false), &[8]).title,
        "Longsword: 12 damage"
    );
    assert_eq!(
        table.act(damage("sword", true), &[8, 1]).title,
        "Longsword: 13 damage"
    );
    assert!(
        table
            .refuses(damage("net", false))
            .contains("no damage dice")
    );
}

#[test]
fn a_penalty_makes_damage_nothing_and_never_less() {
    let weak = json!({"abilities": {"scores": {"strength": 1}},
        "actions": {"weapons": {"sword": {"bonus_to_damage": -3}}}});
    let outcome = armed(weak).act(plain("sword"), &[15, 2]);
    assert_eq!(outcome.title, "Longsword: 13 to hit, 0 damage");
}
