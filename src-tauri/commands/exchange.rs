//! Commands about files that go in and out. Their paths never come from the page: they come from dialogs and the desktop.

use serde::Deserialize;
use services::{
    Code, Failure, Library,
    exchange::Incoming,
    wire::{FileLook, ImportReport, OnDuplicate},
};
use specta::Type;
use tauri::State;

use crate::{opened::EXTENSION, state::Shell};

/// Lets the person choose documents and looks at each; they wait to be taken in. Nothing if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_look(
    shell: State<'_, Shell>,
) -> Result<Option<Vec<FileLook>>, Failure> {
    let files = shell.documents_to_open("Import characters").await?;
    if files.is_empty() {
        return Ok(None);
    }
    let files = files.into_iter().map(Incoming::File).collect();
    look(&shell, "exchange_look", files).await.map(Some)
}

/// Looks at documents that were dropped on the window; they wait to be taken in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_look_at(
    shell: State<'_, Shell>,
    files: Vec<DroppedFile>,
) -> Result<Vec<FileLook>, Failure> {
    let content = |file: DroppedFile| Incoming::Content {
        name: file.name,
        bytes: file.text.into_bytes(),
    };
    let files = files.into_iter().map(content).collect();
    look(&shell, "exchange_look_at", files).await
}

/// Takes in the documents that were looked at last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_import(
    shell: State<'_, Shell>,
    on: Option<OnDuplicate>,
) -> Result<ImportReport, Failure> {
    let files = shell.incoming.take();
    shell
        .serve("exchange_import", move |library| {
            Ok(library.exchange().take_in(&files, on.unwrap_or_default()))
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
    let waiting = shell.opened.take();
    if waiting.is_empty() {
        return Ok(None);
    }
    let files: Vec<Incoming> = waiting.iter().cloned().map(Incoming::File).collect();
    let done = shell
        .serve("exchange_import_opened", move |library| {
            let report = library.exchange().take_in(&files, on.unwrap_or_default());
            Ok(Some(report))
        })
        .await;
    // A library that is closed, or busy, takes them in later; what broke on them would break again.
    if done
        .as_ref()
        .is_err_and(|failure| failure.code != Code::Internal)
    {
        shell.opened.add(waiting);
    }
    done
}

/// A document that was dropped on the window.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct DroppedFile {
    /// Its name.
    name: String,
    /// What is in it.
    text: String,
}

/// Looks at files and lets them wait.
async fn look(
    shell: &Shell,
    command: &'static str,
    files: Vec<Incoming>,
) -> Result<Vec<FileLook>, Failure> {
    let files = shell.incoming.put(files);
    shell
        .serve(command, move |library| Ok(library.exchange().look(&files)))
        .await
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
