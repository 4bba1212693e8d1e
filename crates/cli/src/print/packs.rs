//! Packs of a house's own: lists, what they hold, how they differ, how characters stand to them.

use services::wire::{
    CharacterPack, PackDifference, PackFate, PackReview, PackRow, PackState, PackView,
};

use super::outcome::changes_table;
use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes packs, a line each.
pub(crate) fn list(paper: &mut Paper, rows: &[PackRow]) {
    if rows.is_empty() {
        paper.dim("The library has no packs; `beard packs import FOLDER` takes one in.");
        return;
    }
    let mut table = Table::of(&[
        ("ID", Edge::Left, 30),
        ("NAME", Edge::Left, 36),
        ("THINGS", Edge::Right, 6),
        ("WRONG", Edge::Right, 6),
        ("BUILT ON", Edge::Right, 8),
        ("", Edge::Left, 10),
    ]);
    for row in rows {
        table.row([
            row.pack.clone(),
            named(&row.name, &row.version),
            row.things.values().sum::<u32>().to_string(),
            row.problems.to_string(),
            row.characters.to_string(),
            if row.active { "" } else { "archived" }.to_owned(),
        ]);
    }
    table.write(paper, 0);
}

/// Writes what a pack holds, and what is wrong with it.
pub(crate) fn view(paper: &mut Paper, view: &PackView) {
    let version = format!("version {} of its history", view.row.version_number);
    paper.apart(
        &words::line(&named(&view.head.name, &view.head.version), 50),
        &version,
    );
    let mut table = Table::of(&[
        ("KIND", Edge::Left, 12),
        ("NAME", Edge::Left, 40),
        ("", Edge::Left, 40),
    ]);
    for thing in &view.things {
        let replaces = thing.replaces.as_ref();
        let name = if thing.name.is_empty() {
            "(cannot be read)"
        } else {
            &thing.name
        };
        table.row([
            thing.kind.clone(),
            name.to_owned(),
            replaces.map_or_else(String::new, |pack| format!("in place of {pack}'s")),
        ]);
    }
    table.write(paper, 0);
    for problem in &view.problems {
        let thing = problem.thing.as_ref();
        let thing = thing.and_then(|id| view.things.iter().find(|thing| thing.id == *id));
        let name = thing.map(|thing| {
            if thing.name.is_empty() {
                &thing.kind
            } else {
                &thing.name
            }
        });
        let parts = [name.map_or("", String::as_str), problem.place.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        paper.paragraph(0, &format!("{}: {}", parts.join(", "), problem.message));
    }
    if view.problems.is_empty() {
        paper.dim("All is well.");
    }
}

/// Writes how two versions differ.
pub(crate) fn differences(paper: &mut Paper, found: &[PackDifference]) {
    if found.is_empty() {
        paper.dim("They say the same.");
    }
    for one in found {
        let verb = match one.fate {
            PackFate::Added => "added",
            PackFate::Removed => "removed",
            PackFate::Changed => "changed",
        };
        paper.line(format_args!(
            "{verb} {} {}",
            one.kind.replace('_', " "),
            words::line(&one.name, 60)
        ));
        for field in &one.fields {
            let said = |text: &str| match text {
                "" => "nothing".to_owned(),
                text => words::line(text, 60),
            };
            let change = format!("{} → {}", said(&field.before), said(&field.after));
            paper.paragraph(2, &format!("{}: {change}", field.field));
        }
    }
}

/// Writes how a character stands to packs.
pub(crate) fn of_character(paper: &mut Paper, all: &[CharacterPack]) {
    if all.is_empty() {
        paper.dim("The sheet is written by hand; packs have nothing to say on it.");
        return;
    }
    let mut table = Table::of(&[
        ("ID", Edge::Left, 30),
        ("NAME", Edge::Left, 36),
        ("BUILT ON", Edge::Left, 30),
        ("", Edge::Left, 24),
    ]);
    for one in all {
        let state = match one.state {
            PackState::Current => "",
            PackState::Newer => "there is a newer version",
            PackState::Archived => "archived",
            PackState::Missing => "not in the library",
            PackState::Available => "could be taken",
        };
        table.row([
            one.pack.clone(),
            one.name.clone(),
            one.version.clone().unwrap_or_default(),
            state.to_owned(),
        ]);
    }
    table.write(paper, 0);
}

/// Writes what a newer version would change.
pub(crate) fn review(paper: &mut Paper, review: &PackReview) {
    differences(paper, &review.differences);
    paper.heading("On the sheet");
    if review.changes.is_empty() {
        paper.dim("  No number changes.");
    }
    changes_table(paper, &review.changes, 2);
    for finding in &review.findings {
        paper.paragraph(2, &finding.message);
    }
    paper.gap();
    let commit = words::short(&review.commit);
    paper.dim(format_args!(
        "`beard packs take NAME {} --version {commit}` takes it over.",
        review.pack.pack
    ));
}

fn named(name: &str, version: &str) -> String {
    match version {
        "" => name.to_owned(),
        version => format!("{name} {version}"),
    }
}
