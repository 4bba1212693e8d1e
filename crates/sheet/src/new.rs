//! New documents.

use serde_json::{Value, json};

use crate::source::{FORMAT, Kind};

/// Makes the document of a new character: its record, its name, and nothing that has a good default.
///
/// A player character begins with one level whose class is still open; an NPC and a monster with a challenge rating and
/// hit dice.
pub fn new_character(kind: Kind, display_name: &str, handle: &str, owner: &str) -> Value {
    let mut document = json!({
        "format": FORMAT,
        "record": {
            "handle": handle,
            "display_name": display_name,
            "kind": kind,
            "owner": owner,
            "active": true,
        },
        "identity": { "name": display_name },
        "abilities": {
            "scores": {
                "strength": 10, "dexterity": 10, "constitution": 10,
                "intelligence": 10, "wisdom": 10, "charisma": 10,
            }
        },
    });
    match kind {
        Kind::Character => {
            document["identity"]["player_name"] = json!(owner);
            document["proficiencies"] = json!({ "languages": { "Common": true } });
            document["levels"] = json!({ "level-1": { "rank": "V", "class": "" } });
        }
        Kind::Npc => {
            document["proficiencies"] = json!({ "languages": { "Common": true } });
            document["creature"] =
                json!({ "type": "Humanoid", "challenge_rating": "0", "hit_dice": { "d8": 1 } });
        }
        Kind::Monster => {
            document["creature"] = json!({ "challenge_rating": "1", "hit_dice": { "d8": 3 } });
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, check_document};

    #[test]
    fn every_kind_begins_as_a_lawful_document() {
        for kind in [Kind::Character, Kind::Npc, Kind::Monster] {
            let document = new_character(kind, "Old Hask", "old-hask", "Maren");
            check_document(&document).unwrap();
            let source = Source::from_value(&document).unwrap();
            assert_eq!(source.record.kind, kind);
            assert_eq!(source.identity.name, "Old Hask");
        }
    }
}
