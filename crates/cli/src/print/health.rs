//! Backups, and what the doctor found.

use services::wire::{BackupInfo, DoctorReport, LibraryStatus};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Tells of a backup that was made.
pub(crate) fn made(paper: &mut Paper, backup: &BackupInfo) {
    let size = words::bytes(backup.bytes.0);
    paper.line(format_args!(
        "Backup `{}`, {size}, read back and found right.",
        backup.name
    ));
}

/// Writes the backups, newest first.
pub(crate) fn backups(paper: &mut Paper, backups: &[BackupInfo]) {
    if backups.is_empty() {
        paper.line("There is no backup yet; `beard backup` makes one.");
        return;
    }
    let mut table = Table::of(&[
        ("Name", Edge::Left, 60),
        ("Made", Edge::Left, 16),
        ("Size", Edge::Right, 10),
    ]);
    for backup in backups {
        let size = words::bytes(backup.bytes.0);
        table.row([backup.name.clone(), words::moment(backup.time), size]);
    }
    table.write(paper, 0);
}

/// Tells how the library stands after a restore; that it would not open is told as an error.
pub(crate) fn restored(paper: &mut Paper, name: &str, status: &LibraryStatus) {
    if let LibraryStatus::Open { characters, .. } = status {
        let many = words::count(*characters as usize, "character", "characters");
        paper.line(format_args!(
            "The library stands as in `{name}`, with {many}; what stood before is set aside in its folder."
        ));
    }
}

/// Writes what the doctor found, and what was mended when the library was opened.
pub(crate) fn doctor(paper: &mut Paper, report: &DoctorReport, notices: &[String]) {
    let seen = [
        words::count(report.documents as usize, "character", "characters"),
        words::count(report.commits as usize, "version", "versions"),
        words::count(report.records as usize, "record", "records"),
    ];
    paper.line(format_args!(
        "Examined {} in {} ms.",
        seen.join(", "),
        report.millis
    ));
    if report.rebuilt {
        paper.line("The index was built anew.");
    }
    for notice in notices {
        paper.paragraph(0, &format!("On opening: {}", words::flat(notice)));
    }
    if report.healthy {
        paper.line("All is well.");
    }
    for problem in &report.problems {
        paper.entry("problem", 7, &words::flat(problem));
    }
}
