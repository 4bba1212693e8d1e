//! What may be said about merging: of lines of a character, of conflicts that wait, and of files.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use services::wire;

use super::Who;

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Merging {
    /// Bring one line of a character into another, or show what that would make
    Merge(Merge),
    /// List the conflicts that were left open
    Conflicts(Who),
    /// Decide conflicts that were left open
    Resolve(Resolve),
}

/// What needs no library: usable by a version control system.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Files {
    /// Merge three files of characters, as a merge driver of Git does
    #[command(after_help = MERGE_FILE_HELP)]
    MergeFile(MergeFile),
    /// Show how two files of characters differ
    DiffFile(DiffFile),
}

const MERGE_FILE_HELP: &str = "\
The result is written to OURS. It ends with 0 where everything was settled and with 1 where conflicts are left open: they stand
in the characters, beside the cells they are about, and Forkbeard shows and decides them. With any other code, and with any error, nothing was written.

To let Git merge characters with it:
  git config merge.forkbeard.name \"Forkbeard characters\"
  git config merge.forkbeard.driver \"beard merge-file %O %A %B\"
  echo '*.forkbeard merge=forkbeard' >> .gitattributes";

#[derive(Debug, Clone, Args)]
pub(crate) struct Merge {
    /// The character
    pub(crate) name: String,

    /// The line that is brought in: a branch, or any version
    pub(crate) from: String,

    /// The branch it is brought onto; the one you stand on where it is not given
    #[arg(long, value_name = "BRANCH")]
    pub(crate) into: Option<String>,

    /// Decide all conflicts in one way; without, they stay in the sheet until `resolve` decides them
    #[arg(long, value_enum)]
    pub(crate) strategy: Option<Strategy>,

    /// Show what it would make, and write nothing
    #[arg(long)]
    pub(crate) preview: bool,

    /// Show every cell that either side touched, also those that only one did
    #[arg(long)]
    pub(crate) all: bool,

    /// What it is for, in one line
    #[arg(
        long,
        short,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) message: String,

    /// Allow what the rules object to: its key, and why
    #[arg(long, value_names = ["KEY", "REASON"], num_args = 2)]
    pub(crate) allow: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Resolve {
    /// The character
    pub(crate) name: String,

    /// The cells whose conflicts are decided; all that are open where none is given
    pub(crate) cells: Vec<String>,

    /// Whose value is taken: `ours`, `theirs`, `base`, `both`, or the number of a side, from 0
    #[arg(long, value_name = "WHOSE", required_unless_present_any = ["value", "remove"])]
    pub(crate) take: Option<String>,

    /// Another value: JSON, or a text
    #[arg(long, value_name = "VALUE", conflicts_with_all = ["take", "remove"], requires = "cells")]
    pub(crate) value: Option<String>,

    /// Empty the cell
    #[arg(long, conflicts_with = "take", requires = "cells")]
    pub(crate) remove: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct MergeFile {
    /// The file that both sides began with; an empty one where each made its own
    pub(crate) base: PathBuf,

    /// This side's file; the result is written to it
    pub(crate) ours: PathBuf,

    /// The other side's file
    pub(crate) theirs: PathBuf,

    /// Print the result instead of writing it
    #[arg(long, short = 'p', conflicts_with = "json")]
    pub(crate) stdout: bool,

    /// Decide all conflicts in one way
    #[arg(long, value_enum)]
    pub(crate) strategy: Option<Strategy>,

    /// What this side is called in conflicts
    #[arg(long, value_name = "NAME", default_value = "ours")]
    pub(crate) ours_label: String,

    /// What the other side is called in conflicts
    #[arg(long, value_name = "NAME", default_value = "theirs")]
    pub(crate) theirs_label: String,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct DiffFile {
    /// The earlier file
    pub(crate) from: PathBuf,

    /// The later file
    pub(crate) to: PathBuf,

    /// Show what the rules made of it, and why
    #[arg(long, short)]
    pub(crate) consequences: bool,

    /// Show the cells by their paths, with their whole values
    #[arg(long, conflicts_with = "consequences")]
    pub(crate) raw: bool,
}

/// How all conflicts are decided that nobody decides singly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Strategy {
    /// As this side has it
    Ours,
    /// As the other side has it
    Theirs,
    /// As it was before both
    Base,
}

impl From<Strategy> for wire::Strategy {
    fn from(strategy: Strategy) -> wire::Strategy {
        match strategy {
            Strategy::Ours => wire::Strategy::Ours,
            Strategy::Theirs => wire::Strategy::Theirs,
            Strategy::Base => wire::Strategy::Base,
        }
    }
}
