//! Merging at real tables: the scenarios of `merge/scenarios.md`, and what holds for whatever anybody edits.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

#[path = "merge/histories.rs"]
mod histories;
#[path = "merge/laws.rs"]
mod laws;
#[path = "merge/past.rs"]
mod past;

use std::collections::BTreeSet;
use std::fmt::Write;

use history::{Ancestor, CellOutcome, CellPath, Merge, Outcome, Side, Tree, merge_from};
use rules::Content;
use sheet::Source;
use testkit::scenarios::{Expected, Scenario, parse};

const SCENARIOS: &str = include_str!("merge/scenarios.md");

fn example() -> Tree {
    let text = include_str!("../crates/sheet/fixtures/example.json");
    Tree::from_json(text.as_bytes()).unwrap()
}

/// The cells at which the rules find something; `None` for what cannot be read.
fn findings(tree: &Tree) -> BTreeSet<String> {
    let source = Source::from_tree(tree).unwrap();
    let derived = rules::derive(&source, Content::srd());
    derived
        .findings
        .into_iter()
        .map(|finding| finding.cell)
        .collect()
}

/// How a cell came out, in the words of the scenarios; nothing where no word is needed.
fn told(cell: &CellOutcome) -> Option<String> {
    Some(match &cell.outcome {
        Outcome::Added {
            clamped_from,
            counted_once,
        } => {
            let mut told = "added".to_owned();
            if let Some(once) = counted_once {
                let _ = write!(told, ", {once} once");
            }
            if let Some(sum) = clamped_from {
                let _ = write!(told, ", cut from {sum}");
            }
            told
        }
        Outcome::Conflict(_) => "open".to_owned(),
        other if other.is_automatic() => {
            let word = serde_json::to_value(other).unwrap();
            word["outcome"].as_str().unwrap().replace('_', " ")
        }
        _ => return None,
    })
}

/// What is wrong with a merge, against a scenario.
fn wrong(scenario: &Scenario, merge: &Merge) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expected_cells = BTreeSet::new();
    let mut expected_violations = BTreeSet::new();
    let told: Vec<(CellPath, String)> = merge
        .cells
        .iter()
        .filter_map(|cell| Some((cell.path.clone(), told(cell)?)))
        .collect();
    for expected in &scenario.expected {
        match expected {
            Expected::Value(path, value) => {
                let got = merge.tree.get(path);
                if got != *value {
                    wrong.push(format!("{path} holds {got:?} and not {value:?}"));
                }
            }
            Expected::Outcome(path, outcome) => {
                expected_cells.insert((path.clone(), outcome.clone()));
            }
            Expected::Open(path) => {
                expected_cells.insert((path.clone(), "open".to_owned()));
            }
            Expected::Violation(path) => {
                expected_violations.insert(path.to_string());
            }
        }
    }
    for missing in expected_cells.iter().filter(|cell| !told.contains(cell)) {
        wrong.push(format!("{} is not told as {}", missing.0, missing.1));
    }
    for more in told.iter().filter(|cell| !expected_cells.contains(cell)) {
        wrong.push(format!(
            "{} is told as {}, which is not expected",
            more.0, more.1
        ));
    }
    let known = &findings(&scenario.ours) | &findings(&scenario.theirs);
    let new = &findings(&merge.tree) - &known;
    for cell in expected_violations.symmetric_difference(&new) {
        let which = if new.contains(cell) {
            "is found and was not expected"
        } else {
            "is not found"
        };
        wrong.push(format!("violation {cell} {which}"));
    }
    wrong
}

