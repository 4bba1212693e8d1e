//! The source: what a person writes about a character, and nothing that can be computed.
//!
//! The document is a tree of named cells; each top-level key is a section. Every cell may be missing: what is
//! missing has its default, so a half-built character is normal input. A cell that the types do not know is refused
//! with its path, except under the free section `extra`. What is read is whole: every cell stands in what crosses to the
//! interface, which is why the exported types skip serde's `default`.

mod actions;
mod after;
mod build;
mod character;
mod combat;
mod equipment;
mod record;
mod spellcasting;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::WireNumber;
pub use actions::{Actions, Activation, Feature, Recovery, Trait, Uses, WeaponAttack};
pub use build::{Build, ChangeOn, ScoreMethod};
pub use character::{
    Abilities, AbilityIncrease, AbilityScores, Appearance, Creature, Identity, Level, Personality,
    Proficiencies, Training, TrainingKind,
};
pub use combat::{ArmorFormula, Combat, DeathSaves, Defenses, Senses, Speeds};
pub use equipment::{
    Armor, ArmorCategory, Bonuses, Charges, Currency, Equipment, Item, ItemKind, MagicItem, Rarity,
};
pub use record::{CharacterRecord, Kind, Persona, Voice};
pub use spellcasting::{Caster, PactMagic, SlotCount, Spell, Spellcasting};

use crate::CellError;
use crate::keyed::{Keyed, ranked};

/// What the `format` cell of a character says.
pub const FORMAT: &str = "forkbeard.character/1";

/// Holds everything a person wrote about one character; see the crate's front page for the sections.
///
/// The larger sections are shared between versions that agree on them; see [`Source::after`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Source {
    /// What kind of document this is and in which shape; [`FORMAT`].
    pub format: String,
    /// The record around the sheet: handle, kind, owner, persona.
    pub record: Arc<CharacterRecord>,
    /// Who the character is.
    pub identity: Arc<Identity>,
    /// What kind of creature it is: size, type, challenge rating, hit dice beyond those of its levels.
    pub creature: Creature,
    /// What was chosen under the rules of packs; empty for a sheet written by hand.
    pub build: Build,
    /// The levels in the order they were taken.
    pub levels: Keyed<Level>,
    /// Ability scores as bought or rolled, and what was added since.
    pub abilities: Abilities,
    /// Saving throws, skills, other training, languages.
    pub proficiencies: Arc<Proficiencies>,
    /// Play state and what acts on defence and movement.
    pub combat: Combat,
    /// Weapon attacks, features, traits.
    pub actions: Arc<Actions>,
    /// Inventory, coins, magic items.
    pub equipment: Arc<Equipment>,
    /// Casting classes, slots, spells.
    pub spellcasting: Arc<Spellcasting>,
    /// What afflicts or blesses the character now.
    pub conditions: Keyed<ConditionRecord>,
    /// Amounts added to derived numbers by hand, each with its reason.
    pub adjustments: Keyed<Adjustment>,
    /// Derived numbers set by hand; the key is the derived cell's path.
    pub overrides: BTreeMap<String, Override>,
    /// Free notes in Markdown.
    pub notes: String,
    /// What happened at the table and brought something: awards, rests. Nothing is computed from it; a merge knows by it what two
    /// laptops entered twice.
    #[specta(skip)]
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub events: Keyed<TableEvent>,
    /// What the rules object to and somebody allowed all the same, by [`crate::Finding::key`].
    #[specta(skip)]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub allowances: BTreeMap<String, AllowanceRecord>,
    /// Conflicts of merges that wait to be decided, each beside the cell it is about: see [`history::conflicts`]. Kept and never read.
    #[specta(skip)]
    #[serde(skip_serializing_if = "no_cells")]
    pub conflicts: Arc<serde_json::Map<String, serde_json::Value>>,
    /// Cells of a house's own, kept and never read.
    #[specta(skip)]
    pub extra: Arc<serde_json::Map<String, serde_json::Value>>,
}

fn no_cells(map: &Arc<serde_json::Map<String, serde_json::Value>>) -> bool {
    map.is_empty()
}

