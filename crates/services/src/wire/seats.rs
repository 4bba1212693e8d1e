//! What crosses about who sits at this computer, and about what the table leaves to whom.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What somebody may do at the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plays characters.
    #[default]
    Player,
    /// Runs the game: reviews, and sees what is secret.
    Dm,
}

/// Shows who may sit here, and how the table works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TableView {
    /// Who sits here now; `None` while nobody made seats, and everybody may do everything.
    pub seated: Option<String>,
    /// The name that changes are signed with.
    pub author: String,
    /// The role of whoever sits here; without seats the DM's.
    pub role: Role,
    /// The seats by name.
    pub seats: Vec<Seat>,
    /// How changes come to `main`.
    pub rules: TableRules,
}

/// Shows one seat: a local profile. A convenience on one machine, no protection against its owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Seat {
    /// Its id.
    pub id: String,
    /// Who, as the table knows them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How many characters they own, by the characters' `owner`.
    pub characters: u32,
}

/// How changes come to `main`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct TableRules {
    /// Whether players' changes of what is the DM's need a change request.
    pub review: bool,
    /// Who owns what; the first that fits holds, and what none fits is the player's.
    pub owners: Vec<OwnerRule>,
    /// Changes that need no verdict.
    pub auto: Vec<AutoRule>,
}

/// Who decides about cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CellOwner {
    /// The player alone.
    #[default]
    Player,
    /// The DM: a player's change waits for a verdict.
    Dm,
    /// Nobody in particular: what happens at the table, like hit points and rests.
    Free,
}

/// Says who owns the cells of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OwnerRule {
    /// What people call these cells.
    pub name: String,
    /// A path with `*` for any segment and `**` at the end for all below: `/equipment/magical_items/**`.
    pub pattern: String,
    /// Who decides.
    pub owner: CellOwner,
}

/// Says which changes are accepted by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AutoRule {
    /// What people call it: `Purchases up to 50 gp`.
    pub name: String,
    /// The cells, as in [`OwnerRule::pattern`].
    pub pattern: String,
    /// For numbers: the most a change may add or take; any change where absent.
    pub most: Option<u32>,
    /// Whether it is in force.
    pub active: bool,
}
