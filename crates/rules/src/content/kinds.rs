//! The kinds of content: classes, species, spells, items, creatures and the rest, as a pack writes them.
//!
//! Every thing has a `name`; its id is [`key`] of that name, and a reference from one thing to another is a name in any
//! spelling that gives the same key. Weights are in pounds, prices in copper pieces, lengths in feet. `text` says in a
//! sentence or a few what the thing does in play.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheet::source::Activation;
use sheet::vocabulary::{Ability, Size};

use super::effect::Effect;
use super::formula::Formula;
use super::pool::Pool;

/// Gives the id of a name: lower-case letters and digits, everything between them one hyphen, apostrophes left out.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            key.extend(letter.to_lowercase());
        } else if letter != '\'' && letter != '’' && !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    if key.ends_with('-') {
        key.pop();
    }
    key
}

/// Tells whether a name has an id, mostly without making it.
pub(crate) fn is_called(name: &str, id: &str) -> bool {
    let (first, of_id) = (name.bytes().next(), id.bytes().next());
    match (first, of_id) {
        (Some(a), Some(b)) if a.is_ascii_alphanumeric() => {
            a.to_ascii_lowercase() == b && key(name) == id
        }
        _ => key(name) == id,
    }
}

/// Says what a pack is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PackHead {
    /// Its id, lower-case: `srd-5.2`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version, as its makers count.
    pub version: String,
    /// The licence of its content.
    pub license: String,
    /// Whom to thank, as the licence asks.
    pub attribution: String,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub text: String,
    /// Sides of its hit die: 6, 8, 10 or 12.
    pub hit_die: i32,
    /// Its primary abilities.
    pub primary: Vec<Ability>,
    /// Saving throws with proficiency.
    pub saves: Vec<Ability>,
    /// Class tables by level: number by name, 20 entries; a level without an entry of its own has 0.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<i32>>,
    /// Class tables of dice: `["1d6", …]`, 20 entries, empty where there is none yet.
    #[serde(default)]
    pub dice: BTreeMap<String, Vec<String>>,
    /// How it casts; none does not.
    #[serde(default)]
    pub casting: Option<Casting>,
    /// What the first class of a character gives: trainings and the skill choice.
    pub first: Vec<Effect>,
    /// What it gives when taken later.
    #[serde(default)]
    pub later: Vec<Effect>,
    /// What taking it beside another class asks for.
    pub multiclass: Multiclass,
    /// The class level at which the subclass is chosen.
    pub subclass_level: i32,
    /// What to start with.
    pub equipment: Vec<StartingEquipment>,
    /// The standard array set out for it: Strength, Dexterity, Constitution, Intelligence, Wisdom, Charisma.
    pub standard_array: [i32; 6],
    /// A quick build: choices by slot, for those who do not want to choose; skills, styles, cantrips, spells.
    #[serde(default)]
    pub quick: QuickBuild,
    /// Features by level.
    pub features: Vec<Feature>,
}

/// Names what a quick build takes, in the order of preference; as many as may be taken are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuickBuild {
    /// A background.
    pub background: String,
    /// A species.
    pub species: String,
    /// Skills.
    pub skills: Vec<String>,
    /// Abilities, the most wanted first.
    pub abilities: Vec<Ability>,
    /// Weapons for mastery.
    pub weapons: Vec<String>,
    /// Feats and options of every group.
    pub options: Vec<String>,
    /// Cantrips and spells.
    pub spells: Vec<String>,
}

/// What taking a class beside another asks for: 13 in these abilities.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Multiclass {
    /// The abilities.
    pub abilities: Vec<Ability>,
    /// Whether one of them is enough.
    pub any: bool,
}

/// How a class casts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Casting {
    /// The spellcasting ability.
    pub ability: Ability,
    /// How fast its slots grow.
    pub progression: Progression,
    /// The class level at which it begins.
    #[serde(default = "first")]
    pub from: i32,
    /// The class whose spell list it uses; its own when left out.
    #[serde(default)]
    pub list: Option<String>,
    /// Cantrips known by class level, 20 entries.
    #[serde(default)]
    pub cantrips: Vec<i32>,
    /// Spells prepared by class level, 20 entries.
    pub prepared: Vec<i32>,
    /// When prepared spells may be changed, in words.
    pub change: String,
    /// What it casts rituals from.
    #[serde(default)]
    pub rituals: Rituals,
    /// The focus it can use.
    #[serde(default)]
    pub focus: Vec<String>,
}

pub(super) fn first() -> i32 {
    1
}

/// Which rituals a class casts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rituals {
    /// Those it has prepared.
    #[default]
    Prepared,
    /// Those prepared or in its spellbook.
    Spellbook,
}

