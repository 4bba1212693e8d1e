//! What may be said about branches, milestones and the operation log.

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Lining {
    /// List the branches of a character, make one, rename it, put it away or delete it
    Branch(Branch),
    /// Stand on a branch of a character: what is shown and changed of it is that branch's from now on
    Switch(Switch),
    /// Mark a version of a character as a milestone, or take a milestone away
    Tag(Tag),
    /// Take back what one version changed, while what came later stays
    Revert(Revert),
    /// Show everything that was done in the library, newest first
    Operations(Operations),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Branch {
    #[command(subcommand)]
    pub(crate) action: BranchAction,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum BranchAction {
    /// List the branches and milestones of a character
    List {
        /// The character
        name: String,
    },
    /// Make a branch
    New {
        /// The character
        name: String,
        /// What it shall be called, as "Twin blades"
        title: String,
        /// Begin at this version: a branch, a milestone, an id, the beginning of one, or a number
        #[arg(long, value_name = "VERSION", conflicts_with = "take")]
        from: Option<String>,
        /// Move the newest so many edits of the branch you stand on onto it
        #[arg(long, value_name = "N")]
        take: Option<u32>,
        /// Stand on it from now on
        #[arg(long)]
        switch: bool,
    },
    /// Call a branch something else
    Rename {
        /// The character
        name: String,
        /// The branch: its name or its title
        branch: String,
        /// What it shall be called
        title: String,
    },
    /// Put a branch away, or bring it back
    Archive {
        /// The character
        name: String,
        /// The branch
        branch: String,
        /// Bring it back
        #[arg(long)]
        back: bool,
    },
    /// Delete a branch; `restore --at` brings it back
    Delete {
        /// The character
        name: String,
        /// The branch
        branch: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Switch {
    /// The character
    pub(crate) name: String,

    /// The branch: its name or its title; `main` for the character as the table knows it
    pub(crate) branch: String,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Tag {
    /// The character
    pub(crate) name: String,

    /// What the milestone is called, as "as of session 12"
    pub(crate) title: String,

    /// The version to mark; without it, where you stand
    #[arg(long, value_name = "VERSION", conflicts_with = "delete")]
    pub(crate) at: Option<String>,

    /// Take the milestone away; the version stays
    #[arg(long)]
    pub(crate) delete: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Revert {
    /// The character
    pub(crate) name: String,

    /// The version whose change is taken back: an id, the beginning of one, or a number
    pub(crate) version: String,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Operations {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,

    /// Begin at this operation instead of the newest
    #[arg(long, value_name = "NUMBER")]
    pub(crate) from: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Restore {
    /// The character
    #[arg(required_unless_present = "at", conflicts_with = "at")]
    pub(crate) name: Option<String>,

    /// Put the whole library back to how it stood after this operation, which `operations` lists
    #[arg(long, value_name = "NUMBER")]
    pub(crate) at: Option<String>,

    /// Only show what that would change
    #[arg(long, requires = "at")]
    pub(crate) preview: bool,
}
