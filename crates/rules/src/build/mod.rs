//! Building characters: levels up and down, open choices filled, starting equipment, a whole character at once.
//!
//! Everything here gives cells to write, so that each step is one change in the history and can be taken back; nothing
//! is decided that the player could not change afterwards.

mod add;
mod auto;
mod creature;
mod items;
mod levels;
mod start;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheet::Source;
use specta::Type;

pub use add::{Added, add, price};
pub use auto::{Recipe, fill, quick};
pub use creature::creature;
pub use items::{Thing, equipment, inventory_item, magic_item, thing};
pub use levels::{level_down, level_up};
pub use start::{Offer, start_offers, start_with};

/// One cell to write, or to take away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Write {
    /// Puts a value, or the object of a whole thing, into a cell.
    Set {
        /// Where: the path of the cell.
        cell: String,
        /// Any JSON.
        #[specta(type = specta_typescript::Unknown)]
        value: Value,
    },
    /// Takes a cell away.
    Remove {
        /// Where: the path of the cell.
        cell: String,
    },
}

impl Write {
    /// Makes the write that puts a value into a cell.
    pub fn set(cell: impl Into<String>, value: impl Into<Value>) -> Write {
        Write::Set {
            cell: cell.into(),
            value: value.into(),
        }
    }

    /// Names the cell.
    pub fn cell(&self) -> &str {
        match self {
            Write::Set { cell, .. } | Write::Remove { cell } => cell,
        }
    }
}

/// Says why something cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotBuild {
    /// What is in the way.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Carries out writes on a document; objects on the way are made.
pub fn carry_out(document: &mut Value, writes: &[Write]) {
    for write in writes {
        let (cell, value) = match write {
            Write::Set { cell, value } => (cell, Some(value)),
            Write::Remove { cell } => (cell, None),
        };
        let mut at = &mut *document;
        let mut parts = cell.split('/').skip(1).peekable();
        while let Some(part) = parts.next() {
            let name = part.replace("~1", "/").replace("~0", "~");
            if !at.is_object() {
                *at = json!({});
            }
            let Value::Object(map) = at else { break };
            if parts.peek().is_none() {
                match value {
                    Some(value) => {
                        map.insert(name, value.clone());
                    }
                    None => {
                        map.remove(&name);
                    }
                }
                break;
            }
            at = map.entry(name).or_insert_with(|| json!({}));
        }
    }
}

/// Reads a document that was just written here; what the types refuse is no character and builds nothing.
fn read(document: &Value) -> Result<Source, CannotBuild> {
    Source::from_value(document).map_err(|error| CannotBuild {
        message: format!("`{}`: {}", error.cell, error.message),
        hint: error.hint,
    })
}
