//! Merging lines of history: the base is found, or made, and then trees are merged.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::Lineage;
use super::bases::best_common;
use crate::change::{Edit, diff, edit};
use crate::merge::Torn;
use crate::{
    Ancestor, CellOutcome, CellPath, CommitId, Merge, Outcome, Policies, Policy, Side, Tree,
    merge_from,
};

/// How deep bases are merged to make a base, and how many are in all. Past that the oldest base stands for the rest, and every cell in
/// which they differ counts as changed on both sides: with so many criss-crosses in a row a merge may ask more than it must, but never
/// decides more than it may.
const DEPTH: usize = 16;
const BASES: usize = 200;

/// Holds the merge of two commits, with what they were compared with.
#[must_use]
#[derive(Debug, Clone)]
pub struct LineMerge {
    /// The best common ancestors, in the order of their ids: none where the lines are unrelated, several in a criss-cross history.
    pub bases: Vec<CommitId>,
    /// What both sides were compared with.
    pub ancestor: Ancestor,
    /// What came out.
    pub merge: Merge,
}

/// Holds the merge of any number of commits.
#[must_use]
#[derive(Debug, Clone)]
pub struct HeadsMerge {
    /// The commits that were merged, the oldest first; those that others contain are left out, each stands once. These are the sides of
    /// a conflict, as far as a side has changed the cell, in this order.
    pub heads: Vec<CommitId>,
    /// What all were compared with: the base of the whole, the empty tree where there is none.
    pub base: Tree,
    /// What came out. Of an outcome, "ours" is what was merged before and "theirs" the head that came in.
    pub merge: Merge,
}

/// Merges two commits of one document.
///
/// Where one contains the other, the result is the containing one's tree. Unrelated commits are merged as [`Ancestor::none`] says. Of two
/// moves of a thing into containers that of the newer commit counts as the last (by time, then by id), so that the tree does not
/// depend on which side is called ours, except for cells in conflict, which hold ours.
///
/// # Errors
/// A commit or a tree that cannot be had.
pub fn merge_commits<L: Lineage>(
    lineage: &L,
    ours: CommitId,
    theirs: CommitId,
    policies: &Policies,
) -> Result<LineMerge, L::Error> {
    let mut merging = Merging::new(lineage, policies);
    let bases = best_common(lineage, &[ours], &[theirs])?;
    let ancestor = merging.ancestor(bases.clone(), 0)?;
    let last = if age(lineage, ours)? > age(lineage, theirs)? {
        Side::Ours
    } else {
        Side::Theirs
    };
    let (left, right) = (lineage.tree(ours)?, lineage.tree(theirs)?);
    let merge = merge_from(&ancestor, &left, &right, last, policies);
    Ok(LineMerge {
        bases,
        ancestor,
        merge,
    })
}

/// Merges any number of commits of one document into one tree; the order in which they are given does not matter.
///
/// They are taken oldest first (by time, then by id): so the last of several moves stands, and the sides of a conflict stand in that
/// order. A cell in conflict holds the first side's value.
///
/// # Errors
/// A commit or a tree that cannot be had.
pub fn merge_heads<L: Lineage>(
    lineage: &L,
    heads: &[CommitId],
    policies: &Policies,
) -> Result<HeadsMerge, L::Error> {
    let heads = apart(lineage, heads)?;
    let mut folding = Folding {
        merging: Merging::new(lineage, policies),
        // Tallies are clamped when all deltas are in.
        unbounded: policies.unbounded(),
        cells: BTreeMap::new(),
    };
    let Some((first, rest)) = heads.split_first() else {
        return Ok(HeadsMerge {
            heads,
            base: Tree::empty(),
            merge: untouched(Tree::empty()),
        });
    };
    let mut tree = lineage.tree(*first)?;
    let mut common = vec![*first];
    for (at, head) in rest.iter().enumerate() {
        common = best_common(lineage, &common, &[*head])?;
        tree = folding.take(tree, &heads[..=at], *head)?;
    }
    let base = folding.merging.ancestor(common, 0)?.tree().clone();
    let merge = folding.finish(tree, policies);
    Ok(HeadsMerge { heads, base, merge })
}

fn untouched(tree: Tree) -> Merge {
    Merge {
        tree,
        cells: Vec::new(),
    }
}

/// When a commit was made; of two at the same time the one with the greater id counts as the later.
fn age<L: Lineage>(lineage: &L, id: CommitId) -> Result<(DateTime<Utc>, CommitId), L::Error> {
    Ok((lineage.commit(id)?.time, id))
}

/// Puts commits in order, the oldest first, each once, without those that another contains.
fn apart<L: Lineage>(lineage: &L, heads: &[CommitId]) -> Result<Vec<CommitId>, L::Error> {
    let once: BTreeSet<CommitId> = heads.iter().copied().collect();
    let mut apart = Vec::new();
    for head in &once {
        let mut contained = false;
        for other in once.iter().filter(|other| *other != head) {
            contained |= best_common(lineage, &[*head], &[*other])? == [*head];
        }
        if !contained {
            apart.push(age(lineage, *head)?);
        }
    }
    apart.sort_unstable();
    Ok(apart.into_iter().map(|(_, id)| id).collect())
}

