//! The report: what became of each part of a file.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How a part of a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It stands in cells of the sheet.
    Understood,
    /// It is something the rules' content knows, and is that now.
    Mapped,
    /// Its words are kept; what it does is not acted on.
    KeptAsText,
    /// It is nowhere on the sheet.
    NotUsed,
}

/// One part of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Part {
    /// What sort of part: `Identity`, `Items`, `Spells`.
    pub area: String,
    /// Its name: `Longsword`.
    pub name: String,
    /// Where it stands in the file: `items.3`, `system.attributes.hp`.
    pub path: String,
    /// How it ended.
    pub fate: Fate,
    /// What it became: a thing of the content, or a cell of the sheet; empty where it became nothing.
    pub to: String,
    /// Why, in a sentence.
    pub why: String,
}

/// Tells what became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Report {
    /// What wrote the file and for which rules, in words.
    pub source: String,
    /// Whether the character is built under the rules; otherwise its sheet is written by hand.
    pub built: bool,
    /// Each part, in the order in which it was read.
    pub parts: Vec<Part>,
}

/// The most lines one report has; a hostile file has no longer one.
const MAX_PARTS: usize = 20_000;

impl Report {
    /// Counts the parts that ended in a way.
    pub fn count(&self, fate: Fate) -> usize {
        self.parts.iter().filter(|part| part.fate == fate).count()
    }

    pub(crate) fn add(
        &mut self,
        area: &str,
        name: &str,
        path: &str,
        fate: Fate,
        to: impl Into<String>,
        why: impl Into<String>,
    ) {
        if self.parts.len() < MAX_PARTS {
            self.parts.push(Part {
                area: area.to_owned(),
                name: crate::cells::line(name, 120),
                path: crate::cells::line(path, 200),
                fate,
                to: crate::cells::line(&to.into(), 200),
                why: crate::cells::line(&why.into(), 400),
            });
        }
    }
}
