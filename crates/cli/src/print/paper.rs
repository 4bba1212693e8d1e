//! The sheet of paper that answers are written on: lines, headings, text that is broken to fit.

use std::fmt::Display;

use super::words::{harmless, width};
use super::{BOLD, DIM};

/// How many columns a line of running text has at the most.
pub(crate) const COLUMNS: usize = 80;

/// A text that grows line by line; styles are taken out later, where it does not go to a terminal.
#[derive(Debug, Default)]
pub(crate) struct Paper {
    text: String,
}

impl Paper {
    /// Gives what was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Writes a line. Whoever wrote the words: they do not steer the terminal.
    pub(crate) fn line(&mut self, words: impl Display) {
        self.text.push_str(&tame(&words.to_string()));
        self.text.push('\n');
    }

    /// Writes a line that matters less.
    pub(crate) fn dim(&mut self, words: impl Display) {
        self.line(format_args!("{DIM}{words}{DIM:#}"));
    }

    /// Writes a line that stands out.
    pub(crate) fn bold(&mut self, words: impl Display) {
        self.line(format_args!("{BOLD}{words}{BOLD:#}"));
    }

    /// Leaves a line free.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Begins a part with a free line and its name.
    pub(crate) fn heading(&mut self, name: &str) {
        self.gap();
        self.bold(name);
    }

    /// Writes two texts, the second against the right edge where both fit.
    pub(crate) fn apart(&mut self, left: &str, right: &str) {
        let room = COLUMNS.saturating_sub(width(left) + width(right)).max(2);
        self.line(format_args!(
            "{BOLD}{left}{BOLD:#}{:room$}{DIM}{right}{DIM:#}",
            ""
        ));
    }

    /// Writes a name and what belongs to it, broken to fit and set under itself; nothing where there is nothing.
    pub(crate) fn entry(&mut self, name: &str, names: usize, words: &str) {
        if words.is_empty() {
            return;
        }
        let free = names.saturating_sub(width(name));
        let indent = names + 4;
        for (n, part) in broken(words, COLUMNS.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            if n == 0 {
                self.line(format_args!("  {DIM}{name}{DIM:#}{:free$}  {part}", ""));
            } else {
                self.line(format_args!("{:indent$}{part}", ""));
            }
        }
    }

    /// Writes a paragraph, broken to fit.
    pub(crate) fn paragraph(&mut self, indent: usize, words: &str) {
        for part in broken(words, COLUMNS.saturating_sub(indent)) {
            self.line(format_args!("{:indent$}{part}", "").to_string().trim_end());
        }
    }
}

/// Takes out of a text whatever would steer the terminal, but for this program's own styles.
fn tame(text: &str) -> String {
    const STYLES: [&str; 3] = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m"];
    let own = |at: usize| STYLES.iter().any(|style| text[at..].starts_with(style));
    text.char_indices()
        .map(|(at, c)| match c {
            '\n' => c,
            '\u{1b}' if own(at) => c,
            c => harmless(c),
        })
        .collect()
}

/// Breaks a text between words into lines of at most so many columns; a longer word has a line of its own.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            if last.is_empty() {
                last.push_str(word);
                continue;
            }
            if width(last) + 1 + width(word) <= columns {
                last.push(' ');
                last.push_str(word);
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_steers_the_terminal_but_the_styles() {
        let mut paper = Paper::default();
        paper.bold("plain");
        paper.paragraph(2, "red \u{1b}[31m and \u{9b}2J gone");
        paper.line("\u{202e}live\u{7}");
        assert_eq!(
            paper.text(),
            format!(
                "{BOLD}plain{BOLD:#}\n  red \u{fffd}[31m and \u{fffd}2J gone\n\u{fffd}live\u{fffd}\n"
            )
        );
        assert_eq!(tame(&format!("{DIM}x{DIM:#}")), format!("{DIM}x{DIM:#}"));
    }

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("unbreakable x", 4), ["unbreakable", "x"]);
        assert_eq!(broken("龍龍 龍", 5), ["龍龍", "龍"]);
        assert_eq!(broken("", 5), [""]);
    }
}
