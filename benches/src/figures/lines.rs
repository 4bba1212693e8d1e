//! A long history with branches: its first screen drawn, its branches compared, where a cell comes from, versions from the middle.

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
/// The cells that are asked about: edited every fourth time, edited never since the character was made.
const CELLS: [&str; 3] = ["/combat/damage_taken", "/identity/xp", "/identity/name"];

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = bench.place("lines");
    let count = bench.count(10_000);
    let library = Arc::new(open_library(&folder)?);
    let id = large_sheets(&library, 1)?.pop().unwrap_or_default();
    let mut desk = Desk::at(&library, &id)?;
    let mut versions = Vec::with_capacity(count);
    for nth in 0..count {
        if nth % count.div_ceil(BRANCHES) == 0 {
            library.history().branch(&NewBranch {
                id: id.clone(),
                title: format!("Idea {nth}"),
                ..NewBranch::default()
            })?;
        }
        desk.edit()?;
        versions.push(desk.tip().to_owned());
    }
    let tip = desk.tip().to_owned();
    drop((desk, library));

    // What a window asks for after it opened, each for the first time: a version, where a cell comes from, the history.
    let library = open_library(&folder)?;
    library.sheet().show(&id)?;
    let (mut middle, mut blamed) = (Times::new()?, Times::new()?);
    middle.time(|| library.sheet().show_at(&id, &versions[count / 2]))?;
    let told = blamed.time(|| library.history().blame(&id, CELLS[0], 0))?;
    anyhow::ensure!(!told.steps.is_empty(), "an edited cell comes from an edit");
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
    let (mut middles, mut blames) = (Times::new()?, Times::new()?);
    for nth in 0..bench.count(500) {
        let version = &versions[(nth * 7_919) % count];
        middles.time(|| library.sheet().show_at(&id, version))?;
        let cell = CELLS[nth % CELLS.len()];
        blames.time(|| library.history().blame(&id, cell, 0))?;
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
    let both = |first: &Times, others: &Times| {
        format!(
            "{} ({} the first after opening the library; longest {})",
            show(others.p50()),
            show(first.max()),
            show(others.max())
        )
    };
    bench.report.add(
        format!("where a cell comes from in {commits} commits, the last 20 steps"),
        both(&blamed, &blames),
        Bound::at_most("20 ms", millis(blamed.max().max(blames.p50())), 20.0),
    );
    bench.report.add(
        format!("a version from the middle of {commits} shown, derived and explained"),
        both(&middle, &middles),
        Bound::at_most("10 ms", millis(middle.max().max(middles.p50())), 10.0),
    );
    drop(library);
    bench.clear("lines")
}
