//! The kinds of content: classes, species, spells, items, creatures and the rest, as a pack writes them.
//!
//! Every thing has a `name`; its id is [`key`] of that name, and a reference from one thing to another is a name in any
//! spelling that gives the same key. Weights are in pounds, prices in copper pieces, lengths in feet. `text` says in a
//! sentence or a few what the thing does in play.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheet::source::{Activation, ArmorCategory, ItemKind, Rarity};
use sheet::vocabulary::{Ability, Size};

use super::effect::{Effect, Pool};
use super::formula::Formula;

/// Gives the id of a name: lower-case letters and digits, everything between them one hyphen, apostrophes left out.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            key.extend(letter.to_lowercase());
        } else if letter != '\'' && letter != '’' && !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    if key.ends_with('-') {
        key.pop();
    }
    key
}

/// Says what a pack is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PackHead {
    /// Its id, lower-case: `srd-5.2`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version, as its makers count.
    pub version: String,
    /// The licence of its content.
    pub license: String,
    /// Whom to thank, as the licence asks.
    pub attribution: String,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub text: String,
    /// Sides of its hit die: 6, 8, 10 or 12.
    pub hit_die: i32,
    /// Its primary abilities.
    pub primary: Vec<Ability>,
    /// Saving throws with proficiency.
    pub saves: Vec<Ability>,
    /// Class tables by level: number by name, 20 entries; a level without an entry of its own has 0.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<i32>>,
    /// Class tables of dice: `["1d6", …]`, 20 entries, empty where there is none yet.
    #[serde(default)]
    pub dice: BTreeMap<String, Vec<String>>,
    /// How it casts; none does not.
    #[serde(default)]
    pub casting: Option<Casting>,
    /// What the first class of a character gives: trainings and the skill choice.
    pub first: Vec<Effect>,
    /// What it gives when taken later.
    #[serde(default)]
    pub later: Vec<Effect>,
    /// What taking it beside another class asks for.
    pub multiclass: Multiclass,
    /// The class level at which the subclass is chosen.
    pub subclass_level: i32,
    /// What to start with.
    pub equipment: Vec<StartingEquipment>,
    /// The standard array set out for it: Strength, Dexterity, Constitution, Intelligence, Wisdom, Charisma.
    pub standard_array: [i32; 6],
    /// A quick build: choices by slot, for those who do not want to choose; skills, styles, cantrips, spells.
    #[serde(default)]
    pub quick: QuickBuild,
    /// Features by level.
    pub features: Vec<Feature>,
}

/// Names what a quick build takes, in the order of preference; as many as may be taken are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuickBuild {
    /// A background.
    pub background: String,
    /// A species.
    pub species: String,
    /// Skills.
    pub skills: Vec<String>,
    /// Abilities, the most wanted first.
    pub abilities: Vec<Ability>,
    /// Weapons for mastery.
    pub weapons: Vec<String>,
    /// Feats and options of every group.
    pub options: Vec<String>,
    /// Cantrips and spells.
    pub spells: Vec<String>,
}

/// What taking a class beside another asks for: 13 in these abilities.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Multiclass {
    /// The abilities.
    pub abilities: Vec<Ability>,
    /// Whether one of them is enough.
    pub any: bool,
}

/// How a class casts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Casting {
    /// The spellcasting ability.
    pub ability: Ability,
    /// How fast its slots grow.
    pub progression: Progression,
    /// The class level at which it begins.
    #[serde(default = "first")]
    pub from: i32,
    /// The class whose spell list it uses; its own when left out.
    #[serde(default)]
    pub list: Option<String>,
    /// Cantrips known by class level, 20 entries.
    #[serde(default)]
    pub cantrips: Vec<i32>,
    /// Spells prepared by class level, 20 entries.
    pub prepared: Vec<i32>,
    /// When prepared spells may be changed, in words.
    pub change: String,
    /// What it casts rituals from.
    #[serde(default)]
    pub rituals: Rituals,
    /// The focus it can use.
    #[serde(default)]
    pub focus: Vec<String>,
}

fn first() -> i32 {
    1
}

/// Which rituals a class casts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rituals {
    /// Those it has prepared.
    #[default]
    Prepared,
    /// Those prepared or in its spellbook.
    Spellbook,
}

/// How fast spell slots grow (SRD 5.2.1, Multiclassing, Spell Slots).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progression {
    /// With every level.
    Full,
    /// With every second level, rounded up.
    Half,
    /// With every third level, rounded down.
    Third,
    /// Pact Magic.
    Pact,
}

/// One way to start: things and gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartingEquipment {
    /// Its letter: `A`.
    pub option: String,
    /// The things: a name, or a category to choose from.
    #[serde(default)]
    pub items: Vec<StartingItem>,
    /// Gold pieces.
    #[serde(default)]
    pub gold: i32,
}

