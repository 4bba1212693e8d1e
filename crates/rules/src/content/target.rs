//! Targets: the numbers and rolls that effects act on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sheet::vocabulary::{Ability, SKILLS};

/// Names a number or roll that an effect acts on; written `save.dexterity`, `skill.stealth`, `attack.ranged`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Armor class.
    ArmorClass,
    /// Initiative.
    Initiative,
    /// The hit point maximum.
    HitPoints,
    /// The hit point maximum, once for each level of the character.
    HitPointsPerLevel,
    /// Walking speed, and with it those that equal it.
    Speed,
    /// All saving throws, or those of one ability.
    Save(Option<Ability>),
    /// All ability checks, or those of one ability.
    Check(Option<Ability>),
    /// All skills, or one.
    Skill(Option<&'static str>),
    /// One passive score.
    Passive(&'static str),
    /// Attack rolls with weapons.
    Attack(Weapons),
    /// Damage rolls with weapons.
    Damage(Weapons),
    /// Spell attack rolls.
    SpellAttack,
    /// The save DC of spells.
    SpellDc,
    /// Carrying capacity, in pounds.
    Carrying,
    /// Death saving throws.
    DeathSaves,
    /// Saves to keep concentration.
    Concentration,
}

/// Says which weapons an effect acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weapons {
    /// All, and unarmed strikes.
    All,
    /// Melee weapons.
    Melee,
    /// Ranged weapons.
    Ranged,
    /// Attacks that use Strength.
    Strength,
    /// Weapons, without unarmed strikes.
    Held,
    /// A weapon that is one's own, as by Pact of the Blade.
    Bonded,
    /// Finesse and ranged weapons.
    Precise,
}

impl Weapons {
    const WORDS: [(Weapons, &'static str); 7] = [
        (Weapons::All, "all"),
        (Weapons::Melee, "melee"),
        (Weapons::Ranged, "ranged"),
        (Weapons::Strength, "strength"),
        (Weapons::Held, "held"),
        (Weapons::Bonded, "bonded"),
        (Weapons::Precise, "finesse_or_ranged"),
    ];

    fn word(self) -> &'static str {
        let mut words = Weapons::WORDS.into_iter();
        words
            .find(|(weapons, _)| *weapons == self)
            .map_or("all", |(_, word)| word)
    }

    fn read(word: Option<&str>) -> Option<Weapons> {
        let Some(word) = word else {
            return Some(Weapons::All);
        };
        let mut words = Weapons::WORDS.into_iter().skip(1);
        words.find(|(_, own)| *own == word).map(|(own, _)| own)
    }
}

impl Serialize for Weapons {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Weapons {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Weapons, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let word = Some(&*text).filter(|word| *word != "all");
        Weapons::read(word).ok_or_else(|| {
            let known = Weapons::WORDS.map(|(_, word)| word);
            serde::de::Error::custom(format!(
                "`{text}` says no weapons; known are {}",
                known.join(", ")
            ))
        })
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        let (head, tail) = match text.split_once('.') {
            Some((head, tail)) => (head, Some(tail)),
            None => (text, None),
        };
        let ability = |tail: Option<&str>| match tail {
            None => Some(None),
            Some(key) => Ability::ALL.into_iter().find(|a| a.key() == key).map(Some),
        };
        let skill = |key: &str| SKILLS.iter().find(|skill| skill.key == key).map(|s| s.key);
        let found = match (head, tail) {
            ("armor_class", None) => Some(Target::ArmorClass),
            ("initiative", None) => Some(Target::Initiative),
            ("hit_points", None) => Some(Target::HitPoints),
            ("hit_points_per_level", None) => Some(Target::HitPointsPerLevel),
            ("speed", None) => Some(Target::Speed),
            ("spell_attack", None) => Some(Target::SpellAttack),
            ("spell_dc", None) => Some(Target::SpellDc),
            ("carrying", None) => Some(Target::Carrying),
            ("death_saves", None) => Some(Target::DeathSaves),
            ("concentration", None) => Some(Target::Concentration),
            ("saves", None) => Some(Target::Save(None)),
            ("checks", None) => Some(Target::Check(None)),
            ("skills", None) => Some(Target::Skill(None)),
            ("save", Some(_)) => ability(tail).map(Target::Save),
            ("check", Some(_)) => ability(tail).map(Target::Check),
            ("skill", Some(key)) => skill(key).map(|key| Target::Skill(Some(key))),
            ("passive", Some(key)) => skill(key).map(Target::Passive),
            ("attack", tail) => Weapons::read(tail).map(Target::Attack),
            ("damage", tail) => Weapons::read(tail).map(Target::Damage),
            _ => None,
        };
        found.ok_or_else(|| {
            format!(
                "`{text}` is not a number that effects act on; known are armor_class, initiative, hit_points, \
                 hit_points_per_level, speed, saves, save.<ability>, checks, check.<ability>, skills, skill.<skill>, \
                 passive.<skill>, attack, damage (each also .melee, .ranged, .strength, .held, .bonded, .finesse_or_ranged), spell_attack, spell_dc, carrying, \
                 death_saves, concentration"
            )
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::ArmorClass => f.write_str("armor_class"),
            Target::Initiative => f.write_str("initiative"),
            Target::HitPoints => f.write_str("hit_points"),
            Target::HitPointsPerLevel => f.write_str("hit_points_per_level"),
            Target::Speed => f.write_str("speed"),
            Target::Save(None) => f.write_str("saves"),
            Target::Save(Some(ability)) => write!(f, "save.{}", ability.key()),
            Target::Check(None) => f.write_str("checks"),
            Target::Check(Some(ability)) => write!(f, "check.{}", ability.key()),
            Target::Skill(None) => f.write_str("skills"),
            Target::Skill(Some(skill)) => write!(f, "skill.{skill}"),
            Target::Passive(skill) => write!(f, "passive.{skill}"),
            Target::Attack(Weapons::All) => f.write_str("attack"),
            Target::Damage(Weapons::All) => f.write_str("damage"),
            Target::Attack(weapons) => write!(f, "attack.{}", weapons.word()),
            Target::Damage(weapons) => write!(f, "damage.{}", weapons.word()),
            Target::SpellAttack => f.write_str("spell_attack"),
            Target::SpellDc => f.write_str("spell_dc"),
            Target::Carrying => f.write_str("carrying"),
            Target::DeathSaves => f.write_str("death_saves"),
            Target::Concentration => f.write_str("concentration"),
        }
    }
}

impl Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Target, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "armor_class",
            "initiative",
            "hit_points",
            "hit_points_per_level",
            "speed",
            "saves",
            "save.dexterity",
            "checks",
            "check.strength",
            "skills",
            "skill.sleight_of_hand",
            "passive.perception",
            "attack",
            "attack.ranged",
            "damage.strength",
            "attack.held",
            "damage.bonded",
            "spell_attack",
            "spell_dc",
            "carrying",
            "death_saves",
            "concentration",
        ] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "save",
            "save.luck",
            "skill.flying",
            "attack.psychic",
            "armor_class.x",
        ] {
            let message = text.parse::<Target>().unwrap_err();
            assert!(message.contains("armor_class"), "{message}");
        }
    }
}
