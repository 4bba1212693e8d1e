//! Where a cell comes from: the commits that changed it, and the cells that a computed number rests on.

use services::wire::{Blame, BlameStep};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes who made a cell what it is.
pub(crate) fn blame(paper: &mut Paper, found: &Blame) {
    paper.bold(words::line(&found.label, 70));
    if found.steps.is_empty() {
        paper.line("  No commit changed it.");
    }
    steps(paper, &found.steps, false);
    if found.more {
        paper.dim("  and others before");
    }
    if !found.rests_on.is_empty() {
        paper.heading("It rests on");
        steps(paper, &found.rests_on, true);
    }
}

fn steps(paper: &mut Paper, steps: &[BlameStep], labels: bool) {
    let mut table = Table::of(&[
        ("", Edge::Left, 8),
        ("", Edge::Left, 12),
        ("", Edge::Left, 17),
        ("", Edge::Left, 16),
        ("", Edge::Left, 40),
        ("", Edge::Left, 44),
    ]);
    for step in steps {
        let values = match (step.before.as_str(), step.after.as_str()) {
            ("", after) => after.to_owned(),
            (before, "") => format!("{} → nothing", words::line(before, 30)),
            (before, after) => format!("{} → {}", words::line(before, 20), words::line(after, 20)),
        };
        let first = if labels { &step.label } else { &step.title };
        table.row([
            format!("v{}", step.version),
            words::short(&step.commit).to_owned(),
            words::moment(step.time),
            words::line(&step.author, 16),
            values,
            words::line(first, 44),
        ]);
    }
    table.write(paper, 2);
}
