//! What each way of merging makes of the situations in `tests/merge/scenarios.md`.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use history::{Policy, Tree};
use serde_json::Value;
use testkit::scenarios::{Expected, Scenario, parse};

use super::crdt::Replica;
use super::lines::{Files, by_libgit2, pretty};
use crate::documents::EXAMPLE;

const SCENARIOS: &str = include_str!("../../../tests/merge/scenarios.md");

/// The ways of merging, in the order of a [`Row`]'s verdicts.
pub const WAYS: [&str; 4] = ["Forkbeard", "libgit2", "git merge-file", "automerge"];

/// How a way of merging came out of a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As the table of players expects: the values, or the question.
    Right,
    /// It asks where there is nothing to ask: a false conflict.
    Asks,
    /// It asks nothing, and what came out is something else than expected, or one of two values that cannot stand together was dropped.
    Loses,
}

impl Verdict {
    /// Gives the word of the table in the documentation.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Asks => "*asks*",
            Verdict::Loses => "**loses**",
        }
    }
}

/// One situation.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number and name.
    pub title: String,
    /// Whether it holds a question that only people can answer.
    pub question: bool,
    /// What became of it, in the order of [`WAYS`].
    pub verdicts: [Verdict; 4],
}

/// Goes through all situations; `folder` is for the files of git.
///
/// # Errors
/// Scenarios that cannot be read, no git on this machine.
pub fn verdicts(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let common = Tree::from_json(EXAMPLE.as_bytes())?;
    let scenarios = parse(SCENARIOS, &common).map_err(|wrong| anyhow::anyhow!("{wrong}"))?;
    let row = |scenario: &Scenario| judge(scenario, folder).context(scenario.title.clone());
    scenarios.iter().map(row).collect()
}

fn judge(scenario: &Scenario, folder: &Path) -> anyhow::Result<Row> {
    let Scenario {
        base, ours, theirs, ..
    } = scenario;
    let merge = history::merge(base, ours, theirs, sheet::policies());
    let own = merge.is_clean().then(|| merge.tree.to_value());
    let texts = [pretty(base)?, pretty(ours)?, pretty(theirs)?];
    let [a, o, t] = [&texts[0], &texts[1], &texts[2]];
    let read = |merged: Option<Vec<u8>>| {
        // Lines that merge to something that is no JSON any more are worse than a question.
        merged.map(|bytes| serde_json::from_slice(&bytes).unwrap_or_default())
    };
    let libgit2 = read(by_libgit2(a, o, t)?);
    let git = read(Files::write(folder, [a, o, t])?.by_git()?);
    let mut replica = Replica::of(base)?;
    let mut one = replica.fork("a", base, ours)?;
    one.merge(&mut replica.fork("b", base, theirs)?)?;
    let automerge = Some(one.to_value()?);
    let question = scenario
        .expected
        .iter()
        .any(|expected| matches!(expected, Expected::Open(_)));
    Ok(Row {
        title: scenario.title.clone(),
        question,
        verdicts: [own, libgit2, git, automerge].map(|merged| match (merged, question) {
            (None, true) => Verdict::Right,
            (None, false) => Verdict::Asks,
            (Some(_), true) => Verdict::Loses,
            (Some(value), false) if holds(scenario, &value) => Verdict::Right,
            (Some(_), false) => Verdict::Loses,
        }),
    })
}

/// Tells whether a document holds every value that a situation names. Prose may have its words in another order.
fn holds(scenario: &Scenario, merged: &Value) -> bool {
    scenario.expected.iter().all(|expected| {
        let Expected::Value(path, value) = expected else {
            return true;
        };
        match (merged.pointer(&path.to_string()), value) {
            (Some(Value::String(got)), Some(Value::String(text)))
                if sheet::policies().of(path) == Policy::Prose =>
            {
                words(got) == words(text)
            }
            (got, value) => got == value.as_ref(),
        }
    })
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// Counts, for each way, how often it came out like this.
pub fn count(rows: &[Row], verdict: Verdict) -> [usize; 4] {
    std::array::from_fn(|way| {
        let so = |row: &&Row| row.verdicts[way] == verdict;
        rows.iter().filter(so).count()
    })
}

/// Writes the table of the documentation: sums first, then each situation that some way does not get right.
pub fn to_markdown(rows: &[Row]) -> String {
    let mut out = format!(
        "| situation | {} |\n|---|---|---|---|---|\n",
        WAYS.join(" | ")
    );
    let questions = rows.iter().filter(|row| row.question).count();
    for (what, verdict) in [
        ("right".to_owned(), Verdict::Right),
        (
            format!(
                "asks in one of the {} that need no question",
                rows.len() - questions
            ),
            Verdict::Asks,
        ),
        ("loses something without a word".to_owned(), Verdict::Loses),
    ] {
        let counts = count(rows, verdict).map(|n| n.to_string());
        let _ = writeln!(
            out,
            "| of {}: {what} | {} |",
            rows.len(),
            counts.join(" | ")
        );
    }
    for row in rows {
        if row.verdicts != [Verdict::Right; 4] {
            let words = row.verdicts.map(Verdict::word);
            let _ = writeln!(out, "| {} | {} |", row.title, words.join(" | "));
        }
    }
    out
}
