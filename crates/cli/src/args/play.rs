//! What may be said about play: what happens to a character at the table.

use clap::{Args, Subcommand, ValueEnum};
use rules::dice::Mode;

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Playing {
    /// Take damage
    Damage(Damage),
    /// Regain hit points
    Heal(Points),
    /// Gain temporary hit points; the larger number stands
    Temp(Points),
    /// Come under a condition, or get rid of one
    Condition(Condition),
    /// Cast a spell
    Cast(Cast),
    /// Roll attack and damage of a spell that was cast before
    Spell(RollSpell),
    /// Give one thing for another, as a feature allows: points for a slot, a rest for slots
    Convert(Convert),
    /// Attack with a weapon: roll to hit, and damage
    Attack(Attack),
    /// Roll a skill, an ability, a save, initiative
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Use a feature: pay for it, roll what it yields, and take what is for oneself
    Use(Use),
    /// Finish a rest
    Rest(Rest),
    /// Spend uses of a feature, charges, slots, hit dice
    #[command(after_help = COUNTED_HELP)]
    Spend(Spend),
    /// Regain uses of a feature, charges, slots, hit dice
    #[command(after_help = COUNTED_HELP)]
    Regain(Regain),
}

/// What can be rolled, as `check --help` tells it.
const CHECK_HELP: &str = "\
What can be rolled:
  stealth, \"sleight of hand\"   a skill
  dexterity                    an ability
  dexterity save               a saving throw
  initiative
  death                        a death saving throw
  concentration --dc 10        the save that keeps concentration up
  /combat/initiative           the number of a cell";

/// What can be counted, as `spend --help` tells it.
const COUNTED_HELP: &str = "\
What is counted:
  \"Second Wind\"   a feature with uses, by its name or id
  \"Wand of Web\"   an item with charges
  slot-3          spell slots of a level
  pact            pact slots
  d8              hit dice
  /build/used/…   the cell that counts";

#[derive(Debug, Clone, Args)]
pub(crate) struct Damage {
    /// The character
    pub(crate) name: String,

    /// How much, as it was rolled
    #[arg(value_name = "N", allow_negative_numbers = true)]
    pub(crate) amount: i32,

    /// Its type, as `fire`; without one no resistance counts
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<String>,

    /// It came of a critical hit
    #[arg(long, short)]
    pub(crate) critical: bool,

    /// A save halved it
    #[arg(long)]
    pub(crate) half: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Points {
    /// The character
    pub(crate) name: String,

    /// How many
    #[arg(value_name = "N", allow_negative_numbers = true)]
    pub(crate) amount: i32,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Condition {
    /// The character
    pub(crate) name: String,

    /// What to do
    pub(crate) what: AddOrRemove,

    /// The condition, by its name or id; `concentration` can be removed
    pub(crate) condition: String,

    /// What brought it about
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) source: String,

    /// How long it lasts, in words
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) duration: String,

    /// Its level; of exhaustion, how many levels more or fewer
    #[arg(long, value_name = "N")]
    pub(crate) level: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AddOrRemove {
    Add,
    Remove,
}

/// How a d20 is rolled.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct D20 {
    /// Roll its d20 with advantage; together with --disadvantage neither counts
    #[arg(long, short)]
    pub(crate) advantage: bool,

    /// Roll its d20 with disadvantage
    #[arg(long, short)]
    pub(crate) disadvantage: bool,
}

