//! Lists of characters, and what became of one.

use services::wire::{CharacterRow, RosterPage};
use sheet::Kind;

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes a page of the library.
pub(crate) fn page(paper: &mut Paper, page: &RosterPage, offset: u32) {
    if page.library_total == 0 {
        paper.line("The library is empty. `beard new NAME` makes a character, `beard import --demo` brings the demo party.");
        return;
    }
    if page.rows.is_empty() {
        paper.line("No character is like that.");
        return;
    }
    let mut table = Table::of(&[
        ("Name", Edge::Left, 36),
        ("Handle", Edge::Left, 60),
        ("Kind", Edge::Left, 9),
        ("Level", Edge::Right, 5),
        ("Class", Edge::Left, 30),
        ("Species", Edge::Left, 20),
        ("Owner", Edge::Left, 16),
        ("Changed", Edge::Left, 16),
        ("", Edge::Left, 10),
    ]);
    for row in &page.rows {
        table.row([
            row.display_name.clone(),
            row.handle.clone(),
            kind(row.kind).to_owned(),
            if row.level == 0 {
                String::new()
            } else {
                row.level.to_string()
            },
            row.class_line.clone(),
            row.species.clone(),
            row.owner.clone(),
            words::moment(row.updated),
            if row.active {
                String::new()
            } else {
                "archived".to_owned()
            },
        ]);
    }
    table.write(paper, 0);
    paper.gap();
    let shown = page.rows.len();
    let next = offset as usize + shown;
    if shown == page.total as usize {
        paper.dim(words::count(shown, "character", "characters"));
    } else if next < page.total as usize {
        paper.dim(format_args!(
            "{shown} of {}; `--offset {next}` shows the next",
            page.total
        ));
    } else {
        paper.dim(format_args!("{shown} of {}", page.total));
    }
}

/// Tells of a character that was made.
pub(crate) fn made(paper: &mut Paper, row: &CharacterRow) {
    paper.line(format_args!(
        "{} is in the library as `{}`.",
        name(row),
        row.handle
    ));
}

/// Tells of a character that was archived.
pub(crate) fn archived(paper: &mut Paper, row: &CharacterRow) {
    paper.line(format_args!(
        "{} is archived; `beard restore {}` brings it back.",
        name(row),
        row.handle
    ));
}

/// Tells of a character that was brought back.
pub(crate) fn restored(paper: &mut Paper, row: &CharacterRow) {
    paper.line(format_args!("{} is back in the library.", name(row)));
}

fn name(row: &CharacterRow) -> String {
    words::line(&row.display_name, 60)
}

/// Names what somebody is.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Character => "character",
        Kind::Npc => "NPC",
        Kind::Monster => "monster",
    }
}
