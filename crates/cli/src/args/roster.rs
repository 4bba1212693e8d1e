//! What may be said about the library's characters.

use clap::{Args, ValueEnum};
use services::wire;

#[derive(Debug, Clone, Args)]
pub(crate) struct List {
    /// Only characters whose name, handle, species, class or owner contain all these words
    pub(crate) words: Vec<String>,

    /// Only this kind; may be given several times
    #[arg(long, value_enum)]
    pub(crate) kind: Vec<Kind>,

    /// Only with this class; may be given several times
    #[arg(long)]
    pub(crate) class: Vec<String>,

    /// Only of this owner; may be given several times
    #[arg(long)]
    pub(crate) owner: Vec<String>,

    /// Only archived characters
    #[arg(long, conflicts_with = "all")]
    pub(crate) archived: bool,

    /// Archived characters too
    #[arg(long)]
    pub(crate) all: bool,

    /// The order
    #[arg(long, value_enum, default_value_t = Sort::Name)]
    pub(crate) sort: Sort,

    /// Turn the order round
    #[arg(long, short)]
    pub(crate) reverse: bool,

    /// How many at the most
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,

    /// How many to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct New {
    /// Its name as shown
    pub(crate) name: String,

    /// Its unique name; made from the name where it is not given
    #[arg(long)]
    pub(crate) handle: Option<String>,

    /// What it is
    #[arg(long, value_enum, default_value_t = Kind::Character)]
    pub(crate) kind: Kind,

    /// Who plays it
    #[arg(long, default_value = "")]
    pub(crate) owner: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Character,
    Npc,
    Monster,
}

impl From<Kind> for sheet::Kind {
    fn from(kind: Kind) -> sheet::Kind {
        match kind {
            Kind::Character => sheet::Kind::Character,
            Kind::Npc => sheet::Kind::Npc,
            Kind::Monster => sheet::Kind::Monster,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    Name,
    Level,
    Class,
    Owner,
    Updated,
    Created,
}

impl From<Sort> for wire::SortBy {
    fn from(sort: Sort) -> wire::SortBy {
        match sort {
            Sort::Name => wire::SortBy::Name,
            Sort::Level => wire::SortBy::Level,
            Sort::Class => wire::SortBy::Class,
            Sort::Owner => wire::SortBy::Owner,
            Sort::Updated => wire::SortBy::Updated,
            Sort::Created => wire::SortBy::Created,
        }
    }
}