/// One thing to start with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartingItem {
    /// Its name; left out where a category stands instead.
    #[serde(default)]
    pub item: Option<String>,
    /// Categories of which one thing is chosen: `musical_instrument`, `holy_symbol`.
    #[serde(default)]
    pub any: Vec<String>,
    /// How many; 1 when left out.
    #[serde(default = "first")]
    pub count: i32,
}

/// One feature of a class or subclass, trait of a species, or benefit of a feat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The class level at which it comes; for a species the character level.
    #[serde(default = "first")]
    pub level: i32,
    /// What it does in play.
    pub text: String,
    /// When it can be done.
    #[serde(default)]
    pub activation: Activation,
    /// A table of the class whose value at the class level is shown beside the name: `sneak_attack_dice`.
    #[serde(default)]
    pub shows: Option<String>,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// One subclass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subclass {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// What it is.
    pub text: String,
    /// Tables by level, as those of a class.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<i32>>,
    /// Tables of dice, as those of a class.
    #[serde(default)]
    pub dice: BTreeMap<String, Vec<String>>,
    /// How it casts, where the subclass brings casting.
    #[serde(default)]
    pub casting: Option<Casting>,
    /// Features by class level.
    pub features: Vec<Feature>,
}

/// One species.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Species {
    /// Its name.
    pub name: String,
    /// What it is.
    pub text: String,
    /// Creature type.
    pub creature_type: String,
    /// Sizes to choose from; one is no choice.
    pub sizes: Vec<Size>,
    /// Walking speed.
    pub speed: i32,
    /// Traits by character level.
    pub traits: Vec<Feature>,
}

/// One background.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Its name.
    pub name: String,
    /// What it is.
    pub text: String,
    /// The three abilities it can increase.
    pub abilities: Vec<Ability>,
    /// Its origin feat: `Magic Initiate`.
    pub feat: String,
    /// Choices of that feat which the background makes: by id of the choice, such as the spell list.
    #[serde(default)]
    pub feat_choices: BTreeMap<String, Vec<String>>,
    /// What else it gives: skills, tool.
    pub effects: Vec<Effect>,
    /// What to start with.
    pub equipment: Vec<StartingEquipment>,
}

impl Background {
    /// Makes the choice of its three increases: 2 and 1, or 1 to each (SRD 5.2.1, Character Origins).
    pub(super) fn increases(&self) -> Effect {
        Effect::Choose {
            id: "abilities".to_owned(),
            name: "Ability increases".to_owned(),
            count: Formula::number(3),
            from: Pool::Abilities {
                of: self.abilities.clone(),
                max: 20,
            },
            each: 2,
            level: 0,
        }
    }
}

/// What must be true before something may be taken; an empty one asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prerequisite {
    /// Character level.
    pub level: i32,
    /// Level in the class that offers it.
    pub class_level: i32,
    /// One of these abilities at `score`.
    pub abilities: Vec<Ability>,
    /// The score one of the abilities needs.
    pub score: i32,
    /// The feature that must be there: `Fighting Style`.
    pub feature: Option<String>,
    /// Whether spells must be cast: Spellcasting or Pact Magic.
    pub spellcasting: bool,
    /// Another option or feat that must have been taken.
    pub option: Option<String>,
    /// Anything else, in words; told, not checked.
    pub other: Option<String>,
}

/// One feat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feat {
    /// Its name.
    pub name: String,
    /// Its category: `origin`, `general`, `fighting_style`, `epic_boon`.
    pub category: String,
    /// What it does.
    pub text: String,
    /// What it asks for.
    #[serde(default)]
    pub prerequisite: Prerequisite,
    /// Whether it may be taken more than once.
    #[serde(default)]
    pub repeatable: bool,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// One option of a group: a lineage, an invocation, a metamagic, an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its group: `metamagic`, `elf_lineage`.
    pub group: String,
    /// What it does.
    pub text: String,
    /// What it asks for.
    #[serde(default)]
    pub prerequisite: Prerequisite,
    /// Whether it may be taken more than once.
    #[serde(default)]
    pub repeatable: bool,
    /// What it costs of the group's resource, such as sorcery points.
    #[serde(default)]
    pub cost: Option<i32>,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

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
    /// Whether a save halves the damage.
    #[serde(default)]
    pub half_on_save: bool,
    /// Damage: dice and type, the main one first.
    #[serde(default)]
    pub damage: Vec<SpellDamage>,
    /// Added to the first damage for each slot level above its own: `1d6`.
    #[serde(default)]
    pub per_slot: Option<String>,
    /// Dice of a cantrip at character levels 5, 11 and 17.
    #[serde(default)]
    pub cantrip_dice: Vec<String>,
    /// Healing dice.
    #[serde(default)]
    pub healing: Option<String>,
    /// Whether healing or damage adds the spellcasting modifier.
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
}

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
    pub damage: Vec<SpellDamage>,
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