impl D20 {
    /// Gives the mode that both together make.
    pub(crate) fn mode(&self) -> Mode {
        match (self.advantage, self.disadvantage) {
            (true, false) => Mode::Advantage,
            (false, true) => Mode::Disadvantage,
            _ => Mode::Normal,
        }
    }
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Cast {
    /// The character
    pub(crate) name: String,

    /// The spell, by its name or its id on the sheet
    pub(crate) spell: String,

    /// With a slot of this level; where nothing is said, with the lowest slot that is left
    #[arg(long, value_name = "N", group = "with")]
    pub(crate) slot: Option<i32>,

    /// With a pact slot
    #[arg(long, group = "with")]
    pub(crate) pact: bool,

    /// As a ritual
    #[arg(long, group = "with")]
    pub(crate) ritual: bool,

    /// With nothing: a cantrip, a scroll, a gift of the table
    #[arg(long, group = "with")]
    pub(crate) free: bool,

    /// With a use of a feature or a charge of an item, by its name or id
    #[arg(long, value_name = "RESOURCE", group = "with")]
    pub(crate) uses: Option<String>,

    /// Roll the spell attack as well
    #[arg(long)]
    pub(crate) attack: bool,

    /// Roll what the casting does: the spell attack if it makes one, damage, healing
    #[arg(long)]
    pub(crate) roll: bool,

    #[command(flatten)]
    pub(crate) d20: D20,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct RollSpell {
    /// The character
    pub(crate) name: String,

    /// The spell, by its name or its id on the sheet
    pub(crate) spell: String,

    /// The level it was cast at; its own where it is not said
    #[arg(long, value_name = "N")]
    pub(crate) level: Option<i32>,

    /// Which of its rolls, from 1; those of the casting where it is not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) part: Option<u32>,

    /// Roll damage alone, without the spell attack
    #[arg(long)]
    pub(crate) hit: bool,

    /// It comes of a critical hit
    #[arg(long, short)]
    pub(crate) critical: bool,

    /// Dice or a number that add to the attack roll, as `1d4`
    #[arg(long, value_name = "DICE", allow_hyphen_values = true)]
    pub(crate) bonus: Option<String>,

    /// The armor class to hit
    #[arg(long, value_name = "AC")]
    pub(crate) against: Option<i32>,

    #[command(flatten)]
    pub(crate) d20: D20,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Convert {
    /// The character
    pub(crate) name: String,

    /// What to exchange, by its name or id; without, what there is
    pub(crate) exchange: Option<String>,

    /// A spell slot it is about, by its level, as `3` or `1=2`; may be given several times
    #[arg(long, value_name = "LEVEL[=N]")]
    pub(crate) slot: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Attack {
    /// The character
    pub(crate) name: String,

    /// The weapon, by its name or its id on the sheet
    pub(crate) weapon: String,

    #[command(flatten)]
    pub(crate) d20: D20,

    /// Dice or a number that add to the attack roll, as `1d4`
    #[arg(long, value_name = "DICE", allow_hyphen_values = true)]
    pub(crate) bonus: Option<String>,

    /// Hold it in two hands
    #[arg(long)]
    pub(crate) two_handed: bool,

    /// The armor class to hit
    #[arg(long, value_name = "AC")]
    pub(crate) against: Option<i32>,

    /// Every hit is a critical one
    #[arg(long)]
    pub(crate) critical_hits: bool,

    /// The ammunition it spends one of, by its name or id
    #[arg(long, value_name = "ITEM")]
    pub(crate) ammunition: Option<String>,

    /// Dice that are added to a hit, as `Sneak Attack`; may be given several times
    #[arg(long = "with", value_name = "DICE")]
    pub(crate) riders: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Check {
    /// The character
    pub(crate) name: String,

    /// What to roll; several words are one name
    #[arg(value_name = "WHAT", required = true)]
    pub(crate) what: Vec<String>,

    #[command(flatten)]
    pub(crate) d20: D20,

    /// Dice or a number that add to it, as `1d4`
    #[arg(long, value_name = "DICE", allow_hyphen_values = true)]
    pub(crate) bonus: Option<String>,

    /// The number to reach
    #[arg(long, value_name = "N")]
    pub(crate) dc: Option<i32>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Use {
    /// The character
    pub(crate) name: String,

    /// What is used, by its name or its id on the sheet, as `Second Wind`
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,

    /// How many uses or points are spent, where that is chosen
    #[arg(value_name = "N")]
    pub(crate) amount: Option<i32>,

    /// The level of the spell slot that is spent, where it costs one
    #[arg(long, value_name = "N")]
    pub(crate) slot: Option<i32>,

    /// Somebody else gets what may be for anyone
    #[arg(long)]
    pub(crate) other: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Rest {
    /// The character
    pub(crate) name: String,

    /// Which rest
    pub(crate) rest: ShortOrLong,

    /// Hit dice to spend in a short rest, as `d8=2`; may be given several times
    #[arg(long, value_name = "DIE=N")]
    pub(crate) dice: Vec<String>,

    /// A dawn came with the long rest
    #[arg(long)]
    pub(crate) dawn: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShortOrLong {
    Short,
    Long,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Spend {
    /// The character
    pub(crate) name: String,

    /// What is counted
    pub(crate) resource: String,

    /// How many
    #[arg(value_name = "N", default_value_t = 1)]
    pub(crate) amount: i32,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Regain {
    /// The character
    pub(crate) name: String,

    /// What is counted
    pub(crate) resource: String,

    /// How many; all where it is not said
    #[arg(value_name = "N")]
    pub(crate) amount: Option<i32>,
}
