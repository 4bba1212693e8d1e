//! Three-way merge: two trees that grew from one, cell by cell, after the policy of each cell.
//!
//! Every cell that either side touched gets one [`Outcome`] of a closed vocabulary. What both sides changed in ways that
//! cannot stand together is a [`Conflict`]: a value with base and sides that can be kept, shown and resolved later.
//! The merge itself never fails and is deterministic, so two machines that merge the same trees agree.
//!
//! ```text
//! walk      cell by cell, skipping what is shared     each cell: one side's, the same, settled by its policy, or a conflict
//! settle    one value changed on both sides           counter, maximum, order, container, prose, set; else a conflict
//! tally     events that both sides had                their tallies are counted once
//! disputes  conflicts left open earlier               resolved on one side is resolved; on both, differently: open again
//! places    things in containers                      no circles, and nothing is dropped with its container
//! ```

mod disputes;
mod outcome;
mod places;
mod reverse;
mod settle;
mod tally;
mod view;
mod walk;

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::change::{Edit, edit};
use crate::{CellPath, Policies, Tree};
pub use outcome::{CellOutcome, Conflict, Outcome};
pub use reverse::{Take, reverse};
use walk::Walk;

/// Holds a merged tree and how each touched cell came about.
#[must_use]
#[derive(Debug, Clone)]
pub struct Merge {
    /// The result; a cell in conflict holds our value.
    pub tree: Tree,
    /// Every cell that either side touched, in the order of the paths.
    pub cells: Vec<CellOutcome>,
}

impl Merge {
    /// Walks the cells that need a decision.
    pub fn conflicts(&self) -> impl Iterator<Item = (&CellPath, &Conflict)> {
        self.cells.iter().filter_map(|cell| match &cell.outcome {
            Outcome::Conflict(conflict) => Some((&cell.path, conflict)),
            _ => None,
        })
    }

    /// Walks the cells that the merge settled by itself; see [`Outcome::is_automatic`].
    pub fn automatic(&self) -> impl Iterator<Item = &CellOutcome> {
        let settled = |cell: &&CellOutcome| cell.outcome.is_automatic();
        self.cells.iter().filter(settled)
    }

    /// Tells whether nothing needs a decision.
    pub fn is_clean(&self) -> bool {
        self.conflicts().next().is_none()
    }
}

/// Names one of the two sides of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    Ours,
    /// The second, which comes in.
    Theirs,
}

impl Side {
    /// Gives the other side.
    pub fn other(self) -> Side {
        match self {
            Side::Ours => Side::Theirs,
            Side::Theirs => Side::Ours,
        }
    }
}

/// Holds what two sides are compared with: the tree both grew from, as far as there is one.
#[derive(Debug, Clone)]
pub struct Ancestor {
    tree: Tree,
    torn: BTreeMap<CellPath, Torn>,
    related: bool,
}

/// Says which sides did not leave a cell as it was, though they may have the value of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Torn {
    /// Ancestors of a criss-cross history are in conflict about it, so each side has decided.
    Both,
    /// Our side is a merge in which it is in conflict.
    Ours,
}

impl Ancestor {
    /// Takes one tree as what both sides grew from.
    pub fn of(tree: Tree) -> Ancestor {
        Ancestor {
            tree,
            torn: BTreeMap::new(),
            related: true,
        }
    }

    /// Says that two sides have nothing in common: two laptops made the same document.
    ///
    /// The tree is empty, and the whole document counts as one thing that both sides added: what is the same on both is the same
    /// (also a tally, which has no common start to reckon from), what differs and does not settle itself is a conflict.
    pub fn none() -> Ancestor {
        Ancestor {
            tree: Tree::empty(),
            torn: BTreeMap::new(),
            related: false,
        }
    }

