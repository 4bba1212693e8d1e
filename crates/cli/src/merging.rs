//! Commands about merging: of lines of a character, of conflicts that wait, and of files.

use std::collections::BTreeMap;

use services::exchange::{FileLabels, diff_files, load, merge_files, save};
use services::wire::{Decision, MergeAsk, Strategy};
use services::{Code, Failure};

use crate::args::Who;
use crate::args::merging::{DiffFile, Files, Merge, MergeFile, Merging, Resolve};
use crate::console::{Console, Trouble};
use crate::print;
use crate::session::Session;
use crate::sheet::value_of;

/// Does what was asked about merging in a library.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Merging) -> Result<(), Trouble> {
    match wanted {
        Merging::Merge(wanted) => merge(session, wanted),
        Merging::Conflicts(wanted) => conflicts(session, &wanted),
        Merging::Resolve(wanted) => resolve(session, &wanted),
    }
}

/// Does what was asked about files.
pub(crate) fn files(console: &mut Console, wanted: Files) -> Result<(), Trouble> {
    match wanted {
        Files::MergeFile(wanted) => merge_file(console, &wanted),
        Files::DiffFile(wanted) => diff_file(console, &wanted),
    }
}

fn merge(session: &mut Session<'_>, wanted: Merge) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let mut words = wanted.allow.into_iter();
    let mut allow = BTreeMap::new();
    while let (Some(key), Some(reason)) = (words.next(), words.next()) {
        allow.insert(key, reason);
    }
    let ask = MergeAsk {
        id: row.id,
        from: wanted.from,
        into: wanted.into,
        decisions: BTreeMap::new(),
        strategy: wanted.strategy.map(Into::into),
        allow,
        message: wanted.message,
    };
    if wanted.preview {
        let shown = library.history().merge_preview(&ask)?;
        return session.say(&shown, |paper| {
            print::merging::preview(paper, &shown, wanted.all);
        });
    }
    let done = library.history().merge(&ask)?;
    session.say(&done, |paper| {
        print::merging::done(paper, &done, wanted.all);
    })
}

fn conflicts(session: &mut Session<'_>, wanted: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let open = library.history().conflicts(&row.id)?;
    session.say(&open, |paper| print::merging::conflicts(paper, &open))
}

fn resolve(session: &mut Session<'_>, wanted: &Resolve) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let outcome = if wanted.cells.is_empty() {
        let strategy = match wanted.take.as_deref() {
            Some("ours" | "0") => Strategy::Ours,
            Some("theirs" | "1") => Strategy::Theirs,
            Some("base") => Strategy::Base,
            other => return Err(not_a_side(other.unwrap_or_default(), "base").into()),
        };
        let none = BTreeMap::new();
        library.history().resolve(&row.id, &none, Some(strategy))?
    } else {
        let taken = wanted.take.as_deref().map(decision).transpose()?;
        let decision = |cell: &String| {
            let typed = wanted.value.as_deref();
            let value = typed.map(|text| value_of(cell, text, false));
            taken.clone().unwrap_or(Decision::Value { value })
        };
        let cells = wanted.cells.iter();
        let decisions = cells.map(|cell| (cell.clone(), decision(cell))).collect();
        library.history().resolve(&row.id, &decisions, None)?
    };
    session.say(&outcome, |paper| print::outcome::outcome(paper, &outcome))
}

fn decision(take: &str) -> Result<Decision, Failure> {
    Ok(match take {
        "ours" => Decision::Side { side: 0 },
        "theirs" => Decision::Side { side: 1 },
        "base" => Decision::Base,
        "both" => Decision::Both,
        number => Decision::Side {
            side: number
                .parse()
                .map_err(|_| not_a_side(number, "base`, `both"))?,
        },
    })
}

fn not_a_side(word: &str, others: &str) -> Failure {
    Failure::new(
        Code::Invalid,
        format!("`{}` is no side.", print::words::line(word, 40)),
        format!("Take `ours`, `theirs`, `{others}`."),
    )
}

fn merge_file(console: &mut Console, wanted: &MergeFile) -> Result<(), Trouble> {
    let labels = FileLabels {
        ours: &wanted.ours_label,
        theirs: &wanted.theirs_label,
    };
    let merged = merge_files(
        &load(&wanted.base)?,
        &load(&wanted.ours)?,
        &load(&wanted.theirs)?,
        labels,
        wanted.strategy.map(Into::into),
    )?;
    let open = !merged.conflicts.is_empty();
    if wanted.stdout {
        console.hand_over(&merged.bytes)?;
    } else {
        save(&wanted.ours, &merged.bytes)?;
        let told = console.say(&merged, |paper| print::merging::file(paper, &merged));
        // The file is written: that conflicts are open in it says more than that nobody could be told.
        if !open {
            return told;
        }
    }
    match open {
        false => Ok(()),
        true => Err(Trouble::LeftOpen),
    }
}

fn diff_file(console: &mut Console, wanted: &DiffFile) -> Result<(), Trouble> {
    let found = diff_files(&load(&wanted.from)?, &load(&wanted.to)?)?;
    console.say(&found, |paper| {
        print::difference::files(paper, &found, wanted.consequences, wanted.raw);
    })
}
