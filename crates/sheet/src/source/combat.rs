//! Play state as counters, and what acts on defence, movement and senses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::keyed::{Keyed, SetOf, ranked};
use crate::vocabulary::Ability;

/// Holds how the character fares, and what protects it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Combat {
    /// Damage not yet healed, 0 to 100,000; current hit points are the maximum less this.
    pub damage_taken: i32,
    /// Temporary hit points, 0 to 10,000.
    pub temporary_hp: i32,
    /// Added to the hit point maximum, -10,000 to 10,000.
    pub hp_maximum_bonus: i32,
    /// Hit dice spent, by die: `{"d8": 2}`; each 0 to 100.
    pub hit_dice_used: BTreeMap<String, i32>,
    /// Death saving throws.
    pub death_saves: DeathSaves,
    /// Exhaustion, 0 to 6.
    pub exhaustion: i32,
    /// What it concentrates on, a spell or another effect; empty without.
    pub concentration: String,
    /// Speeds.
    pub speeds: Speeds,
    /// Special senses.
    pub senses: Senses,
    /// Ways to reckon armor class without armor: unarmored defense, natural armor.
    pub armor_formulas: Keyed<ArmorFormula>,
    /// Resistances and their kin.
    pub defenses: Defenses,
}

/// Counts death saving throws.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct DeathSaves {
    /// Successes, 0 to 3.
    pub successes: i32,
    /// Failures, 0 to 3.
    pub failures: i32,
}

/// Speeds in feet, 0 to 1,000; none is a way of moving the creature has not got.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Speeds {
    /// On foot.
    pub walk: i32,
    /// Flying.
    pub fly: Option<i32>,
    /// Swimming.
    pub swim: Option<i32>,
    /// Climbing.
    pub climb: Option<i32>,
    /// Burrowing.
    pub burrow: Option<i32>,
    /// Whether it hovers while flying.
    pub hover: bool,
}

impl Default for Speeds {
    fn default() -> Self {
        Speeds {
            walk: 30,
            fly: None,
            swim: None,
            climb: None,
            burrow: None,
            hover: false,
        }
    }
}

/// Special senses in feet, 0 to 10,000.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Senses {
    /// Darkvision.
    pub darkvision: Option<i32>,
    /// Blindsight.
    pub blindsight: Option<i32>,
    /// Tremorsense.
    pub tremorsense: Option<i32>,
    /// Truesight.
    pub truesight: Option<i32>,
}

/// A way to reckon armor class without worn armor: a base and the modifiers that add to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct ArmorFormula {
    /// Place among its siblings.
    pub rank: String,
    /// Where it comes from: `Unarmored Defense`, `Natural armor`.
    pub name: String,
    /// The base, 0 to 40.
    pub base: i32,
    /// Abilities whose modifiers add to the base.
    pub abilities: SetOf<Ability>,
    /// Whether a shield may be used with it.
    pub shield_allowed: bool,
}

impl Default for ArmorFormula {
    fn default() -> Self {
        ArmorFormula {
            rank: String::new(),
            name: String::new(),
            base: 10,
            abilities: SetOf::default(),
            shield_allowed: true,
        }
    }
}

/// Resistances and their kin, by lower-case name of the damage type or condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Defenses {
    /// Damage halved.
    pub resistances: SetOf<String>,
    /// Damage ignored.
    pub immunities: SetOf<String>,
    /// Damage doubled.
    pub vulnerabilities: SetOf<String>,
    /// Conditions that do not take hold.
    pub condition_immunities: SetOf<String>,
}

ranked!(ArmorFormula);
