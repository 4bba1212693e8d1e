//! Dice that are added to a hit: Sneak Attack, a gift of giants, the weapon's own twice.

use rules::dice::Mode;
use rules::play::Action;
use serde_json::{Value, json};

use crate::usable::{labels, left, plain, says, with};
use crate::{Scripted, Table};

fn armed(species: &str, class: &str, level: usize, choices: Value, weapon: &str) -> Table {
    let thing = json!({ "rank": "V", "name": weapon, "equipped": true });
    let things = json!({ "equipment": { "inventory": { "w": thing } } });
    with(plain(species, class, "", level, choices), things)
}

fn strike(riders: &[&str], critical_hits: bool) -> Action {
    Action::Attack {
        weapon: "item.w".to_owned(),
        mode: Mode::Normal,
        bonus: None,
        two_handed: false,
        against: Some(12),
        critical_hits,
        ammunition: None,
        riders: riders.iter().map(|rider| (*rider).to_owned()).collect(),
    }
}

#[test]
fn sneak_attack_comes_with_the_hit_that_earns_it() {
    let sneak = "rogue.1.sneak-attack";
    let mut table = armed("Human", "Rogue", 5, json!({}), "Rapier");
    let outcome = table.act(strike(&[sneak], false), &[15, 4, 1, 2, 3]);
    // To hit 15 + 3 [Dexterity] + 3; 1d8 + 3 and 3d6.
    assert_eq!(outcome.title, "Rapier: 21 to hit, 13 damage");
    says(&outcome, "Damage: 7 piercing (1d8+3[Dexterity])");
    says(&outcome, "Sneak Attack: 6 piercing (3d6)");
    // Twice the dice of a critical hit.
    let critical = table.act(strike(&[sneak], true), &[15, 1, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(labels(&critical)[1..], ["2d8+3[Dexterity]", "6d6"]);
    // For a Cunning Strike 1d6 less.
    let less = "rogue.1.sneak-attack.less_1";
    let cunning = table.act(strike(&[less], false), &[15, 4, 1, 2]);
    assert_eq!(labels(&cunning)[2], "2d6");
    for (riders, refused) in [
        (
            &[sneak, less][..],
            "Sneak Attack and Sneak Attack less 1d6 exclude each other.",
        ),
        (&["frenzy"], "Rapier has no such dice to add."),
    ] {
        assert_eq!(table.refuses(strike(riders, false)), refused);
    }
    // A mace has no finesse.
    let mut table = armed("Human", "Rogue", 5, json!({}), "Mace");
    assert_eq!(
        table.refuses(strike(&[sneak], false)),
        "Mace has no such dice to add."
    );
}

#[test]
fn dice_that_cost_something_are_paid_for_with_the_hit() {
    let choices = json!({ "goliath.giant-ancestry.ancestry": "frost" });
    let chill = "goliath.giant-ancestry.ancestry.frost";
    let mut table = armed("Goliath", "Fighter", 1, choices, "Mace");
    let outcome = table.act(strike(&[chill], false), &[15, 4, 6]);
    assert_eq!(left(&table, "Giant Ancestry"), 1);
    says(&outcome, "Frost's Chill: 6 cold (1d6)");
    // A miss costs nothing.
    table.act(strike(&[chill], false), &[2]);
    assert_eq!(left(&table, "Giant Ancestry"), 1);
    table.act(strike(&[chill], false), &[15, 4, 6]);
    let mut dice = Scripted(vec![15]);
    let refusal = table.act_with(&strike(&[chill], false), &mut dice);
    assert_eq!(
        refusal.unwrap_err().message,
        "Giant Ancestry: none is left."
    );
    // The weapon's dice twice, the better roll counts.
    let choices = json!({ "human.versatile.feat": "savage-attacker" });
    let mut table = armed("Human", "Fighter", 1, choices, "Mace");
    let savage = "human.versatile.feat.savage-attacker";
    let outcome = table.act(strike(&[savage], false), &[15, 2, 5]);
    assert_eq!(outcome.title, "Mace: 17 to hit, 5 damage");
    says(&outcome, "Rolled twice (5 is the better of 5 and 2)");
    let outcome = table.act(strike(&[savage], false), &[15, 6, 1]);
    assert_eq!(outcome.title, "Mace: 17 to hit, 6 damage");
}

#[test]
fn a_mark_counts_while_it_is_concentrated_on() {
    let riders = |state: Value| {
        let table = with(armed("Human", "Ranger", 1, json!({}), "Mace"), state);
        let weapons = table.derived.sheet.actions.weapons.iter();
        let mut maces = weapons.filter(|weapon| weapon.id == "item.w");
        maces.next().unwrap().riders.clone()
    };
    assert_eq!(riders(json!({})), []);
    let on = json!({ "combat": { "concentration": "Hunter's Mark" } });
    let [mark] = &riders(on)[..] else {
        panic!("no mark");
    };
    assert_eq!(
        (mark.dice.as_str(), &mark.types[..]),
        ("1d6", &["force".to_owned()][..])
    );
}
