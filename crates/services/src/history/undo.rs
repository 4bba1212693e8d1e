//! Which commit an undo takes back, and which a redo brings back: read from the kinds of the commits themselves.

use history::{Commit, CommitId, CommitKind};

use crate::Failure;
use crate::library::Library;

/// How far back the search for what can be undone goes, in commits.
const UNDO_DEPTH: usize = 2_000;

impl Library {
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
