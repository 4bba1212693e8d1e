//! Commands about one character's sheet.

use std::collections::BTreeMap;

use ::sheet::Stat;
use history::CellPath;
use rules::content::key;
use serde::Serialize;
use serde_json::Value;
use services::wire::{CellEdit, ConflictCell, EditOutcome, EditRequest, SheetView};
use services::{Code, Failure};

use crate::args::Who;
use crate::args::sheet::{Change, Explain, Rollback, Set, Show, Unset};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Shows a sheet as it stands or stood, or explains one of its numbers.
pub(crate) fn show(session: &mut Session<'_>, wanted: &Show) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    if let Some(cell) = &wanted.explain {
        let stat = library
            .sheet()
            .explain(&row.id, wanted.at.as_deref(), cell)?;
        return session.say(&stat, |paper| print::explanation::stat(paper, cell, &stat));
    }
    let view = match &wanted.at {
        Some(commit) => library.sheet().show_at(&row.id, commit)?,
        None => library.sheet().show(&row.id)?,
    };
    session.say(&view.sheet, |paper| print::sheet::page(paper, &view))
}

/// Explains one number as a tree: what it is made of, and what that is made of.
pub(crate) fn explain(session: &mut Session<'_>, wanted: &Explain) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let view = match &wanted.at {
        Some(commit) => library.sheet().show_at(&row.id, commit)?,
        None => library.sheet().show(&row.id)?,
    };
    let cell = number_of(&view, &wanted.cell)?;
    // A cell that is no computed number is refused in the services' words.
    library
        .sheet()
        .explain(&row.id, wanted.at.as_deref(), &cell)?;
    let tree = Explained::of(&view.stats, &cell);
    session.say(&tree, |paper| {
        if let Some(tree) = &tree {
            print::explanation::tree(paper, tree);
        }
    })
}

/// Finds the cell of a number that may have been named by its last part.
fn number_of(view: &SheetView, named: &str) -> Result<String, Failure> {
    if named.starts_with('/') {
        return Ok(named.to_owned());
    }
    let wanted = key(named);
    let last = |cell: &&String| {
        cell.rsplit('/')
            .next()
            .is_some_and(|part| key(part) == wanted)
    };
    let found: Vec<&String> = view.stats.keys().filter(last).collect();
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Ok(named.to_owned()),
        several => {
            let cells: Vec<String> = several
                .iter()
                .take(6)
                .map(|cell| format!("`{cell}`"))
                .collect();
            Err(Failure::new(
                Code::Invalid,
                format!(
                    "{} numbers are called `{}`.",
                    several.len(),
                    print::words::line(named, 40)
                ),
                format!("Name one by its cell: {}.", cells.join(", ")),
            ))
        }
    }
}

/// A number with what it is made of, down to the leaves.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Explained {
    /// Its cell.
    pub(crate) cell: String,
    /// The number itself, its terms without what is below them.
    #[serde(flatten)]
    pub(crate) stat: Stat,
    /// What is below each of its terms; nothing below a leaf.
    pub(crate) below: Vec<Option<Explained>>,
}

impl Explained {
    /// Follows each term to the number it was read from.
    fn of(stats: &BTreeMap<String, Stat>, cell: &str) -> Option<Explained> {
        Explained::beneath(stats, cell, &mut Vec::new())
    }

    fn beneath<'s>(
        stats: &'s BTreeMap<String, Stat>,
        cell: &str,
        above: &mut Vec<&'s str>,
    ) -> Option<Explained> {
        let (own, stat) = stats.get_key_value(cell)?;
        // A number that is made of itself would never end.
        if above.contains(&own.as_str()) {
            return None;
        }
        above.push(own);
        let below = stat
            .terms
            .iter()
            .map(|term| Explained::beneath(stats, term.source_cell.as_deref()?, above))
            .collect();
        above.pop();
        Some(Explained {
            cell: own.clone(),
            stat: stat.clone(),
            below,
        })
    }
}

/// Puts values into cells.
pub(crate) fn set(session: &mut Session<'_>, wanted: &Set) -> Result<(), Trouble> {
    let changes = wanted
        .pairs
        .chunks(2)
        .map(|pair| match pair {
            [path, text] => Ok(CellEdit::Set {
                path: path.clone(),
                value: value_of(path, text, wanted.text),
            }),
            _ => Err(Failure::new(
                Code::Invalid,
                format!(
                    "The cell `{}` has no value.",
                    print::words::line(&pair[0], 80)
                ),
                "Give cells and values in turn: `/identity/xp 900 /notes \"Text.\"`.",
            )),
        })
        .collect::<Result<Vec<_>, _>>()?;
    change(session, &wanted.name, &wanted.change, changes)
}

