//! How two versions differ, section by section, or cell by cell.

use std::collections::BTreeMap;

use serde_json::Value;
use services::exchange::{FileDifference, FileTone};
use services::wire::{
    CellChange, CellNature, ChangeTone, Consequence, Difference, DifferenceSection, WordFate,
};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes a difference by sections; with `consequences` also what the rules made of it, and why.
pub(crate) fn difference(paper: &mut Paper, found: &Difference, consequences: bool) {
    let side = |side: &services::wire::SideName| {
        format!(
            "{} (v{}, {})",
            side.title,
            side.version,
            words::short(&side.commit)
        )
    };
    paper.dim(format_args!("{} → {}", side(&found.from), side(&found.to)));
    if found.changes == 0 && found.consequences == 0 {
        paper.line("Nothing differs.");
    }
    sections(paper, &found.sections, consequences);
    if !consequences && found.consequences > 0 {
        paper.gap();
        let numbers = words::count(found.consequences as usize, "number", "numbers");
        paper.dim(format_args!(
            "{numbers} came out otherwise because of it; `--consequences` shows them"
        ));
    }
    if found.hidden > 0 {
        paper.gap();
        let changes = words::count(found.hidden as usize, "change", "changes");
        paper.dim(format_args!("{changes} only the DM may see"));
    }
}

/// Writes how the characters of two files differ.
pub(crate) fn files(paper: &mut Paper, found: &[FileDifference], consequences: bool, raw: bool) {
    if found.is_empty() {
        paper.line("Nothing differs.");
    }
    for (n, difference) in found.iter().enumerate() {
        if n > 0 {
            paper.gap();
        }
        let sign = match difference.tone {
            FileTone::Added => "+ ",
            FileTone::Removed => "− ",
            FileTone::Changed => "",
        };
        paper.bold(format_args!(
            "{sign}{}",
            words::line(&difference.character, 70)
        ));
        if raw {
            cells(paper, &difference.sections);
        } else {
            sections(paper, &difference.sections, consequences);
        }
    }
}

fn sections(paper: &mut Paper, all: &[DifferenceSection], consequences: bool) {
    let labels: BTreeMap<&str, &str> = all
        .iter()
        .flat_map(|section| &section.changes)
        .map(|change| (change.path.as_str(), change.label.as_str()))
        .collect();
    for section in all {
        if section.changes.is_empty() && (!consequences || section.consequences.is_empty()) {
            continue;
        }
        paper.heading(&section.title);
        changes(paper, &section.changes);
        if consequences {
            numbers(paper, &section.consequences, &labels);
        }
    }
}

/// Writes the cells by their paths, with their whole values.
pub(crate) fn raw(paper: &mut Paper, found: &Difference) {
    cells(paper, &found.sections);
}

fn cells(paper: &mut Paper, all: &[DifferenceSection]) {
    for change in all.iter().flat_map(|section| &section.changes) {
        paper.line(&change.path);
        let value = |value: &Value| serde_json::to_string(value).unwrap_or_default();
        if let Some(before) = &change.before {
            paper.line(format_args!("  - {}", value(before)));
        }
        if let Some(after) = &change.after {
            paper.line(format_args!("  + {}", value(after)));
        }
    }
}

fn changes(paper: &mut Paper, changes: &[CellChange]) {
    let mut table = Table::of(&[
        ("", Edge::Left, 1),
        ("", Edge::Left, 40),
        ("", Edge::Left, 60),
    ]);
    for change in changes {
        table.row([
            sign(change.tone).to_owned(),
            change.label.clone(),
            what(&change.before_text, &change.after_text, change),
        ]);
    }
    table.write(paper, 2);
    for change in changes.iter().filter(|change| change.words.len() > 1) {
        paper.dim(format_args!("  {}", words::line(&change.label, 70)));
        let text: String = change
            .words
            .iter()
            .map(|run| match run.fate {
                WordFate::Kept => run.text.clone(),
                WordFate::Added => format!("{{+{}+}}", run.text),
                WordFate::Removed => format!("[-{}-]", run.text),
            })
            .collect();
        for line in text.lines() {
            paper.paragraph(4, line);
        }
    }
}

fn sign(tone: ChangeTone) -> &'static str {
    match tone {
        ChangeTone::Added => "+",
        ChangeTone::Removed => "−",
        ChangeTone::Changed => "",
        ChangeTone::Moved => "↕",
        ChangeTone::Consequence => "⇒",
    }
}

fn what(before: &str, after: &str, change: &CellChange) -> String {
    match (before, after) {
        _ if change.words.len() > 1 => "rewritten".to_owned(),
        _ if change.nature == CellNature::Order => String::new(),
        (one, "") | ("", one) => one.to_owned(),
        (before, after) => format!("{} → {}", words::line(before, 28), words::line(after, 28)),
    }
}

fn numbers(paper: &mut Paper, consequences: &[Consequence], labels: &BTreeMap<&str, &str>) {
    let mut table = Table::of(&[
        ("", Edge::Left, 1),
        ("", Edge::Left, 40),
        ("", Edge::Left, 24),
        ("", Edge::Left, 60),
    ]);
    for line in consequences {
        let number = match (line.before.as_str(), line.after.as_str()) {
            (one, "") => format!("{one}, no more"),
            ("", one) => one.to_owned(),
            (before, after) => format!("{before} → {after}"),
        };
        let mut because: Vec<&str> = line
            .because
            .iter()
            .filter_map(|path| labels.get(path.as_str()).copied())
            .collect();
        because.dedup();
        let because = match because.as_slice() {
            [] => String::new(),
            [one] => format!("because of {one}"),
            [one, rest @ ..] => format!("because of {one} and {} more", rest.len()),
        };
        table.row(["⇒".to_owned(), line.label.clone(), number, because]);
    }
    table.write(paper, 2);
}
