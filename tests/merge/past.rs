//! A history in memory, over the cells of a real sheet: lines that part, merge, cross and meet again.
//!
//! What people do is kept beside each commit as *deeds*, so that what must be in a merge follows from the deeds of all that led to it, and
//! not from the merge.

use std::cell::Cell;
use std::collections::BTreeSet;

use chrono::{TimeZone, Utc};
use history::lineage::{Ancestry, HeadsMerge, Lineage, merge_commits, merge_heads};
use history::{CellPath, CommitId, Edit, Hash, Merge, Tree, edit};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use sheet::Source;

/// What somebody did, each time with something of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// Experience and coins came in or went out.
    Counted(i64),
    /// A thing was found.
    Found,
    /// A thing that was found before was given away.
    Given(Index),
    /// A language was learned.
    Learned,
    /// A line was written under the notes.
    Wrote,
    /// The character got another name.
    Named,
}

/// How a history goes on.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// From a commit, with some deeds.
    Edit(Index, Vec<Deed>),
    /// Two commits are merged; of an open name the second side's is taken if so said.
    Merge(Index, Index, bool),
    /// The same two commits are merged at two tables, and an open name is decided at each.
    Cross(Index, Index, bool, bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        // Few amounts, so that two people often count the same.
        2 => prop::sample::select(vec![-20, -5, 5, 5, 100]).prop_map(Deed::Counted),
        2 => Just(Deed::Found),
        1 => any::<Index>().prop_map(Deed::Given),
        1 => Just(Deed::Learned),
        1 => Just(Deed::Wrote),
        3 => Just(Deed::Named),
    ]
}

pub(super) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let (one, two) = (any::<Index>, any::<Index>);
    let step = prop_oneof![
        4 => (one(), prop::collection::vec(deed(), 1..4))
            .prop_map(|(from, deeds)| Step::Edit(from, deeds)),
        2 => (one(), two(), any::<bool>()).prop_map(|(a, b, x)| Step::Merge(a, b, x)),
        2 => (one(), two(), any::<bool>(), any::<bool>())
            .prop_map(|(a, b, x, y)| Step::Cross(a, b, x, y)),
    ];
    prop::collection::vec(step, 3..most)
}

/// Picks one of the latest commits, as people do.
pub(super) fn late(which: &Index, count: usize) -> usize {
    count - 1 - which.index(count.min(5))
}

/// What the deeds of a commit, without those before it, came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    counted: i64,
    found: BTreeSet<String>,
    given: BTreeSet<String>,
    learned: BTreeSet<String>,
    wrote: BTreeSet<String>,
    /// The name it gave, or decided for.
    named: Option<String>,
    /// The commits whose names it replaced by another.
    renamed: BTreeSet<usize>,
    /// The commits whose names it decided against, and those for whose it decided.
    against: BTreeSet<usize>,
    upheld: BTreeSet<usize>,
}

pub(super) struct Past {
    pub(super) commits: Vec<(Ancestry, Tree, Done)>,
    /// How often a merge had several bases: that what is tried here is tried.
    pub(super) crossed: Cell<usize>,
}

pub(super) fn id(number: usize) -> CommitId {
    CommitId(Hash::of(&number.to_le_bytes()))
}

fn path(text: &str) -> CellPath {
    text.parse().unwrap()
}

fn set(at: &str, value: Value) -> Edit {
    Edit::Set {
        path: path(at),
        value,
    }
}

impl Lineage for Past {
    type Error = CommitId;

    fn commit(&self, id: CommitId) -> Result<Ancestry, CommitId> {
        Ok(self.commits[self.number(id)?].0.clone())
    }

    fn tree(&self, id: CommitId) -> Result<Tree, CommitId> {
        Ok(self.commits[self.number(id)?].1.clone())
    }
}

impl Past {
    pub(super) fn begin(tree: Tree) -> Past {
        let mut past = Past {
            commits: Vec::new(),
            crossed: Cell::default(),
        };
        past.put(&[], tree, Done::default());
        past
    }

    fn number(&self, wanted: CommitId) -> Result<usize, CommitId> {
        (0..self.commits.len())
            .find(|number| id(*number) == wanted)
            .ok_or(wanted)
    }

    pub(super) fn put(&mut self, parents: &[usize], tree: Tree, done: Done) -> usize {
        let number = self.commits.len();
        let minutes = i64::try_from(number).unwrap() * 60;
        let ancestry = Ancestry {
            parents: parents.iter().map(|parent| id(*parent)).collect(),
            time: Utc.timestamp_opt(1_700_000_000 + minutes, 0).unwrap(),
        };
        self.commits.push((ancestry, tree, done));
        number
    }

