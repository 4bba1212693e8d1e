//! Uses: what a feature does when it is used, what that costs, and what it rolls or yields.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::exchanges::{ExchangePrice, ExchangeTime};
use crate::source::{Activation, Recovery};
use crate::vocabulary::Ability;

/// One use of a feature that is open to the character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UseEntry {
    /// Its id; its numbers are explained at `/actions/uses/<id>/<key of the yield>`.
    pub id: String,
    /// What it is, in a few words: `Second Wind`.
    pub name: String,
    /// What gives it: `Fighter 1`.
    pub source: String,
    /// The id of the feature or trait it belongs to.
    pub feature: String,
    /// When it can be done.
    pub activation: Activation,
    /// A circumstance that only the table can see, in words; empty without.
    pub when: String,
    /// When it can be done, besides.
    pub on: ExchangeTime,
    /// Whether it is for who is bloodied, with at least 1 hit point.
    pub bloodied: bool,
    /// What it costs.
    pub cost: ExchangePrice,
    /// How many uses or points it may cost at the most, where whoever uses it chooses.
    pub most: Option<i32>,
    /// How often it was used, where that is counted without being limited.
    pub tally: Option<Tally>,
    /// What it rolls or yields, in the order in which it happens.
    pub yields: Vec<UseYield>,
}

/// Counts how often something was used that has no limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Tally {
    /// The source cell that counts.
    pub cell: String,
    /// How often.
    pub used: i32,
    /// When the count begins anew.
    pub recovery: Recovery,
}

/// One thing that a use rolls or yields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UseYield {
    /// What sort of thing.
    pub of: YieldKind,
    /// What it is called: `Healing`, `Dexterity save DC`; of a state, its name.
    pub name: String,
    /// The cell where its number is explained; none without a number.
    pub cell: Option<String>,
    /// The DC, or what is added to the dice.
    pub amount: i32,
    /// Dice: `1d10`; empty without.
    pub dice: String,
    /// As it is rolled or known: `1d10+5`, `15`; empty without a number.
    pub roll: String,
    /// Types of damage; of several one is chosen.
    pub types: Vec<String>,
    /// The ability of a save.
    pub ability: Option<Ability>,
    /// Whether a successful save halves it.
    pub half: bool,
    /// Whom it is for.
    pub to: YieldTo,
    /// Whether it counts once for each use, point or slot level that is spent.
    pub each: bool,
    /// The source cell of the uses that come back.
    pub counter: Option<String>,
}

/// What sort of thing a use rolls or yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum YieldKind {
    /// Hit points regained.
    Healing,
    /// Temporary hit points.
    TemporaryHitPoints,
    /// The hit points that are left in place of 0.
    HitPoints,
    /// Damage to others.
    Damage,
    /// The DC of a save that others make.
    Save,
    /// A save that its user makes; what follows is for who succeeds.
    OwnSave,
    /// A plain number, with or without dice: by how much damage is less, what is added to a check.
    Number,
    /// A state such as `Rage`, which is put on its user.
    State,
    /// Uses or points that come back.
    Uses,
}

/// Whom a yield is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum YieldTo {
    /// Its user.
    #[default]
    User,
    /// Its user or somebody else, as is said when it is used.
    Anyone,
    /// Somebody else.
    Other,
}

/// Damage dice that may be added to a hit: Sneak Attack, a Goliath's frost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RiderEntry {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What gives it: `Rogue 1`.
    pub source: String,
    /// The feature that gives it; of one feature's dice only one sort can be added to a hit.
    pub feature: String,
    /// Dice: `3d6`; empty where the weapon's own are rolled twice.
    pub dice: String,
    /// Whether the weapon's own dice are rolled twice, and the better roll counts.
    pub twice: bool,
    /// Types of damage; of several the first is rolled, and none is the weapon's own.
    pub types: Vec<String>,
    /// When it may be added, in words: `once a turn, with advantage`; may be empty.
    pub when: String,
    /// What it costs.
    pub cost: ExchangePrice,
}
