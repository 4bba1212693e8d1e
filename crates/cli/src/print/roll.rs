//! A roll, with each die.

use rules::dice::{Die, Natural, Roll, RollTerm};

use super::paper::Paper;
use super::words::{self, decimal, flat, signed};
use super::{BOLD, DIM};

/// Writes what was rolled and what it came to, then each term with its dice.
///
/// Dropped dice stand in parentheses; `1→4` was rolled again, `2=3` counts more than it shows.
pub(crate) fn roll(paper: &mut Paper, roll: &Roll) {
    let (total, notation) = (decimal(f64::from(roll.total)), flat(&roll.notation));
    paper.line(format_args!(
        "{BOLD}{total}{BOLD:#}  {DIM}{notation}{DIM:#}"
    ));
    let amounts: Vec<String> = roll
        .terms
        .iter()
        .map(|term| signed(term.subtotal))
        .collect();
    let wide = amounts
        .iter()
        .map(|amount| words::width(amount))
        .max()
        .unwrap_or(0);
    for (amount, term) in amounts.iter().zip(&roll.terms) {
        let free = " ".repeat(wide - words::width(amount));
        paper.entry(&format!("{free}{amount}"), wide, &flat(&told(term)));
    }
    match roll.natural {
        Some(Natural::Twenty) => paper.bold("Natural 20."),
        Some(Natural::One) => paper.bold("Natural 1."),
        None => {}
    }
}

/// Tells the dice of a roll on one line, without what adds to them: `1d20adv: 16 (12)`.
pub(crate) fn dice(roll: &Roll) -> String {
    let thrown = roll.terms.iter();
    let thrown: Vec<String> = thrown
        .filter(|term| !term.dice.is_empty() || !term.parts.is_empty())
        .map(told)
        .collect();
    flat(&thrown.join("; "))
}

/// Tells a term on one line: `2d6 fire: 4 1`.
fn told(term: &RollTerm) -> String {
    let is_number = term.notation.bytes().all(|c| c.is_ascii_digit());
    let mut text = match (term.label.as_str(), is_number) {
        // The amount stands before it.
        ("", true) => "number".to_owned(),
        (label, true) => label.to_owned(),
        ("", false) => term.notation.clone(),
        (label, false) => format!("{} {label}", term.notation),
    };
    let dice: Vec<String> = term.dice.iter().map(die).collect();
    let part = |part: &RollTerm| format!("{} {}", signed(part.subtotal), told(part));
    let parts: Vec<String> = term.parts.iter().map(part).collect();
    for (within, between) in [(dice, " "), (parts, "; ")] {
        if !within.is_empty() {
            text = format!("{text}: {}", within.join(between));
        }
    }
    text
}

fn die(die: &Die) -> String {
    let before: String = die.rerolled.iter().map(|face| format!("{face}→")).collect();
    let mut text = format!("{before}{}", die.face);
    if die.value != die.face {
        text = format!("{text}={}", die.value);
    }
    if die.kept { text } else { format!("({text})") }
}
