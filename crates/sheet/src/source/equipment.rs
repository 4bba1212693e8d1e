//! What a character carries: inventory, coins, magic items.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::WireNumber;
use crate::keyed::{Keyed, ranked};
use crate::vocabulary::Ability;

/// Holds what a character carries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Equipment {
    /// Mundane things.
    pub inventory: Keyed<Item>,
    /// Coins.
    pub currency: Currency,
    /// Magic items.
    pub magical_items: Keyed<MagicItem>,
}

/// Coins of each kind, 0 to 1,000,000,000.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Currency {
    /// Copper pieces.
    pub cp: i32,
    /// Silver pieces.
    pub sp: i32,
    /// Electrum pieces.
    pub ep: i32,
    /// Gold pieces.
    pub gp: i32,
    /// Platinum pieces.
    pub pp: i32,
}

/// What sort of thing an item is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ItemKind {
    Weapon,
    Armor,
    Shield,
    Ammunition,
    Tool,
    Container,
    Consumable,
    Treasure,
    #[default]
    Gear,
}

/// One mundane thing, or several alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Item {
    /// Place among its siblings.
    pub rank: String,
    /// What it is.
    pub name: String,
    /// What it is under the rules, where its name does not say: `Longsword`.
    pub base: String,
    /// What sort of thing.
    pub kind: ItemKind,
    /// How many, 0 to 1,000,000.
    pub quantity: i32,
    /// Weight of one in pounds, 0 to 100,000.
    #[specta(type = WireNumber)]
    pub weight_lb: f64,
    /// Price of one in copper pieces, 0 to 1,000,000,000.
    pub cost_cp: i32,
    /// Whether it is worn or held.
    pub equipped: bool,
    /// Whether the character is attuned to it.
    pub attuned: bool,
    /// The id of the item or magic item it lies in.
    pub container: Option<String>,
    /// What it can hold in pounds, 0 to 100,000.
    #[specta(type = Option<WireNumber>)]
    pub capacity_lb: Option<f64>,
    /// What it gives when worn, if it is armor or a shield.
    pub armor: Option<Armor>,
    /// Anything else about it, in Markdown.
    pub notes: String,
}

impl Default for Item {
    fn default() -> Self {
        Item {
            rank: String::new(),
            name: String::new(),
            base: String::new(),
            kind: ItemKind::default(),
            quantity: 1,
            weight_lb: 0.0,
            cost_cp: 0,
            equipped: false,
            attuned: false,
            container: None,
            capacity_lb: None,
            armor: None,
            notes: String::new(),
        }
    }
}

/// How heavy a piece of armor is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ArmorCategory {
    #[default]
    Light,
    Medium,
    Heavy,
    Shield,
}

/// What armor or a shield gives when worn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Armor {
    /// Light and medium armor add Dexterity (medium at most 2), heavy armor does not, a shield adds to the rest.
    pub category: ArmorCategory,
    /// Base armor class of armor, or what a shield adds; 0 to 40.
    pub base: i32,
    /// The most Dexterity adds, 0 to 20; none takes the category's own.
    pub dex_cap: Option<i32>,
    /// Magical or other bonus, -10 to 10.
    pub bonus: i32,
    /// The Strength score it asks for, 0 to 30; less slows the wearer by 10 feet.
    pub strength_required: Option<i32>,
    /// Whether it gives disadvantage on Stealth.
    pub stealth_disadvantage: bool,
}

/// How rare a magic item is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Rarity {
    #[default]
    Common,
    Uncommon,
    Rare,
    VeryRare,
    Legendary,
    Artifact,
}

/// One magic item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct MagicItem {
    /// Place among its siblings.
    pub rank: String,
    /// What it is.
    pub name: String,
    /// What mundane thing it is under the rules, where its name does not say: `Longsword`.
    pub base: String,
    /// What sort of thing, in words: `wondrous item`, `ring`.
    pub kind: String,
    /// How rare.
    pub rarity: Rarity,
    /// Whether it works only when attuned.
    pub requires_attunement: bool,
    /// Whether the character is attuned to it.
    pub attuned: bool,
    /// Whether it is worn or held.
    pub equipped: bool,
    /// Charges.
    pub charges: Charges,
    /// What it adds to numbers while it works: attuned if it asks for that, else equipped.
    pub bonuses: Bonuses,
    /// What it gives when worn, if it is armor or a shield.
    pub armor: Option<Armor>,
    /// How many, 0 to 1,000,000.
    pub quantity: i32,
    /// Weight of one in pounds, 0 to 100,000.
    #[specta(type = WireNumber)]
    pub weight_lb: f64,
    /// Price of one in copper pieces, 0 to 1,000,000,000.
    pub cost_cp: i32,
    /// The id of the item or magic item it lies in.
    pub container: Option<String>,
    /// What it can hold in pounds, 0 to 100,000.
    #[specta(type = Option<WireNumber>)]
    pub capacity_lb: Option<f64>,
    /// Whether what lies in it weighs nothing outside, as in a bag of holding.
    pub weightless_contents: bool,
    /// What it does, in Markdown.
    pub description: String,
}

impl Default for MagicItem {
    fn default() -> Self {
        MagicItem {
            rank: String::new(),
            name: String::new(),
            base: String::new(),
            kind: String::new(),
            rarity: Rarity::default(),
            requires_attunement: false,
            attuned: false,
            equipped: false,
            charges: Charges::default(),
            bonuses: Bonuses::default(),
            armor: None,
            quantity: 1,
            weight_lb: 0.0,
            cost_cp: 0,
            container: None,
            capacity_lb: None,
            weightless_contents: false,
            description: String::new(),
        }
    }
}

/// Counts the charges of a magic item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Charges {
    /// How many it holds, 0 to 1,000; 0 is none at all.
    pub max: i32,
    /// How many are spent, 0 to 1,000.
    pub used: i32,
    /// How they come back, in words: `1d6+1 at dawn`.
    pub recharge: String,
}

/// What a magic item adds to numbers while it works; each -20 to 20 unless it says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Bonuses {
    /// To armor class.
    pub armor_class: i32,
    /// To attack and damage rolls with it, if it is a weapon.
    pub weapon: i32,
    /// To all saving throws.
    pub saving_throws: i32,
    /// To all skills.
    pub ability_checks: i32,
    /// To initiative.
    pub initiative: i32,
    /// To spell attack rolls.
    pub spell_attack: i32,
    /// To the save DC of spells.
    pub spell_save_dc: i32,
    /// To walking speed, in feet, -100 to 100.
    pub speed: i32,
    /// To the hit point maximum, -1,000 to 1,000.
    pub hp_maximum: i32,
    /// The ability that `ability_increase` and `ability_minimum` act on.
    pub ability: Option<Ability>,
    /// To that ability's score.
    pub ability_increase: i32,
    /// The least that ability's score can be, 1 to 30, as a belt of giant strength has it.
    pub ability_minimum: Option<i32>,
}

ranked!(Item, MagicItem);
