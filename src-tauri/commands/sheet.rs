//! Commands about one character's sheet.

use ::sheet::vocabulary::Vocabulary;
use services::{
    Failure,
    wire::{EditOutcome, EditRequest, SheetView},
};
use tauri::State;

use crate::state::Shell;

/// Shows the newest version of a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_show(shell: State<'_, Shell>, id: String) -> Result<SheetView, Failure> {
    shell
        .serve("sheet_show", move |library| library.sheet().show(&id))
        .await
}

/// Shows a character as it was at a commit.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_show_at(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
) -> Result<SheetView, Failure> {
    shell
        .serve("sheet_show_at", move |library| {
            library.sheet().show_at(&id, &commit)
        })
        .await
}

/// Lists the names that forms offer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_vocabulary(shell: State<'_, Shell>) -> Result<Vocabulary, Failure> {
    shell
        .serve("sheet_vocabulary", |library| {
            Ok(library.sheet().vocabulary())
        })
        .await
}

/// Changes cells.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_edit(
    shell: State<'_, Shell>,
    request: EditRequest,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("sheet_edit", move |library| library.sheet().edit(&request))
        .await
}

/// Takes the last change back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_undo(
    shell: State<'_, Shell>,
    id: String,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("sheet_undo", move |library| library.sheet().undo(&id))
        .await
}

/// Makes the undone change again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_redo(
    shell: State<'_, Shell>,
    id: String,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("sheet_redo", move |library| library.sheet().redo(&id))
        .await
}

/// Puts a character back to what it was at a commit, as a new version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_rollback(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("sheet_rollback", move |library| {
            library.sheet().rollback(&id, &commit)
        })
        .await
}
