//! What every document says of itself, whatever it is: its kind, its name, whether it is in use.

use std::collections::BTreeMap;

use history::{CellPath, Tree};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a document is that is no character. Written to the index by position: new ones come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A pack of rules content.
    Pack,
    /// What belongs to a character beside its sheet: its branches and milestones.
    Book,
    /// A change request.
    Request,
    /// Who sits at the table, and what the table leaves to whom.
    Table,
}

impl DocumentKind {
    /// Gives the name by which a record says its kind.
    pub fn key(self) -> &'static str {
        match self {
            DocumentKind::Pack => "pack",
            DocumentKind::Book => "book",
            DocumentKind::Request => "request",
            DocumentKind::Table => "table",
        }
    }
}

/// The row of a document that is no character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// What it is.
    pub kind: DocumentKind,
    /// Its unique name among documents of its kind, lower case.
    pub handle: String,
    /// Its name as shown.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
}

impl Title {
    /// Reads the row from a version's tree; none for what is a character, or nothing this version knows.
    pub fn of_tree(tree: &Tree) -> Option<Title> {
        let kind = tree.get(&CellPath::from_segments(["record", "kind"]))?;
        let kind = read(kind)?;
        let record: Record = read(tree.get(&CellPath::from_segments(["record"]))?)?;
        Some(Title {
            kind,
            handle: record.handle,
            name: record.display_name,
            active: record.active,
        })
    }
}

/// What every document has: kind, handle, name, whether it is in use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The [`DocumentKind`] by its name.
    pub kind: String,
    /// Its unique name, lower case.
    pub handle: String,
    /// Its name as shown.
    pub display_name: String,
    /// Whether it is in use.
    pub active: bool,
}

impl Record {
    /// Makes the record of a new document.
    pub fn new(kind: DocumentKind, handle: &str, name: &str) -> Record {
        Record {
            kind: kind.key().to_owned(),
            handle: handle.to_owned(),
            display_name: name.to_owned(),
            active: true,
        }
    }
}

/// Reads the entries of a keyed collection, leaving out those of the wrong type.
pub(crate) fn entries<T: DeserializeOwned>(value: Option<Value>) -> BTreeMap<String, T> {
    let Some(Value::Object(map)) = value else {
        return BTreeMap::new();
    };
    map.into_iter()
        .filter_map(|(id, value)| Some((id, read(value)?)))
        .collect()
}

/// Reads a value; nothing where it is of the wrong type.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_by_its_record() {
        for kind in [
            DocumentKind::Pack,
            DocumentKind::Book,
            DocumentKind::Request,
            DocumentKind::Table,
        ] {
            let record = Record::new(kind, "x", "X");
            let tree = Tree::from_value(serde_json::json!({ "record": record })).unwrap();
            let title = Title::of_tree(&tree).unwrap();
            assert_eq!((title.kind, title.active), (kind, true));
        }
    }
}
