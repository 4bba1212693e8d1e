//! What the command line may say.

pub(crate) mod build;
pub(crate) mod compare;
pub(crate) mod content;
pub(crate) mod exchange;
pub(crate) mod lines;
pub(crate) mod merging;
pub(crate) mod packs;
pub(crate) mod play;
pub(crate) mod review;
pub(crate) mod roster;
pub(crate) mod sheet;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Character sheets and campaign memory with history, for 5E tables, offline
///
/// A NAME is a character's handle in any case, its id, or its name in the library where only one has it.
#[derive(Debug, Clone, Parser)]
#[command(name = "beard", version, about, after_help = crate::exit::HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Asked,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Keep the library in this folder instead of the desktop application's
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Print JSON; errors too
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Sign changes with this name instead of the user's; whoever took a seat signs with the seat's
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) author: Option<String>,

    /// Tell on standard error what is done
    #[arg(long, global = true)]
    pub(crate) verbose: bool,
}

/// What is asked for: of the library, or of nothing but the program itself.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Asked {
    #[command(flatten)]
    OfLibrary(Command),
    /// Roll dice, as `2d6+3`, `4d6dl1` or `d20+5 advantage`
    #[command(after_help = ROLL_HELP)]
    Roll(Roll),
    #[command(flatten)]
    Files(merging::Files),
    /// Look things of the rules up, or check a pack of one's own
    Content(content::Content),
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// List the characters of the library
    List(roster::List),
    /// Show a character's sheet, or why a number of it is what it is
    Show(sheet::Show),
    /// Make a character
    New(roster::New),
    /// Explain a computed number down to its leaves
    Explain(sheet::Explain),
    #[command(flatten)]
    Building(build::Building),
    #[command(flatten)]
    Playing(play::Playing),
    /// Change cells of a character, all of them or none
    Set(sheet::Set),
    /// Empty cells of a character
    Unset(sheet::Unset),
    /// Put a picture on a character
    Portrait(sheet::Portrait),
    /// Show what was changed, newest first
    Log(sheet::Log),
    #[command(flatten)]
    Comparing(compare::Comparing),
    #[command(flatten)]
    Merging(merging::Merging),
    /// Take the latest change back
    Undo(Who),
    /// Make the change that was undone last again
    Redo(Who),
    /// Put a character back to how it stood at a version
    Rollback(sheet::Rollback),
    /// Archive a character; its history stays, and `restore` brings it back
    Rm(Who),
    /// Bring an archived character back, or the whole library to how it stood
    Restore(lines::Restore),
    #[command(flatten)]
    Lining(lines::Lining),
    /// Take in characters from files that Forkbeard or Foundry VTT exported
    Import(exchange::Import),
    /// Write characters as a file that `import` reads
    Export(exchange::Export),
    /// Take in, look at and export packs of a house's own, and build characters on them
    Packs(packs::Packs),
    /// Show who may sit at this computer, and change seats
    Seats(review::Seats),
    /// Propose changes, review them, merge them
    Request(review::Request),
    /// Make a backup of the library, list the backups, or restore one
    Backup(Backup),
    /// Examine the whole library
    Doctor(Doctor),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Who {
    /// The character
    pub(crate) name: String,
}

#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Backup {
    #[command(subcommand)]
    pub(crate) action: Option<BackupAction>,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum BackupAction {
    /// List the verified backups, newest first
    List,
    /// Put the library back to a backup; what stands now is set aside and not deleted
    Restore {
        /// The backup's name, as `backup list` shows it
        name: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Doctor {
    /// Build the index anew from the ledger
    #[arg(long)]
    pub(crate) rebuild: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Roll {
    /// What to roll; several words are one notation
    #[arg(required = true, allow_negative_numbers = true)]
    pub(crate) notation: Vec<String>,

    /// Roll its d20 with advantage; together with --disadvantage neither counts
    #[arg(long, short)]
    pub(crate) advantage: bool,

    /// Roll its d20 with disadvantage
    #[arg(long, short)]
    pub(crate) disadvantage: bool,

    /// Roll the dice of a critical hit: twice as many
    #[arg(long, short)]
    pub(crate) critical: bool,

    /// Roll the same as every time with this number
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
}

/// The notation as `roll --help` tells it.
const ROLL_HELP: &str = "\
Notation:
  2d6+3, d20, d%           dice and numbers; d% is d100
  4d6kh3, kl1, dh1, dl1    keep or drop the highest or lowest
  d20adv, d20dis           advantage, disadvantage; at the end also as words
  2d6r1, d20ro1, 2d6ro<3   roll these faces again; with `ro` once
  2d6mi3                   each die counts at least 3
  (2d6+3)/2, 2d6*2         half, rounded down; a multiple
  1d8[slashing]+2d6[fire]  what a term is for

What was rolled: (1) was dropped, 1→4 was rolled again, 2=3 counts more than it shows.";

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(std::iter::once("beard").chain(words.iter().copied()))
    }

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn negative_numbers_are_values_and_options_may_follow() {
        let words = [
            "set",
            "bran",
            "/identity/xp",
            "-1",
            "/notes",
            "x",
            "-m",
            "why",
            "--json",
        ];
        let arguments = parse(&words).unwrap();
        assert!(arguments.global.json);
        let Asked::OfLibrary(Command::Set(set)) = arguments.command else {
            panic!("not `set`")
        };
        assert_eq!(set.pairs, ["/identity/xp", "-1", "/notes", "x"]);
        assert_eq!(set.change.message.as_deref(), Some("why"));
    }

    #[test]
    fn names_and_values_that_begin_with_a_hyphen_stand_behind_two() {
        assert!(parse(&["show", "-bran"]).is_err());
        let arguments = parse(&["set", "-m", "why", "--", "-bran", "/notes", "--json"]).unwrap();
        assert!(!arguments.global.json);
        let Asked::OfLibrary(Command::Set(set)) = arguments.command else {
            panic!("not `set`")
        };
        assert_eq!(
            (set.name.as_str(), set.pairs[1].as_str()),
            ("-bran", "--json")
        );
    }

    #[test]
    fn what_every_command_takes_may_stand_before_it_and_after_it() {
        for words in [["--data", "d", "doctor"], ["doctor", "--data", "d"]] {
            assert_eq!(parse(&words).unwrap().global.data, Some("d".into()));
        }
    }

    #[test]
    fn an_import_is_of_files_or_of_the_demo_party() {
        assert!(parse(&["import"]).is_err());
        assert!(parse(&["import", "--demo", "a.json"]).is_err());
        assert!(parse(&["import", "--demo"]).is_ok());
        assert!(parse(&["import", "a.json", "-"]).is_ok());
    }

    #[test]
    fn a_notation_may_come_in_words() {
        let words = ["roll", "2d6", "-1", "+", "d4", "--seed", "7", "-c"];
        let Asked::Roll(roll) = parse(&words).unwrap().command else {
            panic!("not `roll`")
        };
        assert_eq!(roll.notation, ["2d6", "-1", "+", "d4"]);
        assert_eq!(
            (roll.seed, roll.critical, roll.advantage),
            (Some(7), true, false)
        );
        assert!(parse(&["roll"]).is_err());
        assert!(parse(&["roll", "d20", "--seed", "-1"]).is_err());
    }
}
