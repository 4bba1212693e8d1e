//! Which commit of a document came of which: numbered so that what came later has the higher number, and asked who has what.

use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use history::{CommitId, CommitKind, DocumentId};

use crate::Failure;
use crate::library::Library;

/// The commits of a document as a graph. It only ever grows: a commit never comes of others than it did.
#[derive(Debug, Default)]
pub(crate) struct Lineage {
    numbers: HashMap<CommitId, usize>,
    commits: Vec<Link>,
}

/// A commit among the others.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) id: CommitId,
    /// The commits it came of, by their numbers, each lower than its own; the first is the line it lies on.
    pub(crate) parents: Vec<usize>,
    /// When, in milliseconds since 1970.
    pub(crate) time: i64,
    /// What kind of step it is.
    pub(crate) kind: CommitKind,
    /// Which version along its line, from 1.
    pub(crate) version: u32,
}

impl Lineage {
    /// Adds a commit whose parents are all there; tells whether they were.
    pub(crate) fn add(
        &mut self,
        id: CommitId,
        parents: &[CommitId],
        time: i64,
        kind: CommitKind,
    ) -> bool {
        if self.numbers.contains_key(&id) {
            return true;
        }
        let parents: Option<Vec<usize>> = parents.iter().map(|one| self.number(*one)).collect();
        let Some(parents) = parents else {
            return false;
        };
        self.numbers.insert(id, self.commits.len());
        let before = parents.first().map(|first| self.commits[*first].version);
        self.commits.push(Link {
            id,
            parents,
            time,
            kind,
            version: before.unwrap_or(0) + 1,
        });
        true
    }

    pub(crate) fn number(&self, commit: CommitId) -> Option<usize> {
        self.numbers.get(&commit).copied()
    }

    pub(crate) fn link(&self, number: usize) -> &Link {
        &self.commits[number]
    }

    pub(crate) fn len(&self) -> usize {
        self.commits.len()
    }

    /// Tells of each number whether it is one of these or one that they came of.
    pub(crate) fn reach(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut reached = vec![false; self.commits.len()];
        let mut highest = None;
        for number in from {
            reached[number] = true;
            highest = highest.max(Some(number));
        }
        let Some(highest) = highest else {
            return reached;
        };
        for number in (0..=highest).rev() {
            if reached[number] {
                for parent in &self.commits[number].parents {
                    reached[*parent] = true;
                }
            }
        }
        reached
    }

    /// Puts what is reached in an order: each commit before all that it came of, and else the latest first.
    pub(crate) fn order(&self, reached: &[bool]) -> Vec<usize> {
        let mut children = vec![0_usize; self.commits.len()];
        let all = || (0..reached.len()).filter(|number| reached[*number]);
        for number in all() {
            for parent in &self.commits[number].parents {
                children[*parent] += 1;
            }
        }
        let latest = |number: usize| (self.commits[number].time, number);
        let mut ready: BinaryHeap<(i64, usize)> = all()
            .filter(|number| children[*number] == 0)
            .map(latest)
            .collect();
        let mut order = Vec::new();
        while let Some((_, number)) = ready.pop() {
            order.push(number);
            for parent in &self.commits[number].parents {
                children[*parent] -= 1;
                if children[*parent] == 0 {
                    ready.push(latest(*parent));
                }
            }
        }
        order
    }

    /// Walks a commit and its first parents, newest first.
    pub(crate) fn line(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(from), |at| self.commits[*at].parents.first().copied())
    }
}

/// How two lines stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Apart {
    /// How many commits the one has that the other has not.
    pub(crate) ahead: usize,
    /// How many commits the other has that it has not.
    pub(crate) behind: usize,
    /// The latest commit that both have.
    pub(crate) fork: Option<usize>,
}

/// Compares what two lines reach.
pub(crate) fn apart(ours: &[bool], theirs: &[bool]) -> Apart {
    let mut apart = Apart {
        ahead: 0,
        behind: 0,
        fork: None,
    };
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        match (ours, theirs) {
            (true, false) => apart.ahead += 1,
            (false, true) => apart.behind += 1,
            // The highest number that both have has nothing later that both have.
            (true, true) => apart.fork = Some(number),
            (false, false) => {}
        }
    }
    apart
}

