//! The way to whoever started the program: answers on standard output, errors on standard error.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use clap::error::ErrorKind as Usage;
use serde::Serialize;
use serde_json::json;
use services::{Code, Failure};

use crate::exit::Exit;
use crate::print::{self, Paper};

/// Says why the program did not do, or could not print, what was asked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The services refused, once or several times; the first decides the exit code.
    Failures(Vec<Failure>),
    /// The answer could not be printed.
    Output(io::Error),
    /// It was done, and something stays to be decided; the answer says what.
    LeftOpen,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failures(vec![failure])
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Output(error)
    }
}

/// The way to whoever started the program.
pub(crate) struct Console {
    json: bool,
}

impl Console {
    /// Speaks JSON or to people.
    pub(crate) fn new(json: bool) -> Console {
        Console { json }
    }

    /// Prints an answer: its JSON, or what `human` writes.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(crate) fn say<T: Serialize + ?Sized>(
        &mut self,
        answer: &T,
        human: impl FnOnce(&mut Paper),
    ) -> Result<(), Trouble> {
        if self.json {
            let mut bytes = serde_json::to_vec_pretty(answer).map_err(Failure::internal)?;
            bytes.push(b'\n');
            return self.hand_over(&bytes);
        }
        let mut paper = Paper::default();
        human(&mut paper);
        // Takes the colours out unless this is a terminal that wants them.
        let mut out = AutoStream::auto(io::stdout());
        Ok(heard(
            out.write_all(paper.text().as_bytes())
                .and_then(|()| out.flush()),
        )?)
    }

    /// Prints bytes as they are.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(crate) fn hand_over(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let mut out = io::stdout();
        Ok(heard(out.write_all(bytes).and_then(|()| out.flush()))?)
    }

    /// Prints a sentence beside the answer.
    pub(crate) fn note(&mut self, sentence: &str) {
        self.tell(&print::note(sentence), &json!({ "note": sentence }));
    }

    /// Prints what went wrong and says what the program ends with.
    pub(crate) fn complain(&mut self, trouble: Trouble) -> Exit {
        let failures = match trouble {
            Trouble::Failures(failures) => failures,
            Trouble::Output(error) => vec![unprinted(&error)],
            Trouble::LeftOpen => return Exit::Fault,
        };
        for failure in &failures {
            self.tell(&print::failure(failure), failure);
        }
        failures
            .first()
            .map_or(Exit::Fault, |first| Exit::from(first.code))
    }

    fn tell(&self, human: &str, machine: &impl Serialize) {
        // Where standard error is closed there is nobody left to tell.
        let _ = if self.json {
            let line = serde_json::to_string(machine).unwrap_or_default();
            writeln!(io::stderr(), "{line}")
        } else {
            AutoStream::auto(io::stderr()).write_all(human.as_bytes())
        };
    }
}

/// Passes over a closed pipe: whoever listened has heard enough, as `head -1` has. What was refused, or stays open, is told all the
/// same, by what comes after the answer and by the exit code.
fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn unprinted(error: &io::Error) -> Failure {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::Internal,
    };
    Failure::new(
        code,
        format!("The answer could not be written: {error}."),
        "What was asked for was done; only the answer is missing.",
    )
}

/// Answers `--help` and `--version`, and tells what could not be understood.
pub(crate) fn answer_usage(error: &clap::Error, words: &[OsString]) -> Exit {
    if matches!(error.kind(), Usage::DisplayHelp | Usage::DisplayVersion) {
        // Whoever closed the pipe has read enough.
        let _ = error.print();
        return Exit::Done;
    }
    let json = words
        .iter()
        .take_while(|word| *word != "--")
        .any(|word| word == "--json");
    if !json {
        let _ = error.print();
        return Exit::Usage;
    }
    let text = error.to_string();
    // What is wrong comes first; a free line sets it apart from how it should be.
    let wrong: Vec<&str> = text
        .trim_start_matches("error: ")
        .lines()
        .map(str::trim)
        .take_while(|l| !l.is_empty())
        .collect();
    let message = match error.kind() {
        Usage::DisplayHelpOnMissingArgumentOrSubcommand => "a command is missing".to_owned(),
        _ => wrong.join(" "),
    };
    // In the order of a failure's own cells.
    let message = json!(message);
    let _ = writeln!(
        io::stderr(),
        r#"{{"code":"usage","message":{message},"hint":"See `beard --help`.","cell":null}}"#
    );
    Exit::Usage
}
