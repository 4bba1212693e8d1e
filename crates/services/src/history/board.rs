//! The what-if board: two to four versions side by side, and cells picked from one onto another.

use std::collections::{BTreeMap, BTreeSet};

use history::{Action, BranchName, CellPath, CommitKind, DocumentId, Edit, edit};

use super::Histories;
use super::difference::{changes_between, in_words, nature, thing_of};
use super::figures::{Figure, figures};
use super::sections::section_of;
use crate::text::{count, line};
use crate::wire::{Board, BoardRow, BoardSide, EditOutcome};
use crate::words::label;
use crate::{Code, Failure};

/// What everybody asks for, whether it differs or not.
const ALWAYS: &[&str] = &[
    "/identity/level",
    "/combat/hp_maximum",
    "/combat/armor_class",
    "/combat/initiative",
    "/combat/speed",
    "/statistics/proficiency_bonus",
    "/statistics/ability_scores/strength",
    "/statistics/ability_scores/dexterity",
    "/statistics/ability_scores/constitution",
    "/statistics/ability_scores/intelligence",
    "/statistics/ability_scores/wisdom",
    "/statistics/ability_scores/charisma",
];

impl Histories<'_> {
    /// Puts two to four versions of a character side by side.
    ///
    /// # Errors
    /// Fewer or more versions; one that is not this character's.
    pub fn board(&self, id: &str, sides: &[String]) -> Result<Board, Failure> {
        self.library.timed("history.board", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            if !(2..=4).contains(&sides.len()) {
                return Err(Failure::new(
                    Code::Invalid,
                    "A board holds two to four versions.",
                    "Take away or add one.",
                ));
            }
            let branches = self.library.vault.branches(document)?;
            let (mut columns, mut trees, mut all) = (Vec::new(), Vec::new(), Vec::new());
            for side in sides {
                let named = self.library.side(document, side)?;
                let tree = self.library.seen(&named.tree);
                let worked = self.library.worked(&tree)?;
                let mut at_tip: Vec<&BranchName> = branches
                    .iter()
                    .filter(|(_, heads)| heads.contains(&named.commit))
                    .map(|(name, _)| name)
                    .collect();
                // The one that was asked for before others that stand at the same commit.
                at_tip.sort_by_key(|name| name.as_str() != named.name.name);
                columns.push(BoardSide {
                    branch: at_tip.first().map(ToString::to_string),
                    class_line: worked.sheet.identity.class_line.clone(),
                    findings: count(worked.findings.len()),
                    side: named.name,
                });
                all.push(figures(&worked));
                trees.push(tree);
            }
            let mut rows = Vec::new();
            let mut cells = BTreeSet::new();
            for tree in &trees[1..] {
                cells.extend(changes_between(&trees[0], tree).into_iter().map(|c| c.path));
            }
            let seen: Vec<&_> = trees.iter().collect();
            for cell in &cells {
                let nature = nature(cell);
                let values: Vec<Option<String>> = trees
                    .iter()
                    .map(|tree| Some(in_words(Some(&tree.get(cell)?), nature, &seen)))
                    .collect();
                rows.push(BoardRow {
                    path: cell.to_string(),
                    label: label(cell, &seen),
                    section: section_of(&cell.to_string()).1,
                    derived: false,
                    differs: true,
                    values,
                });
            }
            rows.extend(figure_rows(&all, &seen, &cells));
            rows.sort_by_cached_key(|row| {
                let asked = ALWAYS.iter().position(|cell| *cell == row.path);
                let place = section_of(&row.path).0;
                (
                    place,
                    asked.unwrap_or(ALWAYS.len()),
                    row.derived,
                    row.path.clone(),
                )
            });
            Ok(Board {
                id: document.to_string(),
                sides: columns,
                rows,
            })
        })
    }

    /// Brings one cell, or the thing of a collection, as it stands in a version onto a branch, as a commit of its own.
    ///
    /// A cell of a thing that the branch lacks brings the whole thing.
    ///
    /// # Errors
    /// A branch or version that is not there, a computed number, what may not be seen.
    pub fn pick(
        &self,
        id: &str,
        onto: &str,
        from: &str,
        path: &str,
    ) -> Result<EditOutcome, Failure> {
        self.library.timed("history.pick", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let mut cell: CellPath = path.parse()?;
            if sheet::cell_spec(&cell).is_none() || cell.is_root() || self.library.hides(&cell) {
                return Err(Failure::invalid(
                    cell.to_string(),
                    "This is no cell that could be picked.",
                    "What is computed follows from the cells that it rests on: pick those.",
                ));
            }
            let branch = self.library.branch_called(document, onto)?;
            let side = self.library.side(document, from)?;
            let (_, tip) = self.library.tip(document, &branch)?;
            let thing = thing_of(&cell);
            if tip.get(&thing).is_none() {
                cell = thing;
            }
            let edits = match side.tree.get(&cell) {
                Some(value) => Edit::Set {
                    path: cell.clone(),
                    value,
                },
                None => Edit::Remove { path: cell.clone() },
            };
            let picked = edit(&tip, [edits])?;
            let name = line(&label(&cell, &[&side.tree, &tip]), 80);
            let message = format!("Picked {name} from {}", line(&side.name.title, 60));
            self.library.sheet().land(
                document,
                &branch,
                &tip,
                &picked,
                CommitKind::Edit,
                Action::Pick,
                &message,
            )
        })
    }
}

/// Lists the computed rows that differ, and those that everybody asks for.
fn figure_rows(
    all: &[BTreeMap<String, Figure>],
    trees: &[&history::Tree],
    changed: &BTreeSet<CellPath>,
) -> Vec<BoardRow> {
    let cells: BTreeSet<&String> = all.iter().flat_map(BTreeMap::keys).collect();
    let mut rows = Vec::new();
    for cell in cells {
        let values: Vec<Option<String>> = all
            .iter()
            .map(|figures| figures.get(cell).map(|figure| figure.text.clone()))
            .collect();
        let differs = values.windows(2).any(|pair| pair[0] != pair[1]);
        if !differs && !ALWAYS.contains(&cell.as_str()) {
            continue;
        }
        let Some(figure) = all.iter().find_map(|figures| figures.get(cell)) else {
            continue;
        };
        // A feature or a spell that somebody wrote is a row already.
        let written = |path: CellPath| changed.iter().any(|change| path.is_within(change));
        if figure.stat.is_none() && cell.parse().is_ok_and(written) {
            continue;
        }
        rows.push(BoardRow {
            path: cell.clone(),
            label: figure.label(cell, trees),
            section: section_of(cell).1,
            derived: true,
            values,
            differs,
        });
    }
    rows
}
