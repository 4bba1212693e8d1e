//! Numbers, times and names as a person reads them.

use chrono::{DateTime, Local, Utc};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Tells how many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Puts a text on one line and takes out what would steer the terminal or turn the reading direction round.
pub(crate) fn flat(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                harmless(c)
            }
        })
        .collect()
}

/// Puts a text on one line of at most so many columns, with an ellipsis where something was cut.
pub(crate) fn line(text: &str, most: usize) -> String {
    // Bounded first, so that a text of megabytes costs nothing.
    let bounded: String = text.chars().take(4 * most + 4).collect();
    let words: Vec<&str> = bounded.split_whitespace().collect();
    let flat = flat(&words.join(" "));
    if width(&flat) <= most {
        return flat;
    }
    let mut cut = String::new();
    let mut used = 1;
    for c in flat.chars() {
        used += c.width().unwrap_or(0);
        if used > most {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// Takes out of a text of several lines what would steer the terminal.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(flat)
}

/// Puts the sign of what cannot be shown where a character would steer the terminal or turn the reading direction round.
pub(crate) fn harmless(c: char) -> char {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    if c.is_control() || turns {
        '\u{fffd}'
    } else {
        c
    }
}

/// Writes a bonus with its sign: `+3`, `−1`, `+0`.
pub(crate) fn signed(number: impl Into<f64>) -> String {
    let number = number.into();
    let sign = if number < 0.0 { '−' } else { '+' };
    format!("{sign}{}", decimal(number.abs()))
}

/// Writes a number with at most two decimals and grouped thousands.
pub(crate) fn decimal(number: f64) -> String {
    let text = format!("{:.2}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut out = String::new();
    if number < 0.0 {
        out.push('−');
    }
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Counts things: `1 character`, `12 characters`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// Writes a place in a row: `1st`, `2nd`, `11th`.
pub(crate) fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Writes a size: `812 B`, `1.4 MB`.
#[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
pub(crate) fn bytes(number: u64) -> String {
    let mut size = number as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if size < 1_000.0 {
            return if unit == "B" {
                format!("{number} B")
            } else {
                format!("{size:.1} {unit}")
            };
        }
        size /= 1_000.0;
    }
    format!("{size:.1} TB")
}

/// Writes a moment by the clock on the wall: `2026-03-01 12:00`.
pub(crate) fn moment(time: DateTime<Utc>) -> String {
    time.with_timezone(&Local)
        .format("%Y-%m-%d %H:%M")
        .to_string()
}

/// Writes a span by the clock on the wall, the day once: `2026-03-01 12:00–12:40`.
pub(crate) fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let (start, end) = (moment(from), moment(to));
    if start == end {
        start
    } else if start[..10] == end[..10] {
        format!("{start}–{}", &end[11..])
    } else {
        format!("{start} – {end}")
    }
}

/// Writes a moment that a sheet tells as text; what is no moment as it is.
pub(crate) fn stamp(text: &str) -> String {
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => moment(time.with_timezone(&Utc)),
        Err(_) => line(text, 40),
    }
}

/// Gives the beginning of a commit's id that is enough to name it.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// Names a variant as it is written in JSON, in words: `one on short rest`.
pub(crate) fn variant(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

/// Begins a text with a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_on_a_sheet() {
        for (number, plain, with_sign) in [
            (0.0, "0", "+0"),
            (3.0, "3", "+3"),
            (-1.0, "−1", "−1"),
            (14_250.0, "14,250", "+14,250"),
            (1_234_567.5, "1,234,567.5", "+1,234,567.5"),
            (0.02, "0.02", "+0.02"),
            (-0.25, "−0.25", "−0.25"),
        ] {
            assert_eq!(decimal(number), plain);
            assert_eq!(signed(number), with_sign);
        }
        let said: Vec<String> = [1, 2, 3, 4, 9, 11, 12, 13, 21].map(ordinal).into();
        assert_eq!(
            said,
            [
                "1st", "2nd", "3rd", "4th", "9th", "11th", "12th", "13th", "21st"
            ]
        );
        assert_eq!([0, 999, 1_400_000].map(bytes), ["0 B", "999 B", "1.4 MB"]);
    }

    #[test]
    fn a_line_is_cut_by_columns() {
        assert_eq!(line("a\n b", 10), "a b");
        assert_eq!(line("abcdef", 4), "abc…");
        // Each of these takes two columns.
        assert_eq!(line("龍龍龍龍", 6), "龍龍…");
        assert_eq!(line("bad\u{1b}[31m", 20), "bad\u{fffd}[31m");
        assert_eq!(line("\u{202e}live", 20), "\u{fffd}live");
    }
}
