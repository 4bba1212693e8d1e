//! Items, creatures, conditions and words, as a pack writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheet::source::{ArmorCategory, ItemKind, Rarity};
use sheet::vocabulary::{Ability, Size};

use super::effect::Effect;
use super::kinds::{StartingItem, first};

/// One weapon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weapon {
    /// Its name.
    pub name: String,
    /// Whether it is martial.
    #[serde(default)]
    pub martial: bool,
    /// Whether it is ranged.
    #[serde(default)]
    pub ranged: bool,
    /// Damage dice.
    pub damage: String,
    /// Damage type.
    pub damage_type: String,
    /// Damage dice in two hands.
    #[serde(default)]
    pub versatile: String,
    /// Properties, lower-case: `finesse`, `two_handed`.
    #[serde(default)]
    pub properties: Vec<String>,
    /// Reach of a melee attack in feet.
    #[serde(default)]
    pub reach_ft: Option<i32>,
    /// Normal range in feet.
    #[serde(default)]
    pub range_ft: Option<i32>,
    /// Long range in feet.
    #[serde(default)]
    pub long_range_ft: Option<i32>,
    /// The ammunition it uses.
    #[serde(default)]
    pub ammunition: Option<String>,
    /// Mastery property.
    pub mastery: String,
    /// Weight.
    pub weight_lb: f64,
    /// Price.
    pub cost_cp: i32,
}

/// One suit of armor, or a shield.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArmorPiece {
    /// Its name.
    pub name: String,
    /// Light, medium, heavy or shield.
    pub category: ArmorCategory,
    /// Base armor class, or what a shield adds.
    pub base: i32,
    /// The Strength score it asks for.
    #[serde(default)]
    pub strength: Option<i32>,
    /// Whether it gives disadvantage on Stealth.
    #[serde(default)]
    pub stealth_disadvantage: bool,
    /// Minutes to put on.
    pub don_minutes: i32,
    /// Minutes to take off.
    pub doff_minutes: i32,
    /// Weight.
    pub weight_lb: f64,
    /// Price.
    pub cost_cp: i32,
}

/// One piece of gear: a tool, a pack, a mount, a rope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gear {
    /// Its name.
    pub name: String,
    /// Its category: `gear`, `ammunition`, `container`, `pack`, `focus`, `artisans_tools`, `musical_instrument`,
    /// `gaming_set`, `tool`, `mount`, `tack`, `vehicle`.
    pub category: String,
    /// A finer category: `holy_symbol`, `arcane_focus`, `druidic_focus`.
    #[serde(default)]
    pub subcategory: String,
    /// What sort of item it is on a sheet.
    #[serde(default)]
    pub kind: ItemKind,
    /// What it is good for.
    pub text: String,
    /// How many are sold at the price.
    #[serde(default = "first")]
    pub bundle: i32,
    /// Weight of the bundle.
    pub weight_lb: f64,
    /// Price of the bundle.
    pub cost_cp: i32,
    /// What it holds, in pounds.
    #[serde(default)]
    pub capacity_lb: Option<f64>,
    /// What lies in it when bought.
    #[serde(default)]
    pub contents: Vec<StartingItem>,
    /// The ability a tool goes by.
    #[serde(default)]
    pub ability: Option<Ability>,
    /// What can be made with a tool.
    #[serde(default)]
    pub crafts: Vec<String>,
}

/// One magic item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MagicThing {
    /// Its name.
    pub name: String,
    /// Its category: `wondrous_item`, `armor`, `weapon`, `potion`, `ring`, `rod`, `scroll`, `staff`, `wand`.
    pub category: String,
    /// The mundane thing it is made of, in words: `any sword`.
    #[serde(default)]
    pub base: String,
    /// Rarity; none varies with the variant.
    #[serde(default)]
    pub rarity: Option<Rarity>,
    /// Whether it asks for attunement.
    #[serde(default)]
    pub attunement: bool,
    /// Who may attune, in words.
    #[serde(default)]
    pub attunement_by: String,
    /// What it does.
    pub text: String,
    /// Charges it holds.
    #[serde(default)]
    pub charges: Option<i32>,
    /// How charges come back: `1d6+1 at dawn`.
    #[serde(default)]
    pub recharge: String,
    /// Spells it casts, with their charges: `Fireball (7)`.
    #[serde(default)]
    pub spells: Vec<String>,
    /// Save DC of what it does.
    #[serde(default)]
    pub save_dc: Option<i32>,
    /// What it does to the numbers while it works.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Versions that differ in rarity or numbers.
    #[serde(default)]
    pub variants: Vec<MagicVariant>,
}

