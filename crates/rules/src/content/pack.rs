//! Packs: TOML files into content, with errors that name file and place.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kinds::{Background, Choice, Class, Feat, PackHead, Species, Subclass};
use super::place::Place;
use super::spell::Spell;
use super::things::{ArmorPiece, ConditionRule, Creature, Entry, Gear, MagicThing, Weapon};

/// The kinds of things a pack may hold, as its tables are called.
pub const KINDS: [&str; 17] = [
    "class",
    "subclass",
    "species",
    "background",
    "feat",
    "option",
    "spell",
    "weapon",
    "armor",
    "gear",
    "magic_item",
    "creature",
    "condition",
    "language",
    "property",
    "mastery",
    "skill",
];

/// How large the files of one pack may be together, in bytes.
pub const MAX_PACK_BYTES: usize = 8 * 1024 * 1024;

/// Holds what the files of a pack spell out, kind by kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the names are those of the tables in the files"
)]
pub struct PackFile {
    pub pack: Option<PackHead>,
    pub class: Vec<Class>,
    pub subclass: Vec<Subclass>,
    pub species: Vec<Species>,
    pub background: Vec<Background>,
    pub feat: Vec<Feat>,
    pub option: Vec<Choice>,
    pub spell: Vec<Spell>,
    pub weapon: Vec<Weapon>,
    pub armor: Vec<ArmorPiece>,
    pub gear: Vec<Gear>,
    pub magic_item: Vec<MagicThing>,
    pub creature: Vec<Creature>,
    pub condition: Vec<ConditionRule>,
    pub language: Vec<Entry>,
    pub property: Vec<Entry>,
    pub mastery: Vec<Entry>,
    pub skill: Vec<Entry>,
}

/// Says what is wrong with a pack, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file; empty where the content as a whole is meant.
    pub file: String,
    /// The line of the file, from 1; none where a thing is meant.
    pub line: Option<u32>,
    /// The place in words: the thing, `class Fighter`, or line, table and key, `line 4, [[spell.damage]] dice`.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl PackFile {
    /// Gives every thing of the pack as kind, name and the JSON of what it says, in the order of kinds.
    pub fn things(&self) -> Vec<(&'static str, String, Value)> {
        let mut things = Vec::new();
        macro_rules! list {
            ($($kind:ident),+ $(,)?) => {$(
                for thing in &self.$kind {
                    let kind = stringify!($kind);
                    things.push((kind, thing.name.clone(), serde_json::to_value(thing).unwrap_or_default()));
                }
            )+};
        }
        list!(
            class, subclass, species, background, feat, option, spell, weapon, armor, gear,
            magic_item, creature, condition, language, property, mastery, skill,
        );
        things
    }

    /// Puts the things of another file behind those of this one.
    pub fn append(&mut self, mut other: PackFile) {
        if other.pack.is_some() {
            self.pack = other.pack.take();
        }
        macro_rules! move_all {
            ($($list:ident),+ $(,)?) => {$( self.$list.append(&mut other.$list); )+};
        }
        move_all!(
            class, subclass, species, background, feat, option, spell, weapon, armor, gear,
            magic_item, creature, condition, language, property, mastery, skill,
        );
    }
}

/// Reads the files of a pack: name and text of each.
///
/// # Errors
/// Lists every file that cannot be read, with the line and what was expected; and a pack that is too large.
pub fn read_pack<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<PackFile, Vec<Problem>> {
    let mut pack = PackFile::default();
    let mut problems = Vec::new();
    let mut bytes = 0_usize;
    for (name, text) in files {
        bytes = bytes.saturating_add(text.len());
        if bytes > MAX_PACK_BYTES {
            problems.push(Problem {
                file: name.to_owned(),
                line: None,
                place: String::new(),
                message: format!(
                    "the files of a pack may have {} MB together; this one goes beyond",
                    MAX_PACK_BYTES / 1024 / 1024
                ),
            });
            break;
        }
        match toml::from_str::<PackFile>(text) {
            Ok(file) => pack.append(file),
            Err(error) => {
                let place = error.span().and_then(|span| Place::of(text, span.start));
                problems.push(Problem {
                    file: name.to_owned(),
                    line: place.as_ref().map(|place| place.line),
                    place: place.map_or_else(String::new, |place| place.words()),
                    message: error.message().to_owned(),
                });
            }
        }
    }
    if problems.is_empty() {
        Ok(pack)
    } else {
        Err(problems)
    }
}

macro_rules! srd {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))),+]
    };
}

/// Reads the content that stands in the program, made JSON when it was built: the bestiary on a thread of its own.
pub(super) fn embedded() -> Result<PackFile, Vec<Problem>> {
    let rest = srd![
        "pack",
        "classes",
        "subclasses",
        "options",
        "species",
        "backgrounds",
        "feats",
        "spells",
        "weapons",
        "armor",
        "gear",
        "magic_items",
        "conditions",
        "words",
    ];
    let bestiary = srd!["creatures"];
    std::thread::scope(|scope| {
        let bestiary = scope.spawn(|| decode(&bestiary));
        let mut pack = decode(&rest)?;
        if let Ok(bestiary) = bestiary.join() {
            pack.append(bestiary?);
        }
        Ok(pack)
    })
}

fn decode(files: &[(&str, &str)]) -> Result<PackFile, Vec<Problem>> {
    let mut pack = PackFile::default();
    for (name, text) in files {
        let file = serde_json::from_str(text).map_err(|error| {
            vec![Problem {
                file: (*name).to_owned(),
                line: None,
                place: String::new(),
                message: error.to_string(),
            }]
        })?;
        pack.append(file);
    }
    Ok(pack)
}
