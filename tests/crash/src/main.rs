//! `crash`: the long runs. `crash kill --runs 500`, `crash cut --runs 50`, `crash damage --runs 500`, `crash full`, or `crash all`.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for a terminal

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    version,
    about = "Bad days, on purpose: what is acknowledged must be there afterwards"
)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// Where randomness begins; the same seed tries the same things.
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum What {
    /// Write until the process is ended; what the others run.
    Writer {
        /// The library's folder.
        folder: PathBuf,
    },
    /// End a writer with SIGKILL, again and again.
    Kill {
        /// How often.
        #[arg(long, default_value_t = 500)]
        runs: u32,
    },
    /// Cut the power of the disk under a writer (root).
    Cut {
        /// How often.
        #[arg(long, default_value_t = 50)]
        runs: u32,
    },
    /// Damage the files of a library.
    Damage {
        /// How often.
        #[arg(long, default_value_t = 500)]
        runs: u32,
    },
    /// Fill the disk under a library (root).
    Full {
        /// How often.
        #[arg(long, default_value_t = 3)]
        runs: u32,
    },
    /// All of it, in the long form.
    All,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seed = arguments.seed;
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => {
            eprintln!("crash: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcomes = match arguments.what {
        What::Writer { folder } => {
            return match crash::write_for_ever(&folder) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failure) => {
                    eprintln!("writer: {failure}");
                    ExitCode::FAILURE
                }
            };
        }
        What::Kill { runs } => vec![("kill", crash::kill::run(&program, runs, seed))],
        What::Cut { runs } => vec![("power cut", crash::cut::run(&program, runs, seed))],
        What::Damage { runs } => vec![("damage", crash::damage::run(runs, seed))],
        What::Full { runs } => vec![("full disk", crash::full::run(runs))],
        What::All => vec![
            ("kill", crash::kill::run(&program, 500, seed)),
            ("power cut", crash::cut::run(&program, 50, seed)),
            ("damage", crash::damage::run(500, seed)),
            ("full disk", crash::full::run(3)),
        ],
    };
    let mut well = true;
    for (name, outcome) in outcomes {
        println!("{name}: {outcome}");
        well &= outcome.is_well();
    }
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
