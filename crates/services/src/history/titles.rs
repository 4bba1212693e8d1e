//! What a commit did, in words.

use std::sync::Arc;

use history::{Commit, CommitKind, Tree};

use super::difference::changes_between;
use crate::Failure;
use crate::library::Library;
use crate::wire::ChangeLine;
use crate::words::{change_lines, consequence_lines, summary};

impl Library {
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
                CommitKind::Revert { of } => {
                    format!("Took back: {}", self.title(&self.commit(*of)?)?)
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
    pub(crate) fn lines_of(&self, commit: &Commit) -> Result<Vec<ChangeLine>, Failure> {
        match commit.says.parents.first() {
            Some(parent) => self.lines_between(&self.tree(*parent)?, &self.tree(commit.id)?),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn lines_between(&self, from: &Tree, to: &Tree) -> Result<Vec<ChangeLine>, Failure> {
        let mut lines = change_lines(&changes_between(from, to), from, to);
        // A version that an older Forkbeard wrote may not work out; its cells can still be compared.
        if let (Ok(before), Ok(after)) = (self.worked(from), self.worked(to)) {
            let consequences = consequence_lines(&lines, &before.stats, &after.stats, to);
            lines.extend(consequences);
        }
        Ok(lines)
    }
}
