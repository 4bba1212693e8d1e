//! What may be said about the compendium; none of it needs a library, and with `--data` the packs of that one are looked through too.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Args)]
pub(crate) struct Content {
    #[command(subcommand)]
    pub(crate) action: ContentAction,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum ContentAction {
    /// Search the compendium: classes, spells, items, creatures…
    Search(Search),
    /// Show one thing of the compendium whole
    Show {
        /// Its kind, as `spell`
        kind: String,
        /// Its id, or its name
        id: String,
    },
    /// Check a pack of one's own: a folder of TOML files, beside the content of the program
    Check {
        /// The folder, or one file
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Search {
    /// Words that name or text contain, each of them
    pub(crate) words: Vec<String>,

    /// Only this kind, as `spell`; may be given several times
    #[arg(long)]
    pub(crate) kind: Vec<String>,

    /// Only with this tag, as `wizard` or `level 3`; all of them where several are given
    #[arg(long)]
    pub(crate) tag: Vec<String>,

    /// How many at the most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,

    /// How many to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
}
