//! Kill: the writer is ended by SIGKILL at random moments.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use services::{Library, Settings};

use crate::{Ack, Outcome, check};

/// A writer process and what it has said so far.
pub(crate) struct Writer {
    pub(crate) child: Child,
    lines: Receiver<Ack>,
}

impl Writer {
    pub(crate) fn start(program: &Path, folder: &Path) -> Writer {
        let mut child = Command::new(program)
            .arg("writer")
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let stdout = child.stdout.take().expect("its output");
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // A line that was cut off by the end of the process was not said.
                let Ok(ack) = serde_json::from_str(&line) else {
                    break;
                };
                if tell.send(ack).is_err() {
                    break;
                }
            }
        });
        Writer { child, lines }
    }

    /// Waits for the first line, so that a random moment afterwards lies in the midst of writing.
    pub(crate) fn first(&self) -> Option<Ack> {
        self.lines.recv_timeout(Duration::from_secs(60)).ok()
    }

    /// Takes what was said and not yet taken; waits until the pipe is silent.
    pub(crate) fn said(&self) -> Vec<Ack> {
        let mut said = Vec::new();
        while let Ok(ack) = self.lines.recv_timeout(Duration::from_millis(60)) {
            said.push(ack);
        }
        said
    }

    pub(crate) fn kill(mut self) -> Vec<Ack> {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.lines.iter().collect()
    }
}

/// Kills a writer so many times; a fresh library every twenty runs.
pub fn run(program: &Path, runs: u32, seed: u64) -> Outcome {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut outcome = Outcome::default();
    let mut folder = tempfile::tempdir().expect("a folder");
    for run in 0..runs {
        if run % 20 == 19 {
            folder = tempfile::tempdir().expect("a folder");
        }
        let library = folder.path().join("library");
        let writer = Writer::start(program, &library);
        let early = random.u32(0..8) == 0;
        let mut acks = Vec::new();
        if !early {
            acks.extend(writer.first());
        }
        // Early kills hit the opening itself.
        let wait = if early {
            random.u64(0..60)
        } else {
            random.u64(0..400)
        };
        std::thread::sleep(Duration::from_millis(wait));
        acks.extend(writer.kill());
        outcome.runs += 1;
        outcome.acknowledged += acks.len() as u64;
        examine(&library, &acks, &mut outcome, &format!("kill {run}"));
    }
    outcome
}

/// Opens a library after a bad day and holds it against what was acknowledged.
pub(crate) fn examine(folder: &Path, acks: &[Ack], outcome: &mut Outcome, what: &str) {
    let library = match Library::open(Settings::new(folder, "Checker")) {
        Ok(library) => library,
        Err(failure) => {
            outcome.lost += acks.len() as u64;
            outcome
                .wrong
                .push(format!("{what}: the library does not open: {failure}"));
            return;
        }
    };
    let (lost, wrong) = check(&library, acks);
    outcome.lost += lost;
    outcome
        .wrong
        .extend(wrong.into_iter().map(|line| format!("{what}: {line}")));
    if let Some(failure) = library.read_only() {
        outcome
            .wrong
            .push(format!("{what}: the library is read-only: {failure}"));
    }
    match library.health().doctor(false) {
        Ok(report) if report.healthy => {}
        Ok(report) => outcome
            .wrong
            .push(format!("{what}: the doctor says {:?}", report.problems)),
        Err(failure) => outcome
            .wrong
            .push(format!("{what}: the doctor failed: {failure}")),
    }
}
