//! A library of 10,000 characters: start-up, the first page, search as you type.

use std::sync::Arc;
use std::time::Duration;

use services::wire::{ListQuery, RecordPatch};

use crate::Bench;
use crate::documents::{Dice, TYPED, one_of_a_crowd};
use crate::figures::thousands;
use crate::fresh::{self, Task};
use crate::report::Bound;
use crate::times::{Times, median, ratio, show};
use crate::writing::{import, open_library};

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let (full, empty) = (bench.place("roster"), bench.place("roster-empty"));
    let count = bench.count(10_000);
    let library = Arc::new(open_library(&full)?);
    let mut dice = Dice::new(3);
    let mut some = String::new();
    for batch in (0..count).collect::<Vec<_>>().chunks(1_000) {
        let crowd = batch
            .iter()
            .map(|n| one_of_a_crowd(*n, &mut dice))
            .collect::<anyhow::Result<Vec<_>>>()?;
        if let Some(id) = import(&library, crowd)?.pop() {
            some = id;
        }
    }
    let search = search(bench, &library, &some)?;
    drop(library);
    drop(open_library(&empty)?);

    let (mut opens, mut open_empty, mut open_full) = (Vec::new(), Times::new()?, Times::new()?);
    let (mut pages, mut with_page) = (Times::new()?, Vec::new());
    for _ in 0..bench.count(20) {
        let without = fresh::run(Task::Open, &empty, "")?;
        let with = fresh::run(Task::Open, &full, "")?;
        anyhow::ensure!(with.characters as usize == count, "{with:?}");
        opens.push(ratio(with.open, without.open));
        with_page.push(ratio(with.open + with.page, without.open + without.page));
        open_empty.add(without.open);
        open_full.add(with.open);
        pages.add(with.page);
    }

    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let report = &mut bench.report;
    let people = thousands(count);
    report.add(
        format!("first page of {people} characters in a fresh process, p50"),
        format!("{} (longest {})", show(pages.p50()), show(pages.max())),
        Bound::at_most("20 ms", millis(pages.p50()), 20.0),
    );
    report.add(
        format!(
            "search as you type among {people}, p99 of all prefixes of {} words",
            TYPED.len()
        ),
        format!("{} (p50 {})", show(search.p99()), show(search.p50())),
        Bound::at_most("10 ms", millis(search.p99()), 10.0),
    );
    let value = median(&opens);
    report.add(
        format!("start-up with {people} characters, beside an empty library"),
        format!(
            "{value:.2}x ({} beside {}; with the first page {:.2}x)",
            show(open_full.p50()),
            show(open_empty.p50()),
            median(&with_page),
        ),
        Bound::at_most("1.5x", value, 1.5),
    );
    bench.clear("roster")?;
    bench.clear("roster-empty")
}

/// Types words letter by letter; between rounds a character changes, so that no list is remembered.
fn search(bench: &Bench, library: &services::Library, some: &str) -> anyhow::Result<Times> {
    library.roster().list(&ListQuery::default())?;
    let mut times = Times::new()?;
    for round in 0..bench.rounds(5) {
        let patch = RecordPatch {
            owner: Some(format!("Owner {round}")),
            ..RecordPatch::default()
        };
        library.roster().update(some, &patch)?;
        for word in TYPED {
            for end in 1..=word.chars().count() {
                let query = ListQuery {
                    text: word.chars().take(end).collect(),
                    ..ListQuery::default()
                };
                times.time(|| library.roster().list(&query))?;
            }
        }
    }
    Ok(times)
}
