//! What choices are made from, and which spells an effect means.

use serde::{Deserialize, Serialize};
use sheet::source::Recovery;
use sheet::vocabulary::{Ability, Size};

use super::formula::Formula;

/// Holds what a choice is made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pool {
    /// Skills by key; empty is any.
    Skills(Vec<String>),
    /// Skills with proficiency, to become expertise; of these keys only, unless empty.
    Expertise(Vec<String>),
    /// Tools by name or category (`musical_instrument`, `artisans_tools`, `gaming_set`); empty is any.
    Tools(Vec<String>),
    /// Any skill or tool.
    SkillsOrTools,
    /// Languages; empty is any standard one.
    Languages(Vec<String>),
    /// Ability scores, each pick adding 1; `max` is the score no pick goes beyond.
    Abilities {
        /// Which; empty is any.
        of: Vec<Ability>,
        /// The score no pick goes beyond.
        max: i32,
    },
    /// Feats of a category: `origin`, `general`, `fighting_style`, `epic_boon`. With `general`, origin feats may be
    /// taken too; with `epic_boon`, any feat.
    Feats(String),
    /// Options of a group: lineages, invocations, orders.
    Options(String),
    /// Spells.
    Spells {
        /// Whose lists, by class; empty is every list.
        lists: Vec<String>,
        /// The least spell level, 0 to 9.
        #[serde(default)]
        least: i32,
        /// The highest spell level, 0 to 9; none is the highest the class has slots for.
        #[serde(default)]
        most: Option<i32>,
        /// Schools; empty is any.
        #[serde(default)]
        schools: Vec<String>,
        /// Only rituals.
        #[serde(default)]
        ritual: bool,
        /// How often a chosen spell is cast without a slot; none is by slots only.
        #[serde(default)]
        uses: Option<Formula>,
        /// When those come back.
        #[serde(default)]
        recovery: Recovery,
    },
    /// Spells of the class that are had already, of which something else is said: nothing is learnt by it.
    KnownSpells {
        /// The least spell level, 0 to 9.
        #[serde(default)]
        least: i32,
        /// The highest spell level, 0 to 9.
        most: i32,
        /// Only those that deal damage.
        #[serde(default)]
        damage: bool,
        /// Only those that ask for an attack roll.
        #[serde(default)]
        attack: bool,
        /// Only those that reach so far, in feet.
        #[serde(default)]
        reach_ft: i32,
    },
    /// Kinds of weapon, said as for mastery, of which something else is said: no mastery comes of it.
    Weapons(Vec<String>),
    /// Kinds of weapon whose mastery is used: `simple`, `martial`, `simple_melee`, `martial_melee`, or `proficient`.
    WeaponMastery(Vec<String>),
    /// Subclasses of the class.
    Subclass,
    /// Damage types that become resistances.
    Resistances(Vec<String>),
    /// Creature sizes.
    Sizes(Vec<Size>),
    /// The ability by which spells of the thing are cast.
    SpellAbility(Vec<Ability>),
}

/// Says which spells an effect means: those that fit all that is said; nothing said is every spell.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpellGroup {
    /// Only spells of the class that gives the effect.
    pub of_class: bool,
    /// Only cantrips.
    pub cantrips: bool,
    /// Only spells of level 1 and higher.
    pub leveled: bool,
    /// Only of these schools; empty is any.
    pub schools: Vec<String>,
    /// The id of a choice of the same thing: only the spells picked there, or spells with a damage type picked there.
    pub chosen: Option<String>,
}
