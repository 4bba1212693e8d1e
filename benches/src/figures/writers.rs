//! Many at once: eight writers beside what sharing syncs can reach, and reading while four write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use services::Library;

use crate::Bench;
use crate::disk::{PreWritten, group_commit};
use crate::documents::Dice;
use crate::figures::thousands;
use crate::report::Bound;
use crate::times::{Times, median, show};
use crate::writing::{Chain, Desk, edit_at_once, large_sheets, open_library, open_vault};

const WRITERS: usize = 8;
/// How far apart a reader's looks are: about as often as a window asks.
const LOOK_EVERY: Duration = Duration::from_millis(1);

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    vault(bench)?;
    library(bench)?;
    reading(bench)
}

/// Gives how many per second.
fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(1e-9)
}

fn vault(bench: &mut Bench) -> anyhow::Result<()> {
    let (rounds, each) = (bench.rounds(5), bench.count(1_500));
    let vault = open_vault(&bench.place("writers-vault"))?;
    let mut bare = PreWritten::create(&bench.place("bare"), 64 << 20)?;
    let mut chains: Vec<_> = (0..WRITERS)
        .map(|n| (Chain::begin(), Dice::new(100 + n as u64)))
        .collect();
    let (mut ratios, mut own_rates, mut limits) = (Vec::new(), Vec::new(), Vec::new());
    let mut record = 2_048;
    for round in 0..=rounds {
        // Made beforehand: the limit beside it makes none either.
        let made = chains
            .iter_mut()
            .map(|(chain, dice)| {
                (0..each)
                    .map(|_| chain.next_two_kilobytes(dice))
                    .collect::<anyhow::Result<Vec<_>>>()
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let started = Instant::now();
        record = thread::scope(|scope| -> anyhow::Result<u32> {
            let running: Vec<_> = made
                .into_iter()
                .map(|entries| {
                    let vault = &vault;
                    scope.spawn(move || -> anyhow::Result<u32> {
                        let mut bytes = 0;
                        for entry in entries {
                            bytes = vault.append(entry)?.bytes;
                        }
                        Ok(bytes)
                    })
                })
                .collect();
            let mut bytes = 0;
            for writer in running {
                let done = writer.join();
                bytes = done.map_err(|_| anyhow::anyhow!("a writer failed"))??;
            }
            Ok(bytes)
        })?;
        let own = rate(WRITERS * each, started.elapsed());
        let buffer = Dice::new(7).noise(record as usize).into_bytes();
        let started = Instant::now();
        bare = group_commit(bare, WRITERS, each, &buffer)?;
        let limit = rate(WRITERS * each, started.elapsed());
        if round > 0 {
            ratios.push(own / limit);
            own_rates.push(own);
            limits.push(limit);
        }
    }
    let stats = vault.stats();
    vault.close()?;
    let value = median(&ratios);
    bench.report.add(
        format!(
            "eight writers, commits of {:.1} KB, beside a bare group commit of as many bytes",
            f64::from(record) / 1e3
        ),
        format!(
            "{value:.2}x ({}/s beside {}/s; {:.1} a group)",
            thousands(median(&own_rates) as usize),
            thousands(median(&limits) as usize),
            stats.appends as f64 / stats.groups.max(1) as f64,
        ),
        Bound::at_least("0.5x", value, 0.5),
    );
    bench.clear("writers-vault")
}

fn library(bench: &mut Bench) -> anyhow::Result<()> {
    let (rounds, each) = (bench.rounds(5), bench.count(500));
    let library = Arc::new(open_library(&bench.place("writers-library"))?);
    let ids = large_sheets(&library, WRITERS)?;
    let mut bare = PreWritten::create(&bench.place("bare"), 64 << 20)?;
    let sheet = history::to_canonical_json(&crate::documents::large_sheet("sorrel")?);
    let (mut ratios, mut whole, mut own_rates, mut limits) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut record = 0;
    for round in 0..=rounds {
        let before = written(&library)?;
        let started = Instant::now();
        edit_at_once(&library, &ids, WRITERS, each)?;
        let own = rate(WRITERS * each, started.elapsed());
        let after = written(&library)?;
        record = ((after.1 - before.1) / (after.0 - before.0).max(1.0)) as usize;
        let buffer = Dice::new(7).noise(record).into_bytes();
        let started = Instant::now();
        bare = group_commit(bare, WRITERS, each, &buffer)?;
        let limit = rate(WRITERS * each, started.elapsed());
        let started = Instant::now();
        bare = group_commit(bare, WRITERS, each, &sheet)?;
        let limit_whole = rate(WRITERS * each, started.elapsed());
        if round > 0 {
            ratios.push(own / limit);
            whole.push(own / limit_whole);
            own_rates.push(own);
            limits.push(limit);
        }
    }
    let value = median(&ratios);
    bench.report.add(
        format!("eight people editing 40 KB sheets, whole edits ({record} B each), beside a bare group commit of as many bytes"),
        format!(
            "{value:.2}x ({}/s beside {}/s; {:.2}x beside one of the whole sheets)",
            thousands(median(&own_rates) as usize),
            thousands(median(&limits) as usize),
            median(&whole),
        ),
        Bound::at_least("0.5x", value, 0.5),
    );
    drop(library);
    bench.clear("writers-library")
}

/// Gives how many records and how many bytes were appended so far.
fn written(library: &Library) -> anyhow::Result<(f64, f64)> {
    let store = library.health().view()?.figures.store;
    Ok((f64::from(store.appends), store.appended_bytes))
}

fn reading(bench: &mut Bench) -> anyhow::Result<()> {
    let looks = bench.count(5_000);
    let library = Arc::new(open_library(&bench.place("reading"))?);
    let ids = large_sheets(&library, 8)?;
    for id in &ids {
        library.sheet().show(id)?;
    }
    let stop = AtomicBool::new(false);
    let (paced, unbroken, edits) = thread::scope(|scope| -> anyhow::Result<_> {
        let writers: Vec<_> = ids[..4]
            .iter()
            .map(|id| {
                let (library, stop) = (&library, &stop);
                scope.spawn(move || -> anyhow::Result<usize> {
                    let mut desk = Desk::at(library, id)?;
                    let mut edits = 0;
                    while !stop.load(Ordering::Relaxed) {
                        desk.edit()?;
                        edits += 1;
                    }
                    Ok(edits)
                })
            })
            .collect();
        let started = Instant::now();
        let paced = look(&library, &ids, looks, LOOK_EVERY);
        let took = started.elapsed();
        let unbroken = look(&library, &ids, looks, Duration::ZERO);
        let all = started.elapsed();
        stop.store(true, Ordering::Relaxed);
        let mut edits = 0;
        for writer in writers {
            let done = writer.join();
            edits += done.map_err(|_| anyhow::anyhow!("a writer failed"))??;
        }
        let paced_edits = rate(edits, all) * took.as_secs_f64();
        Ok((paced?, unbroken?, rate(paced_edits as usize, took)))
    })?;
    let value = paced.p99().as_secs_f64() * 1e3;
    bench.report.add(
        "reading a sheet while four write, p99",
        format!(
            "{} (p50 {}, {} edits/s beside it; without a pause between reads {})",
            show(paced.p99()),
            show(paced.p50()),
            thousands(edits as usize),
            show(unbroken.p99()),
        ),
        Bound::at_most("1 ms", value, 1.0),
    );
    drop(library);
    bench.clear("reading")
}

/// Reads sheets in turns: those being written and those that are not.
fn look(library: &Library, ids: &[String], looks: usize, every: Duration) -> anyhow::Result<Times> {
    let mut times = Times::new()?;
    for n in 0..looks {
        times.time(|| library.sheet().show(&ids[n % ids.len()]))?;
        if !every.is_zero() {
            thread::sleep(every);
        }
    }
    Ok(times)
}
