//! Whatever histories grow from whatever people do: nothing is lost, nothing counts twice, what is open is said, and the sheet loads.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use history::conflicts::{Line, write};
use history::lineage::merge_commits;
use history::{CellPath, Merge, Outcome, Tree, apply, diff, edit, merge};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use sheet::CellSpec;
use testkit::Dice;

use super::laws::random_edit;
use super::past::{Done, Past, id, late, lawful, steps};

/// Counts what was tried, so that a property that was never put to the test is seen.
#[derive(Default)]
struct Seen(Cell<usize>);

impl Seen {
    fn more(&self, by: usize) {
        self.0.set(self.0.get() + by);
    }

    fn at_least(&self, times: usize, what: &str) {
        assert!(self.0.get() >= times, "{} {what}", self.0.get());
    }
}

/// The same cases in every run.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_26),
        ..ProptestConfig::default()
    }
}

/// Edits of random lawful cells, kept in one line.
fn edited(tree: &Tree, specs: &[CellSpec], dice: &mut Dice, count: usize) -> Tree {
    (0..count).fold(tree.clone(), |tree, _| {
        let step = random_edit(&tree, specs, dice);
        edit(&tree, [step]).unwrap_or(tree)
    })
}

#[test]
fn whatever_was_done_on_the_way_is_in_the_merge_once_and_a_name_that_gives_way_is_asked_about() {
    let (crossed, asked) = (Seen::default(), Seen::default());
    proptest!(cases(160), |(steps in steps(14), a in any::<Index>(), b in any::<Index>())| {
        let past = Past::of(&steps);
        let (a, b) = (late(&a, past.commits.len()), late(&b, past.commits.len()));
        let (forth, back) = (past.merged(a, b), past.merged(b, a));
        prop_assert_eq!(past.wrong(&[a, b], &forth), Vec::<String>::new());
        prop_assert_eq!(past.wrong(&[b, a], &back), Vec::<String>::new());
        asked.more(usize::from(!forth.is_clean()));
        if forth.is_clean() {
            prop_assert_eq!(&forth.tree, &back.tree);
        }
        prop_assert_eq!(lawful(&forth.tree), Ok(()));
        let all: Vec<usize> = (0..past.commits.len()).collect();
        let every = past.all();
        prop_assert_eq!(past.wrong(&all, &every.merge), Vec::<String>::new());
        prop_assert_eq!(lawful(&every.merge.tree), Ok(()));
        asked.more(usize::from(!every.merge.is_clean()));
        crossed.more(past.crossed.get());
    });
    crossed.at_least(20, "criss-crosses");
    asked.at_least(20, "questions");
}

#[test]
fn merging_again_what_was_merged_changes_nothing() {
    proptest!(cases(64), |(steps in steps(10), a in any::<Index>(), b in any::<Index>(), second: bool)| {
        let mut past = Past::of(&steps);
        let (a, b) = (late(&a, past.commits.len()), late(&b, past.commits.len()));
        past.merge(a, b, second);
        let merged = past.commits.len() - 1;
        for parent in [a, b] {
            let again = past.merged(merged, parent);
            prop_assert!(again.is_clean());
            prop_assert_eq!(&again.tree, past.tree_of(merged));
            prop_assert_eq!(&past.merged(parent, merged).tree, past.tree_of(merged));
        }
        // The other laptop merges the same two, decides alike, and both meet: the same again.
        past.merge(b, a, !second);
        let meet = past.merged(merged, merged + 1);
        prop_assert_eq!(past.wrong(&[merged, merged + 1], &meet), Vec::<String>::new());
        prop_assert!(meet.is_clean());
        prop_assert_eq!(&meet.tree, past.tree_of(merged));
    });
}

/// Lines of random edits from the same sheet, no two in the same part of it.
fn apart(lines: usize, seed: u64) -> (Tree, Vec<Tree>) {
    let (specs, base) = (sheet::cell_specs(), super::example());
    let mut dice = Dice::new(seed);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut trees = vec![base.clone(); lines];
    for turn in 0..lines * 8 {
        let line = turn % lines;
        let step = random_edit(&trees[line], &specs, &mut dice);
        let part = part_of(step.path());
        if *taken.entry(part).or_insert(line) == line {
            trees[line] = edit(&trees[line], [step]).unwrap_or(trees[line].clone());
        }
    }
    (base, trees)
}

