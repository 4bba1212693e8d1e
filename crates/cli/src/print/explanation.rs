//! Why a number is what it is.

use sheet::Stat;

use super::DIM;
use super::paper::Paper;
use super::table::{Edge, Table};
use super::words::{self, decimal, signed};
use crate::sheet::Explained;

/// Writes a number as a tree: its terms, and below each what that is made of.
pub(crate) fn tree(paper: &mut Paper, tree: &Explained) {
    paper.apart(&words::line(&tree.cell, 60), &decimal(tree.stat.value));
    branch(paper, tree, "");
}

fn branch(paper: &mut Paper, tree: &Explained, before: &str) {
    let stat = &tree.stat;
    let mut asides: Vec<String> = Vec::new();
    if stat.is_overridden() {
        let computed = decimal(stat.computed.unwrap_or(stat.value));
        let note = stat.override_note.as_deref().unwrap_or_default();
        let note = if note.is_empty() {
            String::new()
        } else {
            format!(" ({note})")
        };
        let value = decimal(stat.value);
        asides.push(format!(
            "set by hand to {value}{note}; by the rules {computed}"
        ));
    }
    for other in &stat.alternatives {
        let value = decimal(other.value);
        asides.push(format!(
            "not used: {} {value} ({})",
            other.label, other.detail
        ));
    }
    asides.extend(stat.notes.iter().map(|note| format!("note: {note}")));
    let all = stat.terms.len() + asides.len();
    let arms = |n: usize| {
        if n + 1 == all {
            ("└ ", "  ")
        } else {
            ("├ ", "│ ")
        }
    };
    for (n, term) in stat.terms.iter().enumerate() {
        let (arm, under) = arms(n);
        // The first is what the others are added to.
        let value = if n == 0 {
            decimal(term.value)
        } else {
            signed(term.value)
        };
        let detail = if term.detail.is_empty() {
            String::new()
        } else {
            format!("  {DIM}{}{DIM:#}", words::line(&term.detail, 60))
        };
        let label = words::line(&term.label, 50);
        paper.line(format_args!("{before}{arm}{value} {label}{detail}"));
        if let Some(Some(below)) = tree.below.get(n) {
            branch(paper, below, &format!("{before}{under}"));
        }
    }
    for (n, aside) in asides.iter().enumerate() {
        let (arm, _) = arms(stat.terms.len() + n);
        paper.line(format_args!(
            "{before}{arm}{DIM}{}{DIM:#}",
            words::line(aside, 100)
        ));
    }
}

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
