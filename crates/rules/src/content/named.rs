//! What effects name: circumstances that the sheet sees, ways of moving, senses; and what holds where they say nothing.

use serde::{Deserialize, Serialize};

/// A circumstance that the sheet can see for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// No armor is worn.
    Unarmored,
    /// No armor is worn and no shield held.
    UnarmoredNoShield,
    /// No heavy armor is worn.
    NotHeavyArmor,
    /// Armor is worn.
    Armored,
    /// Heavy armor is worn.
    HeavyArmor,
}

/// A way of moving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Movement {
    Walk,
    Fly,
    Swim,
    Climb,
    Burrow,
}

/// A special sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SenseKind {
    Darkvision,
    Blindsight,
    Tremorsense,
    Truesight,
}

pub(super) fn yes() -> bool {
    true
}

pub(super) fn one() -> i32 {
    1
}
