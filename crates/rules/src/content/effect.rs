//! Effects: what a feature, trait, feat, option, item or condition does to a character, as data.

use serde::{Deserialize, Serialize};
use sheet::source::{Activation, Recovery, TrainingKind};
use sheet::vocabulary::{Ability, Size};

use super::formula::Formula;
use super::target::Target;

/// Holds one effect of a thing of the content.
///
/// In a pack it is a table with the key `grants` that says which: `{ grants = "sense", sense = "darkvision", range =
/// "60" }`. `level`, where it is allowed, is the level from which the effect holds: the class level for what a class
/// gives, the character level otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "grants",
    rename_all = "snake_case",
    rename_all_fields = "snake_case",
    deny_unknown_fields
)]
pub enum Effect {
    /// Proficiency in skills, by key (`sleight_of_hand`).
    Skills {
        /// Which.
        skills: Vec<String>,
    },
    /// Expertise in skills.
    Expertise {
        /// Which.
        skills: Vec<String>,
    },
    /// Half the proficiency bonus in every skill without proficiency (Jack of All Trades).
    HalfProficiency,
    /// Proficiency in saving throws.
    Saves {
        /// Which.
        abilities: Vec<Ability>,
    },
    /// Training with armor (`Light`, `Medium`, `Heavy`, `Shields`), weapons (`Simple`, `Martial`, `Martial (Light)`, or a
    /// weapon's name), tools and the rest.
    Training {
        /// What sort.
        kind: TrainingKind,
        /// Which.
        names: Vec<String>,
    },
    /// Languages.
    Languages {
        /// Which.
        names: Vec<String>,
    },
    /// An increase of an ability score.
    Ability {
        /// Which.
        ability: Ability,
        /// How much, -10 to 10.
        amount: i32,
        /// The score it does not go beyond; 20 unless said otherwise.
        #[serde(default)]
        max: Option<i32>,
    },
    /// The least an ability score can be, as a belt of giant strength has it.
    AbilityMinimum {
        /// Which.
        ability: Ability,
        /// The score, 1 to 30.
        score: i32,
    },
    /// A way to reckon armor class without worn armor.
    ArmorFormula {
        /// The base, 0 to 40.
        base: i32,
        /// Modifiers that add to it.
        #[serde(default)]
        abilities: Vec<Ability>,
        /// Whether a shield may be used with it.
        shield: bool,
    },
    /// An amount added to a number.
    Bonus {
        /// The number.
        to: Target,
        /// How much.
        amount: Formula,
        /// A circumstance that the sheet can see.
        #[serde(default)]
        when: Option<Circumstance>,
        /// A state that must be on the character as a condition (`Rage`), else the bonus is only listed.
        #[serde(default)]
        state: Option<String>,
        /// A circumstance that only the table can see, in words; the bonus is then listed, not added.
        #[serde(default)]
        only: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Advantage on rolls.
    Advantage {
        /// On which.
        on: Vec<Target>,
        /// In words, when; empty is always.
        #[serde(default)]
        only: String,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Disadvantage on rolls.
    Disadvantage {
        /// On which.
        on: Vec<Target>,
        /// In words, when; empty is always.
        #[serde(default)]
        only: String,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
    },
    /// A way of moving; `walk` in the amount is the walking speed.
    Speed {
        /// Which.
        mode: Movement,
        /// Feet; of several the largest counts.
        amount: Formula,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// A special sense; of several the largest counts.
    Sense {
        /// Which.
        sense: SenseKind,
        /// Feet.
        range: Formula,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Resistance to damage types.
    Resistance {
        /// Which, lower-case.
        types: Vec<String>,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
    },
    /// Immunity to damage types.
    Immunity {
        /// Which, lower-case.
        types: Vec<String>,
    },
    /// Vulnerability to damage types.
    Vulnerability {
        /// Which, lower-case.
        types: Vec<String>,
    },
    /// Immunity to conditions.
    ConditionImmunity {
        /// Which, lower-case.
        conditions: Vec<String>,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
    },
    /// Limited uses, or a pool of points.
    Resource {
        /// Its id, unique within the class or thing.
        id: String,
        /// Its name; the feature's if left out.
        #[serde(default)]
        name: Option<String>,
        /// How many there are.
        max: Formula,
        /// When all come back.
        recovery: Recovery,
        /// How many come back on a short rest.
        #[serde(default)]
        short_rest: Option<Formula>,
        /// The die it goes with, a table of the class: `bardic_inspiration_die`.
        #[serde(default)]
        die: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// A way to attack that needs no item: an unarmed strike, a breath.
    Attack {
        /// Its name.
        name: String,
        /// Abilities it may go by; the best counts.
        abilities: Vec<Ability>,
        /// Damage dice, or a table of the class.
        damage: String,
        /// Damage dice at character levels 5, 11 and 17, where they grow.
        #[serde(default)]
        higher: Vec<String>,
        /// Type of damage, lower-case.
        damage_type: String,
        /// Reach in feet.
        #[serde(default)]
        reach_ft: Option<i32>,
        /// Range in feet.
        #[serde(default)]
        range_ft: Option<i32>,
        /// The save it asks for instead of an attack roll.
        #[serde(default)]
        save: Option<Ability>,
        /// Whether the ability modifier adds to damage.
        #[serde(default = "yes")]
        ability_to_damage: bool,
        /// What else to know.
        #[serde(default)]
        notes: String,
    },
    /// The Monk's way with unarmed strikes and monk weapons: Dexterity and a die of a class table.
    MartialArts {
        /// The table of dice.
        die: String,
    },
    /// How many attacks the Attack action makes; of several the largest counts.
    Attacks {
        /// How many.
        count: i32,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// The least roll of the d20 that is a critical hit with weapons and unarmed strikes.
    Critical {
        /// 18 to 20.
        from: i32,
    },
    /// The ability modifier counts in the damage of the second attack with a light weapon (Two-Weapon Fighting).
    LightAttackModifier,
    /// A spell that is always at hand.
    Spell {
        /// Its name.
        spell: String,
        /// The spellcasting ability; none takes the class's, or the one chosen for the thing.
        #[serde(default)]
        ability: Option<Ability>,
        /// How often it is cast without a slot.
        #[serde(default)]
        uses: Option<Formula>,
        /// When those come back.
        #[serde(default)]
        recovery: Recovery,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Spell lists from which the class also prepares.
    SpellLists {
        /// Class names.
        lists: Vec<String>,
    },
    /// More cantrips known of the class.
    Cantrips {
        /// How many.
        count: i32,
    },
    /// The ability by which the spells of the thing are cast, one of these by choice.
    SpellAbility {
        /// Which.
        from: Vec<Ability>,
    },
    /// A choice.
    Choose {
        /// Its id, unique within the feature or thing.
        id: String,
        /// What is chosen, in a few words: `Skill`, `Fighting Style feat`.
        name: String,
        /// How many.
        count: Formula,
        /// From what.
        from: Pool,
        /// How often the same may be picked; 1 unless said otherwise.
        #[serde(default = "one")]
        each: i32,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// A number of magic items that may be attuned; 3 without.
    Attunement {
        /// How many.
        count: i32,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// How many sizes larger the creature counts for carrying.
    CarryingSize {
        /// How many.
        steps: i32,
    },
    /// The size of the creature.
    Size {
        /// Which.
        size: Size,
    },
    /// The least total of the d20 in checks and saves with an ability: the score itself (Indomitable Might), or the
    /// least die of proficient skills (Reliable Talent). Listed with the numbers it acts on.
    Floor {
        /// On which.
        on: Vec<Target>,
        /// What it is, in words: `a total below your Strength score becomes the score`.
        note: String,
    },
    /// How the thing is used at the table; none is passive.
    Use {
        /// When it can be done.
        activation: Activation,
        /// What it spends: the id of a resource of the same character.
        #[serde(default)]
        spends: Option<String>,
        /// How much.
        #[serde(default)]
        amount: Option<Formula>,
    },
}

/// A circumstance that the sheet can see for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// No armor is worn.
    Unarmored,
    /// No armor is worn and no shield held.
    UnarmoredNoShield,
    /// No heavy armor is worn.
    NotHeavyArmor,
    /// Armor is worn.
    Armored,
    /// Heavy armor is worn.
    HeavyArmor,
}

/// A way of moving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Movement {
    Walk,
    Fly,
    Swim,
    Climb,
    Burrow,
}

/// A special sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SenseKind {
    Darkvision,
    Blindsight,
    Tremorsense,
    Truesight,
}

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

fn yes() -> bool {
    true
}

fn one() -> i32 {
    1
}
