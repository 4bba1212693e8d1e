//! Opening a sheet, derived and explained: from the cache, and in a fresh process.

use std::sync::Arc;
use std::time::Duration;

use crate::Bench;
use crate::fresh::{self, Task};
use crate::report::Bound;
use crate::times::{Times, show};
use crate::writing::{edit_at_once, large_sheets, open_library};

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = bench.place("open");
    let library = Arc::new(open_library(&folder)?);
    let ids = large_sheets(&library, 20)?;
    // A history, so that the sheet has an audit trail and something to undo.
    edit_at_once(&library, &ids, 4, 5 * bench.count(100))?;
    let mut cached = Times::new()?;
    library.sheet().show(&ids[0])?;
    for _ in 0..bench.count(5_000) {
        cached.time(|| library.sheet().show(&ids[0]))?;
    }
    // What the first look in this process costs, with the roster at hand.
    drop(library);
    let library = open_library(&folder)?;
    library.roster().list(&Default::default())?;
    let mut first = Times::new()?;
    for id in &ids {
        first.time(|| library.sheet().show(id))?;
    }
    drop(library);
    let mut cold = Times::new()?;
    for n in 0..bench.count(20) {
        let told = fresh::run(Task::Open, &folder, &ids[n % ids.len()])?;
        cold.add(told.sheet);
    }

    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let report = &mut bench.report;
    report.add(
        "opening a 40 KB sheet from the cache, p50",
        format!("{} (p99 {})", show(cached.p50()), show(cached.p99())),
        Bound::at_most("100 us", millis(cached.p50()), 0.1),
    );
    report.add(
        "opening it cold, first of a fresh process, p50",
        format!(
            "{} (longest {}; others of a running one {})",
            show(cold.p50()),
            show(cold.max()),
            show(first.p50()),
        ),
        Bound::at_most("5 ms", millis(cold.p50()), 5.0),
    );
    bench.clear("open")
}
