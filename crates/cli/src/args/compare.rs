//! What may be said about differences.

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Comparing {
    /// Show how two versions differ: what people changed, and what the rules made of it
    Diff(Diff),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Diff {
    /// The character
    pub(crate) name: String,

    /// The earlier version: a branch, an id, the beginning of one, or a number
    pub(crate) from: String,

    /// The later version; the newest where it is not given
    #[arg(default_value = "main", hide_default_value = true)]
    pub(crate) to: String,

    /// Show what the rules made of it, and why
    #[arg(long, short)]
    pub(crate) consequences: bool,

    /// Show the cells by their paths, with their whole values
    #[arg(long, conflicts_with = "consequences")]
    pub(crate) raw: bool,
}
