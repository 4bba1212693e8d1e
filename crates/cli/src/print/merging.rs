//! Merges: how every cell came out, what has to be decided, what the rules object to.

use services::exchange::MergedFile;
use services::wire::{ConflictLine, MergeDone, MergeLine, MergePreview, SettledBy, Violation};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::{difference, words};

/// Writes what a merge would make.
pub(crate) fn preview(paper: &mut Paper, shown: &MergePreview, all: bool) {
    paper.bold(format_args!(
        "{} into {}",
        words::line(&shown.from.title, 40),
        words::line(&shown.into.title, 40)
    ));
    if shown.nothing {
        paper.line("There is nothing to bring in.");
        return;
    }
    lines(paper, &shown.lines, all);
    if !shown.conflicts.is_empty() {
        paper.heading("To decide");
        conflicts(paper, &shown.conflicts);
    }
    violations(paper, &shown.violations);
    paper.gap();
    difference::difference(paper, &shown.difference, true);
}

/// Writes what a merge made.
pub(crate) fn done(paper: &mut Paper, done: &MergeDone, all: bool) {
    let name = words::line(&done.view.row.display_name, 50);
    let short = words::short(&done.view.commit);
    let version = done.view.sheet.version;
    paper.line(format_args!(
        "{name}, {}, version {version} ({short})",
        done.view.branch
    ));
    let mine = done.lines.iter().all(|line| line.by == SettledBy::Ours);
    if mine && done.conflicts.is_empty() {
        paper.line("There was nothing to bring in.");
        return;
    }
    lines(paper, &done.lines, all);
    if !done.conflicts.is_empty() {
        paper.heading("Left open");
        conflicts(paper, &done.conflicts);
        paper.dim("  `beard resolve` decides them, now or later");
    }
    violations(paper, &done.violations);
}

/// Writes conflicts with their sides.
pub(crate) fn conflicts(paper: &mut Paper, conflicts: &[ConflictLine]) {
    if conflicts.is_empty() {
        paper.line("No conflict is open.");
    }
    for conflict in conflicts {
        paper.line(format_args!("  {}", words::line(&conflict.label, 60)));
        paper.dim(format_args!("    {}", conflict.path));
        let mut table = Table::of(&[("", Edge::Left, 26), ("", Edge::Left, 50)]);
        let or_nothing = |text: &str| match text {
            "" => "nothing".to_owned(),
            text => text.to_owned(),
        };
        table.row(["before".to_owned(), or_nothing(&conflict.base_text)]);
        for (n, side) in conflict.sides.iter().enumerate() {
            let who = match side.author.as_str() {
                "" => format!("{n} {}", side.from),
                author => format!("{n} {} ({author})", side.from),
            };
            table.row([who, or_nothing(&side.text)]);
        }
        table.write(paper, 4);
    }
}

/// Writes what merging files came to.
pub(crate) fn file(paper: &mut Paper, merged: &MergedFile) {
    for conflict in &merged.conflicts {
        paper.line(format_args!(
            "CONFLICT {}: {}",
            words::line(&conflict.character, 60),
            words::line(&conflict.label, 60)
        ));
    }
    if merged.settled > 0 {
        let cells = words::count(merged.settled as usize, "cell", "cells");
        paper.dim(format_args!(
            "{cells} that both sides changed settled themselves"
        ));
    }
}

/// Writes how cells came out; those that only one side touched where `all` asks for it.
fn lines(paper: &mut Paper, lines: &[MergeLine], all: bool) {
    let (mut table, mut told, mut silent) = (
        Table::of(&[
            ("", Edge::Left, 36),
            ("", Edge::Left, 40),
            ("", Edge::Left, 60),
        ]),
        0,
        0,
    );
    for line in lines {
        let one_side = matches!(
            line.by,
            SettledBy::Ours | SettledBy::Theirs | SettledBy::Same
        );
        if line.by == SettledBy::Conflict {
            continue;
        }
        if one_side && !all {
            silent += 1;
            continue;
        }
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        told += 1;
        let result = words::line(&text(&line.result), 40);
        table.row([line.label.clone(), result, line.how.clone()]);
    }
    if told > 0 {
        paper.heading("Settled");
        table.write(paper, 2);
    }
    if silent > 0 {
        let cells = words::count(silent, "cell", "cells");
        paper.dim(format_args!(
            "  {cells} that one side changed; `--all` shows them"
        ));
    }
}

fn violations(paper: &mut Paper, violations: &[Violation]) {
    if violations.is_empty() {
        return;
    }
    paper.heading("The rules object");
    for violation in violations {
        paper.line(format_args!(
            "  {}: {}",
            words::line(&violation.label, 40),
            words::line(&violation.finding.message, 200)
        ));
        paper.dim(format_args!("    {}", violation.key));
        if let Some(allowed) = &violation.allowed {
            paper.line(format_args!(
                "    allowed by {}: {}",
                words::line(&allowed.by, 30),
                words::line(&allowed.reason, 60)
            ));
        }
        for fix in &violation.fixes {
            paper.line(format_args!("    · {}", words::line(&fix.label, 70)));
        }
    }
}
