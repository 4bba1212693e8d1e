//! The walk: three trees side by side, down to the cells in which they differ.

use std::collections::BTreeMap;

use serde_json::Value;

use super::settle::{Settled, settle};
use super::tally::{self, Twice};
use super::view::{View, same, union_keys};
use super::{Ancestor, CellOutcome, Conflict, Draft, Outcome, Sides};
use crate::change::Edit;
use crate::conflicts::SECTION;
use crate::{CellPath, Policies, Policy};

/// A cell on all three.
#[derive(Clone, Copy)]
pub(super) struct Three<'a> {
    pub(super) base: Option<View<'a>>,
    pub(super) ours: Option<View<'a>>,
    pub(super) theirs: Option<View<'a>>,
}

impl<'a> Three<'a> {
    fn get(self, key: &str) -> Three<'a> {
        let of = |side: Option<View<'a>>| side.and_then(|view| view.get(key));
        Three {
            base: of(self.base),
            ours: of(self.ours),
            theirs: of(self.theirs),
        }
    }

    fn keys(self) -> Vec<&'a str> {
        union_keys([self.base, self.ours, self.theirs])
    }

    fn all_same(self) -> bool {
        same(self.base, self.ours) && same(self.base, self.theirs)
    }

    pub(super) fn conflict(self) -> Conflict {
        let value = |side: Option<View<'_>>| side.map(View::to_value);
        Conflict::of_two(value(self.base), value(self.ours), value(self.theirs))
    }
}

pub(super) struct Walk<'a> {
    sides: Sides<'a>,
    ancestor: &'a Ancestor,
    policies: &'a Policies,
    twice: BTreeMap<CellPath, Twice>,
    path: Vec<&'a str>,
    draft: Draft,
}

impl<'a> Walk<'a> {
    /// Goes through the three trees; what was settled and how ours has to change for it.
    pub(super) fn run(sides: Sides<'a>, ancestor: &'a Ancestor, policies: &'a Policies) -> Draft {
        let mut walk = Walk {
            sides,
            ancestor,
            policies,
            twice: tally::counted_twice(sides, policies),
            path: Vec::new(),
            draft: Draft::default(),
        };
        let three = Three {
            base: Some(View::Node(sides.base.root())),
            ours: Some(View::Node(sides.ours.root())),
            theirs: Some(View::Node(sides.theirs.root())),
        };
        walk.cell(three, !ancestor.related);
        walk.draft
    }

    /// Merges one cell, and tells whether anything stands there afterwards. `fresh` says that it lies in a keyed record which both
    /// sides added under the same id: that is one thing added once, whereas a section that was merely empty in the base is no thing,
    /// and its tallies began at nought.
    fn cell(&mut self, three: Three<'a>, fresh: bool) -> bool {
        let Three { base, ours, theirs } = three;
        if three.all_same() {
            return ours.is_some();
        }
        // Records are gone through cell by cell even where one side left them alone, so that the report is of cells. A record new on
        // one side only, or gone on one, is reported whole.
        if let (Some(o), Some(t)) = (ours, theirs)
            && o.is_map()
            && t.is_map()
            && base.is_none_or(View::is_map)
        {
            let fresh = fresh || (base.is_none() && self.around().has_entries());
            let stands = self.descend(three, fresh);
            if base.is_none() && !stands {
                self.report(Outcome::Same);
            }
            return true;
        }
        let (ours_torn, theirs_torn) = self.torn();
        if same(base, theirs) && !theirs_torn {
            self.report(Outcome::Ours);
            return ours.is_some();
        }
        if same(base, ours) && !ours_torn {
            self.take(theirs.map(View::to_value));
            self.report(Outcome::Theirs);
            return theirs.is_some();
        }
        if let (Some(base), None, Some(kept)) | (Some(base), Some(kept), None) =
            (base, ours, theirs)
            && base.is_map()
            && kept.is_map()
        {
            return self.removed(three, base, kept);
        }
        self.settle(three, fresh)
    }

    /// Merges the cells of maps; tells whether any stands afterwards.
    fn descend(&mut self, three: Three<'a>, fresh: bool) -> bool {
        let keys = three.keys();
        if self.policies.at(&self.path) == Policy::Event {
            self.notice(three, &keys);
        }
        let mut stands = false;
        for key in keys {
            // Conflicts that were left open are settled with the cells they are about.
            if self.path.is_empty() && key == SECTION && self.sides.disputed() {
                stands = true;
                continue;
            }
            self.path.push(key);
            stands |= self.cell(three.get(key), fresh);
            self.path.pop();
        }
        stands
    }

