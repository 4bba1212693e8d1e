//! Why a number is what it is.

use sheet::Stat;

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words::{self, decimal, signed};

/// Writes the terms of a number under each other, then what they come to.
pub(crate) fn stat(paper: &mut Paper, cell: &str, stat: &Stat) {
    paper.apart(&words::line(cell, 60), &decimal(stat.value));
    let computed = stat.computed.unwrap_or(stat.value);
    let mut table = Table::of(&[
        ("", Edge::Right, 12),
        ("", Edge::Left, 36),
        ("", Edge::Left, 60),
    ]);
    for (n, term) in stat.terms.iter().enumerate() {
        // The first is what the others are added to.
        let value = if n == 0 {
            decimal(term.value)
        } else {
            signed(term.value)
        };
        table.row([value, term.label.clone(), term.detail.clone()]);
    }
    let total = if stat.is_overridden() {
        "by the rules"
    } else {
        "in all"
    };
    let wide = stat
        .terms
        .iter()
        .map(|term| words::width(&signed(term.value)))
        .max()
        .unwrap_or(1);
    table.row([
        "─".repeat(wide.max(words::width(&decimal(computed)))),
        String::new(),
        String::new(),
    ]);
    table.row([decimal(computed), total.to_owned(), String::new()]);
    if stat.is_overridden() {
        let note = stat.override_note.clone().unwrap_or_default();
        table.row([decimal(stat.value), "set by hand".to_owned(), note]);
    }
    table.write(paper, 2);
    for other in &stat.alternatives {
        let words = format!(
            "{} {} ({})",
            other.label,
            decimal(other.value),
            words::line(&other.detail, 60)
        );
        paper.entry("not used", 8, &words::flat(&words));
    }
    for note in &stat.notes {
        paper.entry("note", 8, &words::flat(note));
    }
}
