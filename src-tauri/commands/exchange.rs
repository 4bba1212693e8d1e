//! Commands about files that go in and out. Their paths never come from the page: they come from dialogs and the desktop.

use std::path::PathBuf;

use services::{
    Failure, Library,
    wire::{ImportReport, Imported, ImportedAs, OnDuplicate},
};
use tauri::State;

use crate::{opened::EXTENSION, state::Shell};

/// Lets the person choose documents and takes them in; nothing if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_import(
    shell: State<'_, Shell>,
    on: Option<OnDuplicate>,
) -> Result<Option<ImportReport>, Failure> {
    let files = shell.documents_to_open("Import characters").await?;
    shell
        .serve("exchange_import", move |library| {
            import_files(library, &files, on)
        })
        .await
}

/// Takes in the documents that the desktop handed over; nothing if none wait.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_import_opened(
    shell: State<'_, Shell>,
    on: Option<OnDuplicate>,
) -> Result<Option<ImportReport>, Failure> {
    let files = shell.opened.take();
    shell
        .serve("exchange_import_opened", move |library| {
            import_files(library, &files, on)
        })
        .await
}

/// Takes in a document that was dropped on the window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_import_text(
    shell: State<'_, Shell>,
    text: String,
    on: Option<OnDuplicate>,
) -> Result<ImportReport, Failure> {
    let import = move |library: &Library| {
        library
            .exchange()
            .import(text.as_bytes(), on.unwrap_or_default())
    };
    shell.serve("exchange_import_text", import).await
}

/// Takes in the demo party.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_import_demo(shell: State<'_, Shell>) -> Result<ImportReport, Failure> {
    shell
        .serve("exchange_import_demo", |library| {
            library.exchange().import_demo()
        })
        .await
}

/// Writes a character to a file that the person chooses; tells which, or nothing if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_export(
    shell: State<'_, Shell>,
    id: String,
) -> Result<Option<String>, Failure> {
    let named = id.clone();
    let row = shell
        .serve("exchange_export", move |library| {
            library.roster().get(&named)
        })
        .await?;
    let name = format!("{}.{EXTENSION}", row.handle);
    let Some(file) = shell.document_to_save("Export the character", name).await? else {
        return Ok(None);
    };
    let export = move |library: &Library| {
        library.exchange().export_to(&[id], &file)?;
        Ok(Some(file.display().to_string()))
    };
    shell.serve("exchange_export", export).await
}

/// Takes in several files; one that cannot be read is told of in the report, beside what the others brought.
fn import_files(
    library: &Library,
    files: &[PathBuf],
    on: Option<OnDuplicate>,
) -> Result<Option<ImportReport>, Failure> {
    let mut all: Option<ImportReport> = None;
    for file in files {
        let report = library.exchange().import_file(file, on.unwrap_or_default());
        let report = report.unwrap_or_else(|failure| refused(file, failure));
        match &mut all {
            None => all = Some(report),
            Some(all) => {
                all.characters.extend(report.characters);
                all.notices.extend(report.notices);
            }
        }
    }
    Ok(all)
}

fn refused(file: &std::path::Path, failure: Failure) -> ImportReport {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let result = ImportedAs::Refused { failure };
    ImportReport {
        characters: vec![Imported {
            name,
            id: None,
            handle: None,
            result,
        }],
        notices: Vec::new(),
    }
}
