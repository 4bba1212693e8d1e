//! Things in containers: what each move did by itself is settled; here the whole is looked at.
//!
//! - Two moves that are fine alone can close a circle (the bag into the chest, the chest into the bag). The last side's moves stand; of
//!   the other's, as many as close a circle are not taken.
//! - A container that one side removed while the other put things into it, or changed things in it: the things are kept, and each is
//!   reported as having lost its parent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::view::View;
use super::{CellOutcome, Draft, Outcome, Side, Sides};
use crate::change::Edit;
use crate::{CellPath, Policies, Policy, Tree};

/// Settles what containers make of a merged tree: changes outcomes, and gives the edits that the tree needs.
pub(super) fn settle(
    sides: Sides<'_>,
    merged: &Tree,
    cells: &mut Vec<CellOutcome>,
    policies: &Policies,
) -> Vec<Edit> {
    let kinds = kinds(policies);
    let touched = |cell: &CellOutcome| kinds.iter().any(|kind| kind.is_touched(&cell.path));
    if kinds.is_empty() || !cells.iter().any(touched) {
        return Vec::new();
    }
    let mut house = House {
        base: places(sides.base, &kinds),
        ours: places(sides.ours, &kinds),
        theirs: places(sides.theirs, &kinds),
        merged: places(merged, &kinds),
        last: sides.last,
        edits: Vec::new(),
    };
    house.keep_contents(sides, cells);
    house.refuse_circles(cells);
    house.report_lost(cells);
    house.edits
}

/// A collection of things that can lie in one another, and the cell that tells in which.
struct Kind<'p> {
    collection: &'p [&'static str],
    cell: &'static str,
}

impl Kind<'_> {
    /// Tells whether an outcome at a path can change which things there are or where they lie.
    fn is_touched(&self, path: &CellPath) -> bool {
        let segments = path.segments();
        let depth = self.collection.len();
        let within = segments.iter().zip(self.collection).all(|(a, b)| a == b);
        within
            && (segments.len() <= depth + 1
                || segments.get(depth + 1).is_some_and(|s| s == self.cell))
    }
}

fn kinds(policies: &Policies) -> Vec<Kind<'_>> {
    let parents = policies
        .iter()
        .filter(|(_, policy)| *policy == Policy::Parent);
    parents
        .filter_map(|(pattern, _)| match pattern.segments() {
            [collection @ .., "*", cell] if !collection.contains(&"*") => {
                Some(Kind { collection, cell })
            }
            _ => None,
        })
        .collect()
}

/// Where a thing stands in the document, and in what it lies.
#[derive(Clone)]
struct Place {
    thing: CellPath,
    cell: &'static str,
    container: Option<String>,
}

impl Place {
    fn at(&self) -> CellPath {
        self.thing.child(self.cell)
    }
}

type Places = BTreeMap<String, Place>;

fn places(tree: &Tree, kinds: &[Kind<'_>]) -> Places {
    let mut found = Places::new();
    for kind in kinds {
        let Some(things) = View::Node(tree.root()).find(kind.collection) else {
            continue;
        };
        for id in things.keys() {
            let container = things.get(id).and_then(|thing| thing.get(kind.cell));
            let mut thing = CellPath::from_segments(kind.collection.iter().copied());
            thing = thing.child(id);
            found.entry(id.to_owned()).or_insert_with(|| Place {
                thing,
                cell: kind.cell,
                container: container.and_then(View::text).map(str::to_owned),
            });
        }
    }
    found
}

fn container_of<'a>(places: &'a Places, id: &str) -> Option<&'a str> {
    places.get(id)?.container.as_deref()
}

struct House {
    base: Places,
    ours: Places,
    theirs: Places,
    merged: Places,
    last: Side,
    edits: Vec<Edit>,
}

