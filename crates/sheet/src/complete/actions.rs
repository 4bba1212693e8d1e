//! Attacks, features and traits as they are shown.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::exchanges::ExchangeEntry;
use super::uses::{RiderEntry, UseEntry};
use crate::source::{Activation, Recovery};
use crate::vocabulary::Ability;

/// What a character can do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ActionsSheet {
    /// Attacks with weapons.
    pub weapons: Vec<WeaponEntry>,
    /// Weapons whose mastery property the character can use.
    pub weapon_masteries: Vec<String>,
    /// Features.
    pub features: Vec<Arc<FeatureEntry>>,
    /// Traits.
    pub traits: Vec<Arc<TraitEntry>>,
    /// How many attacks the Attack action makes; explained at `/actions/attacks_per_action`.
    pub attacks_per_action: i32,
    /// The least roll of the d20 that is a critical hit with weapons: 18 to 20.
    pub critical_from: i32,
    /// What may be given for what.
    #[serde(default)]
    pub exchanges: Vec<ExchangeEntry>,
    /// What features do when they are used.
    #[serde(default)]
    pub uses: Vec<UseEntry>,
}

/// One way to attack, reckoned up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WeaponEntry {
    /// Where it is found: `/actions/weapons/<id>`.
    pub id: String,
    /// The weapon's name.
    pub name: String,
    /// The ability it goes by.
    pub ability: Ability,
    /// Added to the attack roll; explained at `/actions/weapons/<id>/attack_bonus`.
    pub attack_bonus: i32,
    /// Added to the damage dice; explained at `/actions/weapons/<id>/damage_bonus`.
    pub damage_bonus: i32,
    /// Damage as it is rolled: `1d8+5`; empty without dice.
    pub damage: String,
    /// Damage in two hands: `1d10+5`; empty without versatile dice.
    pub versatile_damage: String,
    /// Type of damage.
    pub damage_type: String,
    /// Damage besides, in words.
    pub extra_damage: String,
    /// Damage dice that may be added to a hit.
    #[serde(default)]
    pub riders: Vec<RiderEntry>,
    /// Reach and range in words: `5 ft`, `150/600 ft`.
    pub range: String,
    /// Properties.
    pub properties: Vec<String>,
    /// Mastery property; empty without one.
    pub mastery: String,
    /// Whether it is used with proficiency.
    pub proficient: bool,
    /// Whether it is a ranged weapon.
    pub ranged: bool,
    /// The id of the item it is made with.
    pub item: Option<String>,
    /// Anything else about it.
    pub notes: String,
}

/// Limited uses and what is left of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UsesLeft {
    /// The source cell that counts what is spent.
    pub cell: String,
    /// How many there are.
    pub max: i32,
    /// How many are left.
    pub current: i32,
    /// When they come back.
    pub recovery: Recovery,
    /// How many come back on a short rest, where that is not all or none.
    pub short_rest: i32,
    /// The die that goes with them: `1d8`; empty without.
    pub die: String,
}

/// One feature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct FeatureEntry {
    /// Where it is found: `/actions/features/<id>`.
    pub id: String,
    /// The feature's name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// The level at which it came.
    pub level: Option<i32>,
    /// What it does.
    pub description: String,
    /// When it can be done.
    pub activation: Activation,
    /// Limited uses; none without limit.
    pub uses: Option<UsesLeft>,
}

/// One trait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TraitEntry {
    /// Where it is found: `/actions/traits/<id>`.
    pub id: String,
    /// The trait's name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// What it does.
    pub description: String,
}
