//! Branches, milestones and the operation log.

use services::wire::{BranchLine, Lines, OperationPage, RestorePreview};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes the branches, then the milestones.
pub(crate) fn lines(paper: &mut Paper, lines: &Lines) {
    let mut table = Table::of(&[
        ("", Edge::Left, 1),
        ("BRANCH", Edge::Left, 30),
        ("TITLE", Edge::Left, 30),
        ("VERSION", Edge::Right, 7),
        ("HEAD", Edge::Left, 10),
        ("AGAINST MAIN", Edge::Left, 24),
        ("", Edge::Left, 20),
    ]);
    for branch in &lines.branches {
        let here = branch.name == lines.standing;
        table.row([
            if here { "*" } else { "" }.to_owned(),
            branch.name.clone(),
            if branch.title == branch.name {
                ""
            } else {
                &branch.title
            }
            .to_owned(),
            branch.version.to_string(),
            words::short(&branch.head).to_owned(),
            apart(branch),
            notes(branch),
        ]);
    }
    table.write(paper, 0);
    if lines.tags.is_empty() {
        return;
    }
    paper.gap();
    let mut table = Table::of(&[
        ("MILESTONE", Edge::Left, 40),
        ("VERSION", Edge::Left, 10),
        ("SET", Edge::Left, 17),
        ("BY", Edge::Left, 20),
    ]);
    for tag in &lines.tags {
        table.row([
            tag.name.clone(),
            words::short(&tag.commit).to_owned(),
            words::moment(tag.time),
            tag.author.clone(),
        ]);
    }
    table.write(paper, 0);
}

fn apart(branch: &BranchLine) -> String {
    match (branch.name.as_str(), branch.ahead, branch.behind) {
        ("main", ..) => String::new(),
        (_, 0, 0) => "the same".to_owned(),
        (_, ahead, 0) => format!("{ahead} ahead"),
        (_, 0, behind) => format!("{behind} behind"),
        (_, ahead, behind) => format!("{ahead} ahead, {behind} behind"),
    }
}

fn notes(branch: &BranchLine) -> String {
    let mut notes = Vec::new();
    if branch.archived {
        notes.push("put away".to_owned());
    }
    if !branch.other_heads.is_empty() {
        notes.push("to be merged".to_owned());
    }
    if branch.conflicts > 0 {
        notes.push(words::count(
            branch.conflicts as usize,
            "conflict",
            "conflicts",
        ));
    }
    notes.join(", ")
}

/// Writes operations, newest first, each by the number that `restore --at` takes.
pub(crate) fn operations(paper: &mut Paper, page: &OperationPage) {
    if page.operations.is_empty() {
        paper.line("Nothing was done yet.");
        return;
    }
    let mut table = Table::of(&[
        ("NUMBER", Edge::Right, 8),
        ("WHEN", Edge::Left, 17),
        ("BY", Edge::Left, 16),
        ("WHAT", Edge::Left, 56),
        ("ABOUT", Edge::Left, 30),
    ]);
    for operation in &page.operations {
        table.row([
            operation.id.clone(),
            words::moment(operation.time),
            operation.author.clone(),
            operation.title.clone(),
            operation.about.join(", "),
        ]);
    }
    table.write(paper, 0);
    if let Some(next) = &page.next {
        paper.gap();
        paper.dim(format_args!("`--from {next}` shows what came before"));
    }
}

/// Writes what a restore changed, or would change.
pub(crate) fn restored(paper: &mut Paper, done: &RestorePreview, preview: bool) {
    if done.lines.is_empty() {
        paper.line("Everything stands as it stood then; nothing was written.");
        return;
    }
    let said = if preview {
        "Restoring would change"
    } else {
        "Restored"
    };
    let count = words::count(done.lines.len(), "line", "lines");
    paper.bold(format_args!("{said} {count}:"));
    let mut table = Table::of(&[
        ("", Edge::Left, 40),
        ("BRANCH", Edge::Left, 30),
        ("", Edge::Left, 60),
    ]);
    for line in &done.lines {
        table.row([line.name.clone(), line.branch.clone(), line.what.clone()]);
    }
    table.write(paper, 2);
    if !preview {
        paper.dim("`beard operations` shows this restore; restoring to the operation before it undoes it.");
    }
}