#[test]
fn every_scenario_comes_out_as_written_whichever_side_is_ours() {
    let scenarios = parse(SCENARIOS, &example()).unwrap_or_else(|mistake| panic!("{mistake}"));
    assert!(scenarios.len() >= 40, "{} scenarios", scenarios.len());
    let mut report = String::new();
    for scenario in &scenarios {
        let base = Ancestor::of(scenario.base.clone());
        for (ours, theirs, last) in [
            (&scenario.ours, &scenario.theirs, Side::Theirs),
            (&scenario.theirs, &scenario.ours, Side::Ours),
        ] {
            let merge = merge_from(&base, ours, theirs, last, sheet::policies());
            for problem in wrong(scenario, &merge) {
                let _ = writeln!(report, "{} ({last:?} last): {problem}", scenario.title);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// The first acceptance test of branches, as a player has asked for since 2020: "is leveled up, with all the new loot still in the
/// inventory".
#[test]
fn is_leveled_up_with_all_the_new_loot_still_in_the_inventory() {
    let scenarios = parse(SCENARIOS, &example()).unwrap();
    let scenario = scenarios
        .iter()
        .find(|s| s.title.contains("Level-up against loot"))
        .unwrap();
    let merge = history::merge(
        &scenario.base,
        &scenario.ours,
        &scenario.theirs,
        sheet::policies(),
    );
    assert!(merge.is_clean());
    let derive = |tree: &Tree| rules::derive(&Source::from_tree(tree).unwrap(), Content::srd());
    let (leveled, merged) = (derive(&scenario.ours), derive(&merge.tree));
    assert_eq!(
        merged.sheet.identity.class_levels,
        leveled.sheet.identity.class_levels
    );
    let names: Vec<_> = merged
        .sheet
        .equipment
        .inventory
        .iter()
        .map(|item| item.name.as_str())
        .collect();
    assert!(names.contains(&"Flame Tongue"), "{names:?}");
}

#[test]
fn a_slip_in_a_scenario_is_refused_with_its_line() {
    let text = "# Intro\n\n## 1. One\nStory.\nbase\n/identity/xp = 5\nours\n/identity/xp + 1\ntheirs: the DM\n/identity/xp + 2\nexpect\n/identity/xp: added\n/identity/xp = 8\n";
    assert_eq!(parse(text, &example()).unwrap().len(), 1);
    for (slip, instead, line, message) in [
        (
            "/identity/xp + 1",
            "/identity/exp + 1",
            8,
            "there is no cell `/identity/exp`",
        ),
        (
            "/identity/xp + 1",
            "/identity/xp + one",
            8,
            "`+ one` is no step",
        ),
        ("/identity/xp + 1", "/identity/xp + 0", 8, "changes nothing"),
        (
            "/identity/xp + 1",
            "/identity/xp = -1",
            8,
            "does not fit this cell",
        ),
        ("/identity/xp + 1", "/identity/xp = {", 8, "is not JSON"),
        ("/identity/xp + 1", "identity/xp + 1", 8, "begins with `/`"),
        ("ours\n", "our\n", 7, "`our` is no step"),
        ("theirs: the DM\n", "expect\n", 9, "wrong place"),
        ("expect\n", "expects\n", 11, "`expects` is no step"),
        (": added", ": addded", 12, "`addded` is no outcome"),
        (
            "/identity/xp = 8",
            "/identity/xp 8",
            13,
            "is no expectation",
        ),
        (
            "/identity/xp = 8",
            "/identity/xp: added",
            13,
            "expected twice",
        ),
        (
            "/identity/xp = 8",
            "violation /combat/none",
            13,
            "there is no cell",
        ),
        ("/identity/xp + 1\n", "", 12, "has a side that does nothing"),
        (
            "/identity/xp: added\n/identity/xp = 8\n",
            "",
            11,
            "expects nothing",
        ),
        ("Story.", "/identity/xp = 5", 4, "a cell before `ours`"),
    ] {
        let mistake = parse(&text.replace(slip, instead), &example()).unwrap_err();
        assert!(
            mistake.line == line && mistake.message.contains(message),
            "{instead}: {mistake}"
        );
    }
}

#[test]
fn what_a_scenario_does_not_list_must_not_happen() {
    let scenarios = parse(SCENARIOS, &example()).unwrap();
    let mut failed = 0;
    for scenario in &scenarios {
        let merge = history::merge(
            &scenario.base,
            &scenario.ours,
            &scenario.theirs,
            sheet::policies(),
        );
        for at in 0..scenario.expected.len() {
            if let Expected::Value(..) = scenario.expected[at] {
                continue;
            }
            let mut less = scenario.clone();
            less.expected.remove(at);
            assert!(
                !wrong(&less, &merge).is_empty(),
                "{} without {at}",
                scenario.title
            );
            failed += 1;
        }
    }
    assert!(failed > 40);
}
