//! Things of the compendium, and what is wrong with a pack.

use services::wire::{CompendiumEntry, CompendiumPage};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;
use crate::pack::Report;

/// How many columns the names of facts take.
const FACTS: usize = 18;

/// Writes a page of things that were found.
pub(crate) fn page(paper: &mut Paper, page: &CompendiumPage, offset: u32) {
    let mut table = Table::of(&[
        ("KIND", Edge::Left, 12),
        ("ID", Edge::Left, 40),
        ("NAME", Edge::Left, 40),
        ("", Edge::Left, 40),
    ]);
    for row in &page.rows {
        table.row([
            row.kind.clone(),
            row.id.clone(),
            row.name.clone(),
            row.detail.clone(),
        ]);
    }
    table.write(paper, 0);
    let shown = page.rows.len();
    let next = offset.saturating_add(u32::try_from(shown).unwrap_or(u32::MAX));
    if page.total == 0 {
        paper.dim("Nothing was found.");
    } else if next < page.total {
        paper.dim(format_args!(
            "{shown} of {}; `--offset {next}` shows the next",
            page.total
        ));
    } else {
        paper.dim(format_args!("{shown} of {}", page.total));
    }
}

/// Writes one thing whole.
pub(crate) fn entry(paper: &mut Paper, entry: &CompendiumEntry) {
    paper.apart(
        &words::line(&entry.row.name, 50),
        &words::line(&entry.row.detail, 40),
    );
    for text in words::paragraphs(&entry.row.text) {
        paper.paragraph(0, &text);
    }
    for fact in &entry.facts {
        let name = words::line(&fact.name, FACTS);
        paper.entry(&name, FACTS, &words::flat(&fact.value));
    }
    for part in &entry.parts {
        paper.heading(&words::line(&part.name, 60));
        if !part.source.is_empty() {
            paper.dim(format_args!("  {}", words::line(&part.source, 70)));
        }
        for text in words::paragraphs(&part.text) {
            paper.paragraph(2, &text);
        }
    }
}

/// Writes what a pack holds; what is wrong with it is told as errors.
pub(crate) fn pack(paper: &mut Paper, report: &Report) {
    let files = words::count(report.files, "file", "files");
    let name = match (report.name.as_str(), report.version.as_str()) {
        ("", _) => "A pack without a name".to_owned(),
        (name, "") => words::line(name, 50),
        (name, version) => format!("{} {}", words::line(name, 50), words::line(version, 20)),
    };
    paper.line(format_args!("{name}, {files}."));
    let mut table = Table::of(&[("", Edge::Right, 6), ("", Edge::Left, 20)]);
    for (kind, count) in &report.things {
        table.row([count.to_string(), kind.replace('_', " ")]);
    }
    table.write(paper, 2);
    if report.problems.is_empty() {
        paper.line("All is well.");
    }
}
