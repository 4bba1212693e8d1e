//! The complete sheet: every field of a character, computed, under the names that existing clients know.
//!
//! `rules::derive` fills it; nothing of it is stored. What is new beside the known names never changes their meaning.
//! Lists keep the order a person gave and carry the `id` by which a source cell is found again.

mod actions;
mod choices;
mod equipment;
mod exchanges;
mod spellcasting;
mod uses;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use actions::{ActionsSheet, FeatureEntry, TraitEntry, UsesLeft, WeaponEntry};
pub use choices::{ChoiceOption, ChoicePick, ChoiceState};
pub use equipment::{ChargesLeft, EquipmentSheet, ItemEntry, MagicItemEntry};
pub use exchanges::{ExchangeEntry, ExchangeGain, ExchangePrice, ExchangeTime};
pub use spellcasting::{
    CasterEntry, OnSave, PactLeft, SlotsLeft, SpellDice, SpellEntry, SpellRoll, SpellRollKind,
    SpellcastingSheet,
};
pub use uses::{RiderEntry, Tally, UseEntry, UseYield, YieldKind, YieldTo};

use crate::source::{
    AbilityScores, Appearance, CharacterRecord, DeathSaves, Personality, Senses, Speeds,
    TrainingKind,
};
use crate::vocabulary::{Ability, Proficiency, Size};

/// Holds the whole character as it is shown; its parts are shared between versions that agree on them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct CompleteSheet {
    /// Who the character is.
    pub identity: Arc<IdentitySheet>,
    /// Abilities, saves, skills, proficiencies.
    pub statistics: Arc<StatisticsSheet>,
    /// Combat and health.
    pub combat: Arc<CombatSheet>,
    /// Attacks, features, traits.
    pub actions: Arc<ActionsSheet>,
    /// What is carried.
    pub equipment: Arc<EquipmentSheet>,
    /// How spells are cast.
    pub spellcasting: Arc<SpellcastingSheet>,
    /// What afflicts or blesses the character now.
    pub conditions: Vec<ConditionEntry>,
    /// Notes in Markdown.
    pub notes: String,
    /// The count of commits on the document's main line.
    pub version: u32,
    /// When it was last changed, RFC 3339.
    pub last_updated: String,
    /// What was done to it, newest first.
    pub audit_trail: Vec<Arc<AuditEntry>>,
    /// The record around the sheet.
    pub record: Arc<CharacterRecord>,
    /// Whether the rules of content packs hold for the character.
    pub built: bool,
    /// What the rules offer to choose, and what was chosen.
    pub choices: Vec<ChoiceState>,
}

/// What is known about a document from outside of it: version, times, audit trail.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct SheetMeta {
    /// The count of commits on the document's main line.
    pub version: u32,
    /// When it was last changed, RFC 3339.
    pub last_updated: String,
    /// What was done to it, newest first.
    pub audit_trail: Vec<Arc<AuditEntry>>,
}

/// One thing that was done to a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct AuditEntry {
    /// When, RFC 3339.
    pub timestamp: String,
    /// What: `edit`, `create`, `archive`.
    pub action: String,
    /// Who.
    pub author: String,
    /// What it was about, in a sentence.
    pub detail: String,
    /// The commit it made, where it made one.
    pub commit: Option<String>,
}

impl CompleteSheet {
    /// Writes in what is known about the document from outside of it.
    pub fn stamp(&mut self, meta: SheetMeta) {
        self.version = meta.version;
        self.last_updated = meta.last_updated;
        self.audit_trail = meta.audit_trail;
    }
}

