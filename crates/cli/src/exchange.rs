//! Commands about files that go in and out.

use std::io::{self, Read};
use std::path::Path;

use serde_json::json;
use services::exchange::MAX_FILE;
use services::wire::{ImportReport, ImportedAs};
use services::{Code, Failure, Library};

use crate::args::exchange::{Export, Import};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Takes in files, or the demo party; a file that cannot be read does not keep out the others.
pub(crate) fn import(session: &mut Session<'_>, wanted: &Import) -> Result<(), Trouble> {
    if wanted.preview {
        return preview(session, wanted);
    }
    let library = session.library()?;
    let mut all = ImportReport {
        characters: Vec::new(),
        notices: Vec::new(),
    };
    let mut failures = Vec::new();
    if wanted.demo {
        all = library.exchange().import_demo()?;
    }
    for file in &wanted.files {
        match import_file(&library, file, wanted) {
            Ok(report) => {
                all.characters.extend(report.characters);
                all.notices.extend(report.notices);
            }
            Err(failure) => failures.push(of_file(file, failure)),
        }
    }
    failures.extend(
        all.characters
            .iter()
            .filter_map(|character| match &character.result {
                ImportedAs::Refused { failure } => Some(Failure {
                    message: format!("{} was left out: {}", character.name, failure.message),
                    ..failure.clone()
                }),
                _ => None,
            }),
    );
    session.say(&all, |paper| print::exchange::report(paper, &all))?;
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Failures(failures))
    }
}

/// Tells what becomes of files, and takes nothing in.
fn preview(session: &mut Session<'_>, wanted: &Import) -> Result<(), Trouble> {
    let library = session.library()?;
    let mut previews = Vec::new();
    let mut failures = Vec::new();
    for file in &wanted.files {
        let read_as = wanted.read_as.into();
        let looked = if file.as_os_str() == "-" {
            standard_input().and_then(|bytes| library.exchange().preview(&bytes, "", read_as))
        } else {
            library.exchange().preview_file(file, read_as)
        };
        match looked {
            Ok(preview) => previews.push(preview),
            Err(failure) => failures.push(of_file(file, failure)),
        }
    }
    session.say(&previews, |paper| {
        for preview in &previews {
            print::exchange::preview(paper, preview);
        }
    })?;
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Failures(failures))
    }
}

fn import_file(library: &Library, file: &Path, wanted: &Import) -> Result<ImportReport, Failure> {
    let (read_as, on) = (wanted.read_as.into(), wanted.on_duplicate.into());
    if file.as_os_str() != "-" {
        return library.exchange().import_file_as(file, read_as, on);
    }
    let bytes = standard_input()?;
    library.exchange().import_as(&bytes, "", read_as, on)
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte past the limit is enough for the services to refuse it.
    io::stdin()
        .lock()
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::new(
                Code::Invalid,
                format!("Standard input cannot be read: {error}."),
                "",
            )
        })?;
    Ok(bytes)
}

/// Says which of several files a failure is about.
fn of_file(file: &Path, failure: Failure) -> Failure {
    let name = file.display().to_string();
    if failure.message.contains(&name) {
        return failure;
    }
    Failure {
        message: format!("{name}: {}", failure.message),
        ..failure
    }
}

/// Writes characters to a file or to standard output.
pub(crate) fn export(session: &mut Session<'_>, wanted: &Export) -> Result<(), Trouble> {
    let mut ids = Vec::new();
    for name in &wanted.names {
        ids.push(session.find(name)?.1.id);
    }
    let library = session.library()?;
    match wanted
        .output
        .as_deref()
        .filter(|file| file.as_os_str() != "-")
    {
        None => {
            let bytes = library.exchange().export(&ids)?;
            session.hand_over(&bytes)
        }
        Some(file) => {
            library.exchange().export_to(&ids, file)?;
            let written = json!({ "file": file.display().to_string(), "characters": ids });
            session.say(&written, |paper| {
                print::exchange::exported(paper, ids.len(), file)
            })
        }
    }
}
