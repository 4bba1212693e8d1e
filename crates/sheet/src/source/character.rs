//! Who the character is: identity, creature, levels, abilities, proficiencies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::keyed::{Keyed, SetOf, ranked};
use crate::vocabulary::{Ability, Proficiency, Size};

/// Says who the character is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Identity {
    /// The character's full name, up to 120 characters.
    pub name: String,
    /// Who plays it.
    pub player_name: String,
    /// Species, with its lineage: `Elf (wood)`.
    pub species: String,
    /// Background.
    pub background: String,
    /// Alignment.
    pub alignment: String,
    /// Experience points, 0 to 10,000,000.
    pub xp: i32,
    /// Whether it has Heroic Inspiration.
    pub heroic_inspiration: bool,
    /// Inner life.
    pub personality: Personality,
    /// Outward looks.
    pub appearance: Appearance,
}

/// Describes the inner life, in Markdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Personality {
    /// Personality traits.
    pub traits: String,
    /// Ideals.
    pub ideals: String,
    /// Bonds.
    pub bonds: String,
    /// Flaws.
    pub flaws: String,
    /// The story so far.
    pub backstory: String,
}

/// Describes the outward looks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Appearance {
    /// Age, in words.
    pub age: String,
    /// Height, in words.
    pub height: String,
    /// Weight, in words.
    pub weight: String,
    /// Eyes.
    pub eyes: String,
    /// Skin.
    pub skin: String,
    /// Hair.
    pub hair: String,
    /// The content hash of the portrait, 64 hexadecimal digits.
    pub portrait: Option<String>,
    /// Anything else to be seen, in Markdown.
    pub notes: String,
}

/// Says what kind of creature it is; most of it matters for monsters and NPCs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Creature {
    /// Size.
    pub size: Size,
    /// Creature type, such as `Humanoid` or `Undead`.
    pub r#type: String,
    /// Challenge rating as it is written (`1/4`, `5`); without levels it sets the proficiency bonus.
    pub challenge_rating: Option<String>,
    /// Hit dice beyond those of the levels, by die: `{"d8": 5}`; each 0 to 100, counted at their average.
    pub hit_dice: BTreeMap<String, i32>,
}

/// One level, in the order it was taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Level {
    /// Place among the levels: the first is level 1.
    pub rank: String,
    /// The class it was taken in.
    pub class: String,
    /// The subclass, where it is known.
    pub subclass: String,
    /// Sides of the class's hit die, 6, 8, 10 or 12; none takes the die of a class of the SRD.
    pub hit_die: Option<i32>,
    /// Hit points without Constitution, 1 to 12, as rolled; none takes the fixed number.
    pub hit_points: Option<i32>,
}

/// Ability scores and what was added to them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Abilities {
    /// Scores as bought, rolled or printed.
    pub scores: AbilityScores,
    /// Increases by background, feats and the like.
    pub increases: Keyed<AbilityIncrease>,
}

/// The six scores, each 1 to 30.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
#[allow(missing_docs, reason = "the names say it")]
pub struct AbilityScores {
    pub strength: i32,
    pub dexterity: i32,
    pub constitution: i32,
    pub intelligence: i32,
    pub wisdom: i32,
    pub charisma: i32,
}

impl Default for AbilityScores {
    fn default() -> Self {
        AbilityScores {
            strength: 10,
            dexterity: 10,
            constitution: 10,
            intelligence: 10,
            wisdom: 10,
            charisma: 10,
        }
    }
}

impl AbilityScores {
    /// Reads one score.
    pub fn of(&self, ability: Ability) -> i32 {
        match ability {
            Ability::Strength => self.strength,
            Ability::Dexterity => self.dexterity,
            Ability::Constitution => self.constitution,
            Ability::Intelligence => self.intelligence,
            Ability::Wisdom => self.wisdom,
            Ability::Charisma => self.charisma,
        }
    }
}

/// An increase of one score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct AbilityIncrease {
    /// Place among its siblings.
    pub rank: String,
    /// The ability; none yet chosen counts for nothing.
    pub ability: Option<Ability>,
    /// What is added, -10 to 10.
    pub amount: i32,
    /// Where it comes from: `Soldier`, `Ability Score Improvement (4)`.
    pub source: String,
}

/// What the character has learned to do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Proficiencies {
    /// Saving throws with proficiency.
    pub saving_throws: SetOf<Ability>,
    /// Skills by name (`sleight_of_hand`); a skill left out is untrained.
    pub skills: BTreeMap<String, Proficiency>,
    /// Armor, weapons, tools and the rest.
    pub training: Keyed<Training>,
    /// Languages.
    pub languages: SetOf<String>,
}

/// What a training is for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum TrainingKind {
    Armor,
    Weapon,
    Tool,
    Vehicle,
    #[default]
    Other,
}

/// One proficiency beyond saving throws and skills.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
#[specta(skip_attr = "serde")]
pub struct Training {
    /// Place among its siblings.
    pub rank: String,
    /// What it is: `Medium armor`, `Thieves' Tools`.
    pub name: String,
    /// What it is for.
    pub kind: TrainingKind,
    /// Where it comes from.
    pub source: String,
}

ranked!(Level, AbilityIncrease, Training);
