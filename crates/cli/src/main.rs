//! `beard`: the services of Forkbeard from a terminal, for scripts and for people.
//!
//! The program reads its arguments and its environment, opens one library, calls one service, prints what came back, and ends
//! with a code that scripts can use (see [`exit`]). It decides nothing about characters.
//!
//! - What was asked for goes to standard output: text for people, or with `--json` the services' own shapes.
//! - Errors go to standard error, and nothing else does unless `--verbose` asks for it.

mod args;
mod assets;
mod build;
mod compare;
mod compendium;
mod console;
mod environment;
mod exchange;
mod exit;
mod health;
mod history;
mod lines;
mod merging;
mod pack;
mod packs;
mod play;
mod print;
mod review;
mod roll;
mod roster;
mod seats;
mod session;
mod sheet;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;
use services::{Code, Failure};

use crate::args::{Arguments, Asked, Command};
use crate::console::{Console, Trouble};
use crate::environment::Environment;
use crate::exit::Exit;
use crate::session::Session;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return console::answer_usage(&error, &words).into(),
    };
    if arguments.global.verbose {
        start_log();
    } else {
        // A caught panic is told as a failure; its own words would be a second, worse telling.
        std::panic::set_hook(Box::new(|_| {}));
    }
    let mut console = Console::new(arguments.global.json);
    let done = catch_unwind(AssertUnwindSafe(|| {
        run(arguments, &Environment::read(), &mut console)
    }));
    let exit = match done {
        Ok(Ok(())) => Exit::Done,
        Ok(Err(trouble)) => console.complain(trouble),
        Err(_) => console.complain(
            Failure::new(
                Code::Internal,
                "Something went wrong inside Forkbeard.",
                "Nothing that was saved is lost. Try again with `--verbose` to see more.",
            )
            .into(),
        ),
    };
    exit.into()
}

/// Does what was asked; opens the library for whatever needs one.
fn run(
    arguments: Arguments,
    environment: &Environment,
    console: &mut Console,
) -> Result<(), Trouble> {
    let command = match arguments.command {
        Asked::Roll(wanted) => return roll::roll(console, &wanted),
        Asked::Content(wanted) => {
            // The compendium needs no library; of one that is named and there, the packs are searched too.
            let settings = environment.settings(&arguments.global)?;
            if arguments.global.data.is_none() || !settings.folder.exists() {
                return compendium::content(console, None, wanted.action);
            }
            let gate = services::Gate::open(settings, None);
            let library = gate.library()?;
            let done = compendium::content(console, Some(&library), wanted.action);
            gate.close();
            return done;
        }
        Asked::Files(wanted) => return merging::files(console, wanted),
        Asked::OfLibrary(command) => command,
    };
    let settings = environment.settings(&arguments.global)?;
    let mut session = Session::open(settings, console, arguments.global.verbose);
    let done = obey(command, &mut session);
    session.close();
    done
}

fn obey(command: Command, session: &mut Session<'_>) -> Result<(), Trouble> {
    match command {
        Command::List(wanted) => roster::list(session, &wanted),
        Command::New(wanted) => roster::new(session, wanted),
        Command::Rm(who) => roster::archive(session, &who),
        Command::Restore(wanted) => lines::restore(session, &wanted),
        Command::Lining(wanted) => lines::obey(session, wanted),
        Command::Show(wanted) => sheet::show(session, &wanted),
        Command::Explain(wanted) => sheet::explain(session, &wanted),
        Command::Building(wanted) => build::obey(session, wanted),
        Command::Playing(wanted) => play::obey(session, wanted),
        Command::Set(wanted) => sheet::set(session, &wanted),
        Command::Unset(wanted) => sheet::unset(session, &wanted),
        Command::Undo(who) => sheet::undo(session, &who),
        Command::Redo(who) => sheet::redo(session, &who),
        Command::Rollback(wanted) => sheet::rollback(session, &wanted),
        Command::Log(wanted) => history::log(session, &wanted),
        Command::Merging(wanted) => merging::obey(session, wanted),
        Command::Comparing(wanted) => compare::obey(session, wanted),
        Command::Portrait(wanted) => assets::portrait(session, &wanted),
        Command::Import(wanted) => exchange::import(session, &wanted),
        Command::Export(wanted) => exchange::export(session, &wanted),
        Command::Packs(wanted) => packs::obey(session, wanted.action),
        Command::Seats(wanted) => seats::obey(session, wanted.action),
        Command::Request(wanted) => review::obey(session, wanted.action),
        Command::Backup(wanted) => health::backup(session, wanted.action),
        Command::Doctor(wanted) => health::doctor(session, wanted.rebuild),
    }
}

/// Sends what the services do and note down to standard error.
fn start_log() {
    use tracing_subscriber::filter::EnvFilter;
    use tracing_subscriber::fmt::format::FmtSpan;

    let colours = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        // A command of the services is a span, and its end tells how long it took.
        .with_span_events(FmtSpan::CLOSE)
        // At its own level sled tells of every page it touches.
        .with_env_filter(EnvFilter::new("debug,sled=warn"));
    // Nobody else in this process sets one up.
    let _ = log.try_init();
}