/// A part of the sheet that can be edited without touching another; things lie in each other wherever they are, so they are one.
fn part_of(path: &CellPath) -> String {
    let deep = if path.segments()[0] == "equipment" {
        1
    } else {
        2
    };
    path.segments()[..deep.min(path.segments().len())].join("/")
}

#[test]
fn lines_that_touch_different_parts_come_together_in_any_order_and_number() {
    proptest!(cases(48), |(seed: u64, order in Just(vec![0, 1, 2, 3]).prop_shuffle())| {
        let (base, lines) = apart(4, seed);
        // One person doing it all, line after line.
        let mut whole = base.clone();
        for line in &lines {
            whole = apply(&diff(&base, line), &whole).unwrap();
        }
        let mut past = Past::begin(base.clone());
        for line in &lines {
            past.put(&[0], line.clone(), Done::default());
        }
        let every = past.all().merge;
        prop_assert!(every.is_clean(), "{:?}", every.cells);
        prop_assert_eq!(&every.tree, &whole);
        let mut tip = order[0] + 1;
        for next in &order[1..] {
            let merged = past.merged(tip, next + 1);
            prop_assert!(merged.is_clean());
            let trees = merge(&base, past.tree_of(tip), past.tree_of(next + 1), sheet::policies());
            prop_assert_eq!(&trees.tree, &merged.tree);
            tip = past.put(&[tip, next + 1], merged.tree, Done::default());
        }
        prop_assert_eq!(past.tree_of(tip), &whole);
    });
}

#[test]
fn of_a_line_merged_with_where_it_began_its_own_edits_stay_and_nothing_else() {
    let specs = sheet::cell_specs();
    proptest!(cases(48), |(seed: u64)| {
        let base = super::example();
        let line = edited(&base, &specs, &mut Dice::new(seed), 12);
        for merged in [
            merge(&base, &line, &base, sheet::policies()),
            merge(&base, &base, &line, sheet::policies()),
        ] {
            prop_assert!(merged.is_clean());
            prop_assert_eq!(&merged.tree, &line);
            let told: BTreeSet<_> = merged.cells.iter().map(|cell| &cell.path).collect();
            for change in diff(&base, &line) {
                let near = |path: &&CellPath| path.is_within(&change.path) || change.path.is_within(path);
                prop_assert!(told.iter().any(near), "{} is not told", change.path);
            }
        }
        let changes = diff(&base, &line);
        prop_assert_eq!(&apply(&changes, &base).unwrap(), &line);
        let back: Vec<_> = changes.iter().map(history::Change::inverse).collect();
        prop_assert_eq!(&apply(&back, &line).unwrap(), &base);
    });
}

#[test]
fn a_revert_taken_back_is_as_if_nothing_was_also_with_edits_between() {
    let specs = sheet::cell_specs();
    let kept = Seen::default();
    proptest!(cases(64), |(seed: u64)| {
        let base = super::example();
        let mut dice = Dice::new(seed);
        let before = edited(&base, &specs, &mut dice, 4);
        let deed = edited(&before, &specs, &mut dice, 3);
        let tip = edited(&deed, &specs, &mut dice, 4);
        // As the services do it: the base is what is taken back, one side what was before it, the other where the line stands.
        let revert = |what: &Tree, before: &Tree, tip: &Tree| merge(what, before, tip, sheet::policies());
        let reverted = revert(&deed, &before, &tip);
        prop_assert_eq!(lawful(&reverted.tree), Ok(()));
        prop_assert_eq!(&revert(&deed, &before, &deed).tree, &before);
        let again = revert(&reverted.tree, &tip, &reverted.tree);
        prop_assert!(again.is_clean());
        prop_assert_eq!(&again.tree, &tip);
        // Something else meanwhile, which has nothing to do with it: it stays through both.
        let touched: BTreeSet<String> = diff(&tip, &reverted.tree).iter().map(|change| part_of(&change.path)).collect();
        let mut later = reverted.tree.clone();
        for _ in 0..6 {
            let step = random_edit(&later, &specs, &mut dice);
            if !touched.contains(&part_of(step.path())) {
                later = edit(&later, [step]).unwrap_or(later);
            }
        }
        let meanwhile = diff(&reverted.tree, &later);
        kept.more(usize::from(!meanwhile.is_empty()));
        let again = revert(&reverted.tree, &tip, &later);
        prop_assert!(again.is_clean(), "{:?}", again.cells);
        prop_assert_eq!(&again.tree, &apply(&meanwhile, &tip).unwrap());
    });
    kept.at_least(40, "edits between");
}

