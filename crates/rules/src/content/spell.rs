//! Spells, as a pack writes them.

use serde::{Deserialize, Serialize};
use sheet::OnSave;
use sheet::vocabulary::Ability;

use super::kinds::first;

/// One spell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// Its name.
    pub name: String,
    /// Spell level, 0 to 9.
    pub level: i32,
    /// School, lower-case.
    pub school: String,
    /// The classes on whose lists it stands.
    pub classes: Vec<String>,
    /// Casting time, in words: `action`, `1 minute`.
    pub time: String,
    /// Whether it is a ritual.
    #[serde(default)]
    pub ritual: bool,
    /// Range, in words.
    pub range: String,
    /// Components, in words: `V, S, M (worth 50 gp, consumed)`.
    pub components: String,
    /// Duration, in words.
    pub duration: String,
    /// Whether it needs concentration.
    #[serde(default)]
    pub concentration: bool,
    /// What it does.
    pub text: String,
    /// What a higher slot or character level changes.
    #[serde(default)]
    pub higher: String,
    /// `melee` or `ranged`, where it makes a spell attack.
    #[serde(default)]
    pub attack: Option<String>,
    /// The saves it asks for.
    #[serde(default)]
    pub saves: Vec<Ability>,
    /// Whether a save halves the damage, where a damage does not say otherwise.
    #[serde(default)]
    pub half_on_save: bool,
    /// Damage: dice and type, the main one first; what has a `when` of its own is rolled by itself.
    #[serde(default)]
    pub damage: Vec<SpellDamage>,
    /// Added for each slot level above its own, to the first damage, to healing and to the hit points it gives: `1d6`.
    #[serde(default)]
    pub per_slot: Option<String>,
    /// Dice of a cantrip's first damage at character levels 5, 11 and 17.
    #[serde(default)]
    pub cantrip_dice: Vec<String>,
    /// How many beams, rays or darts there are, each with an attack and damage of its own; 1 when left out.
    #[serde(default = "first")]
    pub times: i32,
    /// How many more of them for each slot level above its own.
    #[serde(default)]
    pub times_per_slot: i32,
    /// How many of them a cantrip has at character levels 5, 11 and 17.
    #[serde(default)]
    pub cantrip_times: Vec<i32>,
    /// Healing dice.
    #[serde(default)]
    pub healing: Option<String>,
    /// On what occasion it heals, where that is not the casting.
    #[serde(default)]
    pub healing_when: String,
    /// Temporary hit points: dice, or a number.
    #[serde(default)]
    pub temporary: Option<String>,
    /// What it adds to the hit point maximum and to the hit points: dice, or a number.
    #[serde(default)]
    pub hit_points: Option<String>,
    /// Whether the spellcasting modifier is added: to the hit points it gives if it gives any, else to its first damage.
    #[serde(default)]
    pub adds_modifier: bool,
    /// Area: shape and size in feet: `20 ft sphere`.
    #[serde(default)]
    pub area: String,
}

/// One damage of a spell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpellDamage {
    /// Dice, or a number.
    pub dice: String,
    /// Type, lower-case; several to choose from are separated by `/`.
    pub r#type: String,
    /// On what occasion it is dealt, in words, where that is not the casting: `as each of its turns starts`.
    #[serde(default)]
    pub when: String,
    /// What a successful save leaves of it; without, half or none as the spell says, and all of it where there is an attack
    /// or no save.
    #[serde(default)]
    pub on_save: Option<OnSave>,
    /// Added to it for each slot level above the spell's own.
    #[serde(default)]
    pub per_slot: Option<String>,
    /// Whether the spellcasting modifier is added to it.
    #[serde(default)]
    pub adds_modifier: bool,
}

impl Spell {
    /// Tells what a successful save leaves of one of its damages.
    pub fn on_save(&self, damage: &SpellDamage) -> OnSave {
        damage.on_save.unwrap_or({
            if self.attack.is_some() || self.saves.is_empty() {
                OnSave::All
            } else if self.half_on_save {
                OnSave::Half
            } else {
                OnSave::None
            }
        })
    }
}