/// Finds or makes what lines are compared with.
struct Merging<'a, L: Lineage> {
    lineage: &'a L,
    policies: &'a Policies,
    made: HashMap<Vec<CommitId>, Ancestor>,
    left: usize,
}

impl<'a, L: Lineage> Merging<'a, L> {
    fn new(lineage: &'a L, policies: &'a Policies) -> Merging<'a, L> {
        Merging {
            lineage,
            policies,
            made: HashMap::new(),
            left: BASES,
        }
    }

    /// Makes one ancestor of several best ones by merging them; for that they need ancestors of their own.
    fn ancestor(&mut self, bases: Vec<CommitId>, depth: usize) -> Result<Ancestor, L::Error> {
        let mut bases = bases
            .into_iter()
            .map(|id| age(self.lineage, id))
            .collect::<Result<Vec<_>, _>>()?;
        bases.sort_unstable();
        let bases: Vec<CommitId> = bases.into_iter().map(|(_, id)| id).collect();
        let Some((first, rest)) = bases.split_first() else {
            return Ok(Ancestor::none());
        };
        let mut made = Ancestor::of(self.lineage.tree(*first)?);
        if rest.is_empty() {
            return Ok(made);
        }
        if let Some(made) = self.made.get(&bases) {
            return Ok(made.clone());
        }
        for (at, base) in rest.iter().enumerate() {
            let tree = self.lineage.tree(*base)?;
            if depth == DEPTH || self.left == 0 {
                for change in diff(made.tree(), &tree) {
                    made.tear(change.path, Torn::Both);
                }
                continue;
            }
            self.left -= 1;
            let below = best_common(self.lineage, &bases[..=at], &[*base])?;
            let ancestor = self.ancestor(below, depth + 1)?;
            let merge = merge_from(&ancestor, made.tree(), &tree, Side::Theirs, self.policies);
            made = made.with(merge);
        }
        self.made.insert(bases, made.clone());
        Ok(made)
    }
}

/// Takes one head after the other into what was merged before.
struct Folding<'a, L: Lineage> {
    merging: Merging<'a, L>,
    unbounded: Policies,
    cells: BTreeMap<CellPath, Outcome>,
}

impl<L: Lineage> Folding<'_, L> {
    fn take(&mut self, tree: Tree, before: &[CommitId], head: CommitId) -> Result<Tree, L::Error> {
        let lineage = self.merging.lineage;
        let bases = best_common(lineage, before, &[head])?;
        let mut ancestor = self.merging.ancestor(bases, 0)?;
        // What is in conflict among those before holds one of their values, and so was not left alone.
        for (path, outcome) in &self.cells {
            if let Outcome::Conflict(_) = outcome {
                ancestor.tear(path.clone(), Torn::Ours);
            }
        }
        let theirs = lineage.tree(head)?;
        let merge = merge_from(&ancestor, &tree, &theirs, Side::Theirs, &self.unbounded);
        for CellOutcome { path, outcome } in merge.cells {
            self.note(path, outcome);
        }
        Ok(merge.tree)
    }

    /// Puts an outcome beside what came of the cell before.
    fn note(&mut self, path: CellPath, outcome: Outcome) {
        match (self.cells.get_mut(&path), outcome) {
            (None, outcome) => {
                self.cells.insert(path, outcome);
            }
            (Some(Outcome::Conflict(open)), Outcome::Conflict(other)) => open.join(other),
            // The new head has no part in it: what was said of the others stands.
            (Some(_), Outcome::Ours | Outcome::Same) | (Some(Outcome::Conflict(_)), _) => {}
            (
                Some(Outcome::Added { counted_once, .. }),
                Outcome::Added {
                    counted_once: more, ..
                },
            ) => {
                *counted_once = match (*counted_once, more) {
                    (Some(a), Some(b)) => Some(a.saturating_add(b)),
                    (a, b) => a.or(b),
                };
            }
            (Some(before), outcome) => *before = outcome,
        }
    }

    /// Clamps the tallies.
    fn finish(mut self, tree: Tree, policies: &Policies) -> Merge {
        let mut edits = Vec::new();
        for (path, outcome) in &mut self.cells {
            let Policy::Counter { min, max } = policies.of(path) else {
                continue;
            };
            let clamp = |n: i64| n.max(min.unwrap_or(i64::MIN)).min(max.unwrap_or(i64::MAX));
            let sum = tree.get(path).and_then(|value| value.as_i64());
            let Some(sum) = sum else { continue };
            match outcome {
                Outcome::Added { clamped_from, .. } => {
                    *clamped_from = (clamp(sum) != sum).then_some(sum);
                }
                Outcome::Conflict(conflict) => {
                    for side in &mut conflict.sides {
                        if let Some(n) = side.as_ref().and_then(serde_json::Value::as_i64) {
                            *side = Some(clamp(n).into());
                        }
                    }
                }
                _ => continue,
            }
            if clamp(sum) != sum {
                edits.push(Edit::Set {
                    path: path.clone(),
                    value: clamp(sum).into(),
                });
            }
        }
        let cells = self.cells.into_iter();
        Merge {
            // Numbers in place of numbers: that keeps every limit.
            tree: edit(&tree, edits).unwrap_or(tree),
            cells: cells
                .map(|(path, outcome)| CellOutcome { path, outcome })
                .collect(),
        }
    }
}
