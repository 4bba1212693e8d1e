//! What became of files that went in and out.

use std::path::Path;

use services::wire::{ImportReport, ImportedAs};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes what became of each character of an import; those that were refused are told as errors.
pub(crate) fn report(paper: &mut Paper, report: &ImportReport) {
    let mut table = Table::of(&[
        ("", Edge::Left, 12),
        ("", Edge::Left, 40),
        ("", Edge::Left, 60),
    ]);
    let mut taken = 0;
    for character in &report.characters {
        let what = match &character.result {
            ImportedAs::New => "new",
            ImportedAs::Copy => "copied",
            ImportedAs::Updated => "updated",
            ImportedAs::Skipped => "left as it is",
            ImportedAs::Refused { .. } => continue,
        };
        taken += usize::from(character.result != ImportedAs::Skipped);
        let handle = character.handle.clone().unwrap_or_default();
        table.row([what.to_owned(), character.name.clone(), handle]);
    }
    table.write(paper, 0);
    for notice in &report.notices {
        paper.paragraph(0, &words::flat(notice));
    }
    let all = words::count(report.characters.len(), "character", "characters");
    paper.dim(format_args!("{taken} of {all} taken in"));
}

/// Tells of a file that was written.
pub(crate) fn exported(paper: &mut Paper, characters: usize, file: &Path) {
    let many = words::count(characters, "character", "characters");
    paper.line(format_args!(
        "{many} in {}",
        words::flat(&file.display().to_string())
    ));
}