    pub(super) fn tree_of(&self, number: usize) -> &Tree {
        &self.commits[number].1
    }

    /// Everything that led to some commits, with them.
    fn before(&self, heads: &[usize]) -> BTreeSet<usize> {
        let (mut found, mut way) = (BTreeSet::new(), heads.to_vec());
        while let Some(next) = way.pop() {
            if found.insert(next) {
                let parents = self.commits[next].0.parents.iter();
                way.extend(parents.map(|parent| self.number(*parent).unwrap()));
            }
        }
        found
    }

    pub(super) fn merged(&self, ours: usize, theirs: usize) -> Merge {
        let found = merge_commits(self, id(ours), id(theirs), sheet::policies()).unwrap();
        let crossed = self.crossed.get() + usize::from(found.bases.len() > 1);
        self.crossed.set(crossed);
        found.merge
    }

    pub(super) fn all(&self) -> HeadsMerge {
        let all: Vec<_> = (0..self.commits.len()).map(id).collect();
        merge_heads(self, &all, sheet::policies()).unwrap()
    }

    fn edit(&mut self, from: usize, deeds: &[Deed]) {
        let (mut tree, mut done) = (self.tree_of(from).clone(), Done::default());
        for (at, deed) in deeds.iter().enumerate() {
            let own = format!("n{}-{at}", self.commits.len());
            let number = |tree: &Tree, at: &str| tree.get(&path(at)).unwrap().as_i64().unwrap();
            let edits = match deed {
                Deed::Counted(amount) => {
                    done.counted += amount;
                    ["/identity/xp", "/equipment/currency/gp"]
                        .map(|at| set(at, json!(number(&tree, at) + amount)))
                        .to_vec()
                }
                Deed::Found => {
                    done.found.insert(own.clone());
                    let thing = json!({"rank": own, "name": own, "kind": "gear", "quantity": 1});
                    vec![set(&format!("/equipment/inventory/{own}"), thing)]
                }
                Deed::Given(which) => {
                    let things = tree.get(&path("/equipment/inventory")).unwrap();
                    let found: Vec<_> = things.as_object().unwrap().keys().cloned().collect();
                    let found: Vec<_> = found.iter().filter(|id| id.starts_with('n')).collect();
                    if found.is_empty() {
                        continue;
                    }
                    let given = *which.get(&found);
                    done.given.insert(given.clone());
                    let path = path(&format!("/equipment/inventory/{given}"));
                    vec![Edit::Remove { path }]
                }
                Deed::Learned => {
                    done.learned.insert(own.clone());
                    let at = format!("/proficiencies/languages/{own}");
                    vec![set(&at, json!(true))]
                }
                Deed::Wrote => {
                    let line = format!("Then {own} came to pass.\n");
                    let notes = tree.get(&path("/notes")).unwrap();
                    done.wrote.insert(line.clone());
                    vec![set(
                        "/notes",
                        json!(notes.as_str().unwrap().to_owned() + &line),
                    )]
                }
                Deed::Named => {
                    done.renamed = self.standing(&[from]);
                    done.named = Some(own.clone());
                    vec![set("/identity/name", json!(own))]
                }
            };
            tree = edit(&tree, edits).unwrap();
        }
        self.put(&[from], tree, done);
    }

    /// Merges two commits and writes what came out, with an open name decided.
    pub(super) fn merge(&mut self, ours: usize, theirs: usize, second: bool) {
        let merged = self.merged(ours, theirs);
        let (mut tree, mut done) = (merged.tree.clone(), Done::default());
        if let Some((_, conflict)) = merged.conflicts().next() {
            let sides = conflict.sides.iter().flatten();
            let mut names = sides.map(|name| name.as_str().unwrap().to_owned());
            let (Some(one), Some(other)) = (names.next(), names.next()) else {
                panic!("two names and not {conflict:?}")
            };
            let taken = if second { other } else { one };
            tree = edit(&tree, [set("/identity/name", json!(taken))]).unwrap();
            let standing = self.standing(&[ours, theirs]);
            let so = |it: &usize| self.commits[*it].2.named.as_ref() == Some(&taken);
            (done.upheld, done.against) = standing.into_iter().partition(so);
            done.named = Some(taken);
        }
        self.put(&[ours, theirs], tree, done);
    }

