//! Taking back any past commit, while what came later stays.

use history::{Action, CommitId, CommitKind, DocumentId};

use super::Histories;
use super::lineage::Lineage;
use crate::wire::EditOutcome;
use crate::{Code, Failure};

impl Histories<'_> {
    /// Takes back what one commit did, wherever it lies, on the branch that is stood on; what came later stays.
    ///
    /// It is a merge: its base is that commit, one side its parent, the other where the branch stands. Cells that were changed again
    /// since come back as [`EditOutcome::Conflict`], and nothing is written. It can be undone like any other action.
    ///
    /// # Errors
    /// A version that is not there or did not lead to where the branch stands; the beginning of a character;
    /// [`Code::NothingToUndo`] where it was taken back before.
    pub fn revert(&self, id: &str, commit: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("history.revert", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let target = self.library.find_version(document, commit)?;
            let (branch, tip, _) = self.library.stood_on(document)?;
            {
                let guard = self.library.lineage(document, &[tip, target])?;
                standing(&guard.look(), tip, target)?;
            }
            let says = self.library.commit(target)?.says;
            let Some(parent) = says.parents.first() else {
                return Err(Failure::new(
                    Code::NothingToUndo,
                    "The beginning of a character cannot be taken back.",
                    "Archive the character instead.",
                ));
            };
            let (before, after) = (self.library.tree(*parent)?, self.library.tree(target)?);
            let kind = match says.kind {
                // To take an undo back is to redo.
                CommitKind::Undo { .. } => CommitKind::Redo { of: target },
                _ => CommitKind::Revert { of: target },
            };
            let sheets = self.library.sheet();
            sheets.land(document, &branch, &after, &before, kind, Action::Revert, "")
        })
    }
}

/// Checks that what a commit did still stands at the tip.
fn standing(lineage: &Lineage, tip: CommitId, target: CommitId) -> Result<(), Failure> {
    let (Some(at), Some(wanted)) = (lineage.number(tip), lineage.number(target)) else {
        return Err(Failure::not_found("version", &target.to_string()));
    };
    let reached = lineage.reach([at]);
    if !reached[wanted] {
        return Err(Failure::new(
            Code::Invalid,
            "That happened on another branch.",
            "Switch to that branch first, or merge it.",
        ));
    }
    let mut gone: Vec<CommitId> = Vec::new();
    for number in (wanted..=at).rev().filter(|number| reached[*number]) {
        let link = lineage.link(number);
        if gone.contains(&link.id) {
            continue;
        }
        if let CommitKind::Undo { of } | CommitKind::Redo { of } | CommitKind::Revert { of } =
            link.kind
        {
            gone.push(of);
        }
    }
    if gone.contains(&target) {
        return Err(Failure::new(
            Code::NothingToUndo,
            "That was taken back already.",
            "Take back what took it back, to have it again.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use history::Hash;

    use super::*;

    fn id(name: &str) -> CommitId {
        CommitId(Hash::of(name.as_bytes()))
    }

    #[test]
    fn what_was_taken_back_cannot_be_taken_back_again_unless_it_came_back() {
        let mut lineage = Lineage::default();
        let mut last: Vec<CommitId> = Vec::new();
        let steps = [
            ("a", CommitKind::Create),
            ("b", CommitKind::Edit),
            ("c", CommitKind::Edit),
            ("u", CommitKind::Revert { of: id("b") }),
            ("r", CommitKind::Revert { of: id("u") }),
            ("v", CommitKind::Undo { of: id("c") }),
        ];
        for (name, kind) in steps {
            assert!(lineage.add(id(name), &last, 0, kind));
            last = vec![id(name)];
        }
        let ok = |tip: &str, target: &str| standing(&lineage, id(tip), id(target)).is_ok();
        assert!(ok("c", "b"));
        assert!(!ok("u", "b"));
        assert!(ok("u", "u") && ok("r", "b") && !ok("r", "u"));
        assert!(!ok("v", "c") && ok("v", "b"));
        assert!(!ok("b", "c"), "not yet there");
    }
}
