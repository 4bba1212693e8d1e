//! What became of files that went in and out.

use std::path::Path;

use services::exchange::Fate;
use services::wire::{FilePreview, ImportReport, ImportedAs};

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

/// Writes what would become of a file: of another program's file each part, how it ends, and why.
pub(crate) fn preview(paper: &mut Paper, preview: &FilePreview) {
    let names: Vec<String> = preview
        .characters
        .iter()
        .map(|name| words::flat(name))
        .collect();
    paper.line(format_args!(
        "{} ({})",
        names.join(", "),
        preview.format.name()
    ));
    let Some(report) = &preview.report else {
        paper.dim(format_args!(
            "every cell is taken in as it is; nothing was written"
        ));
        return;
    };
    let mut area = "";
    for part in &report.parts {
        if part.area != area {
            area = &part.area;
            paper.line(format_args!(""));
            paper.line(format_args!("{area}"));
        }
        let fate = match part.fate {
            Fate::Understood => "understood",
            Fate::Mapped => "content",
            Fate::KeptAsText => "text",
            Fate::NotUsed => "not used",
        };
        let to = if part.to.is_empty() {
            String::new()
        } else {
            format!(" -> {}", words::flat(&part.to))
        };
        paper.paragraph(
            2,
            &format!(
                "{fate}: {}{to}. {}",
                words::flat(&part.name),
                words::flat(&part.why)
            ),
        );
    }
    paper.line(format_args!(""));
    paper.dim(format_args!(
        "{} understood, {} content of the rules, {} kept as text, {} not used; nothing was written",
        report.count(Fate::Understood),
        report.count(Fate::Mapped),
        report.count(Fate::KeptAsText),
        report.count(Fate::NotUsed)
    ));
}

/// Tells of a file that was written.
pub(crate) fn exported(paper: &mut Paper, characters: usize, file: &Path) {
    let many = words::count(characters, "character", "characters");
    paper.line(format_args!(
        "{many} in {}",
        words::flat(&file.display().to_string())
    ));
}
