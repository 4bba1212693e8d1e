//! The row of a character in lists: what is known about it without any rule.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specta::Type;

use crate::error::CellError;
use crate::source::{Kind, Source};

/// Holds one row of the library; small enough to keep ten thousand in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Summary {
    /// The unique name in the library.
    pub handle: String,
    /// The name shown: the record's, else the character's own.
    pub display_name: String,
    /// Player character, NPC or monster.
    pub kind: Kind,
    /// Who it belongs to.
    pub owner: String,
    /// Who plays it.
    pub player_name: String,
    /// Species.
    pub species: String,
    /// Creature type; mostly of monsters.
    pub creature_type: String,
    /// Classes in the order they were first taken: `Fighter 5, Wizard 2`; of a creature without levels `CR 1/4`.
    pub class_line: String,
    /// The classes by themselves.
    pub classes: Vec<String>,
    /// All levels together.
    pub level: u32,
    /// Challenge rating, where it has one.
    pub challenge_rating: Option<String>,
    /// Whether it is in use.
    pub active: bool,
    /// The content hash of its picture: the record's, else the portrait.
    pub avatar: Option<String>,
    /// The ids of the packs it is built on; none where it is written by hand.
    pub packs: Vec<String>,
}

/// The parts of a document that a row shows something of.
const PARTS: [&[&str]; 5] = [
    &["record"],
    &["identity"],
    &["levels"],
    &["creature"],
    &["build", "packs"],
];

fn parts() -> [history::CellPath; 5] {
    PARTS.map(|part| history::CellPath::from_segments(part.iter().copied()))
}

/// Names what a row is made of: versions of the same key have the same row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryKey([Option<history::Hash>; 5]);

impl SummaryKey {
    /// Gives the key of a version.
    pub fn of(tree: &history::Tree) -> SummaryKey {
        static PATHS: LazyLock<[history::CellPath; 5]> = LazyLock::new(parts);
        SummaryKey(PATHS.each_ref().map(|path| tree.hash_at(path)))
    }
}

impl Summary {
    /// Reads the row from a document, without decoding the rest of it.
    ///
    /// # Errors
    /// A cell of the row that holds a value of the wrong type.
    pub fn of(document: &Value) -> Result<Summary, CellError> {
        let kind = match text(document, "/record/kind")?.as_str() {
            "" | "character" => Kind::Character,
            "npc" => Kind::Npc,
            "monster" => Kind::Monster,
            other => {
                return Err(CellError {
                    cell: "/record/kind".to_owned(),
                    message: format!("`{}` is not a kind", crate::error::shorten(other)),
                    hint: "It holds one of: character, npc, monster.".to_owned(),
                });
            }
        };
        let active = match document.pointer("/record/active") {
            None => true,
            Some(Value::Bool(active)) => *active,
            Some(_) => return Err(wrong("/record/active", "true or false")),
        };
        let mut levels = Vec::new();
        match document.pointer("/levels") {
            None => {}
            Some(Value::Object(map)) => {
                for (id, level) in map {
                    let rank = level
                        .get("rank")
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    let class = level
                        .get("class")
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    levels.push((rank, id.as_str(), class));
                }
            }
            Some(_) => return Err(wrong("/levels", "an object of levels by their ids")),
        }
        levels.sort_unstable();
        let own = text(document, "/record/display_name")?;
        let row = Row {
            handle: text(document, "/record/handle")?,
            display_name: if own.is_empty() {
                text(document, "/identity/name")?
            } else {
                own
            },
            kind,
            owner: text(document, "/record/owner")?,
            player_name: text(document, "/identity/player_name")?,
            species: text(document, "/identity/species")?,
            creature_type: text(document, "/creature/type")?,
            challenge_rating: optional_text(document, "/creature/challenge_rating")?,
            active,
            avatar: match optional_text(document, "/record/avatar")? {
                None => optional_text(document, "/identity/appearance/portrait")?,
                some => some,
            },
            packs: match document.pointer("/build/packs") {
                Some(Value::Object(packs)) => packs.keys().cloned().collect(),
                _ => Vec::new(),
            },
        };
        Ok(row.with_levels(levels.iter().map(|(_, _, class)| *class)))
    }

    /// Reads the row from a version's tree, without a look at the sections it shows nothing of: those are most of a document.
    ///
    /// # Errors
    /// See [`Summary::of`].
    pub fn of_tree(tree: &history::Tree) -> Result<Summary, CellError> {
        let mut shown = serde_json::Map::new();
        for part in parts() {
            let Some(value) = tree.get(&part) else {
                continue;
            };
            match part.segments() {
                [section] => shown.insert(section.clone(), value),
                [section, cell] => shown.insert(section.clone(), json!({ cell: value })),
                _ => None,
            };
        }
        Summary::of(&Value::Object(shown))
    }