/// Empties cells.
pub(crate) fn unset(session: &mut Session<'_>, wanted: &Unset) -> Result<(), Trouble> {
    let changes = wanted
        .cells
        .iter()
        .map(|path| CellEdit::Remove { path: path.clone() })
        .collect();
    change(session, &wanted.name, &wanted.change, changes)
}

/// Takes the latest change back.
pub(crate) fn undo(session: &mut Session<'_>, who: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&who.name)?;
    let outcome = library.sheet().undo(&row.id)?;
    tell(session, &outcome)
}

/// Makes the change that was undone last again.
pub(crate) fn redo(session: &mut Session<'_>, who: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&who.name)?;
    let outcome = library.sheet().redo(&row.id)?;
    tell(session, &outcome)
}

/// Puts a character back to how it stood at a version.
pub(crate) fn rollback(session: &mut Session<'_>, wanted: &Rollback) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let outcome = library.sheet().rollback(&row.id, &wanted.commit)?;
    tell(session, &outcome)
}

/// Makes an edit and tells what became of it.
pub(crate) fn change(
    session: &mut Session<'_>,
    name: &str,
    from: &Change,
    changes: Vec<CellEdit>,
) -> Result<(), Trouble> {
    let (library, row) = session.find(name)?;
    let looked_at = match &from.base {
        Some(commit) => library.sheet().show_at(&row.id, commit)?,
        None => library.sheet().show(&row.id)?,
    };
    let outcome = library.sheet().edit(&EditRequest {
        id: row.id,
        branch: None,
        base: looked_at.commit,
        changes,
        message: from.message.clone(),
    })?;
    tell(session, &outcome)
}

/// Prints what became of an edit; a conflict is one failure a cell.
fn tell(session: &mut Session<'_>, outcome: &EditOutcome) -> Result<(), Trouble> {
    session.say(outcome, |paper| print::outcome::outcome(paper, outcome))?;
    refuse_conflict(outcome)
}

/// Tells of an edit that was not made because others changed the same cells; one failure a cell.
///
/// # Errors
/// The cells in conflict.
pub(crate) fn refuse_conflict(outcome: &EditOutcome) -> Result<(), Trouble> {
    match outcome {
        EditOutcome::Saved { .. } | EditOutcome::Unchanged { .. } => Ok(()),
        EditOutcome::Conflict { cells, .. } => {
            Err(Trouble::Failures(cells.iter().map(conflict).collect()))
        }
    }
}

fn conflict(cell: &ConflictCell) -> Failure {
    let value = |value: Option<&Value>| match value {
        None => "empty".to_owned(),
        Some(Value::String(text)) => format!("`{}`", print::words::line(text, 60)),
        Some(value) => format!("`{}`", print::words::line(&value.to_string(), 60)),
    };
    Failure {
        code: Code::Conflict,
        message: format!(
            "{} was {}; you want {}, and meanwhile it became {}.",
            cell.label,
            value(cell.base.as_ref()),
            value(cell.ours.as_ref()),
            value(cell.theirs.as_ref()),
        ),
        hint: "Nothing was changed. Look at it again; without `--base` your value stands."
            .to_owned(),
        cell: Some(cell.path.clone()),
    }
}

/// Reads a value as it was typed: JSON if it is some and the cell can hold it, else text.
///
/// Where the cell can hold neither, what the person most likely meant goes on to be refused in its words: the JSON.
pub(crate) fn value_of(path: &str, text: &str, as_text: bool) -> Value {
    let plain = Value::from(text);
    if as_text {
        return plain;
    }
    let (Ok(json), Ok(path)) = (
        serde_json::from_str::<Value>(text),
        path.parse::<CellPath>(),
    ) else {
        return plain;
    };
    let takes = |value: &Value| ::sheet::check_cell(&path, value).is_ok();
    if takes(&plain) && !takes(&json) {
        plain
    } else {
        json
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_as_the_cell_can_hold_them() {
        for (cell, text, value) in [
            ("/identity/xp", "900", json!(900)),
            ("/identity/xp", "-1", json!(-1)),
            ("/identity/xp", "lots", json!("lots")),
            ("/identity/xp", "1.5", json!(1.5)),
            ("/identity/name", "Sorrel", json!("Sorrel")),
            ("/identity/name", "42", json!("42")),
            ("/identity/name", "null", json!("null")),
            ("/identity/name", "\"Sorrel\"", json!("Sorrel")),
            ("/identity/heroic_inspiration", "true", json!(true)),
            ("/record/avatar", "null", json!(null)),
            ("/notes", "", json!("")),
            ("/notes", "{\"a\": 1}", json!("{\"a\": 1}")),
            ("/equipment/currency", "{\"gp\": 5}", json!({"gp": 5})),
            ("no path", "7", json!("7")),
        ] {
            assert_eq!(value_of(cell, text, false), value, "{cell} {text}");
        }
        assert_eq!(value_of("/identity/xp", "900", true), json!("900"));
    }
}
