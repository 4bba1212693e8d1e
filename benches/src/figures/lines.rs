//! A long history with branches: its first screen drawn, its branches compared, a version found by the beginning of its id.

use std::sync::Arc;
use std::time::Duration;

use services::wire::NewBranch;

use crate::Bench;
use crate::figures::thousands;
use crate::report::Bound;
use crate::times::{Times, show};
use crate::writing::{Desk, large_sheets, open_library};

/// How many branches there are beside `main`.
const BRANCHES: usize = 20;

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = bench.place("lines");
    let count = bench.count(10_000);
    let library = Arc::new(open_library(&folder)?);
    let id = large_sheets(&library, 1)?.pop().unwrap_or_default();
    let mut desk = Desk::at(&library, &id)?;
    for nth in 0..count {
        if nth % count.div_ceil(BRANCHES) == 0 {
            library.history().branch(&NewBranch {
                id: id.clone(),
                title: format!("Idea {nth}"),
                ..NewBranch::default()
            })?;
        }
        desk.edit()?;
    }
    let tip = desk.tip().to_owned();
    drop((desk, library));

    let library = open_library(&folder)?;
    library.sheet().show(&id)?;
    let mut first = Times::new()?;
    let page = first.time(|| library.history().graph(&id, None, 50))?;
    anyhow::ensure!(page.total as usize > count && page.rows.len() == 50.min(page.total as usize));
    let (mut again, mut lines, mut found) = (Times::new()?, Times::new()?, Times::new()?);
    for _ in 0..bench.count(100) {
        again.time(|| library.history().graph(&id, None, 50))?;
        lines.time(|| library.history().lines(&id))?;
        found.time(|| {
            library
                .sheet()
                .explain(&id, Some(&tip[..10]), "/combat/armor_class")
        })?;
    }
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let commits = thousands(count);
    bench.report.add(
        format!("history of {commits} commits drawn, first screen after opening the library"),
        show(first.max()),
        Bound::at_most("100 ms", millis(first.max()), 100.0),
    );
    bench.report.add(
        format!("the same again, p50; {BRANCHES} branches held against `main`, p50"),
        format!("{}; {}", show(again.p50()), show(lines.p50())),
        Bound::at_most("50 ms", millis(again.p50()), 50.0),
    );
    bench.report.add(
        format!("a version of {commits} by the beginning of its id, p50"),
        show(found.p50()),
        Bound::at_most("10 ms", millis(found.p50()), 10.0),
    );
    Ok(())
}
