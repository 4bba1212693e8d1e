//! What crosses when packs of one's own are written, checked and taken over by characters.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sheet::Finding;
use specta::Type;

use super::{ChangeLine, CompendiumEntry};

/// Shows one pack of the library in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PackRow {
    /// The document.
    pub id: String,
    /// The pack's own id, lower case, by which characters name it: `house-rules`.
    pub pack: String,
    /// Its name.
    pub name: String,
    /// Its version, as its makers count; may be empty.
    pub version: String,
    /// How many things of each kind it holds.
    pub things: BTreeMap<String, u32>,
    /// How many things are wrong with it.
    pub problems: u32,
    /// How many characters are built on it.
    pub characters: u32,
    /// Whether it is in use; archived ones are offered nowhere, and what is built on them stays.
    pub active: bool,
    /// The newest version of the document.
    pub commit: String,
    /// How many versions the document has.
    pub version_number: u32,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
}

/// Shows a pack whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PackView {
    /// Its row, as of the newest version.
    pub row: PackRow,
    /// The version that is shown.
    pub commit: String,
    /// Whether that is the newest.
    pub newest: bool,
    /// Whether it can be written: the newest version, in a library that can be written.
    pub editable: bool,
    /// What it says of itself.
    pub head: PackHead,
    /// Its things, by kind, then by name.
    pub things: Vec<PackThing>,
    /// What is wrong with it.
    pub problems: Vec<PackProblem>,
    /// Its latest versions, newest first, 200 at most.
    pub versions: Vec<PackVersion>,
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct PackHead {
    /// Its name, 1 to 120 characters.
    pub name: String,
    /// Its version, as its makers count; may be empty.
    pub version: String,
    /// The licence of its content; may be empty.
    pub license: String,
    /// Whom to thank; may be empty.
    pub attribution: String,
}

/// One thing of a pack as its author writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackThing {
    /// Its id in the pack; stays when it is renamed.
    pub id: String,
    /// Its kind, as the tables of the format are called: `spell`, `magic_item`.
    pub kind: String,
    /// Its name; empty where the text cannot be read.
    pub name: String,
    /// Its text: TOML with one table of its kind, `[[spell]]`.
    pub text: String,
    /// The pack whose thing of the same kind and name it replaces, by name.
    pub replaces: Option<String>,
    /// How many things are wrong with it.
    pub problems: u32,
}

/// Says what is wrong with a pack, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackProblem {
    /// The thing of the pack, by its id there; none where the pack as a whole is meant.
    pub thing: Option<String>,
    /// The line of the thing's text, from 1, where that is known.
    pub line: Option<u32>,
    /// The place in words: `line 4, [[spell.damage]] dice`, or `spell Fireball`.
    pub place: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// One version of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackVersion {
    /// The version.
    pub commit: String,
    /// Its number, from 1.
    pub number: u32,
    /// When it was made.
    pub time: DateTime<Utc>,
    /// Who made it.
    pub author: String,
    /// What it changed, in words.
    pub message: String,
}

/// Asks for a change of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackEdit {
    /// The document.
    pub id: String,
    /// The version that was shown when the change was made.
    pub base: String,
    /// What to change: all of it or none.
    pub changes: Vec<PackChange>,
}

/// One change of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum PackChange {
    /// Writes what the pack says of itself.
    Head {
        /// All of it.
        head: PackHead,
    },
    /// Writes a thing; a text with several tables becomes as many things, the first keeping the id.
    Put {
        /// The thing; none makes a new one.
        thing: Option<String>,
        /// Its text, at most 64 KB. Text that cannot be read is kept, and told of.
        text: String,
    },
    /// Takes a thing away.
    Remove {
        /// The thing.
        thing: String,
    },
}

/// What a change of a pack became.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PackSaved {
    /// The pack afterwards.
    pub view: PackView,
    /// The things that were written, by id, in the order of the changes.
    pub written: Vec<String>,
}

/// A text checked as it would stand in its pack, nothing written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PackChecked {
    /// What is wrong with it; `thing` is none.
    pub problems: Vec<PackProblem>,
    /// What it would look like in the compendium; empty where it cannot be read.
    pub entries: Vec<CompendiumEntry>,
}

/// One file of a pack as it comes from a disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackText {
    /// Its name, told with what is wrong.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// Tells how two versions of a pack differ in one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackDifference {
    /// The kind of the thing.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What happened to it.
    pub fate: PackFate,
    /// The fields that changed, with their values in words; of changed things only.
    pub fields: Vec<FieldChange>,
}

/// What happened to a thing between two versions of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PackFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FieldChange {
    /// The field: `damage 1 dice`.
    pub field: String,
    /// What it said; empty where it said nothing.
    pub before: String,
    /// What it says; empty where it says nothing.
    pub after: String,
}

/// Tells how a character stands to a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CharacterPack {
    /// The pack's own id.
    pub pack: String,
    /// Its document, where the library has it; the rules of the SRD are no document.
    pub id: Option<String>,
    /// Its name; its id where the library does not have it.
    pub name: String,
    /// The version the character is built on, in words: `5.2.1`, `version 4, of 3 March`; none where it is not built on it.
    pub version: Option<String>,
    /// How it stands.
    pub state: PackState,
}

/// How a character stands to a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PackState {
    /// It is built on the newest version.
    Current,
    /// There is a newer version, which can be reviewed and taken over.
    Newer,
    /// The pack was archived; the character keeps what it had of it.
    Archived,
    /// The library does not have the pack, or not that version.
    Missing,
    /// The character is not built on it, and could be.
    Available,
}

/// Shows what it would mean for a character to be built on the newest version of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PackReview {
    /// How the character stands to the pack.
    pub pack: CharacterPack,
    /// The version that would be taken over.
    pub commit: String,
    /// What differs between the pack as it was built on and the newest version.
    pub differences: Vec<PackDifference>,
    /// What would change on the sheet: numbers before and after.
    pub changes: Vec<ChangeLine>,
    /// What the rules would find that they do not find now.
    pub findings: Vec<Finding>,
}
