//! A character's versions as a list, by sitting.

use services::wire::{CommitLine, HistoryPage};

use super::outcome::changes_table;
use super::paper::Paper;
use super::{DIM, words};

/// Writes the sittings, newest first; each cell where `changes` asks for it.
pub(crate) fn page(paper: &mut Paper, page: &HistoryPage, changes: bool) {
    if page.groups.is_empty() {
        paper.line("No version is like that.");
    }
    for (n, group) in page.groups.iter().enumerate() {
        if n > 0 {
            paper.gap();
        }
        paper.bold(words::line(&group.title, 76));
        let cells = words::count(group.change_count as usize, "change", "changes");
        let author = words::line(&group.author, 30);
        paper.dim(format_args!(
            "{} · {author} · {cells}",
            words::span(group.from, group.to)
        ));
        let numbers = group
            .commits
            .iter()
            .map(|c| c.version.to_string().len())
            .max()
            .unwrap_or(1);
        for commit in &group.commits {
            line(paper, commit, numbers);
            if changes {
                changes_table(paper, &commit.changes, numbers + 17);
            }
        }
    }
    if page.next.is_some() {
        paper.gap();
        paper.dim(format_args!(
            "{} versions in all; `--limit` shows more",
            page.total
        ));
    }
}

fn line(paper: &mut Paper, commit: &CommitLine, numbers: usize) {
    let title = words::line(&commit.title, 60);
    let id = words::short(&commit.id);
    paper.line(format_args!(
        "  v{:<numbers$}  {DIM}{id}{DIM:#}  {title}",
        commit.version
    ));
}