impl House {
    fn side(&self, side: Side) -> &Places {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// Keeps things that one side removed together with their container, and the other side changed.
    fn keep_contents(&mut self, sides: Sides<'_>, cells: &mut [CellOutcome]) {
        for cell in cells {
            let (Some(id), Outcome::Conflict(conflict)) = (cell.path.last(), &cell.outcome) else {
                continue;
            };
            let remover = match (conflict.ours(), conflict.theirs()) {
                (None, Some(_)) => Side::Ours,
                (Some(_), None) => Side::Theirs,
                _ => continue,
            };
            let here = self.base.get(id).filter(|place| place.thing == cell.path);
            let (Some(place), Some(container)) = (here, self.lost_with(id, remover)) else {
                continue;
            };
            let mut place = place.clone();
            place.container = container_of(self.side(remover.other()), id).map(str::to_owned);
            if let (Side::Ours, Some(value)) = (remover, sides.of(remover.other()).get(&cell.path))
            {
                self.edits.push(Edit::Set {
                    path: cell.path.clone(),
                    value,
                });
            }
            self.merged.insert(id.to_owned(), place);
            cell.outcome = Outcome::LostParent { container };
        }
    }

    /// Finds the nearest container around a thing of the base that a side removed.
    fn lost_with(&self, id: &str, remover: Side) -> Option<String> {
        let mut seen = BTreeSet::new();
        let mut at = container_of(&self.base, id)?;
        loop {
            if self.base.contains_key(at) && !self.side(remover).contains_key(at) {
                return Some(at.to_owned());
            }
            if !seen.insert(at) {
                return None;
            }
            at = container_of(&self.base, at)?;
        }
    }

    /// Leaves out moves of the earlier side that close a circle with moves of the last.
    fn refuse_circles(&mut self, cells: &mut Vec<CellOutcome>) {
        let mut own: BTreeSet<String> = BTreeSet::new();
        while let Some(circle) = self.circle(&own) {
            let last = self.side(self.last);
            let earlier = self.side(self.last.other());
            let as_in = |places: &Places, id: &String| {
                container_of(places, id) == container_of(&self.merged, id)
            };
            let alone = |places: &Places| circle.iter().all(|id| as_in(places, id));
            let moved = circle
                .iter()
                .find(|id| last.contains_key(*id) && !as_in(last, id));
            let Some(moved) = moved.filter(|_| !alone(earlier)) else {
                // Somebody's own doing, not the merge's.
                own.extend(circle);
                continue;
            };
            let back = container_of(last, moved).map(str::to_owned);
            let Some(place) = self.merged.get_mut(moved) else {
                return;
            };
            let to = std::mem::replace(&mut place.container, back);
            let (path, value) = (place.at(), place.container.clone().map(Value::from));
            Draft::replace(cells, path.clone(), Outcome::MoveRefused { to: to.into() });
            self.edits.push(Edit::Set {
                path,
                value: value.unwrap_or_default(),
            });
        }
    }

    /// Finds a circle that is not known yet: the ids of its things in order.
    fn circle(&self, known: &BTreeSet<String>) -> Option<BTreeSet<String>> {
        let mut clear: BTreeSet<&str> = BTreeSet::new();
        for start in self.merged.keys() {
            let mut way = Vec::new();
            let mut at = start.as_str();
            loop {
                if clear.contains(at) || known.contains(at) {
                    break;
                }
                if let Some(from) = way.iter().position(|id| *id == at) {
                    return Some(way[from..].iter().map(ToString::to_string).collect());
                }
                way.push(at);
                match container_of(&self.merged, at) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            clear.extend(way);
        }
        None
    }

    /// Reports things whose container is gone because the one side removed it and the other put them there.
    fn report_lost(&self, cells: &mut Vec<CellOutcome>) {
        for (id, place) in &self.merged {
            let Some(container) = &place.container else {
                continue;
            };
            let all = [&self.base, &self.ours, &self.theirs];
            let existed = all.iter().any(|places| places.contains_key(container));
            let dangled = |places: &&Places| {
                container_of(places, id) == Some(container) && !places.contains_key(container)
            };
            if self.merged.contains_key(container) || !existed || all.iter().any(dangled) {
                continue;
            }
            let kept_whole = |cell: &&CellOutcome| {
                cell.path == place.thing && matches!(cell.outcome, Outcome::LostParent { .. })
            };
            if cells.iter().any(|cell| kept_whole(&cell)) {
                continue;
            }
            let lost = Outcome::LostParent {
                container: container.clone(),
            };
            Draft::replace(cells, place.at(), lost);
        }
    }
}
