//! Differences and merges of 40 KB sheets beside what else does that, the words of prose, and the situations of real tables.

use std::hint::black_box;
use std::time::Duration;

use history::{CellPath, Edit, Tree};

use crate::Bench;
use crate::documents::{Dice, large_sheet, small_edit};
use crate::peers::crdt::Replica;
use crate::peers::lines::{Files, by_libgit2, pretty};
use crate::peers::verdicts::{self, Verdict, WAYS};
use crate::report::Bound;
use crate::times::{Times, ratio, show};

/// How long the prose is, in bytes.
const PROSE: usize = 20_000;

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    differences(bench)?;
    merges(bench)?;
    words(bench)?;
    situations(bench)
}

/// Versions as they come from the disk: nothing shared in memory, nothing looked at yet.
fn read(json: &[u8]) -> anyhow::Result<Tree> {
    Ok(Tree::from_json(json)?)
}

fn edited(tree: &Tree, steps: &[usize]) -> anyhow::Result<Tree> {
    let edits = steps.iter().map(|step| {
        let (path, value) = small_edit(*step);
        let path: CellPath = path.parse()?;
        Ok(Edit::Set { path, value })
    });
    let edits = edits.collect::<anyhow::Result<Vec<_>>>()?;
    Ok(history::edit(tree, edits)?)
}

fn differences(bench: &mut Bench) -> anyhow::Result<()> {
    let base = Tree::from_value(large_sheet("sorrel")?)?;
    let after = edited(&base, &[0, 1, 2, 3])?;
    let (old, new) = (base.to_value(), after.to_value());
    let (old_json, new_json) = (base.to_json(), after.to_json());
    let (mut own, mut patch) = (Times::new()?, Times::new()?);
    for _ in 0..bench.count(2_000) {
        let (a, b) = (read(&old_json)?, read(&new_json)?);
        let changes = own.time(|| history::diff(black_box(&a), black_box(&b)));
        anyhow::ensure!(changes.len() == 4, "four cells were edited");
        patch.time(|| black_box(json_patch::diff(black_box(&old), black_box(&new))));
    }
    let value = ratio(own.p50(), patch.p50());
    bench.report.add(
        "difference of two 40 KB sheets read apart, four cells edited, beside json-patch",
        format!(
            "{value:.2}x ({} beside {})",
            show(own.p50()),
            show(patch.p50())
        ),
        Bound::at_most("0.6x", value, 0.6),
    );
    Ok(())
}

fn merges(bench: &mut Bench) -> anyhow::Result<()> {
    let base = Tree::from_value(large_sheet("sorrel")?)?;
    // Two cells each, none of both and no two near each other: every way of merging can merge them.
    let (ours, theirs) = (edited(&base, &[0, 1])?, edited(&base, &[2, 3])?);
    let whole = edited(&ours, &[2, 3])?;
    let json = [&base, &ours, &theirs].map(Tree::to_json);
    let texts = [pretty(&base)?, pretty(&ours)?, pretty(&theirs)?];
    let texts = [&texts[0][..], &texts[1], &texts[2]];
    let place = bench.place("merging");
    std::fs::create_dir_all(&place)?;
    let files = Files::write(&place, texts)?;
    let mut replica = Replica::of(&base)?;
    let left = replica.fork("a", &base, &ours)?.save();
    let right = replica.fork("b", &base, &theirs)?.save();

    let [mut own, mut bytes, mut libgit2, mut git, mut crdt] = [
        Times::new()?,
        Times::new()?,
        Times::new()?,
        Times::new()?,
        Times::new()?,
    ];
    let turns = bench.count(1_000);
    for turn in 0..turns {
        let [a, o, t] = &json;
        let (a, o, t) = (read(a)?, read(o)?, read(t)?);
        let merged = own.time(|| {
            let merge = history::merge(
                black_box(&a),
                black_box(&o),
                black_box(&t),
                sheet::policies(),
            );
            let json = merge.tree.to_json();
            (merge, json)
        });
        anyhow::ensure!(merged.0.is_clean() && merged.0.tree == whole);
        let merged = libgit2.time(|| by_libgit2(texts[0], texts[1], texts[2]))?;
        anyhow::ensure!(merged == Some(pretty(&whole)?), "libgit2 merges otherwise");
        let json = &json;
        bytes.time(|| -> anyhow::Result<Vec<u8>> {
            let (a, o, t) = (read(&json[0])?, read(&json[1])?, read(&json[2])?);
            Ok(history::merge(&a, &o, &t, sheet::policies()).tree.to_json())
        })?;
        let merged = crdt.time(|| -> anyhow::Result<Replica> {
            let mut one = Replica::load(&left)?;
            one.merge(&mut Replica::load(&right)?)?;
            Ok(one)
        })?;
        if turn == 0 {
            anyhow::ensure!(merged.to_value()? == whole.to_value());
        }
        // A process is so much slower that a tenth of the turns tells as much.
        if turn % 10 == 0 {
            let merged = git.time(|| files.by_git())?;
            anyhow::ensure!(merged == Some(pretty(&whole)?), "git merges otherwise");
        }
    }
    let value = ratio(own.p50(), libgit2.p50());
    let report = &mut bench.report;
    report.add(
        "three-way merge of 40 KB sheets read apart, applied and written as JSON, beside libgit2's merge_file of the same as pretty JSON",
        format!(
            "{value:.2}x ({} beside {})",
            show(own.p50()),
            show(libgit2.p50())
        ),
        Bound::at_most("0.7x", value, 0.7),
    );
    report.add(
        "the same from three texts, all hashes checked; `git merge-file`; automerge from bytes",
        format!(
            "{}; {}; {}",
            show(bytes.p50()),
            show(git.p50()),
            show(crdt.p50())
        ),
        None,
    );
    bench.clear("merging")
}

