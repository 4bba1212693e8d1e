//! What a file looks like, before it is read.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::json;

/// Names a kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Forkbeard's own JSON.
    Forkbeard,
    /// An actor of the system dnd5e for Foundry VTT, as its "Export Data" writes it.
    Foundry,
    /// None that is known.
    Unknown,
}

impl Format {
    /// Gives the name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Format::Forkbeard => "Forkbeard",
            Format::Foundry => "Foundry VTT (dnd5e)",
            Format::Unknown => "unknown",
        }
    }
}

/// Says what a file looks like, by its content first and by its name where the content leaves it open.
pub fn detect(bytes: &[u8], file_name: &str) -> Format {
    if let Ok(value) = json::parse(bytes) {
        let has = |name: &str| value.get(name).is_some();
        if has("forkbeard") || json::text(json::at(&value, "format")).starts_with("forkbeard.") {
            return Format::Forkbeard;
        }
        if has("type") && (has("system") || has("data")) {
            return Format::Foundry;
        }
        return Format::Unknown;
    }
    let name = file_name.to_lowercase();
    if name.ends_with(".forkbeard") {
        Format::Forkbeard
    } else if name.starts_with("fvtt-actor-") {
        Format::Foundry
    } else {
        Format::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_name_helps_where_it_cannot() {
        for (bytes, name, expected) in [
            (r#"{"forkbeard":"characters"}"#, "x.json", Format::Forkbeard),
            (
                r#"{"format":"forkbeard.character/1"}"#,
                "",
                Format::Forkbeard,
            ),
            (
                r#"{"type":"npc","system":{}}"#,
                "x.forkbeard",
                Format::Foundry,
            ),
            (r#"{"type":"character","data":{}}"#, "", Format::Foundry),
            (r#"{"a":1}"#, "fvtt-Actor-a.json", Format::Unknown),
            ("{", "fvtt-Actor-Ulla-x.json", Format::Foundry),
            ("{", "a.forkbeard", Format::Forkbeard),
            ("", "a.json", Format::Unknown),
        ] {
            assert_eq!(detect(bytes.as_bytes(), name), expected, "{bytes} {name}");
        }
    }
}
