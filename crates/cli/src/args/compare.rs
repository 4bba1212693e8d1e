//! What may be said about differences and where cells come from.

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Comparing {
    /// Show how two versions differ: what people changed, and what the rules made of it
    Diff(Diff),
    /// Show who made a cell, or a computed number, what it is, when, and what it was before
    Blame(Blame),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Blame {
    /// The character
    pub(crate) name: String,

    /// The cell, as `/identity/xp`, or the computed number, as `/combat/armor_class`
    pub(crate) cell: String,

    /// How many commits at the most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Diff {
    /// The character
    pub(crate) name: String,

    /// The earlier version: a branch, an id, the beginning of one, or a number
    pub(crate) from: String,

    /// The later version; the newest of the branch you stand on where it is not given
    #[arg(default_value = "", hide_default_value = true)]
    pub(crate) to: String,

    /// Show what the rules made of it, and why
    #[arg(long, short)]
    pub(crate) consequences: bool,

    /// Show the cells by their paths, with their whole values
    #[arg(long, conflicts_with = "consequences")]
    pub(crate) raw: bool,
}
