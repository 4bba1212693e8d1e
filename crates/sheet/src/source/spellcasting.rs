//! Casting classes, spell slots and spells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::keyed::{Keyed, ranked};
use crate::vocabulary::Ability;

/// Holds how a character casts spells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Spellcasting {
    /// One block per casting class, or per other source of spells.
    pub casters: Keyed<Caster>,
    /// Spell slots by spell level, `"1"` to `"9"`; shared by all casting classes.
    pub slots: BTreeMap<String, SlotCount>,
    /// Pact slots.
    pub pact: PactMagic,
    /// Spells, each belonging to one caster.
    pub spells: Keyed<Spell>,
}

/// One casting class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Caster {
    /// Place among its siblings; the first is the one shown first.
    pub rank: String,
    /// The class, or another source: `Wizard`, `Magic Initiate`.
    pub class: String,
    /// The spellcasting ability.
    pub ability: Option<Ability>,
    /// Added to spell attack rolls, -20 to 20.
    pub bonus_to_attack: i32,
    /// Added to the save DC, -20 to 20.
    pub bonus_to_dc: i32,
    /// How many spells may be prepared, 0 to 100, where it is known.
    pub prepared_limit: Option<i32>,
    /// Anything else about it: focus, ritual book.
    pub notes: String,
}

/// Counts the slots of one spell level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct SlotCount {
    /// How many there are, 0 to 30.
    pub max: i32,
    /// How many are spent, 0 to 30.
    pub used: i32,
    /// How many were made besides, as from sorcery points, 0 to 30; a long rest takes them.
    pub created: i32,
}

/// Counts pact slots, which come back on a short rest and are all of one level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct PactMagic {
    /// Their spell level, 0 to 9; 0 is no pact.
    pub level: i32,
    /// How many there are, 0 to 30.
    pub max: i32,
    /// How many are spent, 0 to 30.
    pub used: i32,
}

/// One spell a character has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Spell {
    /// Place among its siblings.
    pub rank: String,
    /// The spell's name.
    pub name: String,
    /// The id of the caster it belongs to; none belongs to the first.
    pub caster: Option<String>,
    /// Spell level, 0 to 9; 0 is a cantrip.
    pub level: i32,
    /// School of magic, lower-case.
    pub school: String,
    /// Whether it is prepared.
    pub prepared: bool,
    /// Whether it is prepared without counting against the limit.
    pub always_prepared: bool,
    /// Whether it can be cast as a ritual.
    pub ritual: bool,
    /// Whether it needs concentration.
    pub concentration: bool,
    /// Casting time, in words.
    pub casting_time: String,
    /// Range, in words.
    pub range: String,
    /// Components, in words: `V, S, M (a pinch of soot)`.
    pub components: String,
    /// Duration, in words.
    pub duration: String,
    /// What it does, in Markdown.
    pub description: String,
    /// Anything else about it.
    pub notes: String,
}

ranked!(Caster, Spell);
