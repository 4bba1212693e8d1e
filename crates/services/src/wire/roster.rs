//! The roster as it crosses: rows, pages, facets, what is asked of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one character in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct CharacterRow {
    /// The document.
    pub id: String,
    /// The unique name, lower case.
    pub handle: String,
    /// The name as shown.
    pub display_name: String,
    /// Player character, NPC or monster.
    pub kind: sheet::Kind,
    /// Who plays it; may be empty.
    pub owner: String,
    /// The species; may be empty.
    pub species: String,
    /// The classes in words, as "Ranger 4, Cleric 2"; may be empty.
    pub class_line: String,
    /// The names of its classes.
    pub classes: Vec<String>,
    /// The total level, 0 where no level was taken.
    pub level: u32,
    /// Whether it is in play; archived ones are not.
    pub active: bool,
    /// The picture's content hash, if it has one.
    pub avatar: Option<String>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
    /// How many versions its main line has.
    pub version_number: u32,
}

/// Says which archived characters a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Archived {
    /// Only those in play.
    #[default]
    Without,
    /// Only the archived.
    Only,
    /// All.
    With,
}

/// Says how a list is ordered; what is equal is ordered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// By name as shown.
    #[default]
    Name,
    /// By total level.
    Level,
    /// By class line.
    Class,
    /// By owner.
    Owner,
    /// By time of the last change.
    Updated,
    /// By time of making.
    Created,
}

/// Asks for a page of the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ListQuery {
    /// Words that name, handle, species, class or owner contain, each of them; empty for all.
    pub text: String,
    /// Only these kinds; empty for all.
    pub kinds: Vec<sheet::Kind>,
    /// Only with one of these classes; empty for all.
    pub classes: Vec<String>,
    /// Only of these owners; empty for all.
    pub owners: Vec<String>,
    /// Whether archived ones show.
    pub archived: Archived,
    /// The order.
    pub sort: SortBy,
    /// Whether the order is turned round.
    pub descending: bool,
    /// How many to skip.
    pub offset: u32,
    /// How many at the most, 1 to 500; 0 for 100.
    pub limit: u32,
}

/// Counts how many characters a filter would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Facet {
    /// The class, owner or kind.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// Holds one page of the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RosterPage {
    /// The rows.
    pub rows: Vec<CharacterRow>,
    /// How many the query found in all.
    pub total: u32,
    /// How many characters the library holds, archived ones included.
    pub library_total: u32,
    /// The kinds in the library, with counts.
    pub kinds: Vec<Facet>,
    /// The classes in the library, with counts.
    pub classes: Vec<Facet>,
    /// The owners in the library, with counts.
    pub owners: Vec<Facet>,
}

/// Asks for a new character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewCharacter {
    /// The name as shown, 1 to 120 characters.
    pub display_name: String,
    /// The unique name; made from the name where absent.
    pub handle: Option<String>,
    /// Player character, NPC or monster.
    pub kind: sheet::Kind,
    /// Who plays it; may be empty.
    pub owner: String,
    /// Whether it is built under the rules of the SRD; otherwise it is written by hand.
    #[serde(default)]
    pub built: bool,
}

/// Changes the record around a sheet; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct RecordPatch {
    /// The name as shown.
    pub display_name: Option<String>,
    /// The unique name.
    pub handle: Option<String>,
    /// Player character, NPC or monster.
    pub kind: Option<sheet::Kind>,
    /// Who plays it.
    pub owner: Option<String>,
}
