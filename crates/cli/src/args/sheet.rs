//! What may be said about one character's sheet.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Clone, Args)]
pub(crate) struct Show {
    /// The character
    pub(crate) name: String,

    /// As it stood at this version: an id, the beginning of one, or a number
    #[arg(long, value_name = "COMMIT")]
    pub(crate) at: Option<String>,

    /// Explain this computed number, as `/combat/armor_class`
    #[arg(long, value_name = "CELL")]
    pub(crate) explain: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Explain {
    /// The character
    pub(crate) name: String,

    /// The number: its cell, as `/combat/armor_class`, or the last part of it where only one number has it
    pub(crate) cell: String,

    /// As it stood at this version: an id, the beginning of one, or a number
    #[arg(long, value_name = "COMMIT")]
    pub(crate) at: Option<String>,
}

/// Tells where a change comes from.
#[derive(Debug, Clone, Args)]
pub(crate) struct Change {
    /// What the change is for, in one line
    #[arg(long, short, value_name = "TEXT")]
    pub(crate) message: Option<String>,

    /// The version you looked at; what was changed since is merged, and a clash is exit code 5
    #[arg(long, value_name = "COMMIT")]
    pub(crate) base: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Set {
    /// The character
    pub(crate) name: String,

    /// Cells and what to put there, in turn: `/identity/xp 900 /notes "Owes Hask a grave."`
    ///
    /// A value that is JSON and that the cell can hold is taken as JSON, any other as text. After `--` values may begin
    /// with a hyphen.
    #[arg(
        value_names = ["CELL", "VALUE"],
        required = true,
        num_args = 2..,
        allow_negative_numbers = true
    )]
    pub(crate) pairs: Vec<String>,

    /// Take every value as text
    #[arg(long)]
    pub(crate) text: bool,

    #[command(flatten)]
    pub(crate) change: Change,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Unset {
    /// The character
    pub(crate) name: String,

    /// The cells to empty
    #[arg(value_name = "CELL", required = true)]
    pub(crate) cells: Vec<String>,

    #[command(flatten)]
    pub(crate) change: Change,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Portrait {
    /// The character
    pub(crate) name: String,

    /// A PNG, JPEG, WebP or GIF; `-` for standard input
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) change: Change,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Log {
    /// The character
    pub(crate) name: String,

    /// How many versions to look through; 50, and with --cell all of them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,

    /// Only versions that changed this cell, or the computed number of this name
    #[arg(long, value_name = "CELL")]
    pub(crate) cell: Option<String>,

    /// Begin at this version instead of the newest
    #[arg(long, value_name = "COMMIT")]
    pub(crate) from: Option<String>,

    /// Show each cell that was changed
    #[arg(long)]
    pub(crate) changes: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Rollback {
    /// The character
    pub(crate) name: String,

    /// The version: an id, the beginning of one, or a number
    pub(crate) commit: String,
}
