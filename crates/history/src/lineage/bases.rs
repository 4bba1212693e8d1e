//! Where lines parted: the best common ancestors of commits.

use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::Lineage;
use crate::CommitId;

/// Reached from the left.
const LEFT: u8 = 1;
/// Reached from the right.
const RIGHT: u8 = 2;
/// An ancestor of something that both reach, so never among the best.
const STALE: u8 = 4;

/// Finds the best common ancestors of two commits: those that are no ancestor of another common one.
///
/// One, as a rule; several in a criss-cross history; none where the commits are unrelated. In the order of their ids. Only what lies
/// between the commits and their bases is looked at (all of the history only where several candidates must be told apart), each
/// commit at most three times.
///
/// # Errors
/// A commit that cannot be had.
pub fn merge_bases<L: Lineage>(
    lineage: &L,
    ours: CommitId,
    theirs: CommitId,
) -> Result<Vec<CommitId>, L::Error> {
    best_common(lineage, &[ours], &[theirs])
}

/// Finds the best common ancestors of what some commits make together and what some others do.
pub(super) fn best_common<L: Lineage>(
    lineage: &L,
    left: &[CommitId],
    right: &[CommitId],
) -> Result<Vec<CommitId>, L::Error> {
    let mut paint = Paint {
        lineage,
        marks: HashMap::new(),
        queue: BinaryHeap::new(),
        open: 0,
    };
    for (commits, colour) in [(left, LEFT), (right, RIGHT)] {
        for commit in commits {
            paint.add(*commit, colour)?;
        }
    }
    let mut common = BTreeSet::new();
    // As long as anything waits that only one side reaches, a better ancestor may turn up.
    while paint.open > 0 {
        let Some((_, commit)) = paint.pop() else {
            break;
        };
        let Some(Mark {
            colours, parents, ..
        }) = paint.marks.get(&commit)
        else {
            continue;
        };
        let (mut colours, parents) = (*colours, parents.clone());
        if colours & (LEFT | RIGHT) == LEFT | RIGHT {
            if colours & STALE == 0 {
                common.insert(commit);
            }
            colours |= STALE;
        }
        for parent in parents {
            paint.add(parent, colours)?;
        }
    }
    common.retain(|commit| {
        paint
            .marks
            .get(commit)
            .is_some_and(|mark| mark.colours & STALE == 0)
    });
    if common.len() > 1 {
        best_of(lineage, common)
    } else {
        Ok(common.into_iter().collect())
    }
}

struct Mark {
    time: DateTime<Utc>,
    parents: Vec<CommitId>,
    colours: u8,
    waiting: bool,
}

/// Paints the ancestors of both sides, newest first as far as the times are right; if they are not, some are painted twice.
struct Paint<'a, L: Lineage> {
    lineage: &'a L,
    marks: HashMap<CommitId, Mark>,
    queue: BinaryHeap<(DateTime<Utc>, CommitId)>,
    /// How many wait that are not stale.
    open: usize,
}

impl<L: Lineage> Paint<'_, L> {
    fn add(&mut self, commit: CommitId, colours: u8) -> Result<(), L::Error> {
        let mark = match self.marks.get_mut(&commit) {
            Some(mark) => mark,
            None => {
                let ancestry = self.lineage.commit(commit)?;
                self.marks.entry(commit).or_insert(Mark {
                    time: ancestry.time,
                    parents: ancestry.parents,
                    colours: 0,
                    waiting: false,
                })
            }
        };
        let both = mark.colours | colours;
        if both == mark.colours {
            return Ok(());
        }
        let counted = mark.waiting && mark.colours & STALE == 0;
        mark.colours = both;
        let counts = both & STALE == 0;
        if !mark.waiting {
            mark.waiting = true;
            self.queue.push((mark.time, commit));
        }
        self.open = self.open + usize::from(counts) - usize::from(counted);
        Ok(())
    }

    fn pop(&mut self) -> Option<(DateTime<Utc>, CommitId)> {
        let next = self.queue.pop()?;
        if let Some(mark) = self.marks.get_mut(&next.1) {
            mark.waiting = false;
            self.open -= usize::from(mark.colours & STALE == 0);
        }
        Some(next)
    }
}

/// Leaves out candidates that are ancestors of others, which wrong clocks can let through.
fn best_of<L: Lineage>(
    lineage: &L,
    candidates: BTreeSet<CommitId>,
) -> Result<Vec<CommitId>, L::Error> {
    let mut best = candidates.clone();
    let mut seen = HashSet::new();
    let mut way: Vec<CommitId> = Vec::new();
    for candidate in &candidates {
        way.extend(lineage.commit(*candidate)?.parents);
    }
    while let Some(commit) = way.pop() {
        if !seen.insert(commit) {
            continue;
        }
        best.remove(&commit);
        if best.len() == 1 {
            break;
        }
        way.extend(lineage.commit(commit)?.parents);
    }
    Ok(best.into_iter().collect())
}
