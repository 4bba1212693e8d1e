//! What may be said about packs of a house's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Args)]
pub(crate) struct Packs {
    #[command(subcommand)]
    pub(crate) action: PackAction,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum PackAction {
    /// List the packs of the library
    List,
    /// Show what a pack holds, and what is wrong with it
    Show {
        /// The pack: its id or its name
        pack: String,
    },
    /// Take in the TOML files of one pack; one whose id the library has becomes a newer version of it
    Import {
        /// A folder, or files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write a pack as one TOML file
    Export {
        /// The pack
        pack: String,
        /// Where to; without it, to standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Tell how two versions of a pack differ
    Diff {
        /// The pack
        pack: String,
        /// The earlier version: an id, the beginning of one, or a number
        from: String,
        /// The later one; without it, the newest
        to: Option<String>,
    },
    /// Take the latest change of a pack back
    Undo {
        /// The pack
        pack: String,
    },
    /// Take a pack out of use; characters built on it keep what they have of it
    Rm {
        /// The pack
        pack: String,
    },
    /// Bring a pack back into use
    Restore {
        /// The pack
        pack: String,
    },
    /// Tell what packs a character is built on, and what it could be built on
    Of {
        /// The character
        name: String,
    },
    /// Show what the newest version of a pack would change for a character
    Review {
        /// The character
        name: String,
        /// The pack
        pack: String,
    },
    /// Build a character on a version of a pack
    Take {
        /// The character
        name: String,
        /// The pack
        pack: String,
        /// The version; without it, the newest
        #[arg(long, value_name = "COMMIT")]
        version: Option<String>,
    },
    /// Build a character without a pack
    Drop {
        /// The character
        name: String,
        /// The pack
        pack: String,
    },
}
