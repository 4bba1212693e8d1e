//! A library of 100,000 commits: building its index anew, opening it after a clean stop and after a crash, and the memory that takes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::Bench;
use crate::disk;
use crate::figures::{megabytes, thousands};
use crate::fresh::{self, Task, Told};
use crate::report::Bound;
use crate::times::{median, show};
use crate::writing::{edit_at_once, large_sheets, open_library};

const CHARACTERS: usize = 96;
const WRITERS: usize = 8;

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let (large, small) = (bench.place("index"), bench.place("index-small"));
    let (many, few) = (bench.count(100_000), bench.count(10_000));
    // As many for each writer, so that all of them write as long.
    let characters = bench.count(CHARACTERS).next_multiple_of(WRITERS);
    let library = Arc::new(open_library(&large)?);
    let ids = large_sheets(&library, characters)?;
    edit_at_once(&library, &ids, WRITERS, few / WRITERS)?;
    drop(library);
    disk::copy(&large, &small)?;
    let library = Arc::new(open_library(&large)?);
    edit_at_once(&library, &ids, WRITERS, (many - few) / WRITERS)?;
    drop(library);
    let size = disk::taken(&large)?;

    let clean = opened(bench, 7, &large, &ids[0], |_| Ok(()))?;
    let clean_small = opened(bench, 7, &small, &ids[0], |_| Ok(()))?;
    let crashed = opened(bench, 7, &large, &ids[0], |folder| {
        fresh::kill_while_editing(folder, &ids[0], Duration::from_millis(400))
    })?;
    let mut rebuilt = Vec::new();
    for _ in 0..bench.rounds(3) {
        rebuilt.push(fresh::run(Task::Rebuild, &large, "")?);
        // What was put aside is of no use here and would only fill the disk.
        for old in ["aside", "sled.old"] {
            let old = large.join(old);
            if old.exists() {
                std::fs::remove_dir_all(old)?;
            }
        }
    }
    let after = opened(bench, 3, &large, &ids[0], |_| Ok(()))?;

    anyhow::ensure!(
        rebuilt
            .iter()
            .all(|told| told.replayed as usize > many * 9 / 10),
        "the rebuild did not read all of it: {rebuilt:?}"
    );
    let commits = thousands(many);
    let open = |told: &[Told]| middle(told, |told| told.open.as_secs_f64());
    let memory = |told: &[Told]| middle(told, |told| told.memory as f64);
    let time = Duration::from_secs_f64;
    let report = &mut bench.report;
    let value = open(&rebuilt);
    report.add(
        format!("building the index of {commits} commits anew"),
        format!("{} ({} on the disk)", show(time(value)), megabytes(size)),
        Bound::at_most("3 s", value, 3.0),
    );
    let value = open(&clean);
    report.add(
        "opening that library after a clean stop",
        format!(
            "{} (with a tenth of the commits {}; after a rebuild {})",
            show(time(value)),
            show(time(open(&clean_small))),
            show(time(open(&after))),
        ),
        Bound::at_most("100 ms", value, 0.1),
    );
    let value = open(&crashed);
    let worst = crashed.iter().map(|told| told.open).max();
    report.add(
        "opening it after a kill in the middle of an edit",
        format!(
            "{} (longest {})",
            show(time(value)),
            show(worst.unwrap_or_default())
        ),
        Bound::at_most("500 ms", value, 0.5),
    );
    let (much, little) = (memory(&clean), memory(&clean_small));
    let more = (much - little) / 1e6;
    report.add(
        format!("memory with {commits} commits, beside {}", thousands(few)),
        format!(
            "{more:+.1} MB ({} beside {}; after a kill {})",
            megabytes(much as u64),
            megabytes(little as u64),
            megabytes(memory(&crashed) as u64),
        ),
        // A tenth of the commits does not fill the index's cache; ten times as many must not do more than that.
        Bound::at_most(
            "the index's cache of 32 MiB more",
            more,
            f64::from(32 << 20) / 1e6,
        ),
    );
    bench.clear("index")?;
    bench.clear("index-small")
}

/// Opens a library in fresh processes, each time after something was done to it.
fn opened(
    bench: &Bench,
    rounds: usize,
    folder: &Path,
    sheet: &str,
    before: impl Fn(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Told>> {
    (0..bench.rounds(rounds))
        .map(|_| {
            before(folder)?;
            fresh::run(Task::Open, folder, sheet)
        })
        .collect()
}

fn middle(told: &[Told], figure: impl Fn(&Told) -> f64) -> f64 {
    median(&told.iter().map(figure).collect::<Vec<_>>())
}
