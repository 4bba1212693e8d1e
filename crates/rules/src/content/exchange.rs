//! Exchanges: what is given for what, as a pack writes it; prices are those of uses and riders too.

use serde::{Deserialize, Serialize};

use super::formula::Formula;

/// What an exchange costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Price {
    /// Nothing.
    #[default]
    Nothing,
    /// Uses or points.
    Uses {
        /// The id of the resource.
        of: String,
        /// How many.
        amount: i32,
    },
    /// One spell slot.
    Slot {
        /// Of this level at least, 1 to 9.
        least: i32,
        /// Of this level at most, 1 to 9.
        most: i32,
    },
    /// One pact slot.
    PactSlot,
    /// One hit die; of several kinds the largest that is left.
    HitDie,
}

/// What comes of an exchange.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Gain {
    /// Uses or points come back.
    Uses {
        /// The id of the resource.
        of: String,
        /// How many; all that are spent if left out.
        #[serde(default)]
        amount: Option<Formula>,
        /// Whether that is for each level of the slot that is given.
        #[serde(default)]
        by_level: bool,
    },
    /// Uses or points come back until so many are left.
    UpTo {
        /// The id of the resource.
        of: String,
        /// How many are there afterwards at least.
        least: Formula,
    },
    /// One spent spell slot comes back.
    Slot {
        /// Its level, 1 to 9.
        level: i32,
    },
    /// Spent spell slots come back whose levels add up to so many.
    Slots {
        /// How many levels.
        levels: Formula,
        /// The highest level of any, 1 to 9.
        most: i32,
    },
    /// Spent pact slots come back.
    PactSlots {
        /// How many.
        count: Formula,
    },
}