/// Prose of some paragraphs, of words from a small stock: what comes again and again is what a comparison has its trouble with.
fn prose(dice: &mut Dice) -> String {
    let mut text = String::new();
    while text.len() < PROSE {
        text.push_str(&dice.prose(80));
        text.push_str(".\n\n");
    }
    text
}

/// Puts another word for every `nth`.
fn every(nth: usize, text: &str) -> String {
    let word = |(at, word): (usize, &str)| match at % nth {
        0 => "pebble".to_owned() + if word.ends_with('\n') { "\n" } else { " " },
        _ => word.to_owned(),
    };
    text.split_inclusive([' ', '\n'])
        .enumerate()
        .map(word)
        .collect()
}

fn words(bench: &mut Bench) -> anyhow::Result<()> {
    let mut dice = Dice::new(20);
    let before = prose(&mut dice);
    let cases = [
        ("one word", every(1_000_000, &before)),
        ("sixty words", every(55, &before)),
        ("written anew", prose(&mut dice)),
        (
            "written anew as one paragraph",
            prose(&mut dice).replace('\n', " "),
        ),
    ];
    let (mut told, mut worst, mut similar) = (Vec::new(), Duration::ZERO, Vec::new());
    for (what, after) in &cases {
        let (mut own, mut other) = (Times::new()?, Times::new()?);
        for turn in 0..bench.count(500) {
            let hunks = own.time(|| history::word_hunks(black_box(&before), black_box(after)));
            anyhow::ensure!(hunks.len() > 1, "the texts differ");
            if turn % 10 == 0 {
                other.time(|| {
                    let changes = similar::TextDiff::from_words(&before, after);
                    black_box(changes.ops().len())
                });
            }
        }
        told.push(format!("{what} {}", show(own.p50())));
        similar.push(show(other.p50()));
        worst = worst.max(own.p50());
    }
    bench.report.add(
        "words of 20 KB of prose compared, p50 of the slowest",
        format!(
            "{} ({}; `similar` without a deadline {})",
            show(worst),
            told.join(", "),
            similar.join(", ")
        ),
        Bound::at_most("1 ms", worst.as_secs_f64() * 1e3, 1.0),
    );
    Ok(())
}

fn situations(bench: &mut Bench) -> anyhow::Result<()> {
    let place = bench.place("situations");
    std::fs::create_dir_all(&place)?;
    let rows = verdicts::verdicts(&place)?;
    let quiet = rows.iter().filter(|row| !row.question).count();
    let each = |verdict| {
        let counts = verdicts::count(&rows, verdict);
        let told = WAYS.iter().zip(counts).map(|(way, n)| format!("{way} {n}"));
        (counts[0], told.collect::<Vec<_>>().join(", "))
    };
    let (own, told) = each(Verdict::Asks);
    bench.report.add(
        format!("false conflicts in the {quiet} situations of real tables that need no question"),
        told,
        Bound::at_most("0", own as f64, 0.0),
    );
    let (own, told) = each(Verdict::Loses);
    bench.report.add(
        format!(
            "of all {} situations, those in which something is lost without a word",
            rows.len()
        ),
        told,
        Bound::at_most("0", own as f64, 0.0),
    );
    bench.clear("situations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prose_is_as_long_as_said_and_edited_as_said() {
        let text = prose(&mut Dice::new(20));
        assert!((PROSE..PROSE + 600).contains(&text.len()));
        let changed = |nth: usize| every(nth, &text).matches("pebble").count();
        assert_eq!(changed(1_000_000), 1);
        assert!((50..75).contains(&changed(55)), "{}", changed(55));
    }
}
