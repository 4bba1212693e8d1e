//! The words of the game that every layer shares: abilities, skills, sizes, and the names a form offers.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One of the six abilities.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Ability {
    Strength,
    Dexterity,
    Constitution,
    Intelligence,
    Wisdom,
    Charisma,
}

impl Ability {
    /// All six, in the order of the sheet.
    pub const ALL: [Ability; 6] = [
        Ability::Strength,
        Ability::Dexterity,
        Ability::Constitution,
        Ability::Intelligence,
        Ability::Wisdom,
        Ability::Charisma,
    ];

    /// Gives the name in a cell path: `strength`.
    pub fn key(self) -> &'static str {
        match self {
            Ability::Strength => "strength",
            Ability::Dexterity => "dexterity",
            Ability::Constitution => "constitution",
            Ability::Intelligence => "intelligence",
            Ability::Wisdom => "wisdom",
            Ability::Charisma => "charisma",
        }
    }

    /// Gives the name in a sentence: `Strength`.
    pub fn name(self) -> &'static str {
        match self {
            Ability::Strength => "Strength",
            Ability::Dexterity => "Dexterity",
            Ability::Constitution => "Constitution",
            Ability::Intelligence => "Intelligence",
            Ability::Wisdom => "Wisdom",
            Ability::Charisma => "Charisma",
        }
    }
}

/// How well a skill is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Proficiency {
    /// Untrained; the same as leaving the skill out.
    None,
    /// Half the proficiency bonus, rounded down.
    Half,
    /// The proficiency bonus.
    Proficient,
    /// Twice the proficiency bonus.
    Expertise,
}

/// How large a creature is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Size {
    Tiny,
    Small,
    #[default]
    Medium,
    Large,
    Huge,
    Gargantuan,
}

impl Size {
    /// Gives the name in a sentence: `Medium`.
    pub fn name(self) -> &'static str {
        match self {
            Size::Tiny => "Tiny",
            Size::Small => "Small",
            Size::Medium => "Medium",
            Size::Large => "Large",
            Size::Huge => "Huge",
            Size::Gargantuan => "Gargantuan",
        }
    }
}

/// Names a skill with the ability it goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct Skill {
    /// The name in a cell path: `sleight_of_hand`.
    pub key: &'static str,
    /// The name on the sheet: `Sleight of Hand`.
    pub name: &'static str,
    /// The ability whose modifier counts.
    pub ability: Ability,
}

const fn skill(key: &'static str, name: &'static str, ability: Ability) -> Skill {
    Skill { key, name, ability }
}

/// The eighteen skills (SRD 5.2.1, Playing the Game), in the order of the sheet.
pub const SKILLS: [Skill; 18] = [
    skill("acrobatics", "Acrobatics", Ability::Dexterity),
    skill("animal_handling", "Animal Handling", Ability::Wisdom),
    skill("arcana", "Arcana", Ability::Intelligence),
    skill("athletics", "Athletics", Ability::Strength),
    skill("deception", "Deception", Ability::Charisma),
    skill("history", "History", Ability::Intelligence),
    skill("insight", "Insight", Ability::Wisdom),
    skill("intimidation", "Intimidation", Ability::Charisma),
    skill("investigation", "Investigation", Ability::Intelligence),
    skill("medicine", "Medicine", Ability::Wisdom),
    skill("nature", "Nature", Ability::Intelligence),
    skill("perception", "Perception", Ability::Wisdom),
    skill("performance", "Performance", Ability::Charisma),
    skill("persuasion", "Persuasion", Ability::Charisma),
    skill("religion", "Religion", Ability::Intelligence),
    skill("sleight_of_hand", "Sleight of Hand", Ability::Dexterity),
    skill("stealth", "Stealth", Ability::Dexterity),
    skill("survival", "Survival", Ability::Wisdom),
];

/// Names a class with the die it rolls for hit points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct ClassName {
    /// The name on the sheet: `Wizard`.
    pub name: &'static str,
    /// The sides of its hit die: 6, 8, 10 or 12.
    pub hit_die: i32,
}

/// The classes of the SRD with their hit dice; other names are welcome and need their die written down.
pub const CLASSES: [ClassName; 12] = [
    ClassName {
        name: "Barbarian",
        hit_die: 12,
    },
    ClassName {
        name: "Bard",
        hit_die: 8,
    },
    ClassName {
        name: "Cleric",
        hit_die: 8,
    },
    ClassName {
        name: "Druid",
        hit_die: 8,
    },
    ClassName {
        name: "Fighter",
        hit_die: 10,
    },
    ClassName {
        name: "Monk",
        hit_die: 8,
    },
    ClassName {
        name: "Paladin",
        hit_die: 10,
    },
    ClassName {
        name: "Ranger",
        hit_die: 10,
    },
    ClassName {
        name: "Rogue",
        hit_die: 8,
    },
    ClassName {
        name: "Sorcerer",
        hit_die: 6,
    },
    ClassName {
        name: "Warlock",
        hit_die: 8,
    },
    ClassName {
        name: "Wizard",
        hit_die: 6,
    },
];

