//! What a merge came to, as cells for the wire: those to decide, and those that were settled by themselves.

use history::{Merge, Outcome, Tree};

use crate::wire::{ConflictCell, MergedBy, MergedCell};
use crate::words::label;

/// Lists the cells that need a decision.
pub(super) fn conflict_cells(merge: &Merge, ours: &Tree, theirs: &Tree) -> Vec<ConflictCell> {
    merge
        .conflicts()
        .map(|(path, conflict)| ConflictCell {
            path: path.to_string(),
            label: label(path, &[ours, theirs]),
            base: conflict.base.clone(),
            ours: conflict.ours().cloned(),
            theirs: conflict.theirs().cloned(),
        })
        .collect()
}

/// Lists what the merge settled where both sides had changed something; what only one side touched is no news.
pub(super) fn merged_cells(merge: &Merge, ours: &Tree, theirs: &Tree) -> Vec<MergedCell> {
    merge
        .cells
        .iter()
        .filter_map(|cell| {
            let (by, how) = settled(&cell.outcome)?;
            let label = label(&cell.path, &[ours, theirs]);
            Some(MergedCell {
                path: cell.path.to_string(),
                label,
                by,
                how,
            })
        })
        .collect()
}

/// Says in which way and how a cell was settled; nothing where only this side had a part in it, or nobody decided yet.
fn settled(outcome: &Outcome) -> Option<(MergedBy, String)> {
    Some(match outcome {
        Outcome::Added {
            clamped_from,
            counted_once,
        } => {
            let mut how = "both changes were added up".to_owned();
            if let Some(once) = counted_once {
                how.push_str(&format!(", with {once} of the same event counted once"));
            }
            if let Some(sum) = clamped_from {
                how.push_str(&format!(" to {sum} and cut to what is possible"));
            }
            (MergedBy::Added, how)
        }
        Outcome::Larger => (MergedBy::Larger, "the larger stands".to_owned()),
        Outcome::Ordered => (
            MergedBy::Order,
            "moved by both; one place was chosen".to_owned(),
        ),
        Outcome::Moved => (
            MergedBy::Place,
            "put elsewhere by both; the last move stands".to_owned(),
        ),
        Outcome::MoveRefused { .. } => (
            MergedBy::Place,
            "one of two moves was not taken, as the things would lie in each other".to_owned(),
        ),
        Outcome::LostParent { .. } => (
            MergedBy::Place,
            "kept, though what it lay in was removed".to_owned(),
        ),
        Outcome::Removed => (
            MergedBy::Order,
            "removed by one; the other had only moved it".to_owned(),
        ),
        Outcome::BothHappened { ours, theirs } => (
            MergedBy::Event,
            format!(
                "both happened: {} and {} stand beside each other",
                ours.len(),
                theirs.len()
            ),
        ),
        Outcome::Woven => (MergedBy::Prose, "both texts were woven together".to_owned()),
        Outcome::BothKept => (
            MergedBy::Prose,
            "both texts stand, one after the other".to_owned(),
        ),
        Outcome::Theirs => (
            MergedBy::Theirs,
            "changed meanwhile by another window".to_owned(),
        ),
        Outcome::Ours | Outcome::Same | Outcome::Conflict(_) => return None,
    })
}