    /// Reads the row from a typed source.
    pub fn of_source(source: &Source) -> Summary {
        let record = &source.record;
        let own = &record.display_name;
        let row = Row {
            handle: record.handle.clone(),
            display_name: if own.is_empty() {
                source.identity.name.clone()
            } else {
                own.clone()
            },
            kind: record.kind,
            owner: record.owner.clone(),
            player_name: source.identity.player_name.clone(),
            species: source.identity.species.clone(),
            creature_type: source.creature.r#type.clone(),
            challenge_rating: source.creature.challenge_rating.clone(),
            active: record.active,
            avatar: record
                .avatar
                .clone()
                .or_else(|| source.identity.appearance.portrait.clone()),
            packs: source.build.packs.keys().cloned().collect(),
        };
        row.with_levels(
            source
                .levels
                .ordered()
                .iter()
                .map(|(_, level)| level.class.as_str()),
        )
    }
}

/// Counts levels by class, in the order in which the classes were first taken; levels without a class count as ``.
pub fn class_levels<'a>(classes: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, i32)> {
    let mut counted: Vec<(&str, i32)> = Vec::new();
    for class in classes {
        let class = class.trim();
        match counted.iter_mut().find(|(name, _)| *name == class) {
            Some((_, count)) => *count += 1,
            None => counted.push((class, 1)),
        }
    }
    counted
}

/// Writes counted levels as a line: `Fighter 5, Wizard 2`.
pub fn class_line(counted: &[(&str, i32)]) -> String {
    let mut parts = Vec::with_capacity(counted.len());
    for (class, count) in counted {
        let class = if class.is_empty() { "Level" } else { class };
        parts.push(format!("{class} {count}"));
    }
    parts.join(", ")
}

/// A row before its levels are counted.
struct Row {
    handle: String,
    display_name: String,
    kind: Kind,
    owner: String,
    player_name: String,
    species: String,
    creature_type: String,
    challenge_rating: Option<String>,
    active: bool,
    avatar: Option<String>,
    packs: Vec<String>,
}

impl Row {
    fn with_levels<'a>(self, classes: impl IntoIterator<Item = &'a str>) -> Summary {
        let counted = class_levels(classes);
        let level = counted.iter().map(|(_, count)| count.unsigned_abs()).sum();
        let class_line = match (&self.challenge_rating, level) {
            (Some(rating), 0) => format!("CR {rating}"),
            _ => class_line(&counted),
        };
        let named = counted.iter().filter(|(class, _)| !class.is_empty());
        Summary {
            handle: self.handle,
            display_name: self.display_name,
            kind: self.kind,
            owner: self.owner,
            player_name: self.player_name,
            species: self.species,
            creature_type: self.creature_type,
            class_line,
            classes: named.map(|(class, _)| (*class).to_owned()).collect(),
            level,
            challenge_rating: self.challenge_rating,
            active: self.active,
            avatar: self.avatar,
            packs: self.packs,
        }
    }
}

fn optional_text(document: &Value, cell: &str) -> Result<Option<String>, CellError> {
    match document.pointer(cell) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(cell, "text")),
    }
}

fn text(document: &Value, cell: &str) -> Result<String, CellError> {
    Ok(optional_text(document, cell)?.unwrap_or_default())
}

fn wrong(cell: &str, wanted: &str) -> CellError {
    CellError {
        cell: cell.to_owned(),
        message: "the value does not fit this cell".to_owned(),
        hint: format!("It holds {wanted}."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn example() -> Value {
        serde_json::from_str(include_str!("../fixtures/example.json")).unwrap()
    }

    #[test]
    fn the_row_of_the_example() {
        let row = Summary::of(&example()).unwrap();
        assert_eq!(row.class_line, "Ranger 4, Cleric 2");
        assert_eq!((row.level, row.classes.len()), (6, 2));
        assert_eq!(row.display_name, "Sorrel Quickfen");
        assert_eq!(
            row,
            Summary::of_source(&Source::from_value(&example()).unwrap())
        );
        let tree = history::Tree::from_value(example()).unwrap();
        assert_eq!(row, Summary::of_tree(&tree).unwrap());
        let mut monster = example();
        monster["record"]["display_name"] = json!("");
        monster["creature"]["challenge_rating"] = json!("1/4");
        monster["levels"] = json!({});
        let tree = history::Tree::from_value(monster.clone()).unwrap();
        assert_eq!(
            Summary::of(&monster).unwrap(),
            Summary::of_tree(&tree).unwrap()
        );
    }

    #[test]
    fn half_built_characters_have_rows() {
        let row = Summary::of(&json!({})).unwrap();
        assert!(row.active && row.class_line.is_empty() && row.level == 0);
        let monster = json!({
            "record": {"kind": "monster"}, "creature": {"challenge_rating": "1/4"}
        });
        assert_eq!(Summary::of(&monster).unwrap().class_line, "CR 1/4");
        let open = json!({"levels": {"b": {"rank": "2", "class": "Bard"}, "a": {"rank": "1"}}});
        assert_eq!(Summary::of(&open).unwrap().class_line, "Level 1, Bard 1");
    }

    #[test]
    fn a_row_that_cannot_be_read_names_its_cell() {
        for (document, cell) in [
            (json!({"record": {"handle": 5}}), "/record/handle"),
            (json!({"record": {"kind": "hero"}}), "/record/kind"),
            (json!({"record": {"active": "yes"}}), "/record/active"),
            (json!({"levels": []}), "/levels"),
        ] {
            assert_eq!(Summary::of(&document).unwrap_err().cell, cell);
        }
    }
}