/// The challenge ratings of the game, as they are written, with the proficiency bonus that goes with each.
pub const CHALLENGE_RATINGS: [(&str, i32); 34] = [
    ("0", 2),
    ("1/8", 2),
    ("1/4", 2),
    ("1/2", 2),
    ("1", 2),
    ("2", 2),
    ("3", 2),
    ("4", 2),
    ("5", 3),
    ("6", 3),
    ("7", 3),
    ("8", 3),
    ("9", 4),
    ("10", 4),
    ("11", 4),
    ("12", 4),
    ("13", 5),
    ("14", 5),
    ("15", 5),
    ("16", 5),
    ("17", 6),
    ("18", 6),
    ("19", 6),
    ("20", 6),
    ("21", 7),
    ("22", 7),
    ("23", 7),
    ("24", 7),
    ("25", 8),
    ("26", 8),
    ("27", 8),
    ("28", 8),
    ("29", 9),
    ("30", 9),
];

const ALIGNMENTS: [&str; 10] = [
    "Lawful Good",
    "Neutral Good",
    "Chaotic Good",
    "Lawful Neutral",
    "Neutral",
    "Chaotic Neutral",
    "Lawful Evil",
    "Neutral Evil",
    "Chaotic Evil",
    "Unaligned",
];

const SPECIES: [&str; 9] = [
    "Dragonborn",
    "Dwarf",
    "Elf",
    "Gnome",
    "Goliath",
    "Halfling",
    "Human",
    "Orc",
    "Tiefling",
];

const BACKGROUNDS: [&str; 4] = ["Acolyte", "Criminal", "Sage", "Soldier"];

/// The damage types of the game, lower-case.
pub const DAMAGE_TYPES: [&str; 13] = [
    "acid",
    "bludgeoning",
    "cold",
    "fire",
    "force",
    "lightning",
    "necrotic",
    "piercing",
    "poison",
    "psychic",
    "radiant",
    "slashing",
    "thunder",
];

/// The conditions of the game, lower-case, as the sets of immunities name them.
pub const CONDITIONS: [&str; 15] = [
    "blinded",
    "charmed",
    "deafened",
    "exhaustion",
    "frightened",
    "grappled",
    "incapacitated",
    "invisible",
    "paralyzed",
    "petrified",
    "poisoned",
    "prone",
    "restrained",
    "stunned",
    "unconscious",
];

const LANGUAGES: [&str; 19] = [
    "Common",
    "Common Sign Language",
    "Draconic",
    "Dwarvish",
    "Elvish",
    "Giant",
    "Gnomish",
    "Goblin",
    "Halfling",
    "Orc",
    "Abyssal",
    "Celestial",
    "Deep Speech",
    "Druidic",
    "Infernal",
    "Primordial",
    "Sylvan",
    "Thieves' Cant",
    "Undercommon",
];

const WEAPON_PROPERTIES: [&str; 9] = [
    "ammunition",
    "finesse",
    "heavy",
    "light",
    "loading",
    "reach",
    "thrown",
    "two_handed",
    "versatile",
];

const MASTERIES: [&str; 8] = [
    "cleave", "graze", "nick", "push", "sap", "slow", "topple", "vex",
];

/// The schools of magic, as keys.
pub const SCHOOLS: [&str; 8] = [
    "abjuration",
    "conjuration",
    "divination",
    "enchantment",
    "evocation",
    "illusion",
    "necromancy",
    "transmutation",
];

/// Experience points at which each level from 1 to 20 begins.
pub const XP_THRESHOLDS: [i32; 20] = [
    0, 300, 900, 2_700, 6_500, 14_000, 23_000, 34_000, 48_000, 64_000, 85_000, 100_000, 120_000,
    140_000, 165_000, 195_000, 225_000, 265_000, 305_000, 355_000,
];

/// Lists the names that forms offer; whatever is free text accepts others too.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Vocabulary {
    /// The skills, in the order of the sheet.
    pub skills: Vec<Skill>,
    /// The classes with their hit dice.
    pub classes: Vec<ClassName>,
    /// The species of the SRD.
    pub species: Vec<&'static str>,
    /// The backgrounds of the SRD.
    pub backgrounds: Vec<&'static str>,
    /// The alignments.
    pub alignments: Vec<&'static str>,
    /// The challenge ratings, lowest first.
    pub challenge_ratings: Vec<&'static str>,
    /// The types of damage.
    pub damage_types: Vec<&'static str>,
    /// The conditions.
    pub conditions: Vec<&'static str>,
    /// The languages, standard ones first.
    pub languages: Vec<&'static str>,
    /// The properties of weapons.
    pub weapon_properties: Vec<&'static str>,
    /// The mastery properties of weapons.
    pub masteries: Vec<&'static str>,
    /// The schools of magic.
    pub schools: Vec<&'static str>,
    /// Experience points at which each level from 1 to 20 begins.
    pub xp_thresholds: Vec<i32>,
}

/// Gives the names that forms offer.
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        skills: SKILLS.to_vec(),
        classes: CLASSES.to_vec(),
        species: SPECIES.to_vec(),
        backgrounds: BACKGROUNDS.to_vec(),
        alignments: ALIGNMENTS.to_vec(),
        challenge_ratings: CHALLENGE_RATINGS.iter().map(|(name, _)| *name).collect(),
        damage_types: DAMAGE_TYPES.to_vec(),
        conditions: CONDITIONS.to_vec(),
        languages: LANGUAGES.to_vec(),
        weapon_properties: WEAPON_PROPERTIES.to_vec(),
        masteries: MASTERIES.to_vec(),
        schools: SCHOOLS.to_vec(),
        xp_thresholds: XP_THRESHOLDS.to_vec(),
    }
}
