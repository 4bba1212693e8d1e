//! What may be said about seats and change requests.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Clone, Args)]
pub(crate) struct Seats {
    #[command(subcommand)]
    pub(crate) action: Option<SeatAction>,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum SeatAction {
    /// Add a seat
    Add {
        /// Who, as the table knows them
        name: String,
        /// They run the game
        #[arg(long)]
        dm: bool,
    },
    /// Take a seat away
    Rm {
        /// Whose
        name: String,
    },
    /// Sit down at a seat; changes are signed with its name from now on
    Take {
        /// Whose
        name: String,
    },
    /// Stand up
    Leave,
    /// Say whether the DM reviews what players change
    Review {
        /// Whether they do
        #[arg(value_enum)]
        reviewed: OnOff,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    On,
    Off,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Request {
    #[command(subcommand)]
    pub(crate) action: RequestAction,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum RequestAction {
    /// List the change requests
    List,
    /// Propose a branch of a character
    Open {
        /// The character
        name: String,
        /// The branch; without it, the one that is stood on
        #[arg(long)]
        branch: Option<String>,
        /// What it is called
        #[arg(long, short)]
        title: String,
        /// What to say of it, Markdown
        #[arg(long, default_value = "")]
        about: String,
        /// Keep it as a draft
        #[arg(long)]
        draft: bool,
    },
    /// Show a request: its changes, the checks on the result, the talk
    Show {
        /// Its number
        request: String,
    },
    /// Accept changes
    Accept {
        /// Its number
        request: String,
        /// The cells; without any, all that have no verdict
        cells: Vec<String>,
    },
    /// Decline changes
    Decline {
        /// Its number
        request: String,
        /// The cells
        #[arg(required = true)]
        cells: Vec<String>,
    },
    /// Accept a change with another value
    Edit {
        /// Its number
        request: String,
        /// The cell
        cell: String,
        /// The value, JSON or text; without it the cell is left empty
        value: Option<String>,
    },
    /// Decide a conflict
    Decide {
        /// Its number
        request: String,
        /// The cell
        cell: String,
        /// Whose value
        #[arg(value_enum)]
        take: Whose,
    },
    /// Say something, of the request or of one of its changes
    Say {
        /// Its number
        request: String,
        /// The words
        text: String,
        /// The cell it is about
        #[arg(long, value_name = "CELL")]
        on: Option<String>,
        /// A value to suggest for that cell, JSON or text
        #[arg(long, value_name = "VALUE", requires = "on")]
        suggest: Option<String>,
        /// The talk to answer in: the beginning of its id
        #[arg(long, value_name = "TALK", conflicts_with = "on")]
        to: Option<String>,
    },
    /// Take the suggestion that was made last in a talk
    Take {
        /// Its number
        request: String,
        /// The talk: the beginning of its id
        talk: String,
    },
    /// Settle a talk
    Settle {
        /// Its number
        request: String,
        /// The talk: the beginning of its id
        talk: String,
    },
    /// Allow what the rules object to
    Allow {
        /// Its number
        request: String,
        /// The objection, as `show` names it
        key: String,
        /// Why
        reason: String,
    },
    /// Approve a request
    Approve {
        /// Its number
        request: String,
    },
    /// Ask for changes
    Ask {
        /// Its number
        request: String,
        /// Which
        #[arg(default_value = "")]
        text: String,
    },
    /// Reject a request
    Reject {
        /// Its number
        request: String,
        /// Why
        #[arg(default_value = "")]
        text: String,
    },
    /// Take a request back
    Withdraw {
        /// Its number
        request: String,
    },
    /// Open a draft, or again what is over
    Reopen {
        /// Its number
        request: String,
    },
    /// Merge what is accepted
    Merge {
        /// Its number
        request: String,
    },
    /// Merge every approved request in its order
    Queue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Whose {
    /// What stands on main
    Main,
    /// What is proposed
    Proposed,
    /// As it was before both
    Base,
}
