//! What crosses when characters are built under rules and content is looked up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sheet::ChoiceState;
use specta::Type;

use super::{ChangeLine, Edited, Facet, SheetView};

/// Asks for a whole character, built at once; what is empty is taken from the quick build of its first class.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct QuickCharacter {
    /// The name as shown, 1 to 120 characters.
    pub display_name: String,
    /// Who plays it; may be empty.
    pub owner: String,
    /// The class of each level in the order they are taken, 1 to 20.
    pub levels: Vec<String>,
    /// Species; may be empty.
    pub species: String,
    /// Background; may be empty.
    pub background: String,
}

/// How the hit points of a new level are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum HitPoints {
    /// The fixed number of the class.
    #[default]
    Fixed,
    /// Rolled here.
    Rolled,
    /// Rolled at the table.
    Given {
        /// What the die showed.
        value: i32,
    },
}

/// Asks for one more level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LevelUp {
    /// The document.
    pub id: String,
    /// The class of the level.
    pub class: String,
    /// How its hit points are found.
    pub hit_points: HitPoints,
}

/// Shows what a level would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LevelPreview {
    /// What the rules would make of it: numbers before and after.
    pub changes: Vec<ChangeLine>,
    /// What would be gained: names of features with their texts.
    pub gains: Vec<Gain>,
    /// What would have to be chosen.
    pub choices: Vec<ChoiceState>,
}

/// One feature that a level gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Gain {
    /// Its name.
    pub name: String,
    /// What gives it.
    pub source: String,
    /// What it does.
    pub text: String,
}

/// Asks for a thing of the content to be put on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AddThing {
    /// The document.
    pub id: String,
    /// The kind: `item`, `magic_item`, `spell` or `condition`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How many, of items.
    pub count: i32,
    /// The variant, of magic items: `+1`.
    pub variant: Option<String>,
    /// The mundane thing a magic item is made of: `Longsword`.
    pub base: Option<String>,
    /// The caster a spell belongs to.
    pub caster: Option<String>,
    /// Whether its price is paid.
    pub pay: bool,
}

/// Asks for starting equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StartWith {
    /// The document.
    pub id: String,
    /// What offers it: the name of the class or background.
    pub source: String,
    /// The letter of the option.
    pub option: String,
    /// What is taken where a category is left open, in their order.
    pub picks: Vec<String>,
}

/// One way to start that a class or background offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StartOffer {
    /// What offers it.
    pub source: String,
    /// Its letter.
    pub option: String,
    /// What it holds, in words.
    pub text: String,
    /// The categories that are left open, each with what may be taken.
    pub open: Vec<Vec<String>>,
    /// Whether it was taken.
    pub taken: bool,
}

/// Asks the compendium.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct CompendiumQuery {
    /// Words that name or text contain, each of them; empty for all.
    pub text: String,
    /// Only these kinds: `class`, `spell`, `creature`…; empty for all.
    pub kinds: Vec<String>,
    /// Only with all of these tags: `wizard`, `level 3`, `ritual`; empty for all.
    pub tags: Vec<String>,
    /// How many to skip.
    pub offset: u32,
    /// How many at the most, 1 to 500; 0 for 100.
    pub limit: u32,
}

/// One thing of the compendium as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CompendiumRow {
    /// The name of the pack it comes from; none for what the SRD has.
    pub pack: Option<String>,
    /// The kind.
    pub kind: String,
    /// Its id among its kind.
    pub id: String,
    /// Its name.
    pub name: String,
    /// In a few words what sort of thing it is: `level 3 evocation`.
    pub detail: String,
    /// What it does.
    pub text: String,
    /// What it can be filtered by.
    pub tags: Vec<String>,
}

/// Holds one page of the compendium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CompendiumPage {
    /// The rows, the best match first.
    pub rows: Vec<CompendiumRow>,
    /// How many the query found in all.
    pub total: u32,
    /// How many of each kind the words find.
    pub kinds: Vec<Facet>,
    /// The tags of what was found, with counts, the most common first; at most 60.
    pub tags: Vec<Facet>,
}

/// Shows one thing of the compendium whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CompendiumEntry {
    /// The thing as a list shows it.
    pub row: CompendiumRow,
    /// Its facts in order: what they are called, what they say.
    pub facts: Vec<Fact>,
    /// Its parts: features, traits, actions, each with its text.
    pub parts: Vec<Gain>,
    /// The thing as the pack writes it.
    #[specta(type = specta_typescript::Unknown)]
    pub raw: Value,
}

/// One fact of a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Fact {
    /// What it is called: `Range`.
    pub name: String,
    /// What it says: `150 ft`.
    pub value: String,
}

/// Tells what came of an action at the table, with the whole sheet.
pub type ActOutcome = Acted<SheetView>;

/// Tells what came of an action at the table; the sheet is whole, or as it crosses to a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Acted<V> {
    /// What happened, item by item, with its rolls and what the rules ask for next; its writes are done already.
    pub outcome: rules::play::Outcome,
    /// What became of the sheet; none where nothing was to be written.
    pub edit: Option<Edited<V>>,
}

impl<V> Acted<V> {
    /// Puts the sheet in another form.
    pub fn map<W>(self, form: impl FnOnce(V) -> W) -> Acted<W> {
        Acted {
            outcome: self.outcome,
            edit: self.edit.map(|edit| edit.map(form)),
        }
    }
}

/// Asks for a roll of dice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RollRequest {
    /// The notation: `2d6+3`.
    pub notation: String,
    /// What it is for, in a few words; may be empty.
    pub label: String,
    /// With advantage, disadvantage or neither.
    pub mode: rules::dice::Mode,
    /// Whether the dice are doubled.
    pub critical: bool,
}

/// One roll of the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RollLine {
    /// Its id.
    pub id: String,
    /// When.
    pub time: DateTime<Utc>,
    /// Who rolled: the character's name; empty for nobody's.
    pub who: String,
    /// What it was for.
    pub label: String,
    /// Every die of it.
    pub roll: rules::dice::Roll,
}