impl Library {
    /// Gives the graph of a document's commits, with these and all they came of in it.
    pub(crate) fn lineage(
        &self,
        document: DocumentId,
        heads: &[CommitId],
    ) -> Result<LineageGuard, Failure> {
        let shared = match self.caches().lineages.get(&document) {
            Some(shared) => shared,
            None => {
                let mut lineage = Lineage::default();
                for link in self.vault.links(document)? {
                    lineage.add(link.id, &link.parents, link.time, link.kind);
                }
                let shared = Arc::new(Mutex::new(lineage));
                self.caches().lineages.insert(document, Arc::clone(&shared));
                shared
            }
        };
        let guard = LineageGuard(shared);
        self.reach_for(&mut guard.look(), heads)?;
        Ok(guard)
    }

    /// Adds what is missing of commits and of all that they came of.
    fn reach_for(&self, lineage: &mut Lineage, heads: &[CommitId]) -> Result<(), Failure> {
        let mut open: Vec<CommitId> = heads.to_vec();
        while let Some(at) = open.last().copied() {
            if lineage.number(at).is_some() {
                open.pop();
                continue;
            }
            let says = self.commit(at)?.says;
            let time = says.time.timestamp_millis();
            if lineage.add(at, &says.parents, time, says.kind) {
                open.pop();
            } else {
                let missing = says.parents.into_iter();
                open.extend(missing.filter(|parent| lineage.number(*parent).is_none()));
            }
        }
        Ok(())
    }
}

/// A graph of commits that others may be adding to.
pub(crate) struct LineageGuard(Arc<Mutex<Lineage>>);

impl LineageGuard {
    /// Looks at it; others wait meanwhile.
    pub(crate) fn look(&self) -> MutexGuard<'_, Lineage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use history::Hash;

    use super::*;

    fn id(name: &str) -> CommitId {
        CommitId(Hash::of(name.as_bytes()))
    }

    /// Reads `a; b a; m b c`: each commit with its parents.
    fn lineage(text: &str) -> Lineage {
        let mut lineage = Lineage::default();
        for (n, commit) in text.split(';').enumerate() {
            let names: Vec<CommitId> = commit.split_whitespace().map(id).collect();
            let added = lineage.add(names[0], &names[1..], n as i64, CommitKind::Edit);
            assert!(added, "{commit}");
        }
        lineage
    }

    fn between(lineage: &Lineage, ours: &str, theirs: &str) -> (usize, usize, Option<CommitId>) {
        let reach = |name| lineage.reach(lineage.number(id(name)));
        let apart = apart(&reach(ours), &reach(theirs));
        let fork = apart.fork.map(|number| lineage.link(number).id);
        (apart.ahead, apart.behind, fork)
    }

    #[test]
    fn how_far_two_lines_are_apart() {
        //  a ── b ── c ── d        main
        //        └── x ── y        twin
        let graph = lineage("a; b a; c b; x b; d c; y x");
        assert_eq!(between(&graph, "y", "d"), (2, 2, Some(id("b"))));
        assert_eq!(between(&graph, "d", "d"), (0, 0, Some(id("d"))));
        assert_eq!(between(&graph, "b", "d"), (0, 2, Some(id("b"))));
        // What was merged is shared, and what came since is not.
        let merged = lineage("a; b a; c b; x b; m c x; y x");
        assert_eq!(between(&merged, "y", "m"), (1, 2, Some(id("x"))));
        // Both took the other in: the fork is the later of both.
        let crossed = lineage("a; b a; x a; m b x; n x b; o n");
        assert_eq!(between(&crossed, "o", "m"), (2, 1, Some(id("x"))));
        let strangers = lineage("a; x");
        assert_eq!(between(&strangers, "a", "x"), (1, 1, None));
    }

    #[test]
    fn each_commit_comes_before_what_it_came_of_whatever_the_clocks_said() {
        let mut graph = lineage("a; b a; x a; c b");
        // A clock that ran behind.
        assert!(graph.add(id("d"), &[id("c"), id("x")], -5, CommitKind::Merge));
        let order = graph.order(&graph.reach([4]));
        let names: Vec<CommitId> = order.iter().map(|n| graph.link(*n).id).collect();
        assert_eq!(names, ["d", "c", "x", "b", "a"].map(id));
        assert_eq!(graph.link(4).version, 4);
        assert_eq!(graph.order(&graph.reach([1])), [1, 0]);
    }

    #[test]
    fn a_commit_without_its_parents_waits_and_one_is_there_once() {
        let mut graph = lineage("a; b a");
        assert!(!graph.add(id("d"), &[id("c")], 0, CommitKind::Edit));
        assert!(graph.add(id("b"), &[id("a")], 9, CommitKind::Edit));
        assert_eq!(graph.len(), 2);
        let line: Vec<usize> = graph.line(1).collect();
        assert_eq!(line, [1, 0]);
    }
}
