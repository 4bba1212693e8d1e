//! Measures the README's figures and prints the table: `figures --help`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use forkbeard_benches::{Bench, figures, fresh};
use sysinfo::System;

/// The same as the application's, or the figures would not be its.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const HELP: &str = "\
Measures what the README's table shows, each figure beside its yardstick, and writes the table to artifacts/bench.md.

  --quick        a tenth of the work: for a first look; bounds say little then
  --scale N      a share of the work: 1 is all, 10 a tenth
  --only WORD    only the groups whose name contains the word (commit, writers, open, roster, edits, index, pure, rules, lines, merging); may be repeated
  --folder DIR   measure on this disk (default: target/bench in the repository)
  --out FILE     write the table there
  --strict       end with 1 if a bound is missed
";

struct Arguments {
    scale: usize,
    only: Vec<String>,
    folder: PathBuf,
    out: PathBuf,
    strict: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout();
    if words.first().is_some_and(|word| word == fresh::FLAG) {
        fresh::answer(&words[1..], &mut out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(arguments) = read(words)? else {
        write!(out, "{HELP}")?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut bench = Bench::new(&arguments.folder, arguments.scale)?;
    let about = about(&bench)?;
    writeln!(out, "{about}\n")?;
    for (name, measure) in figures::GROUPS {
        if !arguments.only.is_empty()
            && !arguments
                .only
                .iter()
                .any(|word| name.contains(word.as_str()))
        {
            continue;
        }
        let first = bench.report.rows().len();
        measure(&mut bench).with_context(|| format!("while measuring {name}"))?;
        writeln!(out, "{}", bench.report.to_text(first))?;
    }
    let report = &bench.report;
    let bounds = report
        .rows()
        .iter()
        .filter(|row| row.bound.is_some())
        .count();
    writeln!(out, "{} of {bounds} bounds met", bounds - report.missed())?;
    if let Some(folder) = arguments.out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&arguments.out, report.to_markdown(&about))
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    writeln!(out, "written to {}", arguments.out.display())?;
    Ok(if arguments.strict && report.missed() > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Reads the command line; `None` where only help was asked for.
fn read(words: Vec<String>) -> anyhow::Result<Option<Arguments>> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut read = Arguments {
        scale: 1,
        only: Vec::new(),
        folder: root.join("target/bench"),
        out: root.join("artifacts/bench.md"),
        strict: false,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || {
            let next = words.next();
            next.with_context(|| format!("{word} wants a value"))
        };
        match word.as_str() {
            "--quick" => read.scale = 10,
            "--scale" => read.scale = value()?.parse().context("--scale wants a number")?,
            "--only" => read.only.push(value()?),
            "--folder" => read.folder = value()?.into(),
            "--out" => read.out = value()?.into(),
            "--strict" => read.strict = true,
            "--help" | "-h" => return Ok(None),
            // Cargo adds it to whatever it runs as a bench.
            "--bench" => {}
            other => bail!("{other} is no option; --help lists them"),
        }
    }
    Ok(Some(read))
}

/// Says what is measured on.
fn about(bench: &Bench) -> anyhow::Result<String> {
    let system = System::new_all()?;
    let processor = system.cpus().first().map_or("", |cpu| cpu.brand());
    let how = if bench.is_small() {
        "A small run: bounds say little."
    } else {
        "A whole run."
    };
    Ok(format!(
        "{} processors ({processor}), {} of memory, {}; load {:.1} at the start. {how}",
        system.cpus().len(),
        figures::megabytes(system.total_memory()),
        System::long_os_version().unwrap_or_default(),
        System::load_average()?.one,
    ))
}
