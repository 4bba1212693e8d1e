//! What became of an edit.

use services::wire::{ChangeLine, ChangeTone, EditOutcome, SheetView};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes what an edit changed and what the rules made of it; a conflict is told as an error.
pub(crate) fn outcome(paper: &mut Paper, outcome: &EditOutcome) {
    match outcome {
        EditOutcome::Saved {
            view,
            changes,
            merged,
        } => {
            paper.line(version(view));
            changes_table(paper, changes, 2);
            for cell in merged {
                paper.dim(format_args!(
                    "  {}: {}",
                    words::line(&cell.label, 50),
                    cell.how
                ));
            }
        }
        EditOutcome::Unchanged { view } => {
            paper.line(format_args!(
                "{}: nothing to change, it is so already.",
                version(view)
            ));
        }
        EditOutcome::Conflict { .. } => {}
    }
}

fn version(view: &SheetView) -> String {
    let name = words::line(&view.row.display_name, 50);
    format!(
        "{name}, version {} ({})",
        view.sheet.version,
        words::short(&view.commit)
    )
}

/// Writes differences under each other: what, before, after.
pub(crate) fn changes_table(paper: &mut Paper, changes: &[ChangeLine], indent: usize) {
    let mut table = Table::of(&[
        ("", Edge::Left, 1),
        ("", Edge::Left, 40),
        ("", Edge::Left, 60),
    ]);
    for change in changes {
        let sign = match change.tone {
            ChangeTone::Added => "+",
            ChangeTone::Removed => "−",
            ChangeTone::Changed => "",
            ChangeTone::Moved => "↕",
            ChangeTone::Consequence => "⇒",
        };
        let what = match (change.before.as_str(), change.after.as_str()) {
            ("", "") => String::new(),
            ("", after) => after.to_owned(),
            (before, "") => before.to_owned(),
            (before, after) => {
                // Two long values would leave the second no room.
                format!("{} → {}", words::line(before, 28), words::line(after, 28))
            }
        };
        table.row([sign.to_owned(), change.label.clone(), what]);
    }
    table.write(paper, indent);
}