    /// Makes a history of steps.
    pub(super) fn of(steps: &[Step]) -> Past {
        let plenty = [
            set("/identity/xp", json!(1_000_000)),
            set("/equipment/currency/gp", json!(500_000)),
            set("/notes", json!("# Session 12\n")),
        ];
        let mut past = Past::begin(edit(&super::example(), plenty).unwrap());
        for step in steps {
            let count = past.commits.len();
            match step {
                Step::Edit(from, deeds) => past.edit(late(from, count), deeds),
                Step::Merge(a, b, second) => past.merge(late(a, count), late(b, count), *second),
                Step::Cross(a, b, here, there) => {
                    let (a, b) = (late(a, count), late(b, count));
                    past.merge(a, b, *here);
                    past.merge(b, a, *there);
                }
            }
        }
        past
    }

    /// The commits whose names stand: nobody gave another in their place, and nobody decided against them.
    ///
    /// Who decides for a name takes part with whoever gave it: when that one gives another, the decision has nothing left to be about.
    fn standing(&self, heads: &[usize]) -> BTreeSet<usize> {
        let before = self.before(heads);
        let done = || before.iter().map(|number| &self.commits[*number].2);
        let renamed: BTreeSet<usize> = done().flat_map(|done| done.renamed.clone()).collect();
        let against: BTreeSet<usize> = done().flat_map(|done| done.against.clone()).collect();
        // A decision comes after what it is about.
        let mut gone = renamed;
        for number in &before {
            if !self.commits[*number].2.upheld.is_disjoint(&gone) {
                gone.insert(*number);
            }
        }
        let named = |number: &usize| self.commits[*number].2.named.is_some();
        let mut standing: BTreeSet<usize> = before.into_iter().filter(named).collect();
        standing.retain(|number| !gone.contains(number) && !against.contains(number));
        standing
    }

    /// What is wrong with a merge of some commits, by all that was done on the way to them.
    pub(super) fn wrong(&self, heads: &[usize], merged: &Merge) -> Vec<String> {
        let before = self.before(heads);
        let done = || before.iter().map(|number| &self.commits[*number].2);
        let mut wrong = Vec::new();
        let sum: i64 = done().map(|done| done.counted).sum();
        for (at, began) in [
            ("/identity/xp", 1_000_000),
            ("/equipment/currency/gp", 500_000),
        ] {
            let got = merged.tree.get(&path(at)).unwrap();
            if got != json!(began + sum) {
                wrong.push(format!("{at} is {got} and not {}", began + sum));
            }
        }
        let given: BTreeSet<_> = done().flat_map(|done| &done.given).collect();
        for thing in done().flat_map(|done| &done.found) {
            let at = path(&format!("/equipment/inventory/{thing}"));
            if merged.tree.get(&at).is_some() == given.contains(thing) {
                wrong.push(format!("{thing}, given away: {}", given.contains(thing)));
            }
        }
        for language in done().flat_map(|done| &done.learned) {
            let at = path(&format!("/proficiencies/languages/{language}"));
            if merged.tree.get(&at) != Some(json!(true)) {
                wrong.push(format!("{language} is forgotten"));
            }
        }
        let notes = merged.tree.get(&path("/notes")).unwrap();
        for line in done().flat_map(|done| &done.wrote) {
            let times = notes.as_str().unwrap().matches(line.as_str()).count();
            if times != 1 {
                wrong.push(format!("{line:?} stands {times} times in {notes}"));
            }
        }
        let standing: BTreeSet<_> = self
            .standing(heads)
            .into_iter()
            .filter_map(|at| self.commits[at].2.named.clone())
            .collect();
        let open: Vec<_> = merged
            .conflicts()
            .map(|(path, _)| path.to_string())
            .collect();
        if open.is_empty() {
            let name = name_in(&merged.tree);
            if let Some(lost) = standing.iter().find(|it| **it != name) {
                wrong.push(format!("the name {lost} gave way to {name} without a word"));
            }
        } else if open != ["/identity/name"] {
            wrong.push(format!("questions about {open:?}"));
        }
        wrong
    }
}

fn name_in(tree: &Tree) -> String {
    let name = tree.get(&path("/identity/name")).unwrap();
    name.as_str().unwrap().to_owned()
}

/// Loads and derives what must always do both.
pub(super) fn lawful(tree: &Tree) -> Result<(), String> {
    sheet::check_document(&tree.to_value()).map_err(|error| error.to_string())?;
    let source = Source::from_tree(tree).map_err(|error| error.to_string())?;
    let derived = rules::derive(&source, rules::Content::srd());
    if derived.sheet.identity.name == source.identity.name {
        Ok(())
    } else {
        Err(format!("derived as {:?}", derived.sheet.identity.name))
    }
}