/// One version of a magic item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MagicVariant {
    /// Its name: `+1`, `Hill Giant`.
    pub name: String,
    /// Rarity.
    pub rarity: Rarity,
    /// What is different, in words.
    #[serde(default)]
    pub text: String,
    /// What it does to the numbers while it works, beside the item's own effects.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// One creature's stat block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creature {
    /// Its name.
    pub name: String,
    /// Its size; of several the larger.
    pub size: Size,
    /// Creature type, with tags in brackets: `Dragon (Chromatic)`.
    pub r#type: String,
    /// Alignment.
    pub alignment: String,
    /// Armor class.
    pub armor_class: i32,
    /// Initiative bonus.
    pub initiative: i32,
    /// Hit points on average.
    pub hit_points: i32,
    /// Hit dice: `20d10+40`.
    pub hit_dice: String,
    /// Speeds by way of moving: `walk`, `fly`, `swim`, `climb`, `burrow`.
    pub speeds: BTreeMap<String, i32>,
    /// Whether it hovers.
    #[serde(default)]
    pub hover: bool,
    /// Scores: Strength, Dexterity, Constitution, Intelligence, Wisdom, Charisma.
    pub scores: [i32; 6],
    /// Saving throw bonuses in the same order.
    pub saves: [i32; 6],
    /// Skill bonuses.
    #[serde(default)]
    pub skills: BTreeMap<String, i32>,
    /// Senses in feet.
    #[serde(default)]
    pub senses: BTreeMap<String, i32>,
    /// Passive Perception.
    pub passive_perception: i32,
    /// Languages.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Challenge rating: `1/4`.
    pub challenge_rating: String,
    /// Experience points.
    pub xp: i32,
    /// Proficiency bonus.
    pub proficiency_bonus: i32,
    /// Damage halved.
    #[serde(default)]
    pub resistances: Vec<String>,
    /// Damage ignored.
    #[serde(default)]
    pub immunities: Vec<String>,
    /// Damage doubled.
    #[serde(default)]
    pub vulnerabilities: Vec<String>,
    /// Conditions that do not take hold.
    #[serde(default)]
    pub condition_immunities: Vec<String>,
    /// What it carries.
    #[serde(default)]
    pub gear: Vec<String>,
    /// How often it uses legendary actions between its turns.
    #[serde(default)]
    pub legendary_uses: Option<i32>,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
    /// Traits and actions.
    #[serde(default)]
    pub actions: Vec<CreatureAction>,
}

/// One damage of what a creature does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatureDamage {
    /// Dice, or a number.
    pub dice: String,
    /// Type, lower-case; several to choose from are separated by `/`.
    pub r#type: String,
}

/// What a creature does or is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatureAction {
    /// Its name.
    pub name: String,
    /// Its kind: `trait`, `action`, `bonus_action`, `reaction`, `legendary`.
    pub kind: String,
    /// What it does, beside the numbers.
    #[serde(default)]
    pub text: String,
    /// `melee`, `ranged` or `melee_or_ranged`, where it is an attack.
    #[serde(default)]
    pub attack: Option<String>,
    /// Attack bonus.
    #[serde(default)]
    pub attack_bonus: Option<i32>,
    /// Reach in feet.
    #[serde(default)]
    pub reach_ft: Option<i32>,
    /// Range in feet.
    #[serde(default)]
    pub range_ft: Option<i32>,
    /// Long range in feet.
    #[serde(default)]
    pub long_range_ft: Option<i32>,
    /// Damage: dice and type.
    #[serde(default)]
    pub damage: Vec<CreatureDamage>,
    /// The save it asks for.
    #[serde(default)]
    pub save: Option<Ability>,
    /// Its DC.
    #[serde(default)]
    pub save_dc: Option<i32>,
    /// Whether a save halves the damage.
    #[serde(default)]
    pub half_on_save: bool,
    /// Uses a day.
    #[serde(default)]
    pub per_day: Option<i32>,
    /// The roll of a d6 that brings it back: `5-6`.
    #[serde(default)]
    pub recharge: String,
}

/// One condition, as flags the sheet acts on and a text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConditionRule {
    /// Its name.
    pub name: String,
    /// What it does.
    pub text: String,
    /// Conditions it brings with it.
    pub implies: Vec<String>,
    /// Whether speed is 0.
    pub speed_zero: bool,
    /// Whether it ends concentration.
    pub breaks_concentration: bool,
    /// What it does to the numbers.
    pub effects: Vec<Effect>,
}

/// A word with a sentence: a language, a weapon property, a mastery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// The word.
    pub name: String,
    /// Which sort of it: `standard` or `rare` for languages.
    pub category: String,
    /// What it means.
    pub text: String,
}
