//! Conflicts that were left open earlier and now meet another line of history.
//!
//! An open conflict is a cell of its own beside the one it is about (see [`crate::conflicts`]); to resolve it is to give that
//! cell its value and take the conflict away. So what a side decided shows in both:
//!
//! | one side | other side | result |
//! |---|---|---|
//! | resolved | left as it was | resolved |
//! | resolved | left open, but changed the cell | open again, with both values |
//! | resolved | resolved alike | resolved |
//! | resolved | resolved otherwise | open again, with both values |
//! | resolved | got further sides | open: what was decided, and the new sides |
//! | got sides | got other sides | open, with all |

use serde_json::Value;

use super::view::{View, same, union_keys};
use super::{CellOutcome, Conflict, Draft, Outcome, Sides};
use crate::CellPath;
use crate::canonical::to_canonical_json;
use crate::change::Edit;
use crate::conflicts::{Claim, Open, SECTION};

/// Settles the section of open conflicts.
pub(super) fn settle(sides: Sides<'_>, draft: &mut Draft) {
    let maps =
        [sides.base, sides.ours, sides.theirs].map(|tree| View::Node(tree.root()).get(SECTION));
    let [base, ours, theirs] = maps;
    if !sides.disputed() || (same(base, ours) && same(base, theirs)) {
        return;
    }
    let mut left = 0;
    for name in union_keys(maps) {
        let dispute = Dispute {
            sides,
            name,
            entries: maps.map(|map| map.and_then(|map| map.get(name))),
        };
        left += usize::from(dispute.settle(draft));
    }
    if left == 0 && ours.is_some() {
        let section = CellPath::from_segments([SECTION]);
        draft.edits.retain(|edit| !edit.path().is_within(&section));
        draft.edits.push(Edit::Remove { path: section });
    }
}

struct Dispute<'a> {
    sides: Sides<'a>,
    name: &'a str,
    entries: [Option<View<'a>>; 3],
}

impl Dispute<'_> {
    /// Settles one open conflict; tells whether it is still open.
    fn settle(&self, draft: &mut Draft) -> bool {
        let [base, ours, theirs] = self.entries;
        if same(base, ours) && same(base, theirs) {
            return ours.is_some();
        }
        let outcome = match (ours, theirs) {
            (None, None) => {
                self.decided(draft);
                Outcome::Same
            }
            _ if same(ours, theirs) => Outcome::Same,
            (None, _) if same(base, theirs) => {
                self.decided(draft);
                Outcome::Ours
            }
            (_, None) if same(base, ours) => {
                self.decided(draft);
                self.set(None, draft);
                Outcome::Theirs
            }
            _ if same(base, theirs) => Outcome::Ours,
            _ if same(base, ours) => {
                self.set(theirs.map(View::to_value), draft);
                Outcome::Theirs
            }
            _ => {
                let joined = self.joined();
                let open = joined.is_some();
                if !open {
                    self.decided(draft);
                }
                self.set(joined, draft);
                self.report(Outcome::BothKept, draft);
                return open;
            }
        };
        let open = match outcome {
            Outcome::Theirs => theirs.is_some(),
            _ => ours.is_some(),
        };
        self.report(outcome, draft);
        open
    }

    /// Where at least one side has decided: what the other made of the cell must agree, or it is a question again.
    fn decided(&self, draft: &mut Draft) {
        let Some(open) = self.entries.iter().find_map(|entry| self.read(*entry)) else {
            return;
        };
        let cell = &open.path;
        let [base, ours, theirs] =
            [self.sides.base, self.sides.ours, self.sides.theirs].map(|tree| tree.get(cell));
        let undecided =
            |entry: Option<View<'_>>, value: &Option<Value>| entry.is_some() && *value == base;
        let silent = undecided(self.entries[1], &ours) || undecided(self.entries[2], &theirs);
        // A thing that went or came whole takes its cells with it.
        let whole = |outcome: &CellOutcome| cell.is_within(&outcome.path) && outcome.path != *cell;
        if ours == theirs || silent || draft.cells.iter().any(whole) {
            return;
        }
        draft.reopen(cell, Conflict::of_two(open.base, ours, theirs));
    }

    /// Puts together two changed entries; nothing where the conflict is resolved after all.
    fn joined(&self) -> Option<Value> {
        let [base, ours, theirs] = self.entries;
        let [before, mine, yours] = [base, ours, theirs].map(|entry| self.read(entry));
        let known = before.as_ref().map_or(&[][..], |open| &open.sides);
        let (mut open, first) = match (&mine, &yours) {
            (Some(mine), Some(yours)) => {
                // The lesser where it matters, so that two machines agree.
                let lesser = if mine.sort_key() <= yours.sort_key() {
                    mine
                } else {
                    yours
                };
                let mut open = before.as_ref().unwrap_or(lesser).clone();
                open.sides = known.to_vec();
                open.add(mine.sides.iter().chain(&yours.sides).cloned());
                (open, known.len())
            }
            (Some(changed), None) | (None, Some(changed)) => {
                let decided = if mine.is_none() {
                    self.sides.ours
                } else {
                    self.sides.theirs
                };
                let value = decided.get(&changed.path);
                let mut open = changed.clone();
                open.sides = vec![Claim {
                    from: Claim::RESOLVED.to_owned(),
                    value,
                }];
                let new = |side: &&Claim| known.iter().all(|known| known.value != side.value);
                open.add(changed.sides.iter().filter(new).cloned());
                (open, 1)
            }
            // What cannot be read is no conflict of ours; the greater stands, on every machine.
            (None, None) => {
                let value = |entry: Option<View<'_>>| entry.map(View::to_value);
                let bytes = |value: &Option<Value>| value.as_ref().map(to_canonical_json);
                let (ours, theirs) = (value(ours), value(theirs));
                return if bytes(&ours) >= bytes(&theirs) {
                    ours
                } else {
                    theirs
                };
            }
        };
        let added = &mut open.sides[first..];
        added.sort_by_key(|side| side.value.as_ref().map(to_canonical_json));
        (open.sides.len() > 1).then(|| open.to_value())
    }

    fn read(&self, entry: Option<View<'_>>) -> Option<Open> {
        Open::read(self.name, &entry?.to_value())
    }

    fn at(&self) -> CellPath {
        CellPath::from_segments([SECTION, self.name])
    }

    fn set(&self, value: Option<Value>, draft: &mut Draft) {
        let path = self.at();
        draft.edits.push(match value {
            Some(value) => Edit::Set { path, value },
            None => Edit::Remove { path },
        });
    }

    fn report(&self, outcome: Outcome, draft: &mut Draft) {
        draft.cells.push(CellOutcome {
            path: self.at(),
            outcome,
        });
    }
}