    /// Merges a map that one side removed and the other changed.
    fn removed(&mut self, three: Three<'a>, base: View<'a>, kept: View<'a>) -> bool {
        let mut leaf = |policy: Policy| policy == Policy::Order;
        if self.around().has_entries() {
            if !self.torn().0 && self.changed_only(base, kept, &mut leaf) {
                self.take(None);
                self.report(Outcome::Removed);
                return false;
            }
        } else {
            let policy = self.policies.at(&self.path);
            // What is no thing of its own is its cells, and absent when they all are.
            if policy.is_collection() || self.changed_only(base, kept, &mut Policy::settles_itself)
            {
                let stands = self.descend(three, false);
                if !stands {
                    self.take(None);
                }
                return stands;
            }
        }
        self.report(Outcome::Conflict(three.conflict()));
        three.ours.is_some()
    }

    /// Tells whether two maps differ only in cells of some policies.
    fn changed_only(
        &mut self,
        base: View<'a>,
        side: View<'a>,
        leaf: &mut impl FnMut(Policy) -> bool,
    ) -> bool {
        union_keys([Some(base), Some(side)]).into_iter().all(|key| {
            self.path.push(key);
            let fits = match (base.get(key), side.get(key)) {
                (a, b) if same(a, b) => true,
                (Some(a), Some(b)) if a.is_map() && b.is_map() => self.changed_only(a, b, leaf),
                _ => leaf(self.leaf_policy()),
            };
            self.path.pop();
            fits
        })
    }

    /// Settles a cell that both sides changed and that is no map on both.
    fn settle(&mut self, three: Three<'a>, fresh: bool) -> bool {
        let policy = self.leaf_policy();
        let twice = (!self.twice.is_empty())
            .then(|| self.twice.get(&self.here()).copied())
            .flatten();
        let Settled { outcome, value } = settle(policy, three, fresh, twice, self.sides.last);
        self.report(outcome);
        match value {
            // Ours stands there already.
            None => three.ours.is_some(),
            Some(value) => {
                let stands = value.is_some();
                self.take(value);
                stands
            }
        }
    }

    /// Tells of events that only one of the sides had, if both had such.
    fn notice(&mut self, three: Three<'a>, keys: &[&'a str]) {
        let added = |side: Option<View<'a>>, other: Option<View<'a>>| -> Vec<String> {
            let has = |map: Option<View<'a>>, key: &str| map.and_then(|map| map.get(key)).is_some();
            let new = |key: &&&str| has(side, key) && !has(other, key) && !has(three.base, key);
            keys.iter().filter(new).map(ToString::to_string).collect()
        };
        let ours = added(three.ours, three.theirs);
        let theirs = added(three.theirs, three.ours);
        if !ours.is_empty() && !theirs.is_empty() {
            self.report(Outcome::BothHappened { ours, theirs });
        }
    }

    /// Gives the policy of what stands around the cell.
    fn around(&self) -> Policy {
        match self.path.split_last() {
            Some((_, around)) => self.policies.at(around),
            None => Policy::Atomic,
        }
    }

    /// Gives the policy of a single value: its own, or that of the set it is a member of.
    fn leaf_policy(&self) -> Policy {
        match self.around() {
            Policy::Set => Policy::Set,
            _ => self.policies.at(&self.path),
        }
    }

    /// Tells which sides count as having changed the cell, even with the value of the base: ours, theirs.
    fn torn(&self) -> (bool, bool) {
        if self.ancestor.torn.is_empty() {
            return (false, false);
        }
        self.ancestor.torn_at(&self.here())
    }

    fn here(&self) -> CellPath {
        CellPath::from_segments(self.path.iter().copied())
    }

    fn take(&mut self, value: Option<Value>) {
        let path = self.here();
        self.draft.edits.push(match value {
            Some(value) => Edit::Set { path, value },
            None => Edit::Remove { path },
        });
    }

    fn report(&mut self, outcome: Outcome) {
        let path = self.here();
        self.draft.cells.push(CellOutcome { path, outcome });
    }
}

impl Sides<'_> {
    /// Tells whether the trees carry open conflicts in their own section, rather than something else of that name.
    pub(super) fn disputed(self) -> bool {
        [self.base, self.ours, self.theirs].into_iter().all(|tree| {
            let section = View::Node(tree.root()).get(SECTION);
            section.is_none_or(View::is_map)
        })
    }
}
