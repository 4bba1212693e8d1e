//! Effects: what a feature, trait, feat, option, item or condition does to a character, as data.

use serde::{Deserialize, Serialize};
use sheet::ExchangeTime;
use sheet::source::{Activation, ChangeOn, Recovery, TrainingKind};
use sheet::vocabulary::{Ability, Size};

use super::exchange::{Gain, Price};
use super::formula::Formula;
use super::named::{Circumstance, Movement, SenseKind, one, yes};
use super::pool::{Pool, SpellGroup};
use super::target::{Target, Weapons};
use super::yields::Yield;

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
        /// Whether a bonus to spells counts for those of the class alone that gives it.
        #[serde(default)]
        of_class: bool,
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
        /// Whether advantage with spells counts for those of the class alone that gives it.
        #[serde(default)]
        of_class: bool,
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
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Immunity to damage types.
    Immunity {
        /// Which, lower-case.
        types: Vec<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Vulnerability to damage types.
    Vulnerability {
        /// Which, lower-case.
        types: Vec<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// Immunity to conditions.
    ConditionImmunity {
        /// Which, lower-case.
        conditions: Vec<String>,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
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
        /// With which weapons, in words, where that is not all: `with your pact weapon`.
        #[serde(default)]
        only: String,
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
    /// Damage dice besides on hits with weapons. Those of once a turn, of a circumstance and those that cost something are
    /// offered with the hit, the others are rolled with every one.
    ExtraDamage {
        /// With which.
        weapons: Weapons,
        /// Its id where the thing gives several.
        #[serde(default)]
        id: String,
        /// What it is called; the feature's name if left out.
        #[serde(default)]
        name: Option<String>,
        /// Dice, a table of the class, or a formula before the die: `half_up(class_level)d6`.
        #[serde(default)]
        dice: String,
        /// Whether instead the weapon's own dice are rolled twice, and the better roll counts (Savage Attacker).
        #[serde(default)]
        twice: bool,
        /// Type of damage, lower-case; of several one is chosen at the hit, and none is the weapon's own.
        #[serde(default)]
        types: Vec<String>,
        /// Whether it counts once a turn.
        #[serde(default)]
        once: bool,
        /// A circumstance that only the table can see, in words.
        #[serde(default)]
        only: String,
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
        /// The id of a resource of which it costs one use.
        #[serde(default)]
        spends: Option<String>,
        /// What it costs where that is no resource.
        #[serde(default)]
        pays: Price,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// A weapon that is one's own (Pact of the Blade): used with proficiency and at hand even if none is carried.
    BondedWeapon {
        /// The id of the choice of the same thing that says which kind of weapon.
        weapon: String,
        /// Abilities it may go by instead of its own; the best counts.
        #[serde(default)]
        abilities: Vec<Ability>,
        /// Types of damage it may deal instead of its own, lower-case.
        #[serde(default)]
        types: Vec<String>,
    },
    /// More damage with spells.
    SpellDamage {
        /// With which.
        spells: SpellGroup,
        /// How much.
        amount: Formula,
        /// Whether it counts in one damage roll alone, where a spell has several beams or rays.
        #[serde(default)]
        once: bool,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// More hit points with spells that heal.
    SpellHealing {
        /// With which.
        spells: SpellGroup,
        /// How much.
        amount: Formula,
        /// Whether the level of the slot is added.
        #[serde(default)]
        slot_level: bool,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// A longer range of spells that reach 10 feet or more.
    SpellRange {
        /// Of which.
        spells: SpellGroup,
        /// How many feet more.
        feet: Formula,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
    /// One thing given for another: a spell slot for sorcery points, a rest for slots.
    Exchange {
        /// Its id, unique within the feature or thing.
        id: String,
        /// What it is, in a few words; the feature's name if left out.
        #[serde(default)]
        name: Option<String>,
        /// What is given.
        #[serde(default)]
        pays: Price,
        /// What comes of it.
        gains: Gain,
        /// When it can be done.
        #[serde(default)]
        on: ExchangeTime,
        /// The id of the resource that says how often; one use of it is spent.
        #[serde(default)]
        spends: Option<String>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
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
        /// When it may be made anew; without, it stays.
        #[serde(default)]
        change: Option<ChangeOn>,
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
        /// A state that must be on the character as a condition.
        #[serde(default)]
        state: Option<String>,
    },
    /// The least total of the d20 in checks and saves with an ability: the score itself (Indomitable Might), or the
    /// least die of proficient skills (Reliable Talent). Listed with the numbers it acts on.
    Floor {
        /// On which.
        on: Vec<Target>,
        /// What it is, in words: `a total below your Strength score becomes the score`.
        note: String,
    },
    /// How the thing is used at the table: what that costs, and what it rolls or yields.
    Use {
        /// Its id where the thing has several uses.
        #[serde(default)]
        id: String,
        /// What it is called; the feature's name if left out.
        #[serde(default)]
        name: Option<String>,
        /// When it can be done.
        activation: Activation,
        /// What it spends: the id of a resource of the same character.
        #[serde(default)]
        spends: Option<String>,
        /// How much of it; 1 if left out.
        #[serde(default)]
        amount: Option<Formula>,
        /// How much of it at the most, where whoever uses it chooses.
        #[serde(default)]
        most: Option<Formula>,
        /// What it costs where that is no resource.
        #[serde(default)]
        pays: Price,
        /// Counts how often it was used until this; formulas know the count as `used`.
        #[serde(default)]
        tally: Option<Recovery>,
        /// A circumstance that only the table can see, in words.
        #[serde(default)]
        only: String,
        /// When it can be done, besides.
        #[serde(default)]
        on: ExchangeTime,
        /// Whether it is for who is bloodied, with at least 1 hit point.
        #[serde(default)]
        bloodied: bool,
        /// What it rolls or yields, in the order in which it happens.
        #[serde(default)]
        yields: Vec<Yield>,
        /// From which level.
        #[serde(default)]
        level: i32,
    },
}
