//! What is carried, weighed and counted.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::WireNumber;
use crate::source::{Armor, Bonuses, Currency, ItemKind, Rarity};

/// What a character carries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct EquipmentSheet {
    /// Mundane things.
    pub inventory: Vec<Arc<ItemEntry>>,
    /// Coins.
    pub currency: Currency,
    /// Magic items.
    pub magical_items: Vec<Arc<MagicItemEntry>>,
    /// What can be carried, in pounds.
    pub carrying_capacity: i32,
    /// What is carried, in pounds, coins included.
    #[specta(type = WireNumber)]
    pub current_load: f64,
    /// How many items the character is attuned to; three are allowed.
    pub attuned_count: i32,
    /// All coins in copper pieces, as far as a number of this size holds them.
    pub wealth_cp: i32,
}

/// One mundane thing, or several alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ItemEntry {
    /// Where it is found: `/equipment/inventory/<id>`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// What sort of thing.
    pub kind: ItemKind,
    /// How many.
    pub quantity: i32,
    /// Weight of one in pounds.
    #[specta(type = WireNumber)]
    pub weight_lb: f64,
    /// Weight of all of them in pounds, without what lies in them.
    #[specta(type = WireNumber)]
    pub total_weight_lb: f64,
    /// Price of one in copper pieces.
    pub cost_cp: i32,
    /// Whether it is worn or held.
    pub equipped: bool,
    /// Whether the character is attuned to it.
    pub attuned: bool,
    /// The id of what it lies in.
    pub container: Option<String>,
    /// What it can hold in pounds.
    #[specta(type = Option<WireNumber>)]
    pub capacity_lb: Option<f64>,
    /// What lies in it, in pounds.
    #[specta(type = WireNumber)]
    pub contents_lb: f64,
    /// What it gives when worn.
    pub armor: Option<Armor>,
    /// Anything else about it.
    pub notes: String,
}

/// Charges and what is left of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChargesLeft {
    /// How many it holds.
    pub max: i32,
    /// How many are left.
    pub current: i32,
    /// How they come back.
    pub recharge: String,
}

/// One magic item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MagicItemEntry {
    /// Where it is found: `/equipment/magical_items/<id>`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// What sort of thing, in words.
    pub kind: String,
    /// How rare.
    pub rarity: Rarity,
    /// Whether it works only when attuned.
    pub requires_attunement: bool,
    /// Whether the character is attuned to it.
    pub attuned: bool,
    /// Whether it is worn or held.
    pub equipped: bool,
    /// Whether its bonuses count now.
    pub working: bool,
    /// Charges; none without any.
    pub charges: Option<ChargesLeft>,
    /// What it adds to numbers while it works.
    pub bonuses: Bonuses,
    /// What it gives when worn.
    pub armor: Option<Armor>,
    /// How many.
    pub quantity: i32,
    /// Weight of one in pounds.
    #[specta(type = WireNumber)]
    pub weight_lb: f64,
    /// Weight of all of them in pounds, without what lies in them.
    #[specta(type = WireNumber)]
    pub total_weight_lb: f64,
    /// Price of one in copper pieces.
    pub cost_cp: i32,
    /// The id of what it lies in.
    pub container: Option<String>,
    /// What it can hold in pounds.
    #[specta(type = Option<WireNumber>)]
    pub capacity_lb: Option<f64>,
    /// What lies in it, in pounds.
    #[specta(type = WireNumber)]
    pub contents_lb: f64,
    /// Whether what lies in it weighs nothing outside.
    pub weightless_contents: bool,
    /// What it does.
    pub description: String,
}