/// Checks that what is told of a merge is what it holds.
fn told_truly(merged: &Merge, ours: &Tree, theirs: &Tree, base: &Tree) -> Result<(), String> {
    for change in diff(base, ours).into_iter().chain(diff(base, theirs)) {
        let near = |path: &CellPath| path.is_within(&change.path) || change.path.is_within(path);
        if !merged.cells.iter().any(|cell| near(&cell.path)) {
            return Err(format!("{} is not told", change.path));
        }
    }
    for cell in &merged.cells {
        let at = |tree: &Tree| tree.get(&cell.path);
        let fits = match &cell.outcome {
            Outcome::Ours => at(&merged.tree) == at(ours),
            Outcome::Theirs => at(&merged.tree) == at(theirs),
            Outcome::Same => at(&merged.tree) == at(ours) && at(ours) == at(theirs),
            Outcome::Larger => [at(ours), at(theirs)].contains(&at(&merged.tree)),
            Outcome::Removed => at(&merged.tree).is_none(),
            Outcome::Conflict(conflict) => {
                at(&merged.tree).as_ref() == conflict.ours() && conflict.sides.len() >= 2
            }
            _ => true,
        };
        if !fits {
            return Err(format!("{} is told as {:?}", cell.path, cell.outcome));
        }
    }
    Ok(())
}

#[test]
fn whatever_histories_grow_from_random_edits_every_merge_loads_derives_and_tells_the_truth() {
    let specs = sheet::cell_specs();
    let (open, crossed) = (Seen::default(), Seen::default());
    proptest!(cases(32), |(seed: u64, steps in prop::collection::vec((any::<Index>(), any::<Index>(), 0..4_usize), 8..16))| {
        let mut dice = Dice::new(seed);
        let mut past = Past::begin(super::example());
        for (a, b, what) in steps {
            let (a, b) = (late(&a, past.commits.len()), late(&b, past.commits.len()));
            if what < 2 {
                let tree = edited(past.tree_of(a), &specs, &mut dice, 10);
                past.put(&[a], tree, Done::default());
                continue;
            }
            // At one table, or at both: whoever edits on from there and merges again has crossed.
            for (a, b) in [(a, b), (b, a)].into_iter().take(what - 1) {
                let (ours, theirs) = (past.tree_of(a).clone(), past.tree_of(b).clone());
                let found = merge_commits(&past, id(a), id(b), sheet::policies()).unwrap();
                if found.bases.len() == 1 {
                    prop_assert_eq!(told_truly(&found.merge, &ours, &theirs, found.ancestor.tree()), Ok(()));
                }
                crossed.more(usize::from(found.bases.len() > 1));
                open.more(found.merge.conflicts().count());
                // Nobody decides: what is open is carried on as cells of the sheet, into further merges.
                let lines = [("Maren", &ours), ("Tobi", &theirs)].map(|(label, tree)| Line { label, tree });
                let tree = write(&found.merge, &lines).unwrap();
                prop_assert_eq!(lawful(&tree), Ok(()));
                let tree = edited(&tree, &specs, &mut dice, 1);
                past.put(&[a, b], tree, Done::default());
            }
        }
        prop_assert_eq!(lawful(&past.all().merge.tree), Ok(()));
    });
    open.at_least(10, "open conflicts");
    crossed.at_least(5, "criss-crosses");
}
