//! The record around the sheet: who owns it, how it is called, how it speaks.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::WireNumber;
use crate::keyed::SetOf;

/// What role a character plays at the table.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A player's character.
    #[default]
    Character,
    /// A person the DM plays.
    Npc,
    /// A creature with a stat block.
    Monster,
}

impl Kind {
    /// Gives the name in a document: `character`.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Character => "character",
            Kind::Npc => "npc",
            Kind::Monster => "monster",
        }
    }
}

/// Holds what the library knows a character by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct CharacterRecord {
    /// The unique name in the library: lower-case letters, digits and `-`, 1 to 60 characters.
    pub handle: String,
    /// The name shown in lists, up to 120 characters; empty shows `identity.name`.
    pub display_name: String,
    /// Player character, NPC or monster.
    pub kind: Kind,
    /// Who it belongs to, up to 120 characters.
    pub owner: String,
    /// Whether it is in use; `false` is archived.
    pub active: bool,
    /// The content hash of the picture in lists, 64 hexadecimal digits.
    pub avatar: Option<String>,
    /// How it behaves and speaks.
    pub persona: Persona,
}

impl Default for CharacterRecord {
    fn default() -> Self {
        CharacterRecord {
            handle: String::new(),
            display_name: String::new(),
            kind: Kind::default(),
            owner: String::new(),
            active: true,
            avatar: None,
            persona: Persona::default(),
        }
    }
}

/// Describes how a character behaves when somebody, or something, speaks for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Persona {
    /// Manner and temper, in Markdown.
    pub personality: String,
    /// Instructions for a language model that speaks for it.
    pub system_prompt: String,
    /// Single traits, such as `curious`.
    pub traits: SetOf<String>,
    /// How it sounds.
    pub voice: Voice,
}

/// Describes how a character sounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Voice {
    /// The voice's name in whatever speaks it.
    pub name: String,
    /// The language it speaks, as a BCP 47 tag such as `en-GB`.
    pub language: String,
    /// Pitch against the voice's own, 0.1 to 4; none is 1.
    #[specta(type = Option<WireNumber>)]
    pub pitch: Option<f64>,
    /// Speed against the voice's own, 0.1 to 4; none is 1.
    #[specta(type = Option<WireNumber>)]
    pub rate: Option<f64>,
    /// Manner of speaking, such as `whispering`.
    pub style: String,
    /// Anything else about it.
    pub notes: String,
}
