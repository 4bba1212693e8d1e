//! What was: a character's versions as a readable list, what each changed, and how two of them differ.

mod because;
mod difference;
mod figures;
mod sections;
mod sides;

use std::sync::Arc;

use chrono::TimeDelta;
use history::{BranchName, Commit, CommitId, CommitKind, DocumentId, Tree, diff};

use crate::library::Library;
use crate::text::count;
use crate::wire::{ChangeLine, ChangeTone, CommitLine, HistoryGroup, HistoryPage};
use crate::words::{change_lines, consequence_lines, kind_key, summary};
use crate::{Code, Failure};

/// The most commits a page holds.
const MAX_PAGE: usize = 200;
/// The most lines a commit shows.
const MAX_LINES: usize = 40;
/// How far apart two commits of one sitting may be.
const SITTING: TimeDelta = TimeDelta::minutes(30);
/// How far back the search for what can be undone goes, in commits.
const UNDO_DEPTH: usize = 2_000;

/// Serves what was; made by [`Library::history`].
#[derive(Clone, Copy)]
pub struct Histories<'a> {
    pub(crate) library: &'a Library,
}

impl Histories<'_> {
    /// Lists the versions of a character, newest first, grouped by sitting.
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
            let branch = BranchName::main();
            let total = self.library.row(document)?.version_number;
            let limit = if limit == 0 {
                50
            } else {
                (limit as usize).min(MAX_PAGE)
            };
            let from = match from {
                Some(commit) => self.library.find_version(document, commit)?,
                None => self.library.tip(document, &branch)?.0,
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
        return crate::failure::capital(&format!("{} changes", group.change_count));
    }
    parts.truncate(3);
    crate::failure::capital(&parts.join(" · "))
}

impl Library {
    /// Finds a version by its full id, by a branch that stands there, by the beginning of its id (at least 6 digits), or by its number.
    pub(crate) fn find_version(
        &self,
        document: DocumentId,
        text: &str,
    ) -> Result<CommitId, Failure> {
        let text = text.trim();
        if let Ok(commit) = text.parse::<CommitId>() {
            return Ok(self.commit_of(document, commit)?.id);
        }
        if let Ok(branch) = text.parse::<BranchName>()
            && let Some(head) = self.vault.heads(document, &branch)?.first()
        {
            return Ok(*head);
        }
        let branch = BranchName::main();
        let number = text
            .trim_start_matches('v')
            .parse::<u32>()
            .ok()
            .filter(|n| *n > 0);
        let prefix = text.to_lowercase();
        let hexadecimal = prefix.len() >= 6 && prefix.bytes().all(|b| b.is_ascii_hexdigit());
        let (mut at, mut version) = (self.tip(document, &branch)?.0, self.versions(document)?);
        let mut found = None;
        loop {
            let commits = self.vault.log(document, &branch, Some(at), 1_001)?;
            for commit in commits.iter().take(1_000) {
                if hexadecimal && commit.id.to_string().starts_with(&prefix) {
                    if found.is_some_and(|found| found != commit.id) {
                        return Err(Failure::new(
                            Code::Invalid,
                            format!("More than one version begins with `{prefix}`."),
                            "Give more digits of it.",
                        ));
                    }
                    found = Some(commit.id);
                } else if !hexadecimal && Some(version) == number {
                    return Ok(commit.id);
                }
                version = version.saturating_sub(1);
            }
            match commits.get(1_000) {
                Some(next) => at = next.id,
                None => break,
            }
        }
        found.ok_or_else(|| Failure::not_found("version", text))
    }

    /// Counts which version along its line a commit is, from 1.
    pub(crate) fn version_of(&self, commit: CommitId) -> Result<u32, Failure> {
        Ok(u32::try_from(self.vault.number(&commit)?).unwrap_or(u32::MAX))
    }

