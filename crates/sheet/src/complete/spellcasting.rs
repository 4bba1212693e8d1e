//! How spells are cast: one block per casting class, slots, spells.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::vocabulary::Ability;

/// How a character casts spells; the ability, DC and attack are those of the first caster.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct SpellcastingSheet {
    /// Spellcasting ability; none without spellcasting.
    pub spellcasting_ability: Option<Ability>,
    /// Spell save DC; none without spellcasting.
    pub spell_save_dc: Option<i32>,
    /// Spell attack bonus; none without spellcasting.
    pub spell_attack_bonus: Option<i32>,
    /// Spell slots by spell level, `"1"` to `"9"`.
    pub spell_slots: BTreeMap<String, SlotsLeft>,
    /// Names of all spells, cantrips too.
    pub spells_known: Vec<String>,
    /// Names of the spells that are prepared, always prepared ones and cantrips too.
    pub spells_prepared: Vec<String>,
    /// Pact slots; none without a pact.
    pub pact_slots: Option<PactLeft>,
    /// One block per casting class.
    pub casters: Vec<CasterEntry>,
}

/// Slots of one level and what is left of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlotsLeft {
    /// How many there are, those that were made besides too.
    pub max: i32,
    /// How many are left.
    pub current: i32,
    /// How many of them were made besides, until the next long rest; left out where none was.
    #[serde(default, skip_serializing_if = "is_none")]
    pub created: i32,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn is_none(created: &i32) -> bool {
    *created == 0
}

/// Pact slots and what is left of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PactLeft {
    /// Their spell level.
    pub level: i32,
    /// How many there are.
    pub max: i32,
    /// How many are left.
    pub current: i32,
}

/// One casting class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CasterEntry {
    /// Where it is found: `/spellcasting/casters/<id>`; empty for spells that have no caster to belong to.
    pub id: String,
    /// The class, or another source.
    pub class: String,
    /// Spellcasting ability.
    pub spellcasting_ability: Option<Ability>,
    /// Spell save DC; explained at `/spellcasting/casters/<id>/spell_save_dc`.
    pub spell_save_dc: Option<i32>,
    /// Spell attack bonus; explained at `/spellcasting/casters/<id>/spell_attack_bonus`.
    pub spell_attack_bonus: Option<i32>,
    /// How many spells may be prepared, where it is known.
    pub prepared_limit: Option<i32>,
    /// How many spells are prepared that count against the limit.
    pub prepared_count: i32,
    /// How many cantrips may be known, where it is known.
    pub cantrip_limit: Option<i32>,
    /// Its spells, cantrips first.
    pub spells: Vec<Arc<SpellEntry>>,
    /// Anything else about it.
    pub notes: String,
}

/// One spell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SpellEntry {
    /// Where it is found: `/spellcasting/spells/<id>`.
    pub id: String,
    /// The spell's name.
    pub name: String,
    /// Spell level; 0 is a cantrip.
    pub level: i32,
    /// School of magic.
    pub school: String,
    /// Whether it is prepared.
    pub prepared: bool,
    /// Whether it is always prepared.
    pub always_prepared: bool,
    /// Whether it can be cast as a ritual.
    pub ritual: bool,
    /// Whether it needs concentration.
    pub concentration: bool,
    /// Casting time.
    pub casting_time: String,
    /// Range.
    pub range: String,
    /// Components.
    pub components: String,
    /// Duration.
    pub duration: String,
    /// Whether the rules know it: what is empty below, it then does not have.
    #[serde(default)]
    pub known: bool,
    /// `melee` or `ranged` where it makes a spell attack; else empty.
    #[serde(default)]
    pub attack: String,
    /// The saves it asks for, against its caster's DC.
    #[serde(default)]
    pub saves: Vec<Ability>,
    /// What it rolls, the damage or healing of the casting first.
    #[serde(default)]
    pub rolls: Vec<SpellRoll>,
    /// Damage of a casting at its own level as it is rolled, a cantrip's at the character's: `2d10+4 force`; empty where it
    /// deals none, or where the rules do not know it.
    #[serde(default)]
    pub damage: String,
    /// Added to one damage roll; explained at `/spellcasting/spells/<id>/damage_bonus` where there is any.
    #[serde(default)]
    pub damage_bonus: i32,
    /// Hit points it restores at its own level as they are rolled: `2d8+4`; empty where it heals nobody.
    #[serde(default)]
    pub healing: String,
    /// Added to the hit points it gives; explained at `/spellcasting/spells/<id>/healing_bonus` where there is any.
    #[serde(default)]
    pub healing_bonus: i32,
    /// What it does.
    pub description: String,
    /// Anything else about it.
    pub notes: String,
}

/// One thing that a spell rolls: damage of one type, hit points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SpellRoll {
    /// What is rolled.
    pub kind: SpellRollKind,
    /// Type of damage; of several one is chosen: `acid or cold`. Empty for hit points.
    pub damage_type: String,
    /// On what occasion, in words; empty is when the spell is cast.
    pub when: String,
    /// What a successful save leaves of it.
    pub on_save: OnSave,
    /// Whether it takes a spell attack that hits.
    pub on_hit: bool,
    /// The number that is added, as a cell that explains it; none where nothing is.
    pub bonus_cell: Option<String>,
    /// Terms of that number that count in one of several beams alone, by their labels.
    pub once: Vec<String>,
    /// What is rolled by the level the spell is cast at, lowest first and only where it differs; a cantrip has level 0.
    pub at: Vec<SpellDice>,
}

/// What a spell rolls at one level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SpellDice {
    /// The level it is cast at, 0 to 9.
    pub level: i32,
    /// The dice, or a number, without what is added: `8d6`.
    pub dice: String,
    /// Added to each roll.
    pub bonus: i32,
    /// How many beams, rays or darts there are, each rolled by itself.
    pub times: i32,
    /// All of it, as it is written: `8d6+4`, `3 × 1d4+1`.
    pub text: String,
}

/// What a spell rolls for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SpellRollKind {
    /// Damage.
    #[default]
    Damage,
    /// Hit points that are regained.
    Healing,
    /// Temporary hit points.
    Temporary,
    /// Hit points beyond the maximum, which grows as much.
    Maximum,
}

/// What a successful save leaves of damage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OnSave {
    /// Half of it, rounded down.
    Half,
    /// Nothing.
    None,
    /// All of it; no save helps.
    #[default]
    All,
}

impl SpellRoll {
    /// Gives what is rolled at a level: the highest that is not beyond it, else the lowest.
    pub fn at(&self, level: i32) -> Option<&SpellDice> {
        let below = self.at.iter().rev().find(|dice| dice.level <= level);
        below.or(self.at.first())
    }
}
