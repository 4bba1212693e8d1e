//! What a character under the rules of packs has to choose, and has chosen.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::source::ChangeOn;

/// One choice that the rules offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChoiceState {
    /// The source cell that holds the picks: a slot (`/build/choices/fighter.skills`), or a cell with the name of what is
    /// chosen (`/levels/<id>/subclass`, `/identity/species`).
    pub cell: String,
    /// What is chosen: `Skill`, `Fighting Style feat`.
    pub name: String,
    /// What offers it: `Fighter 1`, `Elf`.
    pub source: String,
    /// The level of the source at which it came.
    pub level: i32,
    /// How many may be picked.
    pub count: i32,
    /// What is picked.
    pub picks: Vec<ChoicePick>,
    /// How many are still open.
    pub open: i32,
    /// When it may be made anew; none is for good.
    #[serde(default)]
    pub change_on: Option<ChangeOn>,
}

/// One thing that was picked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChoicePick {
    /// Its id in the slot.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why it is not lawful; empty if it is.
    pub barred: String,
}

/// One thing that may be picked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChoiceOption {
    /// What is written into the slot, or the cell, for it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub text: String,
    /// In a few words what sort of thing it is: `Evocation cantrip`, `Origin feat`.
    pub detail: String,
    /// The level of a spell, 0 for a cantrip; none for what is no spell.
    pub level: Option<i32>,
    /// Why it may not be picked; empty if it may.
    pub barred: String,
    /// Whether it is picked now.
    pub picked: bool,
    /// How often it may be picked in this choice, at least 1; what is picked counts too.
    pub most: i32,
}
