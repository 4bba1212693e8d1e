//! What may be said about building: whole characters, levels, choices.

use clap::{Args, Subcommand};

use super::Who;

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Building {
    /// Build a character of the rules at once, every choice made
    Build(Build),
    /// Add a level, or show what it would change
    LevelUp(LevelUp),
    /// Take the last level away, and with it the picks that only it offered
    LevelDown(Who),
    /// List what was chosen and what is open, or what may be picked
    Choices(Choices),
    /// Choose: put picks into a cell that `choices` lists
    Choose(Choose),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Build {
    /// Its name as shown
    pub(crate) name: String,

    /// The class of all its levels
    #[arg(long, required_unless_present = "levels")]
    pub(crate) class: Option<String>,

    /// How many levels of the class
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "levels",
        value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(crate) level: u8,

    /// The levels in the order they are taken, as `"Fighter 5, Wizard 3"`
    #[arg(long, value_name = "LEVELS", conflicts_with = "class")]
    pub(crate) levels: Option<String>,

    /// Its species; the one that suits the first class where it is not given
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) species: String,

    /// Its background; the one that suits the first class where it is not given
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) background: String,

    /// Who plays it
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) owner: String,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct LevelUp {
    /// The character
    pub(crate) name: String,

    /// The class of the new level
    pub(crate) class: String,

    /// Roll its hit points; without, they are the class's fixed number
    #[arg(long)]
    pub(crate) roll: bool,

    /// What the hit die showed that was rolled at the table
    #[arg(long, value_name = "N", conflicts_with = "roll")]
    pub(crate) hp: Option<i32>,

    /// Show what it would change, and change nothing
    #[arg(long, conflicts_with_all = ["roll", "hp"])]
    pub(crate) preview: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Choices {
    /// The character
    pub(crate) name: String,

    /// List what may be picked for this cell, and why what may not
    pub(crate) cell: Option<String>,

    /// Only what is open
    #[arg(long, conflicts_with = "cell")]
    pub(crate) open: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Choose {
    /// The character
    pub(crate) name: String,

    /// The cell, as `choices` lists it
    pub(crate) cell: String,

    /// What to pick, by name or id, all of it at once; what was picked before is replaced
    #[arg(value_name = "PICK", required = true)]
    pub(crate) picks: Vec<String>,
}
