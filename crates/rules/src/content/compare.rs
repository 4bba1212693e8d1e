//! Two versions of a pack side by side: what was added, what went, what says something else, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{PackFile, key};

/// Tells how two versions of a pack differ in one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The kind of the thing, as its table is called.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What happened to it.
    pub fate: Fate,
    /// The fields that differ; of changed things only.
    pub fields: Vec<Field>,
}

/// What happened to a thing between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// One field that differs, its values in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The field: `damage 1 dice`, `Wings text`.
    pub field: String,
    /// What it said; empty where it said nothing.
    pub before: String,
    /// What it says; empty where it says nothing.
    pub after: String,
}

/// Compares two versions of a pack, thing by thing, by kind and name.
pub fn compare(before: &PackFile, after: &PackFile) -> Vec<Difference> {
    let index = |pack: &PackFile| -> BTreeMap<(&'static str, String), (String, Value)> {
        let things = pack.things().into_iter();
        things
            .map(|(kind, name, value)| ((kind, key(&name)), (name, value)))
            .collect()
    };
    let (before, after) = (index(before), index(after));
    let all: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    all.into_iter()
        .filter_map(|id| {
            let found = |name: &String, fate, fields| Difference {
                kind: id.0,
                name: name.clone(),
                fate,
                fields,
            };
            match (before.get(id), after.get(id)) {
                (None, Some((name, _))) => Some(found(name, Fate::Added, Vec::new())),
                (Some((name, _)), None) => Some(found(name, Fate::Removed, Vec::new())),
                (Some((_, was)), Some((name, is))) if was != is => {
                    Some(found(name, Fate::Changed, fields(was, is)))
                }
                _ => None,
            }
        })
        .collect()
}

fn fields(before: &Value, after: &Value) -> Vec<Field> {
    let flat = |value: &Value| {
        let mut all = BTreeMap::new();
        flatten(value, String::new(), &mut all);
        all
    };
    let (before, after) = (flat(before), flat(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| {
            let text = |all: &BTreeMap<String, String>| all.get(name).cloned().unwrap_or_default();
            let (before, after) = (text(&before), text(&after));
            (before != after).then(|| Field {
                field: name.clone(),
                before,
                after,
            })
        })
        .collect()
}

/// Lists the fields of a value with their words; what says nothing is left out.
fn flatten(value: &Value, name: String, all: &mut BTreeMap<String, String>) {
    let below = |part: &str| match name.as_str() {
        "" => part.to_owned(),
        name => format!("{name} {part}"),
    };
    match value {
        Value::Null => {}
        Value::Object(map) => {
            for (part, value) in map {
                flatten(value, below(&part.replace('_', " ")), all);
            }
        }
        Value::Array(list) if list.iter().any(|one| one.is_object() || one.is_array()) => {
            // By name where the entries have names of their own, so that one that is put between moves no other.
            let names: Vec<&str> = list
                .iter()
                .filter_map(|one| one.get("name").and_then(Value::as_str))
                .collect();
            let distinct = names.iter().collect::<BTreeSet<_>>().len();
            let named = names.len() == list.len() && distinct == names.len();
            for (at, one) in list.iter().enumerate() {
                let part = if named {
                    names[at].to_owned()
                } else {
                    (at + 1).to_string()
                };
                flatten(one, below(&part), all);
            }
        }
        Value::Array(list) => {
            let words: Vec<String> = list.iter().map(words).collect();
            if !words.is_empty() {
                all.insert(name, words.join(", "));
            }
        }
        other => {
            let words = words(other);
            if !words.is_empty() {
                all.insert(name, words);
            }
        }
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Fate, compare};
    use crate::content::{PackFile, read_pack};

    fn pack(text: &str) -> PackFile {
        read_pack([("a.toml", text)]).unwrap()
    }

    #[test]
    fn things_are_added_taken_away_and_changed_by_field() {
        let before = pack(
            "[[gear]]\nname = \"Rope\"\ncategory = \"gear\"\ntext = \"Long.\"\nweight_lb = 5\ncost_cp = 100\n\
             [[gear]]\nname = \"Lamp\"\ncategory = \"gear\"\ntext = \"Bright.\"\nweight_lb = 1\ncost_cp = 50\n",
        );
        let after = pack(
            "[[gear]]\nname = \"rope\"\ncategory = \"gear\"\ntext = \"Long.\"\nweight_lb = 4\ncost_cp = 100\n\
             [[language]]\nname = \"Mothic\"\ntext = \"Whispered.\"\n",
        );
        let found = compare(&before, &after);
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.kind, one.name.as_str(), one.fate))
            .collect();
        assert_eq!(
            told,
            [
                ("gear", "Lamp", Fate::Removed),
                ("gear", "rope", Fate::Changed),
                ("language", "Mothic", Fate::Added)
            ]
        );
        let fields: Vec<_> = found[1]
            .fields
            .iter()
            .map(|one| (one.field.as_str(), one.before.as_str(), one.after.as_str()))
            .collect();
        assert_eq!(
            fields,
            [("name", "Rope", "rope"), ("weight lb", "5.0", "4.0")]
        );
        assert_eq!(compare(&before, &before), []);
    }

    #[test]
    fn an_entry_put_between_moves_no_other() {
        let species = |traits: &str| {
            pack(&format!(
                "[[species]]\nname = \"Mothfolk\"\ntext = \"x\"\ncreature_type = \"Humanoid\"\nsizes = [\"medium\"]\nspeed = 30\ntraits = [{traits}]\n"
            ))
        };
        let found = compare(
            &species("{ name = \"Wings\", text = \"Fly.\" }"),
            &species(
                "{ name = \"Dust\", text = \"Itch.\" }, { name = \"Wings\", text = \"Fly.\" }",
            ),
        );
        assert!(
            found[0]
                .fields
                .iter()
                .all(|one| one.field.starts_with("traits Dust")),
            "{found:?}"
        );
    }
}
