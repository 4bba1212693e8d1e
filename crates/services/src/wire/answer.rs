//! How a sheet crosses to a window that has an earlier one: with only what differs from that.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::SheetView;

/// A sheet as it crosses: whole, or as what changed since one that the window has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum SheetAnswer {
    /// What changed; the window has the rest.
    Changed(SheetChange),
    /// All of it.
    Whole(Box<WholeSheet>),
}

/// A whole sheet that the next answers may refer to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WholeSheet {
    /// Names this very answer.
    pub edition: String,
    /// The sheet.
    #[serde(flatten)]
    pub view: SheetView,
}

/// What changed since a sheet that was answered before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SheetChange {
    /// Names the answer that this one is, once the change is made.
    pub edition: String,
    /// The answer that the change is to be made on.
    pub since: String,
    /// What is different; nothing where the two are the same.
    pub change: Option<Change>,
}

/// Tells how one JSON value became another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Change {
    /// Another value stands there.
    Value {
        /// It.
        #[specta(type = specta_typescript::Unknown)]
        value: Value,
    },
    /// Some members of an object are different; the others stay.
    Members {
        /// The members that are new or different, by name.
        changed: BTreeMap<String, Change>,
        /// The names of those that are gone.
        gone: Vec<String>,
    },
    /// A list has other entries: these, in this order.
    Entries {
        /// What the list is made of now.
        entries: Vec<EntryChange>,
    },
}

/// Tells where entries of a list come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EntryChange {
    /// Some that stood side by side before, as they were.
    Kept {
        /// The place of the first in the list before.
        from: u32,
        /// How many.
        count: u32,
    },
    /// One that stood in the list before, changed.
    Changed {
        /// Its place in the list before.
        at: u32,
        /// How.
        change: Change,
    },
    /// One that is new.
    New {
        /// It.
        #[specta(type = specta_typescript::Unknown)]
        value: Value,
    },
}
