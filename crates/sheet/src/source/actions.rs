//! What a character can do: weapon attacks, features with uses, traits.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::keyed::{Keyed, SetOf, ranked};
use crate::vocabulary::Ability;

/// Holds what a character can do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Actions {
    /// Attacks with weapons, natural ones too.
    pub weapons: Keyed<WeaponAttack>,
    /// Weapons whose mastery property the character can use: `Longsword`.
    pub weapon_masteries: SetOf<String>,
    /// Features of classes, feats and stat blocks.
    pub features: Keyed<Feature>,
    /// Traits of species and stat blocks.
    pub traits: Keyed<Trait>,
}

/// One way to attack with a weapon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct WeaponAttack {
    /// Place among its siblings.
    pub rank: String,
    /// The weapon's name.
    pub name: String,
    /// The ability used; none takes Strength, or Dexterity when ranged, or the better of them with finesse.
    pub ability: Option<Ability>,
    /// Whether the proficiency bonus is added to the attack.
    pub proficient: bool,
    /// Whether it is a ranged weapon.
    pub ranged: bool,
    /// Added to attack rolls, -20 to 20.
    pub bonus_to_attack: i32,
    /// Added to damage rolls, -100 to 100.
    pub bonus_to_damage: i32,
    /// Damage dice: `1d8`, or a plain number.
    pub damage: String,
    /// Damage dice in two hands.
    pub versatile: String,
    /// Type of damage, lower-case.
    pub damage_type: String,
    /// Damage besides, in words: `1d6 fire`.
    pub extra_damage: String,
    /// Whether the ability modifier is added to damage; not so for a second attack with a light weapon.
    pub ability_to_damage: bool,
    /// Reach in feet, 0 to 1,000.
    pub reach_ft: Option<i32>,
    /// Normal range in feet, 0 to 10,000.
    pub range_ft: Option<i32>,
    /// Long range in feet, 0 to 10,000.
    pub long_range_ft: Option<i32>,
    /// Properties, lower-case: `finesse`, `light`, `two_handed`.
    pub properties: SetOf<String>,
    /// Mastery property, lower-case: `vex`.
    pub mastery: String,
    /// The id of the inventory item or magic item it is made with.
    pub item: Option<String>,
    /// Anything else about it.
    pub notes: String,
}

impl Default for WeaponAttack {
    fn default() -> Self {
        WeaponAttack {
            rank: String::new(),
            name: String::new(),
            ability: None,
            proficient: true,
            ranged: false,
            bonus_to_attack: 0,
            bonus_to_damage: 0,
            damage: String::new(),
            versatile: String::new(),
            damage_type: String::new(),
            extra_damage: String::new(),
            ability_to_damage: true,
            reach_ft: None,
            range_ft: None,
            long_range_ft: None,
            properties: SetOf::default(),
            mastery: String::new(),
            item: None,
            notes: String::new(),
        }
    }
}

/// When it can be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Activation {
    /// Always on.
    #[default]
    Passive,
    Action,
    BonusAction,
    Reaction,
    Legendary,
    Other,
}

/// When spent uses come back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Recovery {
    /// Never by itself.
    #[default]
    None,
    /// All on a short or long rest.
    ShortRest,
    /// All on a long rest.
    LongRest,
    /// One on a short rest, all on a long one.
    OneOnShortRest,
    /// At dawn.
    Dawn,
    /// When initiative is rolled.
    Initiative,
    /// At the start of the creature's turn.
    Turn,
    /// Otherwise; the description says how.
    Other,
}

/// Counts limited uses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Uses {
    /// How many there are, 0 to 1,000; 0 is without limit.
    pub max: i32,
    /// How many are spent, 0 to 1,000.
    pub used: i32,
    /// When they come back.
    pub recovery: Recovery,
}

/// One feature of a class, a feat or a stat block.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Feature {
    /// Place among its siblings.
    pub rank: String,
    /// The feature's name.
    pub name: String,
    /// Where it comes from: `Fighter`, `Alert (feat)`.
    pub source: String,
    /// The level of the source at which it came, 0 to 30.
    pub level: Option<i32>,
    /// What it does, in Markdown.
    pub description: String,
    /// When it can be done.
    pub activation: Activation,
    /// Limited uses.
    pub uses: Uses,
}

/// One trait of a species or a stat block.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Trait {
    /// Place among its siblings.
    pub rank: String,
    /// The trait's name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// What it does, in Markdown.
    pub description: String,
}

ranked!(WeaponAttack, Feature, Trait);
