//! Fresh processes: this program started again, for what only a process without memories can tell.
//!
//! A fresh process takes a task and a library's folder on its command line and answers with one line of JSON.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use services::wire::ListQuery;
use services::{Clock, SystemClock};
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

use crate::writing::{Desk, open_library};

/// The word before a task on the command line.
pub const FLAG: &str = "--fresh";

/// What a fresh process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Opens the library, asks for the first page, then for one sheet, and closes.
    Open,
    /// Builds the index anew, and closes.
    Rebuild,
    /// Edits without end; it waits to be killed.
    Edit,
}

impl Task {
    fn word(self) -> &'static str {
        match self {
            Task::Open => "open",
            Task::Rebuild => "rebuild",
            Task::Edit => "edit",
        }
    }

    fn named(word: &str) -> Option<Task> {
        [Task::Open, Task::Rebuild, Task::Edit]
            .into_iter()
            .find(|task| task.word() == word)
    }
}

/// What a fresh process measured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// From the call to the open library.
    pub open: Duration,
    /// The first page after that.
    pub page: Duration,
    /// The first sheet after that, derived and explained.
    pub sheet: Duration,
    /// The memory in use then, in bytes.
    pub memory: u64,
    /// How many characters the page told of.
    pub characters: u32,
    /// How many records the index was built from.
    pub replayed: u64,
}

/// Starts a fresh process on a library and gives what it measured.
///
/// # Errors
/// A process that fails.
pub fn run(task: Task, folder: &Path, sheet: &str) -> anyhow::Result<Told> {
    let out = command(task, folder, sheet)?
        .stderr(Stdio::inherit())
        .output()?;
    if !out.status.success() {
        bail!("a fresh process failed to {}", task.word());
    }
    let text = String::from_utf8(out.stdout)?;
    serde_json::from_str(text.trim()).with_context(|| format!("it answered `{text}`"))
}

/// Has a fresh process edit a sheet for a while, and kills it in the middle.
///
/// # Errors
/// A process that fails before it is killed.
pub fn kill_while_editing(folder: &Path, sheet: &str, after: Duration) -> anyhow::Result<()> {
    let mut child = command(Task::Edit, folder, sheet)?
        .stdout(Stdio::piped())
        .spawn()?;
    let started = wait_for_word(&mut child);
    if started.is_ok() {
        std::thread::sleep(after);
    }
    child.kill()?;
    child.wait()?;
    started?;
    if folder.join("clean").exists() {
        bail!("the library was closed properly in spite of the kill");
    }
    Ok(())
}

fn wait_for_word(child: &mut Child) -> anyhow::Result<()> {
    let out = child.stdout.take().context("it has no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    match line.trim() {
        "editing" => Ok(()),
        other => bail!("a fresh process failed to edit: `{other}`"),
    }
}

fn command(task: Task, folder: &Path, sheet: &str) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([FLAG, task.word()]).arg(folder).arg(sheet);
    Ok(command)
}

/// Does a task in this process and writes the answer; `arguments` are those behind [`FLAG`].
///
/// # Errors
/// Arguments that are no task, a library that cannot be opened.
pub fn answer(arguments: &[String], out: &mut dyn Write) -> anyhow::Result<()> {
    let [task, folder, sheet] = arguments else {
        bail!("{FLAG} takes a task, a folder and a character");
    };
    let folder = Path::new(folder);
    let told = match Task::named(task).with_context(|| format!("no task is called {task}"))? {
        Task::Open => open(folder, sheet)?,
        Task::Rebuild => rebuild(folder)?,
        Task::Edit => {
            let library = Arc::new(open_library(folder)?);
            let mut desk = Desk::at(&library, sheet)?;
            desk.edit()?;
            writeln!(out, "editing")?;
            out.flush()?;
            loop {
                desk.edit()?;
            }
        }
    };
    writeln!(out, "{}", serde_json::to_string(&told)?)?;
    Ok(())
}

fn open(folder: &Path, sheet: &str) -> anyhow::Result<Told> {
    let started = Instant::now();
    let library = open_library(folder)?;
    let open = started.elapsed();
    let started = Instant::now();
    let listed = library.roster().list(&ListQuery::default())?;
    let page = started.elapsed();
    let started = Instant::now();
    if !sheet.is_empty() {
        library.sheet().show(sheet)?;
    }
    Ok(Told {
        open,
        page,
        sheet: started.elapsed(),
        memory: memory()?,
        characters: listed.library_total,
        ..Told::default()
    })
}

fn rebuild(folder: &Path) -> anyhow::Result<Told> {
    let options = vault::Options {
        rebuild_index: true,
        ..vault::Options::new(SystemClock.now())
    };
    let started = Instant::now();
    let opened = vault::Vault::open(folder, options)?;
    let open = started.elapsed();
    if opened.report.rebuilt.is_none() {
        bail!("the index was not built anew");
    }
    let memory = memory()?;
    opened.vault.close()?;
    Ok(Told {
        open,
        memory,
        replayed: opened.report.replayed,
        ..Told::default()
    })
}

/// Gives the memory this process has in use, in bytes.
fn memory() -> anyhow::Result<u64> {
    let own = sysinfo::get_current_pid().map_err(|why| anyhow::anyhow!("no own process: {why}"))?;
    let mut system = System::new()?;
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[own]),
        false,
        ProcessRefreshKind::nothing().with_memory(),
    );
    let process = system.process(own).context("this process is not listed")?;
    Ok(process.memory())
}
