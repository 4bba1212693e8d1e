//! What spells roll, when they are cast and later.

use rules::dice::Mode;
use rules::play::{Action, CastWith};
use serde_json::json;

use crate::casting::{cast, slot};
use crate::{Table, told};

/// A wizard of level 5 whose spells the rules know: Intelligence 16 is +3, proficiency +3.
fn known() -> Table {
    let spell = |name: &str, level: i32| json!({"rank": name, "name": name, "level": level, "prepared": true});
    let levels =
        ["a", "b", "c", "d", "e"].map(|id| (id.to_owned(), json!({"rank": id, "class": "Wizard"})));
    let mut document = json!({
        "format": sheet::FORMAT,
        "levels": levels.into_iter().collect::<serde_json::Map<_, _>>(),
        "abilities": {"scores": {"intelligence": 16}},
        "spellcasting": {
            "casters": {"wizard": {"rank": "1", "class": "Wizard", "ability": "intelligence"}},
            "slots": {"1": {"max": 4}, "2": {"max": 3}, "3": {"max": 2}},
            "spells": {
                "bolt": spell("Fire Bolt", 0),
                "blast": spell("Eldritch Blast", 0),
                "hands": spell("Burning Hands", 1),
                "missile": spell("Magic Missile", 1),
                "rays": spell("Scorching Ray", 2),
                "knife": spell("Ice Knife", 1),
                "arrow": spell("Acid Arrow", 2),
                "cure": spell("Cure Wounds", 1),
                "life": spell("False Life", 1),
                "smite": spell("Divine Smite", 1),
                "bless": spell("Bless", 1),
                "weapon": spell("Spiritual Weapon", 2),
            },
        },
    });
    document["spellcasting"]["spells"]["life"]["range"] = json!("Self");
    Table::under(document, rules::Content::srd())
}

fn throw(spell: &str, with: CastWith, attack: Option<Mode>) -> Action {
    Action::Cast {
        spell: spell.to_owned(),
        with,
        attack,
        roll: true,
    }
}

#[test]
fn a_casting_rolls_what_its_slot_gives() {
    for (action, dice, title, lines) in [
        // Half of 9 is 4.
        (
            throw("hands", slot(1), None),
            &[2, 3, 4][..],
            "Cast Burning Hands with a level 1 slot: 9 fire",
            &[
                "Level 1 spell slots: 4 > 3",
                "Save DC: 14 (Dexterity)",
                "Damage: 9 fire (3d6[fire])",
                "On a save: 4 fire (half, rounded down)",
            ][..],
        ),
        (
            throw("hands", slot(3), None),
            &[6, 6, 6, 6, 6],
            "Cast Burning Hands with a level 3 slot: 30 fire",
            &[
                "Level 3 spell slots: 2 > 1",
                "Higher level (a level 1 spell at level 3)",
                "Save DC: 14 (Dexterity)",
                "Damage: 30 fire (5d6[fire])",
                "On a save: 15 fire (half, rounded down)",
            ],
        ),
        // Four darts at level 2, each with its own 1.
        (
            throw("missile", slot(2), None),
            &[1, 2, 3, 4],
            "Cast Magic Missile with a level 2 slot: 14 force",
            &[
                "Level 2 spell slots: 3 > 2",
                "Higher level (a level 1 spell at level 2)",
                "Damage: 2 force (1d4[force]+1[force])",
                "Damage: 3 force (1d4[force]+1[force])",
                "Damage: 4 force (1d4[force]+1[force])",
                "Damage: 5 force (1d4[force]+1[force])",
            ],
        ),
        (
            throw("cure", slot(2), None),
            &[1, 2, 3, 4],
            "Cast Cure Wounds with a level 2 slot: 13 hit points",
            &[
                "Level 2 spell slots: 3 > 2",
                "Higher level (a level 1 spell at level 2)",
                "Healing: 13 hit points (4d8+3[Intelligence])",
            ],
        ),
        // Five more for the level above 1, and they are one's own.
        (
            throw("life", slot(2), None),
            &[1, 2],
            "Cast False Life with a level 2 slot: 12 temporary hit points",
            &[
                "Level 2 spell slots: 3 > 2",
                "Higher level (a level 1 spell at level 2)",
                "Hit points: 12 temporary (2d4+9)",
                "Temporary hit points: 0 > 12",
            ],
        ),
        // What comes later is told.
        (
            throw("arrow", slot(2), Some(Mode::Normal)),
            &[10, 1, 1, 1, 1],
            "Cast Acid Arrow with a level 2 slot: 16 to hit, 4 acid",
            &[
                "Level 2 spell slots: 3 > 2",
                "Spell attack: +6 (Wizard)",
                "To hit: 16 (10 + 3 Intelligence + 3 Proficiency)",
                "Damage: 4 acid (4d4[acid])",
                "Damage: 2d4 acid (as the target's next turn ends)",
            ],
        ),
        // The burst comes even though the shard misses.
        (
            throw("knife", slot(1), Some(Mode::Normal)),
            &[1, 3, 4],
            "Cast Ice Knife with a level 1 slot: a miss, 7 cold",
            &[
                "Level 1 spell slots: 4 > 3",
                "Save DC: 14 (Dexterity)",
                "Spell attack: +6 (Wizard)",
                "To hit: 7 (1 + 3 Intelligence + 3 Proficiency)",
                "Miss (1 on the die)",
                "Damage: 7 cold (2d6[cold])",
            ],
        ),
        // A critical hit doubles the dice: 2d10 at level 5 are 4d10.
        (
            throw("bolt", CastWith::Free, Some(Mode::Normal)),
            &[20, 1, 2, 3, 4],
            "Cast Fire Bolt: 26 critical hit, 10 fire",
            &[
                "Spell attack: +6 (Wizard)",
                "To hit: 26 (20 + 3 Intelligence + 3 Proficiency)",
                "Critical hit (20 on the die)",
                "Damage: 10 fire (4d10[fire])",
            ],
        ),
        // Without a roll that is asked for the dice are told.
        (
            cast("rays", slot(3)),
            &[],
            "Cast Scorching Ray with a level 3 slot",
            &[
                "Level 3 spell slots: 2 > 1",
                "Higher level (a level 2 spell at level 3)",
                "Spell attack: +6 (Wizard)",
                "Damage: 4 × 2d6 fire",
            ],
        ),
    ] {
        let outcome = known().act(action, dice);
        assert_eq!(outcome.title, title);
        assert_eq!(told(&outcome), lines, "{title}");
    }
}

