//! Bad days, on purpose: a writer over the services is killed, its power cut, its files damaged, its disk filled; then the library is
//! opened again and held against what the writer had been told was saved.
//!
//! Each edit sets two cells to the same number, so that half an edit would show. The writer prints a line for each acknowledged edit;
//! whoever runs it reads the lines from the pipe, which outlives the process.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for a terminal
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test: failing is its way to speak

mod ack;
pub mod cut;
pub mod damage;
pub mod full;
pub mod kill;
mod writer;

pub use ack::{Ack, check};
pub use writer::write_for_ever;

/// Says what some runs came to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many runs there were.
    pub runs: u32,
    /// How many edits had been acknowledged in all.
    pub acknowledged: u64,
    /// How many of them were gone: the number that must be nought.
    pub lost: u64,
    /// What else was wrong, each a sentence.
    pub wrong: Vec<String>,
    /// Remarks: what was skipped, how often something was mended.
    pub notes: Vec<String>,
}

impl Outcome {
    /// Tells whether nothing was lost and nothing was wrong.
    pub fn is_well(&self) -> bool {
        self.lost == 0 && self.wrong.is_empty()
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} runs, {} acknowledged edits, {} lost, {} other faults",
            self.runs,
            self.acknowledged,
            self.lost,
            self.wrong.len()
        )?;
        for line in self.wrong.iter().take(20).chain(&self.notes) {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}
