//! One writer: a durable commit beside the bare disk, an edit beside a commit, an edit beside libgit2.

use std::sync::Arc;
use std::time::Duration;

use crate::Bench;
use crate::disk::PreWritten;
use crate::documents::{Dice, large_sheet};
use crate::gitshelf::GitShelf;
use crate::report::Bound;
use crate::times::{Times, median, ratio, show};
use crate::writing::{Chain, Desk, large_sheets, open_library, open_vault};

/// What is measured in turns within a round.
struct Round {
    bare: Times,
    vault: Times,
    edit: Times,
}

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    against_the_disk(bench)?;
    against_git(bench)
}

fn against_the_disk(bench: &mut Bench) -> anyhow::Result<()> {
    let (rounds, turns) = (bench.rounds(7), bench.count(700));
    let mut bare = PreWritten::create(&bench.place("bare"), 32 << 20)?;
    let vault = open_vault(&bench.place("commit-vault"))?;
    let library = Arc::new(open_library(&bench.place("commit-library"))?);
    let id = large_sheets(&library, 1)?;
    let mut desk = Desk::at(&library, &id[0])?;
    let (mut chain, mut dice) = (Chain::begin(), Dice::new(11));
    let mut record = 0;
    let mut done = Vec::new();
    for round in 0..=rounds {
        let mut times = Round {
            bare: Times::new()?,
            vault: Times::new()?,
            edit: Times::new()?,
        };
        // The first round warms up: files grow, caches fill, the applier starts.
        let turns = if round == 0 { turns.min(100) } else { turns };
        for _ in 0..turns {
            let entry = chain.next_two_kilobytes(&mut dice)?;
            record = times.vault.time(|| vault.append(entry))?.bytes;
            let noise = dice.noise(record as usize).into_bytes();
            times.bare.time(|| bare.write(&noise))?;
            let request = desk.request();
            let outcome = times.edit.time(|| library.sheet().edit(&request))?;
            desk.take(outcome)?;
        }
        if round > 0 {
            done.push(times);
        }
    }
    vault.close()?;
    drop((desk, library));

    let over =
        |figure: &dyn Fn(&Round) -> f64| median(&done.iter().map(figure).collect::<Vec<_>>());
    let micros = |figure: &dyn Fn(&Round) -> Duration| {
        Duration::from_secs_f64(over(&|round| figure(round).as_secs_f64()))
    };
    let bare = (micros(&|r| r.bare.p50()), micros(&|r| r.bare.p99()));
    let own = (micros(&|r| r.vault.p50()), micros(&|r| r.vault.p99()));
    let edit = (micros(&|r| r.edit.p50()), micros(&|r| r.edit.p99()));
    let report = &mut bench.report;
    let value = over(&|r| ratio(r.vault.p50(), r.bare.p50()));
    report.add(
        format!(
            "durable commit of a {:.1} KB record, beside write + fdatasync into a pre-written file",
            f64::from(record) / 1e3
        ),
        format!("{value:.2}x ({} beside {})", show(own.0), show(bare.0)),
        Bound::at_most("1.4x", value, 1.4),
    );
    let value = over(&|r| ratio(r.vault.p99(), r.vault.p50()));
    report.add(
        "its p99, beside its p50",
        format!(
            "{value:.1}x ({}; the bare disk's {})",
            show(own.1),
            show(bare.1)
        ),
        Bound::at_most("3x", value, 3.0),
    );
    let value = over(&|r| (r.edit.p50().as_secs_f64() - r.vault.p50().as_secs_f64()) * 1e6);
    report.add(
        "edit of one cell in a 40 KB sheet, whole, over that commit",
        format!("+{value:.0} us ({} beside {})", show(edit.0), show(own.0)),
        Bound::at_most("300 us more", value, 300.0),
    );
    let value = over(&|r| ratio(r.edit.p99(), r.edit.p50()));
    report.add(
        "its p99, beside its p50",
        format!("{value:.1}x ({})", show(edit.1)),
        Bound::at_most("3x", value, 3.0),
    );
    for folder in ["commit-vault", "commit-library"] {
        bench.clear(folder)?;
    }
    Ok(())
}

fn against_git(bench: &mut Bench) -> anyhow::Result<()> {
    let (rounds, turns) = (bench.rounds(5), bench.count(200));
    let library = Arc::new(open_library(&bench.place("git-library"))?);
    let id = large_sheets(&library, 1)?;
    let mut desk = Desk::at(&library, &id[0])?;
    let mut shelf = GitShelf::create(&bench.place("git-shelf"))?;
    let mut sheet = large_sheet("sorrel")?;
    let (mut ratios, mut git, mut edit) = (Vec::new(), Times::new()?, Times::new()?);
    for round in 0..=rounds {
        let (mut git_here, mut edit_here) = (Times::new()?, Times::new()?);
        for turn in 0..turns {
            let (cell, value) = crate::documents::small_edit(round * turns + turn);
            if let Some(slot) = sheet.pointer_mut(cell) {
                *slot = value;
            }
            let saved = git_here.time(|| -> anyhow::Result<()> {
                let bytes = serde_json::to_vec_pretty(&sheet)?;
                Ok(shelf.commit(&bytes)?)
            });
            saved?;
            edit_here.time(|| desk.edit())?;
        }
        if round > 0 {
            ratios.push(ratio(git_here.p50(), edit_here.p50()));
            git.merge(&git_here)?;
            edit.merge(&edit_here)?;
        }
    }
    let value = median(&ratios);
    bench.report.add(
        "the same edit, beside libgit2 in process (which does not sync)",
        format!(
            "{value:.1}x as fast ({} beside {})",
            show(edit.p50()),
            show(git.p50())
        ),
        Bound::at_least("3x as fast", value, 3.0),
    );
    drop((desk, library, shelf));
    for folder in ["git-library", "git-shelf"] {
        bench.clear(folder)?;
    }
    Ok(())
}