#[test]
fn every_ray_has_an_attack_of_its_own() {
    let mut table = known();
    let outcome = table.act(
        throw("rays", slot(2), Some(Mode::Advantage)),
        // A hit, a miss by a 1, a critical hit.
        &[5, 9, 2, 2, 1, 1, 20, 3, 1, 1, 1, 1],
    );
    assert_eq!(
        outcome.title,
        "Cast Scorching Ray with a level 2 slot: 2 hits, 8 fire"
    );
    assert_eq!(outcome.rolls.len(), 5);
    let told = told(&outcome);
    assert!(told.contains(&"To hit, 3 of 3: 26 (20 + 3 Intelligence + 3 Proficiency)".to_owned()));
    assert!(
        told.contains(&"Damage: 4 fire (4d6[fire])".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_spell_is_rolled_again_without_its_slot() {
    let again = |spell: &str| Action::RollSpell {
        spell: spell.to_owned(),
        level: None,
        roll: None,
        attack: false,
        mode: Mode::Normal,
        bonus: None,
        against: None,
        critical: false,
    };
    let mut table = known();
    let change = |change: fn(&mut Action)| {
        let mut action = again("weapon");
        change(&mut action);
        action
    };
    // 1d8+3 at level 2, 2d8+3 at level 3; against armor class 15 with a d4 besides.
    let strike = change(|action| {
        if let Action::RollSpell {
            level,
            attack,
            against,
            bonus,
            ..
        } = action
        {
            (*level, *attack, *against) = (Some(3), true, Some(15));
            *bonus = Some("1d4".to_owned());
        }
    });
    let outcome = table.act(strike.clone(), &[6, 3, 4, 5]);
    assert_eq!(
        outcome.title,
        "Spiritual Weapon at level 3: 15 to hit, 12 force"
    );
    assert_eq!(outcome.writes, []);
    let outcome = table.act(strike, &[6, 2]);
    assert_eq!(outcome.title, "Spiritual Weapon at level 3: a miss");
    assert_eq!(told(&outcome)[1], "Miss (14 against armor class 15)");
    // A smite after a critical hit: 2d8 are 4d8, and against an Undead 1d8 is 2d8 more.
    let smite = |place: Option<u32>| {
        let mut action = again("smite");
        if let Action::RollSpell { critical, roll, .. } = &mut action {
            (*critical, *roll) = (true, place);
        }
        action
    };
    let outcome = table.act(smite(None), &[1, 1, 1, 1]);
    assert_eq!(outcome.title, "Divine Smite: 4 radiant");
    let outcome = table.act(smite(Some(1)), &[8, 8]);
    assert_eq!(outcome.title, "Divine Smite: 16 radiant");
    assert_eq!(
        told(&outcome),
        ["Damage: 16 radiant (2d8[radiant], besides, against a Fiend or an Undead)"]
    );
    // The later damage of an arrow that was cast at level 3.
    let mut later = again("arrow");
    if let Action::RollSpell { level, roll, .. } = &mut later {
        (*level, *roll) = (Some(3), Some(1));
    }
    assert_eq!(
        table.act(later, &[1, 2, 3]).title,
        "Acid Arrow at level 3: 6 acid"
    );
    assert_eq!(table.refuses(again("bless")), "Bless rolls nothing.");
    assert_eq!(
        table.refuses(smite(Some(7))),
        "Divine Smite has no such roll."
    );
    assert!(
        table
            .refuses(again("wish"))
            .contains("does not have this spell")
    );
}
