//! What was chosen under the rules: packs, picks by slot, counters of what the rules give.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Holds the choices of a character that is built under the rules of content packs.
///
/// Species, background, classes and subclasses stand where they always did and are found in the packs by their names;
/// everything else that is chosen is a pick in a slot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Build {
    /// The packs it is built on: version by id. Without any, the sheet is written by hand and the rules give nothing.
    pub packs: BTreeMap<String, String>,
    /// How the ability scores were found.
    pub scores_by: ScoreMethod,
    /// The dice of each rolled score: `roll-1` to `"6 5 3 1"`.
    pub rolls: BTreeMap<String, String>,
    /// Picks by slot, in the order they were made, ids separated by spaces: `fighter.1.fighting-style.style` to
    /// `archery`, `sage.abilities` to `intelligence intelligence wisdom`.
    pub choices: BTreeMap<String, String>,
    /// What is spent of limited uses and points that the rules give, by the id of the resource; each 0 to 1,000.
    pub used: BTreeMap<String, i32>,
}

impl Build {
    /// Tells whether the rules of packs hold for the character.
    pub fn is_active(&self) -> bool {
        !self.packs.is_empty()
    }

    /// Lists the picks of a slot.
    pub fn picks(&self, slot: &str) -> impl Iterator<Item = &str> {
        self.choices
            .get(slot)
            .map(String::as_str)
            .unwrap_or_default()
            .split_whitespace()
    }
}

/// How ability scores were found (SRD 5.2.1, Character Creation).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ScoreMethod {
    /// Written down freely.
    #[default]
    Free,
    /// 15, 14, 13, 12, 10, 8.
    StandardArray,
    /// Bought for 27 points.
    PointBuy,
    /// 4d6 each, the lowest die dropped.
    Rolled,
}

/// When a choice may be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChangeOn {
    /// With a level of what offers it.
    Level,
    /// With a long rest.
    LongRest,
    /// With a short or long rest.
    Rest,
    /// At any time, or when its description says.
    Any,
}