/// Who the character is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct IdentitySheet {
    /// Full name.
    pub name: String,
    /// Who plays it.
    pub player_name: String,
    /// Species.
    pub species: String,
    /// How many levels of which class.
    pub class_levels: BTreeMap<String, i32>,
    /// Background.
    pub background: String,
    /// Alignment.
    pub alignment: String,
    /// Experience points.
    pub xp: i32,
    /// Whether it has Heroic Inspiration.
    pub heroic_inspiration: bool,
    /// Inner life.
    pub personality: Personality,
    /// Outward looks.
    pub appearance: Appearance,
    /// All levels together.
    pub level: i32,
    /// Classes in the order they were first taken: `Fighter 5, Wizard 2`.
    pub class_line: String,
    /// The subclass of each class that has one.
    pub subclasses: BTreeMap<String, String>,
    /// Size.
    pub size: Size,
    /// Creature type.
    pub creature_type: String,
    /// Challenge rating, where it has one.
    pub challenge_rating: Option<String>,
    /// The experience points at which the next level begins; none at level 20 and without levels.
    pub xp_for_next_level: Option<i32>,
}

/// Abilities, saves, skills, proficiencies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct StatisticsSheet {
    /// The six scores with everything that raises them.
    pub ability_scores: AbilityScores,
    /// Their modifiers.
    pub ability_modifiers: AbilityScores,
    /// Proficiency bonus.
    pub proficiency_bonus: i32,
    /// Saving throw bonuses.
    pub saving_throws: AbilityScores,
    /// Skill bonuses by skill (`sleight_of_hand`); all of them.
    pub skills: BTreeMap<String, i32>,
    /// Passive Perception.
    pub passive_perception: i32,
    /// Names of all other proficiencies.
    pub other_proficiencies: Vec<String>,
    /// Languages.
    pub languages: Vec<String>,
    /// Passive Insight.
    pub passive_insight: i32,
    /// Passive Investigation.
    pub passive_investigation: i32,
    /// Saving throws with proficiency.
    pub saving_throw_proficiencies: Vec<Ability>,
    /// How well each skill is trained; all of them.
    pub skill_proficiencies: BTreeMap<String, Proficiency>,
    /// The other proficiencies with their kinds and sources.
    pub training: Vec<TrainingEntry>,
}

/// One proficiency beyond saving throws and skills.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TrainingEntry {
    /// Where it is found: `/proficiencies/training/<id>`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// What it is for.
    pub kind: TrainingKind,
    /// Where it comes from.
    pub source: String,
}

/// Combat and health.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct CombatSheet {
    /// Armor class.
    pub armor_class: i32,
    /// Initiative bonus.
    pub initiative: i32,
    /// Walking speed in feet.
    pub speed: i32,
    /// Hit point maximum.
    pub hp_maximum: i32,
    /// Current hit points, without temporary ones.
    pub current_hp: i32,
    /// Temporary hit points.
    pub temporary_hp: i32,
    /// Hit dice by die: `{"d10": 4, "d8": 2}`.
    pub hit_dice_total: BTreeMap<String, i32>,
    /// Hit dice not spent, by die.
    pub hit_dice_remaining: BTreeMap<String, i32>,
    /// Death saving throws.
    pub death_saves: DeathSaves,
    /// How it stands between life and death.
    pub life: Vitality,
    /// Exhaustion, 0 to 6.
    pub exhaustion_level: i32,
    /// What it concentrates on; empty without.
    pub concentration: String,
    /// All speeds, with exhaustion and load counted in.
    pub speeds: Speeds,
    /// Special senses.
    pub senses: Senses,
    /// Damage halved.
    pub resistances: Vec<String>,
    /// Damage ignored.
    pub immunities: Vec<String>,
    /// Damage doubled.
    pub vulnerabilities: Vec<String>,
    /// Conditions that do not take hold.
    pub condition_immunities: Vec<String>,
    /// Whether half the hit points or fewer are left.
    pub bloodied: bool,
    /// What every D20 Test loses to exhaustion: 0 or less.
    pub d20_penalty: i32,
}

/// How a character stands between life and death.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Vitality {
    /// It has hit points, or none were reckoned yet.
    #[default]
    Up,
    /// At 0 hit points with death saves to make.
    Dying,
    /// At 0 hit points without death saves to make.
    Stable,
    /// Dead.
    Dead,
}

/// Something that lasts on a character.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ConditionEntry {
    /// Where it is found: `/conditions/<id>`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What brought it about.
    pub source: String,
    /// How long it lasts.
    pub duration: String,
    /// Its level, where it has levels.
    pub level: Option<i32>,
    /// Anything else about it.
    pub notes: String,
}
