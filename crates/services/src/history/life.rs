//! The life of a character: the versions of the line that is stood on, to move through.

use std::collections::{BTreeSet, HashMap};

use history::{CommitId, CommitKind, DocumentId};
use sheet::Summary;

use super::Histories;
use crate::Failure;
use crate::text::count;
use crate::wire::{Life, LifePoint};
use crate::words::kind_key;

/// How many points a slider can tell apart.
const MOST: usize = 400;
/// How many levels are marked, the latest.
const MOST_LEVELS: usize = 60;

impl Histories<'_> {
    /// Lists the versions of the branch of a character that is stood on, oldest first; of a very long line only as many as can be told
    /// apart, the milestones and levels among them.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn life(&self, id: &str) -> Result<Life, Failure> {
        self.library.timed("history.life", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let (_, tip, _) = self.library.stood_on(document)?;
            let book = self.library.book(document)?;
            let mut marks: HashMap<CommitId, String> = HashMap::new();
            for tag in book.tags.values() {
                if let Ok(commit) = tag.commit.parse() {
                    let mark = marks.entry(commit).or_default();
                    if !mark.is_empty() {
                        mark.push_str(" · ");
                    }
                    mark.push_str(&tag.name);
                }
            }
            let guard = self.library.lineage(document, &[tip])?;
            let line: Vec<_> = {
                let lineage = guard.look();
                let newest_first = lineage
                    .number(tip)
                    .into_iter()
                    .flat_map(|it| lineage.line(it));
                let mut line: Vec<_> = newest_first
                    .map(|number| lineage.link(number).clone())
                    .collect();
                line.reverse();
                line
            };
            let is_level = |at: &usize| matches!(line[*at].kind, CommitKind::LevelUp);
            let levels: Vec<usize> = (0..line.len())
                .rev()
                .filter(is_level)
                .take(MOST_LEVELS)
                .collect();
            for at in &levels {
                let commit = line[*at].id;
                if let Ok(row) = Summary::of_tree(&self.library.tree(commit)?) {
                    marks
                        .entry(commit)
                        .or_insert_with(|| format!("Level {}", row.level));
                }
            }
            let marked = (0..line.len()).filter(|at| marks.contains_key(&line[*at].id));
            let shown: BTreeSet<usize> = spread(line.len(), MOST).chain(marked).collect();
            let points = shown.into_iter().map(|at| {
                let link = &line[at];
                LifePoint {
                    commit: link.id.to_string(),
                    version: link.version,
                    time: crate::clock::moment(link.time),
                    kind: kind_key(&link.kind).to_owned(),
                    mark: marks.get(&link.id).cloned().unwrap_or_default(),
                }
            });
            Ok(Life {
                points: points.collect(),
                total: count(line.len()),
            })
        })
    }
}

/// Chooses so many of a row of things, evenly, the first and the last among them.
fn spread(of: usize, most: usize) -> impl Iterator<Item = usize> {
    let shown = of.min(most);
    let last = shown.saturating_sub(1).max(1);
    (0..shown).map(move |nth| nth * of.saturating_sub(1) / last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_spread_from_the_first_to_the_last() {
        let spread = |of, most| spread(of, most).collect::<Vec<_>>();
        assert_eq!(spread(0, 4), [] as [usize; 0]);
        assert_eq!(spread(1, 4), [0]);
        assert_eq!(spread(3, 4), [0, 1, 2]);
        assert_eq!(spread(10, 4), [0, 3, 6, 9]);
        assert_eq!(spread(9_999, 400).last(), Some(&9_998));
    }
}