    /// Says what a commit did, in a few words; remembered, because a commit never changes.
    pub(crate) fn title(&self, commit: &Commit) -> Result<String, Failure> {
        if let Some(title) = self.caches().titles.get(&commit.id) {
            return Ok(title.to_string());
        }
        let says = &commit.says;
        let title = if says.message.is_empty() {
            match &says.kind {
                CommitKind::Create => "Created".to_owned(),
                CommitKind::Generated if says.parents.is_empty() => "Built".to_owned(),
                CommitKind::Import if says.parents.is_empty() => "Imported".to_owned(),
                CommitKind::Undo { of } => {
                    format!("Undid: {}", self.title(&self.commit(*of)?)?)
                }
                CommitKind::Redo { of } => {
                    format!("Redid: {}", self.undone_title(&self.commit(*of)?)?)
                }
                CommitKind::Rollback { to } => {
                    let then = self.commit(*to)?.says.time;
                    format!(
                        "Back to how it stood on {}",
                        then.format("%-d %B %Y, %H:%M UTC")
                    )
                }
                _ => summary(&self.lines_of(commit)?),
            }
        } else {
            says.message.clone()
        };
        self.caches()
            .titles
            .insert(commit.id, Arc::from(title.as_str()));
        Ok(title)
    }

    /// Says what an undo took back.
    pub(crate) fn undone_title(&self, undo: &Commit) -> Result<String, Failure> {
        match &undo.says.kind {
            CommitKind::Undo { of } => self.title(&self.commit(*of)?),
            _ => self.title(undo),
        }
    }

    /// Lists what a commit changed against its first parent.
    fn lines_of(&self, commit: &Commit) -> Result<Vec<ChangeLine>, Failure> {
        match commit.says.parents.first() {
            Some(parent) => self.lines_between(&self.tree(*parent)?, &self.tree(commit.id)?),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn lines_between(&self, from: &Tree, to: &Tree) -> Result<Vec<ChangeLine>, Failure> {
        let mut lines = change_lines(&diff(from, to), from, to);
        // A version that an older Forkbeard wrote may not work out; its cells can still be compared.
        if let (Ok(before), Ok(after)) = (self.worked(from), self.worked(to)) {
            let consequences = consequence_lines(&lines, &before.stats, &after.stats, to);
            lines.extend(consequences);
        }
        Ok(lines)
    }

    /// Finds the latest commit whose effect still stands and can be taken back.
    pub(crate) fn undo_target(&self, tip: CommitId) -> Result<Option<Commit>, Failure> {
        let mut gone: Vec<CommitId> = Vec::new();
        self.walk_back(tip, |commit| match &commit.says.kind {
            _ if commit.says.parents.is_empty() => Step::Stop,
            _ if gone.contains(&commit.id) => Step::On,
            CommitKind::Undo { of } | CommitKind::Redo { of } => {
                gone.push(*of);
                Step::On
            }
            _ => Step::Found,
        })
    }

    /// Finds the undo that a redo would take back: the latest that still stands, if nothing but undoing and redoing came after.
    pub(crate) fn redo_target(&self, tip: CommitId) -> Result<Option<Commit>, Failure> {
        let mut gone: Vec<CommitId> = Vec::new();
        self.walk_back(tip, |commit| match &commit.says.kind {
            CommitKind::Redo { of } => {
                gone.push(*of);
                Step::On
            }
            CommitKind::Undo { .. } if gone.contains(&commit.id) => Step::On,
            CommitKind::Undo { .. } => Step::Found,
            _ => Step::Stop,
        })
    }

    /// Goes along first parents until `step` has found something or gives up.
    fn walk_back(
        &self,
        tip: CommitId,
        mut step: impl FnMut(&Commit) -> Step,
    ) -> Result<Option<Commit>, Failure> {
        let mut at = tip;
        for _ in 0..UNDO_DEPTH {
            let commit = self.commit(at)?;
            match step(&commit) {
                Step::Found => return Ok(Some(commit)),
                Step::Stop => return Ok(None),
                Step::On => {}
            }
            match commit.says.parents.first() {
                Some(parent) => at = *parent,
                None => return Ok(None),
            }
        }
        Ok(None)
    }
}

enum Step {
    On,
    Found,
    Stop,
}