/// How fast spell slots grow (SRD 5.2.1, Multiclassing, Spell Slots).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progression {
    /// With every level.
    Full,
    /// With every second level, rounded up.
    Half,
    /// With every third level, rounded down.
    Third,
    /// Pact Magic.
    Pact,
}

/// One way to start: things and gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartingEquipment {
    /// Its letter: `A`.
    pub option: String,
    /// The things: a name, or a category to choose from.
    #[serde(default)]
    pub items: Vec<StartingItem>,
    /// Gold pieces.
    #[serde(default)]
    pub gold: i32,
}

/// One thing to start with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartingItem {
    /// Its name; left out where a category stands instead.
    #[serde(default)]
    pub item: Option<String>,
    /// Categories of which one thing is chosen: `musical_instrument`, `holy_symbol`.
    #[serde(default)]
    pub any: Vec<String>,
    /// How many; 1 when left out.
    #[serde(default = "first")]
    pub count: i32,
}

/// One feature of a class or subclass, trait of a species, or benefit of a feat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The class level at which it comes; for a species the character level.
    #[serde(default = "first")]
    pub level: i32,
    /// What it does in play.
    pub text: String,
    /// When it can be done.
    #[serde(default)]
    pub activation: Activation,
    /// A table of the class whose value at the class level is shown beside the name: `sneak_attack_dice`.
    #[serde(default)]
    pub shows: Option<String>,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// One subclass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subclass {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// What it is.
    pub text: String,
    /// Tables by level, as those of a class.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<i32>>,
    /// Tables of dice, as those of a class.
    #[serde(default)]
    pub dice: BTreeMap<String, Vec<String>>,
    /// How it casts, where the subclass brings casting.
    #[serde(default)]
    pub casting: Option<Casting>,
    /// Features by class level.
    pub features: Vec<Feature>,
}

/// One species.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Species {
    /// Its name.
    pub name: String,
    /// What it is.
    pub text: String,
    /// Creature type.
    pub creature_type: String,
    /// Sizes to choose from; one is no choice.
    pub sizes: Vec<Size>,
    /// Walking speed.
    pub speed: i32,
    /// Traits by character level.
    pub traits: Vec<Feature>,
}

/// One background.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Its name.
    pub name: String,
    /// What it is.
    pub text: String,
    /// The three abilities it can increase.
    pub abilities: Vec<Ability>,
    /// Its origin feat: `Magic Initiate`.
    pub feat: String,
    /// Choices of that feat which the background makes: by id of the choice, such as the spell list.
    #[serde(default)]
    pub feat_choices: BTreeMap<String, Vec<String>>,
    /// What else it gives: skills, tool.
    pub effects: Vec<Effect>,
    /// What to start with.
    pub equipment: Vec<StartingEquipment>,
}

impl Background {
    /// Makes the choice of its three increases: 2 and 1, or 1 to each (SRD 5.2.1, Character Origins).
    pub(super) fn increases(&self) -> Effect {
        Effect::Choose {
            id: "abilities".to_owned(),
            name: "Ability increases".to_owned(),
            count: Formula::number(3),
            from: Pool::Abilities {
                of: self.abilities.clone(),
                max: 20,
            },
            each: 2,
            change: None,
            level: 0,
        }
    }
}

/// What must be true before something may be taken; an empty one asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prerequisite {
    /// Character level.
    pub level: i32,
    /// Level in the class that offers it.
    pub class_level: i32,
    /// One of these abilities at `score`.
    pub abilities: Vec<Ability>,
    /// The score one of the abilities needs.
    pub score: i32,
    /// The feature that must be there: `Fighting Style`.
    pub feature: Option<String>,
    /// Whether spells must be cast: Spellcasting or Pact Magic.
    pub spellcasting: bool,
    /// Another option or feat that must have been taken.
    pub option: Option<String>,
    /// Anything else, in words; told, not checked.
    pub other: Option<String>,
}

/// One feat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feat {
    /// Its name.
    pub name: String,
    /// Its category: `origin`, `general`, `fighting_style`, `epic_boon`.
    pub category: String,
    /// What it does.
    pub text: String,
    /// What it asks for.
    #[serde(default)]
    pub prerequisite: Prerequisite,
    /// Whether it may be taken more than once.
    #[serde(default)]
    pub repeatable: bool,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// One option of a group: a lineage, an invocation, a metamagic, an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its group: `metamagic`, `elf_lineage`.
    pub group: String,
    /// What it does.
    pub text: String,
    /// What it asks for.
    #[serde(default)]
    pub prerequisite: Prerequisite,
    /// Whether it may be taken more than once.
    #[serde(default)]
    pub repeatable: bool,
    /// What it costs of the group's resource, such as sorcery points.
    #[serde(default)]
    pub cost: Option<i32>,
    /// What it does to the numbers.
    #[serde(default)]
    pub effects: Vec<Effect>,
}