    /// Gives the tree; the empty one where the sides are unrelated.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Goes on to the merge of this ancestor and another. What the two disagree about is torn, and holds what they started from.
    pub(crate) fn with(self, merge: Merge) -> Ancestor {
        let conflicts = merge.conflicts().filter(|(path, _)| !path.is_root());
        let (paths, edits): (Vec<_>, Vec<_>) = conflicts
            .map(|(path, conflict)| {
                let to = match &conflict.base {
                    Some(value) => Edit::Set {
                        path: path.clone(),
                        value: value.clone(),
                    },
                    None => Edit::Remove { path: path.clone() },
                };
                (path.clone(), to)
            })
            .unzip();
        let mut ancestor = self;
        // Where what they started from has no room any more, one of theirs is shown instead.
        ancestor.tree = edit(&merge.tree, edits).unwrap_or(merge.tree);
        for path in paths {
            ancestor.tear(path, Torn::Both);
        }
        ancestor
    }

    /// Notes that a cell was not left as it was.
    pub(crate) fn tear(&mut self, path: CellPath, torn: Torn) {
        let known = self.torn.entry(path).or_insert(torn);
        if torn == Torn::Both {
            *known = torn;
        }
    }

    /// Tells which sides did not leave a cell, or something within it, as it was: ours, theirs.
    fn torn_at(&self, path: &CellPath) -> (bool, bool) {
        let from = (Bound::Included(path), Bound::Unbounded);
        let within = self.torn.range::<CellPath, _>(from);
        within
            .take_while(|(torn, _)| torn.is_within(path))
            .fold((false, false), |(_, theirs), (_, torn)| {
                (true, theirs || *torn == Torn::Both)
            })
    }
}

/// Merges what two sides made of one base; of two moves into containers theirs counts as the last.
pub fn merge(base: &Tree, ours: &Tree, theirs: &Tree, policies: &Policies) -> Merge {
    merge_from(
        &Ancestor::of(base.clone()),
        ours,
        theirs,
        Side::Theirs,
        policies,
    )
}

/// Merges what two sides made of an ancestor; `last` is the side whose moves into containers are the later ones.
pub fn merge_from(
    ancestor: &Ancestor,
    ours: &Tree,
    theirs: &Tree,
    last: Side,
    policies: &Policies,
) -> Merge {
    let sides = Sides {
        base: &ancestor.tree,
        ours,
        theirs,
        last,
    };
    let mut draft = Walk::run(sides, ancestor, policies);
    disputes::settle(sides, &mut draft);
    match finish(sides, draft, policies) {
        Some(merge) => merge,
        // Only a result beyond the size limit can end here: ours stands, and the whole is the conflict.
        None => Merge {
            tree: ours.clone(),
            cells: vec![CellOutcome {
                path: CellPath::root(),
                outcome: Outcome::Conflict(Conflict::of_two(
                    Some(ancestor.tree.to_value()),
                    Some(ours.to_value()),
                    Some(theirs.to_value()),
                )),
            }],
        },
    }
}

fn finish(sides: Sides<'_>, draft: Draft, policies: &Policies) -> Option<Merge> {
    let Draft { mut cells, edits } = draft;
    let mut tree = edit(sides.ours, edits).ok()?;
    let placed = places::settle(sides, &tree, &mut cells, policies);
    if !placed.is_empty() {
        tree = edit(&tree, placed).ok()?;
    }
    cells.sort_by(|a, b| a.path.cmp(&b.path));
    Some(Merge { tree, cells })
}

/// The three trees of a merge.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: &'a Tree,
    ours: &'a Tree,
    theirs: &'a Tree,
    last: Side,
}

impl<'a> Sides<'a> {
    fn of(self, side: Side) -> &'a Tree {
        match side {
            Side::Ours => self.ours,
            Side::Theirs => self.theirs,
        }
    }
}

/// A merge in the making: outcomes so far, and the edits that turn ours into the result.
#[derive(Default)]
struct Draft {
    cells: Vec<CellOutcome>,
    edits: Vec<Edit>,
}

impl Draft {
    /// Makes a cell a conflict whatever was settled about it and within it; the tree holds ours.
    fn reopen(&mut self, path: &CellPath, conflict: Conflict) {
        self.cells.retain(|cell| !cell.path.is_within(path));
        self.edits.retain(|edit| !edit.path().is_within(path));
        self.cells.push(CellOutcome {
            path: path.clone(),
            outcome: Outcome::Conflict(conflict),
        });
    }
}

#[cfg(test)]
mod tests;
