//! Exchanges: what a character may give for what, such as a spell slot for sorcery points.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One exchange that is open to the character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExchangeEntry {
    /// Its id.
    pub id: String,
    /// What it is, in a few words: `Font of Magic: a level 2 slot`.
    pub name: String,
    /// What gives it: `Sorcerer 2`.
    pub source: String,
    /// When it can be done.
    pub on: ExchangeTime,
    /// The source cell of the uses of which each time spends one; none is without limit.
    pub limit: Option<String>,
    /// What is given.
    pub pays: ExchangePrice,
    /// What comes of it.
    pub gains: ExchangeGain,
}

/// When an exchange can be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeTime {
    /// At any time, or when its description says.
    #[default]
    Any,
    /// When a short rest is finished.
    ShortRest,
    /// When initiative is rolled.
    Initiative,
}

/// What an exchange costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ExchangePrice {
    /// Nothing.
    #[default]
    Nothing,
    /// Uses or points.
    Uses {
        /// The source cell that counts what is spent of them.
        counter: String,
        /// What they are called.
        name: String,
        /// How many.
        amount: i32,
    },
    /// One spell slot.
    Slot {
        /// Its level at least, 1 to 9.
        least: i32,
        /// Its level at most, 1 to 9.
        most: i32,
    },
    /// One pact slot.
    PactSlot,
    /// One hit die; of several kinds the largest that is left.
    HitDie,
}

/// What comes of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ExchangeGain {
    /// Uses or points come back.
    Uses {
        /// The source cell that counts what is spent of them.
        counter: String,
        /// What they are called.
        name: String,
        /// How many; none is all.
        amount: Option<i32>,
        /// Whether that is for each level of the slot that is given.
        by_level: bool,
    },
    /// Uses or points come back until so many are left.
    UpTo {
        /// The source cell that counts what is spent of them.
        counter: String,
        /// What they are called.
        name: String,
        /// How many are there afterwards at least.
        least: i32,
    },
    /// One spent spell slot comes back.
    Slot {
        /// Its level, 1 to 9.
        level: i32,
    },
    /// Spent spell slots come back whose levels add up to so many.
    Slots {
        /// How many levels.
        levels: i32,
        /// The highest level of any, 1 to 9.
        most: i32,
    },
    /// Spent pact slots come back.
    PactSlots {
        /// How many.
        count: i32,
    },
}
