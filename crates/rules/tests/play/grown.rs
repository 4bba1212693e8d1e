//! Uses of the features of fighting classes and of species: their numbers by the level at which they are reckoned.

use serde_json::json;

use crate::usable::plain;
use crate::yields;

/// Every number by the level at which it is reckoned. Modifiers: Dexterity 16 is +3, Constitution 14 is +2, Wisdom 15 is +2.
#[test]
fn the_numbers_grow_with_the_level() {
    for (species, class, level, name, expected) in [
        // 1d10 + fighter level.
        (
            "Human",
            "Fighter",
            1,
            "Second Wind",
            &["Healing 1d10+1"][..],
        ),
        ("Human", "Fighter", 11, "Second Wind", &["Healing 1d10+11"]),
        ("Human", "Fighter", 1, "Tactical Mind", &[]),
        (
            "Human",
            "Fighter",
            2,
            "Tactical Mind",
            &["Added to the check 1d10"],
        ),
        ("Human", "Fighter", 8, "Indomitable", &[]),
        (
            "Human",
            "Fighter",
            9,
            "Indomitable",
            &["Added to the new save 9"],
        ),
        (
            "Human",
            "Fighter",
            20,
            "Indomitable",
            &["Added to the new save 20"],
        ),
        // 5 + 2 [Constitution], from level 18.
        ("Human", "Fighter", 17, "Survivor", &[]),
        ("Human", "Fighter", 18, "Survivor", &["Healing 7"]),
        // 8 + proficiency + 2 [Wisdom]: 2 at level 2, 3 at 5, 6 at 17.
        ("Human", "Monk", 2, "Focus save DC", &["Focus save DC 12"]),
        ("Human", "Monk", 5, "Focus save DC", &["Focus save DC 13"]),
        ("Human", "Monk", 17, "Focus save DC", &["Focus save DC 16"]),
        ("Human", "Monk", 4, "Stunning Strike", &[]),
        (
            "Human",
            "Monk",
            5,
            "Stunning Strike",
            &["Constitution save DC 13"],
        ),
        // The Martial Arts die, d6, d8 from 5, d10 from 11, d12 from 17, and the monk level.
        (
            "Human",
            "Monk",
            4,
            "Uncanny Metabolism",
            &["Focus Points", "Healing 1d6+4"],
        ),
        (
            "Human",
            "Monk",
            11,
            "Uncanny Metabolism",
            &["Focus Points", "Healing 1d10+11"],
        ),
        // 1d10 + 3 [Dexterity] + monk level; at level 20 Body and Mind makes Dexterity 20.
        (
            "Human",
            "Monk",
            3,
            "Deflect Attacks",
            &["Less damage 1d10+6"],
        ),
        (
            "Human",
            "Monk",
            20,
            "Deflect Attacks",
            &["Less damage 1d10+25"],
        ),
        // Two Martial Arts dice + 3 [Dexterity]; the DC is 8 + 4 [level 11] + 2 [Wisdom].
        (
            "Human",
            "Monk",
            11,
            "Deflect Attacks: redirect",
            &["Dexterity save DC 14", "Damage 2d10+3"],
        ),
        ("Human", "Monk", 3, "Slow Fall", &[]),
        // Five times the monk level.
        ("Human", "Monk", 4, "Slow Fall", &["Less falling damage 20"]),
        (
            "Human",
            "Monk",
            20,
            "Slow Fall",
            &["Less falling damage 100"],
        ),
        ("Human", "Monk", 9, "Patient Defense", &[]),
        // Two Martial Arts dice.
        (
            "Human",
            "Monk",
            10,
            "Patient Defense",
            &["Temporary hit points 2d8"],
        ),
        ("Human", "Monk", 5, "Wholeness of Body", &[]),
        // The Martial Arts die + 2 [Wisdom].
        ("Human", "Monk", 6, "Wholeness of Body", &["Healing 1d8+2"]),
        (
            "Human",
            "Monk",
            17,
            "Quivering Palm",
            &["Constitution save DC 16", "Damage 10d12 force"],
        ),
        ("Human", "Barbarian", 10, "Relentless Rage", &[]),
        // Twice the barbarian level.
        (
            "Human",
            "Barbarian",
            11,
            "Relentless Rage",
            &["Own Constitution save, DC 10", "Hit points left 22"],
        ),
        (
            "Human",
            "Barbarian",
            20,
            "Relentless Rage",
            &["Own Constitution save, DC 10", "Hit points left 40"],
        ),
        // 8 + 3 [level 5] + 3 [Dexterity].
        (
            "Human",
            "Rogue",
            5,
            "Cunning Strike: trip",
            &["Dexterity save DC 14"],
        ),
        ("Human", "Rogue", 13, "Cunning Strike: daze", &[]),
        // 8 + 5 [level 14] + 3.
        (
            "Human",
            "Rogue",
            14,
            "Cunning Strike: daze",
            &["Constitution save DC 16"],
        ),
        // 1d8 + 2 [Wisdom].
        (
            "Human",
            "Ranger",
            10,
            "Tireless",
            &["Temporary hit points 1d8+2"],
        ),
        // The proficiency bonus: 2 at level 1, 6 at 17.
        (
            "Orc",
            "Fighter",
            1,
            "Adrenaline Rush",
            &["Temporary hit points 2"],
        ),
        (
            "Orc",
            "Fighter",
            17,
            "Adrenaline Rush",
            &["Temporary hit points 6"],
        ),
        (
            "Orc",
            "Fighter",
            1,
            "Relentless Endurance",
            &["Hit points left 1"],
        ),
        // 8 + proficiency + 2 [Constitution]; a die more at 5, 11 and 17.
        (
            "Dragonborn",
            "Fighter",
            4,
            "Breath Weapon",
            &["Dexterity save DC 12", "Damage 1d10 acid"],
        ),
        (
            "Dragonborn",
            "Fighter",
            5,
            "Breath Weapon",
            &["Dexterity save DC 13", "Damage 2d10 acid"],
        ),
        (
            "Dragonborn",
            "Fighter",
            10,
            "Breath Weapon",
            &["Dexterity save DC 14", "Damage 2d10 acid"],
        ),
        (
            "Dragonborn",
            "Fighter",
            11,
            "Breath Weapon",
            &["Dexterity save DC 14", "Damage 3d10 acid"],
        ),
        (
            "Dragonborn",
            "Fighter",
            17,
            "Breath Weapon",
            &["Dexterity save DC 16", "Damage 4d10 acid"],
        ),
    ] {
        let choices = match species {
            "Dragonborn" => json!({ "dragonborn.draconic-ancestry.ancestry": "black" }),
            _ => json!({}),
        };
        let subclass = match class {
            "Fighter" => "Champion",
            "Monk" => "Warrior of the Open Hand",
            _ => "",
        };
        let table = plain(species, class, subclass, level, choices);
        assert_eq!(yields(&table, name), expected, "{class} {level}: {name}");
    }
}
