//! The document of a rules pack: what it says of itself, and its things as their author writes them.
//!
//! ```text
//! record/{kind: "pack", handle, display_name, active}    the handle is the id by which characters name the pack
//! pack/{version, license, attribution}
//! things/<id>/{kind, text}                               TOML with one table of the kind
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

use history::{CellPath, Policies, Policy, Tree};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{DocumentKind, Record};

/// A pack as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackSource {
    /// What every document has.
    pub record: Record,
    /// What it says of itself.
    pub pack: PackSays,
    /// Its things by id.
    pub things: BTreeMap<String, ThingText>,
}

/// What a pack says of itself beside its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackSays {
    /// Its version, as its makers count.
    pub version: String,
    /// The licence of its content.
    pub license: String,
    /// Whom to thank.
    pub attribution: String,
}

/// One thing as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThingText {
    /// Its kind, as its table is called; empty where the text shows none.
    pub kind: String,
    /// TOML, or what is going to be.
    pub text: String,
}

impl PackSource {
    /// Makes the document of an empty pack.
    pub fn new(handle: &str, name: &str) -> PackSource {
        PackSource {
            record: Record::new(DocumentKind::Pack, handle, name),
            ..PackSource::default()
        }
    }

    /// Reads a version of a pack; cells of the wrong type are left out, so that whatever can be shown is shown.
    pub fn of_tree(tree: &Tree) -> PackSource {
        let section = |name: &str| {
            tree.get(&CellPath::from_segments([name]))
                .unwrap_or_else(|| json!({}))
        };
        let things = match section("things") {
            Value::Object(things) => things,
            _ => serde_json::Map::new(),
        };
        PackSource {
            record: serde_json::from_value(section("record")).unwrap_or_default(),
            pack: serde_json::from_value(section("pack")).unwrap_or_default(),
            things: things
                .into_iter()
                .filter_map(|(id, thing)| Some((id, serde_json::from_value(thing).ok()?)))
                .collect(),
        }
    }
}

/// Declares how two changes of a pack become one: things by id, their texts by paragraphs and words.
pub fn pack_policies() -> &'static Policies {
    static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
        Policies::new([
            ("/things", Policy::Keyed),
            ("/things/*/text", Policy::Prose),
        ])
    });
    &POLICIES
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use history::Tree;
    use serde_json::json;

    use super::{PackSource, ThingText};
    use crate::{DocumentKind, Title};

    #[test]
    fn a_pack_is_read_as_it_was_written() {
        let mut pack = PackSource::new("house", "House rules");
        let moth = ThingText {
            kind: "species".to_owned(),
            text: "[[species]]\n".to_owned(),
        };
        pack.things.insert("a".to_owned(), moth);
        let tree = Tree::from_value(serde_json::to_value(&pack).unwrap()).unwrap();
        assert_eq!(PackSource::of_tree(&tree), pack);
        let title = Title::of_tree(&tree).unwrap();
        assert_eq!((title.kind, title.active), (DocumentKind::Pack, true));
        assert_eq!(
            (title.handle.as_str(), title.name.as_str()),
            ("house", "House rules")
        );
    }

    #[test]
    fn what_is_no_pack_has_no_title_and_what_is_broken_is_still_read() {
        let character = Tree::from_value(crate::new_character(
            crate::Kind::Character,
            "Brann",
            "brann",
            "",
        ))
        .unwrap();
        assert_eq!(Title::of_tree(&character), None);
        let broken = Tree::from_value(json!({
            "record": { "kind": "pack", "handle": "x", "display_name": "X", "active": true },
            "pack": 7,
            "things": { "a": { "text": 4 }, "b": { "kind": "feat", "text": "t" } },
        }))
        .unwrap();
        let read = PackSource::of_tree(&broken);
        assert_eq!(read.things.keys().collect::<Vec<_>>(), ["b"]);
        assert_eq!(read.record.handle, "x");
    }
}
