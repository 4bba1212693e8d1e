//! The pure functions on the way of an edit, on 40 KB sheets: not bounded by themselves, but where an edit's time goes.

use std::hint::black_box;

use history::{CellPath, Edit, Tree};
use sheet::Source;

use crate::Bench;
use crate::documents::{large_sheet, small_edit};
use crate::times::{Times, show};

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let turns = bench.count(2_000);
    let base = Tree::from_value(large_sheet("sorrel")?)?;
    let ours = edited(&base, [0, 1, 2, 3])?;
    let theirs = edited(&base, [10, 15])?;
    let (before, after) = (base.to_value(), ours.to_value());
    let (mut own, mut patch) = (Times::new()?, Times::new()?);
    for _ in 0..turns {
        own.time(|| black_box(history::diff(black_box(&base), black_box(&ours))));
        patch.time(|| black_box(json_patch::diff(black_box(&before), black_box(&after))));
    }
    bench.report.add(
        "difference of two 40 KB sheets, beside json-patch",
        format!("{} beside {}", show(own.p50()), show(patch.p50())),
        None,
    );
    // Versions read from the disk share no nodes in memory; only the hashes tell that they are equal.
    let (far_base, far_ours) = (Tree::from_value(before)?, Tree::from_value(after)?);
    let mut far = Times::new()?;
    let mut merged = Times::new()?;
    let mut applied = Times::new()?;
    let source = Source::from_tree(&base)?;
    let (mut read, mut derived, mut written) = (Times::new()?, Times::new()?, Times::new()?);
    let mut parsed = Times::new()?;
    let json = base.to_json();
    for _ in 0..turns {
        far.time(|| black_box(history::diff(black_box(&far_base), black_box(&far_ours))));
        let merge = merged.time(|| history::merge(&base, &ours, &theirs, sheet::policies()));
        anyhow::ensure!(merge.is_clean(), "edits of other cells must merge");
        applied.time(|| black_box(edited(&base, [7])))?;
        read.time(|| black_box(Source::from_tree(black_box(&ours))))?;
        derived.time(|| black_box(rules::derive(black_box(&source), &rules::Content::none())));
        written.time(|| black_box(ours.to_json()));
        parsed.time(|| black_box(Tree::from_json(black_box(&json))))?;
    }
    let report = &mut bench.report;
    report.add("the same of versions read apart", show(far.p50()), None);
    report.add("three-way merge of two edits", show(merged.p50()), None);
    report.add("setting one cell", show(applied.p50()), None);
    report.add("reading a tree as a character", show(read.p50()), None);
    report.add(
        "deriving a sheet with every explanation",
        show(derived.p50()),
        None,
    );
    report.add(
        "writing a tree as canonical JSON",
        show(written.p50()),
        None,
    );
    report.add(
        "reading a tree from JSON, every hash",
        show(parsed.p50()),
        None,
    );
    Ok(())
}

fn edited<const N: usize>(tree: &Tree, steps: [usize; N]) -> anyhow::Result<Tree> {
    let edits = steps
        .into_iter()
        .map(|step| {
            let (path, value) = small_edit(step);
            let path: CellPath = path.parse()?;
            Ok(Edit::Set { path, value })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(history::edit(tree, edits)?)
}
