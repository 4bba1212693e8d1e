//! The document of a table: who may sit at it, and how changes come to the characters' main lines.
//!
//! ```text
//! record/{kind: "table", handle, display_name, active}
//! seats/<id>/{name, role}
//! rules/{review}
//! rules/owners/<id>/{rank, name, pattern, owner}      absent: as the game has it
//! rules/auto/<id>/{rank, name, pattern, most, active}
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

use history::{CellPath, DocumentId, Policies, Policy, Tree};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::document::{Record, entries, read};

/// The one table of a library; the same on every computer, so that two of them have one and not two.
pub const TABLE: DocumentId =
    DocumentId(Uuid::from_u128(0x6b5c_2a7e_0d1f_8b9c_9a41_7e3d_f06b_1c52));

/// The most seats of a table.
pub const MAX_SEATS: usize = 40;
/// The most rules of either sort.
pub const MAX_RULES: usize = 100;

/// A table as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSource {
    /// What every document has.
    pub record: Record,
    /// Who may sit here, by id.
    pub seats: BTreeMap<String, SeatCells>,
    /// How changes come to main lines.
    pub rules: RuleCells,
}

/// One seat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeatCells {
    /// Who, as the table knows them.
    pub name: String,
    /// `player` or `dm`; anything else plays.
    pub role: String,
}

/// How changes come to main lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleCells {
    /// Whether players' changes of what is the DM's wait for a review.
    pub review: bool,
    /// Who owns what; none for as the game has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owners: Option<BTreeMap<String, OwnerCells>>,
    /// What is accepted by rule; none for as the game has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto: Option<BTreeMap<String, AutoCells>>,
}

/// Who owns the cells of a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnerCells {
    /// Its place among the others.
    pub rank: String,
    /// What people call these cells.
    pub name: String,
    /// Which cells: `/equipment/magical_items/**`.
    pub pattern: String,
    /// `player`, `dm` or `free`.
    pub owner: String,
}

/// What is accepted by rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AutoCells {
    /// Its place among the others.
    pub rank: String,
    /// What people call it.
    pub name: String,
    /// Which cells.
    pub pattern: String,
    /// For numbers, the most that a change may add or take.
    pub most: Option<u32>,
    /// Whether it is in force.
    pub active: bool,
}

impl TableSource {
    /// Makes the document of a table at which nobody has a seat yet.
    pub fn new() -> TableSource {
        TableSource {
            record: Record {
                kind: "table".to_owned(),
                handle: "table".to_owned(),
                display_name: "Table".to_owned(),
                active: true,
            },
            ..TableSource::default()
        }
    }

    /// Reads a version of a table; what is of the wrong type is left out, so that whatever can be used is.
    pub fn of_tree(tree: &Tree) -> TableSource {
        let cells = |path: &[&str]| tree.get(&CellPath::from_segments(path.iter().copied()));
        TableSource {
            record: cells(&["record"]).and_then(read).unwrap_or_default(),
            seats: entries(cells(&["seats"])),
            rules: RuleCells {
                review: cells(&["rules", "review"]) == Some(Value::Bool(true)),
                owners: cells(&["rules", "owners"]).map(|value| entries(Some(value))),
                auto: cells(&["rules", "auto"]).map(|value| entries(Some(value))),
            },
        }
    }
}

/// Declares how two changes of a table become one: seats and rules by id.
pub fn table_policies() -> &'static Policies {
    static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
        Policies::new([
            ("/seats", Policy::Keyed),
            ("/rules/owners", Policy::Keyed),
            ("/rules/owners/*/rank", Policy::Order),
            ("/rules/auto", Policy::Keyed),
            ("/rules/auto/*/rank", Policy::Order),
        ])
    });
    &POLICIES
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_of_the_wrong_type_takes_nothing_else_with_it() {
        let tree = Tree::from_value(json!({
            "record": {"kind": "table", "handle": "table"},
            "seats": {"a": {"name": "Maren", "role": "player"}, "b": 5, "c": {"name": ["x"]}},
            "rules": {"review": "yes", "owners": {"x": {"pattern": "/notes", "owner": "dm"}, "y": true}},
        }))
        .unwrap();
        let table = TableSource::of_tree(&tree);
        assert_eq!(table.seats.keys().collect::<Vec<_>>(), ["a"]);
        assert!(!table.rules.review);
        assert_eq!(table.rules.owners.unwrap().len(), 1);
        assert_eq!(table.rules.auto, None, "as the game has it");
    }

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        let mut table = TableSource::new();
        table.rules.review = true;
        let seat = SeatCells {
            name: "Ysolde".to_owned(),
            role: "dm".to_owned(),
        };
        table.seats.insert("s1".to_owned(), seat);
        let tree = Tree::from_value(serde_json::to_value(&table).unwrap()).unwrap();
        assert_eq!(TableSource::of_tree(&tree), table);
    }
}
