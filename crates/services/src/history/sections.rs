//! The sections of a sheet, in its order, and to which of them a cell belongs.

use crate::words::human;

/// The sections by name and title; what is computed stands where people look for it.
const SECTIONS: &[(&str, &str, &[&str])] = &[
    ("identity", "Identity", &["identity", "creature"]),
    ("levels", "Class and levels", &["levels", "build"]),
    (
        "statistics",
        "Abilities and skills",
        &["statistics", "abilities", "proficiencies"],
    ),
    ("combat", "Combat", &["combat"]),
    ("conditions", "Conditions", &["conditions"]),
    ("actions", "Actions and features", &["actions"]),
    ("equipment", "Equipment", &["equipment"]),
    ("spellcasting", "Spells", &["spellcasting"]),
    (
        "adjustments",
        "Set by hand",
        &["adjustments", "overrides", "allowances"],
    ),
    ("notes", "Notes", &["notes"]),
    ("events", "Events", &["events"]),
    ("record", "Record", &["record"]),
    ("conflicts", "Open conflicts", &["conflicts"]),
];

/// Gives the place, the name and the title of the section that a cell belongs to.
pub(crate) fn section_of(path: &str) -> (usize, String, String) {
    let first = path.split('/').nth(1).unwrap_or_default();
    let found = SECTIONS
        .iter()
        .enumerate()
        .find(|(_, (.., cells))| cells.contains(&first));
    match found {
        Some((at, (name, title, _))) => (at, (*name).to_owned(), (*title).to_owned()),
        None => (SECTIONS.len(), first.to_owned(), human(first)),
    }
}
