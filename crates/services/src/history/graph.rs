//! The drawn history: all branches of a character, its milestones, page by page.

use std::collections::HashMap;

use history::{BranchName, Commit, CommitId, DocumentId};

use super::branches::title_of;
use super::difference::changes_between;
use super::layout::{Node, lay};
use super::tags::tag_lines;
use super::{Histories, MAX_LINES, MAX_PAGE};
use crate::Failure;
use crate::text::count;
use crate::wire::{CommitLine, GraphPage, GraphRow, Stroke};
use crate::words::{change_lines, kind_key};

impl Histories<'_> {
    /// Draws a page of the history of a character over all its branches, newest first.
    ///
    /// `from` is where a page begins ([`GraphPage::next`] of the page before); `limit` is 1 to 200 commits, 0 for 50. Rows are the same on
    /// whatever page they come. Of each commit the cells it changed are told, and not what the rules made of them.
    ///
    /// # Errors
    /// A character or a version that is not there.
    pub fn graph(&self, id: &str, from: Option<&str>, limit: u32) -> Result<GraphPage, Failure> {
        self.library.timed("history.graph", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let from = match from {
                Some(from) => Some(self.library.find_version(document, from)?),
                None => None,
            };
            let limit = match limit {
                0 => 50,
                many => (many as usize).min(MAX_PAGE),
            };
            let book = self.library.book(document)?;
            let refs = self.library.vault.branches(document)?;
            let mut standing: HashMap<CommitId, Vec<String>> = HashMap::new();
            for (branch, heads) in &refs {
                for head in heads {
                    let here = standing.entry(*head).or_default();
                    here.push(title_of(&book, branch));
                }
            }
            let heads: Vec<CommitId> = refs.iter().flat_map(|(_, heads)| heads.clone()).collect();
            let main = self.library.vault.heads(document, &BranchName::main())?;
            let guard = self.library.lineage(document, &heads)?;
            // What is needed of the whole is taken out at once, so that nobody waits while the page is read.
            let (order, placed, versions) = {
                let lineage = guard.look();
                let number = |id: &CommitId| lineage.number(*id);
                let numbers = lineage.order(&lineage.reach(heads.iter().filter_map(number)));
                let mut rows = vec![0; lineage.len()];
                for (row, number) in numbers.iter().enumerate() {
                    rows[*number] = row;
                }
                let mut nodes: Vec<Node> = numbers
                    .iter()
                    .map(|number| Node {
                        parents: lineage
                            .link(*number)
                            .parents
                            .iter()
                            .map(|it| rows[*it])
                            .collect(),
                        main: false,
                    })
                    .collect();
                for on_main in main
                    .first()
                    .and_then(number)
                    .into_iter()
                    .flat_map(|it| lineage.line(it))
                {
                    nodes[rows[on_main]].main = true;
                }
                let links = numbers.iter().map(|number| lineage.link(*number));
                let (order, versions): (Vec<CommitId>, Vec<u32>) =
                    links.map(|link| (link.id, link.version)).unzip();
                (order, lay(&nodes), versions)
            };
            let first = match from {
                Some(from) => order.iter().position(|id| *id == from),
                None => Some(0),
            };
            let first = first.ok_or_else(|| Failure::not_found("version", id))?;
            let mut tags: HashMap<String, Vec<_>> = HashMap::new();
            for tag in tag_lines(&book) {
                tags.entry(tag.commit.clone()).or_default().push(tag);
            }
            let proposed = self.library.requests_about(document)?;
            let mut rows = Vec::with_capacity(limit);
            for at in first..order.len().min(first + limit) {
                let commit = self.library.commit(order[at])?;
                let strokes = placed[at].strokes.iter().map(|(from, to)| Stroke {
                    from: count(*from),
                    to: count(*to),
                });
                rows.push(GraphRow {
                    parents: commit
                        .says
                        .parents
                        .iter()
                        .map(ToString::to_string)
                        .collect(),
                    lane: count(placed[at].lane),
                    strokes: strokes.collect(),
                    branches: standing.get(&order[at]).cloned().unwrap_or_default(),
                    tags: tags.remove(&order[at].to_string()).unwrap_or_default(),
                    request: proposed
                        .by_commit
                        .get(&order[at].to_string())
                        .map(ToString::to_string),
                    session: None,
                    commit: self.drawn(&commit, versions[at])?,
                });
            }
            let shown = &placed[first..first + rows.len()];
            Ok(GraphPage {
                lanes: count(shown.iter().map(|row| row.lanes()).max().unwrap_or(0)),
                next: order.get(first + rows.len()).map(ToString::to_string),
                total: count(order.len()),
                rows,
            })
        })
    }

    fn drawn(&self, commit: &Commit, version: u32) -> Result<CommitLine, Failure> {
        let mut changes = match commit.says.parents.first() {
            Some(parent) => {
                let (before, after) = (self.library.tree(*parent)?, self.library.tree(commit.id)?);
                change_lines(&changes_between(&before, &after), &before, &after)
            }
            None => Vec::new(),
        };
        let change_count = count(changes.len());
        changes.truncate(MAX_LINES);
        Ok(CommitLine {
            id: commit.id.to_string(),
            parent: commit.says.parents.first().map(ToString::to_string),
            version,
            time: commit.says.time,
            author: commit.says.author.name.clone(),
            kind: kind_key(&commit.says.kind).to_owned(),
            title: self.library.title(commit)?,
            changes,
            change_count,
        })
    }
}
