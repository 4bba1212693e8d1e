//! What was: a character's versions as a readable list, what each changed, and how two of them differ.

mod because;
mod blame;
mod board;
mod book;
mod branches;
pub(crate) mod conflicts;
pub(crate) mod difference;
mod figures;
mod graph;
mod heads;
mod layout;
mod life;
mod lineage;
mod merging;
mod operations;
mod restore;
mod revert;
pub(crate) mod sections;
mod sides;
mod tags;
mod titles;
mod touched;
mod undo;
mod versions;
mod violations;

pub(crate) use lineage::Lineage;
pub(crate) use touched::Touched;
pub(crate) use violations::{allowed, with_allowed};

use chrono::TimeDelta;
use history::{Commit, DocumentId, Tree};

use crate::Failure;
use crate::library::Library;
use crate::text::count;
use crate::wire::{ChangeLine, ChangeTone, CommitLine, HistoryGroup, HistoryPage};
use crate::words::kind_key;

/// The most commits a page holds.
const MAX_PAGE: usize = 200;
/// The most lines a commit shows.
const MAX_LINES: usize = 40;
/// How far apart two commits of one sitting may be.
const SITTING: TimeDelta = TimeDelta::minutes(30);

/// Serves what was; made by [`Library::history`].
#[derive(Clone, Copy)]
pub struct Histories<'a> {
    pub(crate) library: &'a Library,
}

impl Histories<'_> {
    /// Lists the versions of the branch of a character that is stood on, newest first, grouped by sitting.
    ///
    /// `from` is where a page begins ([`HistoryPage::next`] of the page before); `limit` is 1 to 200 commits, 0 for 50. With a `cell`
    /// only commits that changed that cell, or the computed number of that name, are listed.
    ///
    /// # Errors
    /// A character or a version that is not there.
    pub fn list(
        &self,
        id: &str,
        from: Option<&str>,
        limit: u32,
        cell: Option<&str>,
    ) -> Result<HistoryPage, Failure> {
        self.library.timed("history.list", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let (branch, tip, _) = self.library.stood_on(document)?;
            let total = self.library.version_of(tip)?;
            let limit = if limit == 0 {
                50
            } else {
                (limit as usize).min(MAX_PAGE)
            };
            let from = match from {
                Some(commit) => self.library.find_version(document, commit)?,
                None => tip,
            };
            let mut version = self.library.version_of(from)?;
            let mut commits = self
                .library
                .vault
                .log(document, &branch, Some(from), limit + 1)?;
            let next = (commits.len() > limit).then(|| commits.remove(limit).id.to_string());
            let mut groups: Vec<HistoryGroup> = Vec::new();
            for commit in &commits {
                let line = self.line(commit, version)?;
                version = version.saturating_sub(1);
                if cell.is_none_or(|cell| touches(&line, cell)) {
                    gather(&mut groups, line);
                }
            }
            for group in &mut groups {
                group.title = group_title(group);
            }
            Ok(HistoryPage {
                groups,
                next,
                total,
            })
        })
    }

    /// Tells how two versions of a character differ: the cells, then what the rules made of them.
    ///
    /// # Errors
    /// A version that is not this character's.
    pub fn compare(&self, id: &str, from: &str, to: &str) -> Result<Vec<ChangeLine>, Failure> {
        self.library.timed("history.compare", || {
            let document: DocumentId = id.parse()?;
            let tree = |commit: &str| -> Result<Tree, Failure> {
                self.library
                    .tree(self.library.find_version(document, commit)?)
            };
            let (from, to) = (tree(from)?, tree(to)?);
            self.library.lines_between(&from, &to)
        })
    }

    fn line(&self, commit: &Commit, version: u32) -> Result<CommitLine, Failure> {
        let mut changes = self.library.lines_of(commit)?;
        let change_count = count(
            changes
                .iter()
                .filter(|l| l.tone != ChangeTone::Consequence)
                .count(),
        );
        changes.truncate(MAX_LINES);
        Ok(CommitLine {
            id: commit.id.to_string(),
            parent: commit.says.parents.first().map(ToString::to_string),
            version,
            time: commit.says.time,
            author: commit.says.author.name.clone(),
            kind: kind_key(&commit.says.kind).to_owned(),
            title: self.library.title(commit)?,
            changes,
            change_count,
        })
    }
}

/// Tells whether a commit changed a cell, something within it, or the entry around it.
fn touches(line: &CommitLine, cell: &str) -> bool {
    line.changes.iter().any(|change| {
        let inside = |outer: &str, inner: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        inside(cell, &change.path) || inside(&change.path, cell)
    })
}

/// Adds a commit to the sitting it belongs to, or begins another; commits come newest first.
fn gather(groups: &mut Vec<HistoryGroup>, line: CommitLine) {
    match groups.last_mut() {
        Some(group) if group.author == line.author && group.from - line.time <= SITTING => {
            group.from = line.time;
            group.change_count += line.change_count;
            group.commits.push(line);
        }
        _ => groups.push(HistoryGroup {
            title: String::new(),
            author: line.author.clone(),
            from: line.time,
            to: line.time,
            change_count: line.change_count,
            commits: vec![line],
        }),
    }
}

/// Says what a sitting was about: its only commit, or what hit points, level and sections moved.
fn group_title(group: &HistoryGroup) -> String {
    if let [only] = group.commits.as_slice() {
        return only.title.clone();
    }
    if group
        .commits
        .last()
        .is_some_and(|first| first.kind == "create")
    {
        return "The beginning".to_owned();
    }
    let mut parts = Vec::new();
    // Commits are newest first: the last mention is where the sitting began.
    let all = || group.commits.iter().flat_map(|commit| &commit.changes);
    for cell in [
        "/combat/hp_maximum",
        "/combat/current_hp",
        "/combat/armor_class",
        "/identity/xp",
    ] {
        let mut of = all().filter(|line| line.path == cell);
        if let Some(last) = of.next() {
            let first = of.next_back().unwrap_or(last);
            if first.before != last.after {
                parts.push(format!("{} {} → {}", last.label, first.before, last.after));
            }
        }
    }
    let mut sections: Vec<String> = Vec::new();
    for line in all().filter(|line| line.tone != ChangeTone::Consequence) {
        let section = line
            .path
            .split('/')
            .nth(1)
            .unwrap_or_default()
            .replace('_', " ");
        if !section.is_empty() && section != "combat" && !sections.contains(&section) {
            sections.push(section);
        }
    }
    if !sections.is_empty() {
        sections.truncate(3);
        parts.push(sections.join(", "));
    }
    if parts.is_empty() {
        // Only the course of a fight, which has no section to name: what it touched.
        let mut labels: Vec<&str> = Vec::new();
        for line in all().filter(|line| line.tone != ChangeTone::Consequence) {
            // That a section began to be written says nothing beside what was written there.
            let section = line.path.matches('/').count() < 2;
            if !section && !labels.contains(&line.label.as_str()) {
                labels.push(&line.label);
            }
        }
        labels.truncate(3);
        parts.push(labels.join(", "));
    }
    parts.truncate(3);
    let title = crate::failure::capital(&parts.join(" · "));
    match group.commits.first() {
        // Steps that changed nothing in the end, such as a change and its undo of a moved row.
        Some(newest) if title.is_empty() => newest.title.clone(),
        _ => title,
    }
}
