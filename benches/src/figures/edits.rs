//! Ten thousand small edits of one sheet: the space they take, and any version of them.

use std::sync::Arc;
use std::time::Duration;

use history::CommitId;
use services::wire::EditOutcome;

use crate::Bench;
use crate::disk;
use crate::documents::Dice;
use crate::figures::{megabytes, thousands};
use crate::report::Bound;
use crate::times::{Times, show};
use crate::writing::{Desk, large_sheets, open_library, open_vault};

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = bench.place("edits");
    let count = bench.count(10_000);
    let library = Arc::new(open_library(&folder)?);
    let id = large_sheets(&library, 1)?;
    let mut desk = Desk::at(&library, &id[0])?;
    let (mut versions, mut each) = (Vec::with_capacity(count), Times::new()?);
    for _ in 0..count {
        let request = desk.request();
        let outcome: EditOutcome = each.time(|| library.sheet().edit(&request))?;
        desk.take(outcome)?;
        versions.push(desk.tip().to_owned());
    }
    drop((desk, library));
    let taken = disk::taken(&folder)?;
    let (ledger, index) = (
        disk::taken(&folder.join("ledger"))?,
        disk::taken(&folder.join("sled"))?,
    );

    let looks = bench.count(2_000);
    let picked = some_of(&versions, looks, &mut Dice::new(5));
    let vault = open_vault(&folder)?;
    let mut trees = Times::new()?;
    for version in &picked {
        let commit: CommitId = version.parse()?;
        trees.time(|| vault.tree(&commit))?;
    }
    vault.close()?;
    drop(vault);
    let library = open_library(&folder)?;
    library.sheet().show(&id[0])?;
    let mut shown = Times::new()?;
    for version in &picked {
        shown.time(|| library.sheet().show_at(&id[0], version))?;
    }
    drop(library);

    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let edits = thousands(count);
    let report = &mut bench.report;
    report.add(
        format!("{edits} small edits of one 40 KB sheet, all in"),
        format!(
            "{} (ledger {}, index {}; an edit {}, p99 {})",
            megabytes(taken),
            megabytes(ledger),
            megabytes(index),
            show(each.p50()),
            show(each.p99()),
        ),
        Bound::at_most("15 MB", taken as f64 / 1e6, 15.0),
    );
    report.add(
        format!("any of the {edits} versions, read and checked, p99"),
        format!("{} (p50 {})", show(trees.p99()), show(trees.p50())),
        Bound::at_most("1 ms", millis(trees.p99()), 1.0),
    );
    report.add(
        "any of them shown: derived, explained, with its audit trail, p99",
        format!("{} (p50 {})", show(shown.p99()), show(shown.p50())),
        Bound::at_most("1 ms", millis(shown.p99()), 1.0),
    );
    bench.clear("edits")
}

/// Picks versions at random, none twice.
fn some_of(versions: &[String], count: usize, dice: &mut Dice) -> Vec<String> {
    let mut left: Vec<_> = (0..versions.len()).collect();
    let mut picked = Vec::with_capacity(count);
    while picked.len() < count && !left.is_empty() {
        let at = dice.below(left.len());
        picked.push(versions[left.swap_remove(at)].clone());
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_picked_once_each() {
        let versions: Vec<_> = (0..50).map(|n| n.to_string()).collect();
        let mut picked = some_of(&versions, 60, &mut Dice::new(5));
        assert_eq!(picked.len(), 50);
        assert_ne!(picked, versions);
        picked.sort_by_key(|name| name.parse::<u32>().unwrap());
        assert_eq!(picked, versions);
    }
}
