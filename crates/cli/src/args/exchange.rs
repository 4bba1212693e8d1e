//! What may be said about files that go in and out.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use services::wire;

#[derive(Debug, Clone, Args)]
pub(crate) struct Import {
    /// Files that Forkbeard or Foundry VTT (dnd5e) exported; `-` for standard input
    #[arg(
        value_name = "FILE",
        required_unless_present = "demo",
        conflicts_with = "demo"
    )]
    pub(crate) files: Vec<PathBuf>,

    /// Take in the demo party
    #[arg(long)]
    pub(crate) demo: bool,

    /// Tell what becomes of each part of the files, and take nothing in
    #[arg(long, conflicts_with = "demo")]
    pub(crate) preview: bool,

    /// Read the files as what this program wrote
    #[arg(
        long = "as",
        value_enum,
        default_value_t = ReadAs::Auto,
        value_name = "PROGRAM",
        conflicts_with = "demo"
    )]
    pub(crate) read_as: ReadAs,

    /// What to do with a character whose handle the library already has
    #[arg(long, value_enum, default_value_t = OnDuplicate::Copy, value_name = "WHAT")]
    pub(crate) on_duplicate: OnDuplicate,
}

/// What a file is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadAs {
    /// What it looks like
    Auto,
    /// An actor of Foundry VTT's system dnd5e
    Foundry,
    /// Forkbeard's own JSON
    Forkbeard,
}

impl From<ReadAs> for wire::ReadAs {
    fn from(read_as: ReadAs) -> wire::ReadAs {
        match read_as {
            ReadAs::Auto => wire::ReadAs::Auto,
            ReadAs::Foundry => wire::ReadAs::Foundry,
            ReadAs::Forkbeard => wire::ReadAs::Forkbeard,
        }
    }
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Export {
    /// The characters
    #[arg(value_name = "NAME", required = true)]
    pub(crate) names: Vec<String>,

    /// Write this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnDuplicate {
    /// Bring it in beside the other, under a new handle
    Copy,
    /// Make it the next version of the other
    Update,
    /// Leave it out
    Skip,
}

impl From<OnDuplicate> for wire::OnDuplicate {
    fn from(on: OnDuplicate) -> wire::OnDuplicate {
        match on {
            OnDuplicate::Copy => wire::OnDuplicate::Copy,
            OnDuplicate::Update => wire::OnDuplicate::Update,
            OnDuplicate::Skip => wire::OnDuplicate::Skip,
        }
    }
}
