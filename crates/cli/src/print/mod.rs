//! Answers as text for people, one file an area.

pub(crate) mod blame;
pub(crate) mod build;
pub(crate) mod compendium;
pub(crate) mod difference;
mod equipment;
pub(crate) mod exchange;
pub(crate) mod explanation;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod lines;
pub(crate) mod merging;
pub(crate) mod outcome;
pub(crate) mod packs;
mod paper;
pub(crate) mod play;
pub(crate) mod review;
pub(crate) mod roll;
pub(crate) mod roster;
pub(crate) mod sheet;
mod spellcasting;
mod table;
mod uses;
pub(crate) mod words;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use services::Failure;

pub(crate) use paper::Paper;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Writes what went wrong: the sentence, then the cell and what to do, each on a line.
pub(crate) fn failure(failure: &Failure) -> String {
    let mut text = format!("{ERROR}error{ERROR:#}: {}\n", words::flat(&failure.message));
    let beside = [
        ("cell", failure.cell.as_deref().unwrap_or_default()),
        ("hint", &failure.hint),
    ];
    for (name, words) in beside {
        if !words.is_empty() {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "  {DIM}{name}:{DIM:#} {}", words::flat(words));
        }
    }
    text
}

/// Writes a sentence that is no error.
pub(crate) fn note(sentence: &str) -> String {
    format!("{DIM}note{DIM:#}: {}\n", words::flat(sentence))
}

#[cfg(test)]
mod tests {
    use services::{Code, Failure};

    #[test]
    fn an_error_cannot_steer_the_terminal() {
        let failure = Failure::new(Code::NotFound, "no `\u{1b}]0;x\u{7}\n`.", "");
        let text = super::failure(&failure);
        let said = text.split("error").nth(1).unwrap();
        assert!(said.contains("no `\u{fffd}]0;x\u{fffd} `."), "{said:?}");
        assert_eq!(text.lines().count(), 1);
    }
}
