//! The command that checks a pack of one's own: its files one by one, then all of it beside the content of the program.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rules::Content;
use rules::content::{MAX_PACK_BYTES, PackFile, Problem, read_pack};
use serde::Serialize;
use services::{Code, Failure};

use crate::console::{Console, Trouble};
use crate::print;

/// How many problems are told; more are counted.
const TOLD: usize = 100;

/// What a pack holds, and what is wrong with it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Report {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// How many files it has.
    pub(crate) files: usize,
    /// How many things of each kind it holds.
    pub(crate) things: BTreeMap<String, usize>,
    /// What is wrong.
    pub(crate) problems: Vec<Wrong>,
}

/// One thing that is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Wrong {
    /// The file, or the kind of thing where all files are one.
    file: String,
    /// The line of the file, or the thing.
    place: String,
    /// What is wrong, and what would be right.
    message: String,
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Wrong {
        Wrong {
            file: problem.file,
            place: problem.place,
            message: problem.message,
        }
    }
}

/// Checks a pack; whatever is wrong with it is refused, each with its place.
pub(crate) fn check(console: &mut Console, folder: &Path) -> Result<(), Trouble> {
    let files = read(folder)?;
    let texts = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let mut report = Report {
        files: files.len(),
        ..Report::default()
    };
    match read_pack(texts) {
        Ok(pack) => look_at(pack, &mut report)?,
        Err(problems) => report.problems = problems.into_iter().map(Wrong::from).collect(),
    }
    console.say(&report, |paper| print::compendium::pack(paper, &report))?;
    if report.problems.is_empty() {
        return Ok(());
    }
    let mut failures: Vec<Failure> = report.problems.iter().take(TOLD).map(failure).collect();
    let untold = report.problems.len().saturating_sub(TOLD);
    if untold > 0 {
        let message = format!("{untold} problems more.");
        failures.push(Failure::new(Code::Invalid, message, "Mend these first."));
    }
    Err(Trouble::Failures(failures))
}

/// Looks at a pack that could be read: what it holds, and whether it fits what it is put beside.
fn look_at(pack: PackFile, report: &mut Report) -> Result<(), Failure> {
    let tables = serde_json::to_value(&pack).map_err(Failure::internal)?;
    for (kind, list) in tables.as_object().into_iter().flatten() {
        let count = list.as_array().map_or(0, Vec::len);
        if count > 0 {
            report.things.insert(kind.clone(), count);
        }
    }
    match &pack.pack {
        Some(head) => {
            report.name.clone_from(&head.name);
            report.version.clone_from(&head.version);
            for (name, value) in [
                ("id", &head.id),
                ("name", &head.name),
                ("version", &head.version),
            ] {
                if value.trim().is_empty() {
                    report.problems.push(Wrong {
                        file: "pack".to_owned(),
                        place: name.to_owned(),
                        message: "a pack tells its id, its name and its version".to_owned(),
                    });
                }
            }
        }
        None => report.problems.push(Wrong {
            file: "pack".to_owned(),
            place: String::new(),
            message:
                "no file says what the pack is: begin one with `[pack]`, `id`, `name` and `version`"
                    .to_owned(),
        }),
    }
    let mut content = Content::srd().clone();
    content.add(pack);
    let problems = content.problems().into_iter().map(Wrong::from);
    report.problems.extend(problems);
    Ok(())
}

fn failure(wrong: &Wrong) -> Failure {
    let place = [wrong.file.as_str(), wrong.place.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let message = format!("{}: {}", place.join(", "), wrong.message);
    Failure::new(Code::Invalid, print::words::line(&message, 400), "")
}

/// Reads the TOML files of a folder, in the order of their names, or one file.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut paths: Vec<PathBuf> = if folder.is_file() {
        vec![folder.to_owned()]
    } else {
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        let paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable(folder, &error))?;
        let toml =
            |path: &PathBuf| path.extension().is_some_and(|end| end == "toml") && path.is_file();
        paths.into_iter().filter(toml).collect()
    };
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::new(
            Code::NotFound,
            format!("`{}` holds no TOML files.", shown(folder)),
            "Name the folder of a pack.",
        ));
    }
    let mut room = MAX_PACK_BYTES as u64;
    let mut files = Vec::new();
    for path in paths {
        let mut bytes = Vec::new();
        // One byte past the limit is enough to refuse it.
        let read = File::open(&path).and_then(|file| file.take(room + 1).read_to_end(&mut bytes));
        let read = read.map_err(|error| unreadable(&path, &error))? as u64;
        let Some(left) = room.checked_sub(read) else {
            return Err(Failure::new(
                Code::TooLarge,
                format!(
                    "The files of a pack may have {} MB together; `{}` goes beyond.",
                    MAX_PACK_BYTES / 1024 / 1024,
                    shown(&path)
                ),
                "Split it into several packs.",
            ));
        };
        room = left;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new(
                Code::Invalid,
                format!("`{}` is no text in UTF-8.", shown(&path)),
                "Save it as UTF-8.",
            )
        })?;
        files.push((name.into_owned(), text));
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::NotFound => Code::NotFound,
        _ => Code::Invalid,
    };
    let hint = "Name the folder of a pack.";
    Failure::new(
        code,
        format!("`{}` cannot be read: {error}.", shown(path)),
        hint,
    )
}

fn shown(path: &Path) -> String {
    print::words::line(&path.to_string_lossy(), 120)
}