impl Default for Source {
    fn default() -> Self {
        Source {
            format: FORMAT.to_owned(),
            record: Arc::default(),
            identity: Arc::default(),
            creature: Creature::default(),
            build: Build::default(),
            levels: Keyed::default(),
            abilities: Abilities::default(),
            proficiencies: Arc::default(),
            combat: Combat::default(),
            actions: Arc::default(),
            equipment: Arc::default(),
            spellcasting: Arc::default(),
            conditions: Keyed::default(),
            adjustments: Keyed::default(),
            overrides: BTreeMap::new(),
            notes: String::new(),
            events: Keyed::default(),
            allowances: BTreeMap::new(),
            conflicts: Arc::default(),
            extra: Arc::default(),
        }
    }
}

/// Something that happened at the table and brought something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TableEvent {
    /// Place among its siblings.
    pub rank: String,
    /// What kind of event: `award`, `long_rest`, `short_rest` or `other`.
    pub kind: String,
    /// What it was, in words.
    pub name: String,
    /// The session it happened in, as the table counts them.
    pub session: String,
    /// What it brought to which tallies, by the path of the cell; in the tallies already.
    pub counted: BTreeMap<String, i64>,
}

/// Says that somebody allowed what the rules object to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AllowanceRecord {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub time: String,
}

/// Something that lasts on a character: a condition, a spell's effect, a curse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct ConditionRecord {
    /// Place among its siblings.
    pub rank: String,
    /// The condition's name, such as `Poisoned`.
    pub name: String,
    /// What brought it about.
    pub source: String,
    /// How long it lasts, in words.
    pub duration: String,
    /// Its level, where it has levels; 0 to 20.
    pub level: Option<i32>,
    /// Anything else about it.
    pub notes: String,
}

/// An amount added by hand to one derived number, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Adjustment {
    /// Place among its siblings.
    pub rank: String,
    /// The derived cell it acts on, such as `/combat/initiative`.
    pub cell: String,
    /// What is added, -1,000 to 1,000.
    pub amount: i32,
    /// Where it comes from; shown as the term's label.
    pub source: String,
    /// Whether it counts now.
    pub active: bool,
}

impl Default for Adjustment {
    fn default() -> Self {
        Adjustment {
            rank: String::new(),
            cell: String::new(),
            amount: 0,
            source: String::new(),
            active: true,
        }
    }
}

/// A derived number set by hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Override {
    /// The number that stands instead of the computed one, -1,000,000 to 1,000,000.
    #[specta(type = WireNumber)]
    pub value: f64,
    /// Why.
    pub note: String,
}

ranked!(ConditionRecord, Adjustment, TableEvent);

impl Source {
    /// Reads the typed source from a document.
    ///
    /// # Errors
    /// A cell of the wrong type, or one that the types do not know; the error names it. Ranges are not held against
    /// what is stored, so that a document written under looser limits still opens: see [`crate::check_cell`].
    pub fn from_tree(tree: &history::Tree) -> Result<Source, CellError> {
        tree.with_json(Source::from_json)
    }

    /// Reads the typed source from JSON bytes.
    ///
    /// # Errors
    /// See [`Source::from_tree`]; also bytes that are not JSON.
    pub fn from_json(bytes: &[u8]) -> Result<Source, CellError> {
        // Checked as UTF-8 once and whole, which is cheaper than text by text.
        let decoded = match std::str::from_utf8(bytes) {
            Ok(text) => serde_json::from_str::<Source>(text),
            Err(_) => serde_json::from_slice::<Source>(bytes),
        };
        match decoded {
            Ok(source) => source.known_format(),
            // Decoded a second time, because following the path costs time that the common case need not pay.
            Err(_) => Err(crate::error::decode_error::<Source>(bytes)),
        }
    }

    /// Reads the typed source from a JSON value.
    ///
    /// # Errors
    /// See [`Source::from_tree`].
    pub fn from_value(value: &serde_json::Value) -> Result<Source, CellError> {
        match Source::deserialize(value) {
            Ok(source) => source.known_format(),
            Err(_) => Err(crate::error::decode_error::<Source>(
                value.to_string().as_bytes(),
            )),
        }
    }

    fn known_format(self) -> Result<Source, CellError> {
        if self.format == FORMAT {
            return Ok(self);
        }
        Err(CellError {
            cell: "/format".to_owned(),
            message: format!(
                "this document says it is `{}`",
                crate::error::shorten(&self.format)
            ),
            hint: format!(
                "This Forkbeard reads `{FORMAT}`. A newer Forkbeard may have written it: update, or \
                 export it from there again."
            ),
        })
    }
}
