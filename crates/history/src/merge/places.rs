//! Things in containers: what each move did by itself is settled; here the whole is looked at.
//!
//! - Two moves that are fine alone can close a circle (the bag into the chest, the chest into the bag). The last side's moves stand; of
//!   the other's, as many as close a circle are not taken.
//! - A container that one side removed while the other put things into it, or changed things in it: the things are kept, and each is
//!   reported as having lost its parent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::view::View;
use super::{CellOutcome, Outcome, Side, Sides};
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
    let mut report = Report::of_cells(cells);
    house.refuse_circles(&mut report);
    house.report_lost(&mut report);
    house.edits
}

/// The outcomes of a merge, found by their cells.
struct Report<'a> {
    cells: &'a mut Vec<CellOutcome>,
    /// Where the outcome of a cell stands.
    known: BTreeMap<CellPath, usize>,
}

impl<'a> Report<'a> {
    fn of_cells(cells: &'a mut Vec<CellOutcome>) -> Report<'a> {
        let mut known = BTreeMap::new();
        for (at, cell) in cells.iter().enumerate() {
            known.entry(cell.path.clone()).or_insert(at);
        }
        Report { cells, known }
    }

    fn of(&self, path: &CellPath) -> Option<&Outcome> {
        let cell = self.cells.get(*self.known.get(path)?)?;
        Some(&cell.outcome)
    }

    /// Reports an outcome in place of whatever was reported of the same cell.
    fn replace(&mut self, path: CellPath, outcome: Outcome) {
        let known = self.known.get(&path);
        match known.and_then(|at| self.cells.get_mut(*at)) {
            Some(cell) => cell.outcome = outcome,
            None => {
                self.known.insert(path.clone(), self.cells.len());
                self.cells.push(CellOutcome { path, outcome });
            }
        }
    }
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
    fn refuse_circles(&mut self, report: &mut Report<'_>) {
        // What is known to lead to no circle, or to one that is somebody's own doing.
        let mut clear: BTreeSet<String> = BTreeSet::new();
        let starts: Vec<String> = self.merged.keys().cloned().collect();
        for start in starts {
            // From the start outwards, each thing with its place on the way.
            let mut way: Vec<String> = Vec::new();
            let mut places: BTreeMap<String, usize> = BTreeMap::new();
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| !clear.contains(at)) {
                let last = match places.get(&at) {
                    Some(from) => {
                        let circle = way[*from..].iter().cloned().collect();
                        let Some(moved) = self.refuse(&circle, report) else {
                            break;
                        };
                        let place = places.get(&moved).map_or(way.len(), |place| place + 1);
                        for gone in way.drain(place..) {
                            places.remove(&gone);
                        }
                        moved
                    }
                    None => {
                        places.insert(at.clone(), way.len());
                        way.push(at.clone());
                        at
                    }
                };
                next = container_of(&self.merged, &last).map(str::to_owned);
            }
            clear.extend(way);
        }
    }

    /// Opens a circle where the last side has one of its things elsewhere; gives that thing.
    fn refuse(&mut self, circle: &BTreeSet<String>, report: &mut Report<'_>) -> Option<String> {
        let last = self.side(self.last);
        let earlier = self.side(self.last.other());
        let as_in = |places: &Places, id: &String| {
            container_of(places, id) == container_of(&self.merged, id)
        };
        let moved = circle
            .iter()
            .find(|id| last.contains_key(*id) && !as_in(last, id))?;
        if circle.iter().all(|id| as_in(earlier, id)) {
            return None;
        }
        let back = container_of(last, moved).map(str::to_owned);
        let place = self.merged.get_mut(moved)?;
        let to = std::mem::replace(&mut place.container, back);
        let (path, value) = (place.at(), place.container.clone().map(Value::from));
        report.replace(path.clone(), Outcome::MoveRefused { to: to.into() });
        self.edits.push(Edit::Set {
            path,
            value: value.unwrap_or_default(),
        });
        Some(moved.clone())
    }

    /// Reports things whose container is gone because the one side removed it and the other put them there.
    fn report_lost(&self, report: &mut Report<'_>) {
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
            // Kept whole, and told so.
            if let Some(Outcome::LostParent { .. }) = report.of(&place.thing) {
                continue;
            }
            let lost = Outcome::LostParent {
                container: container.clone(),
            };
            report.replace(place.at(), lost);
        }
    }
}
