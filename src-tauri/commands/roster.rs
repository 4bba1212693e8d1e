//! Commands about the library's characters.

use std::sync::Arc;

use services::{
    Failure,
    wire::{CharacterRow, ListQuery, NewCharacter, QuickCharacter, RosterPage, SheetView},
};
use tauri::State;

use crate::state::Shell;

/// Lists the characters that a query finds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_list(
    shell: State<'_, Shell>,
    query: ListQuery,
) -> Result<Arc<RosterPage>, Failure> {
    shell
        .serve("roster_list", move |library| library.roster().list(&query))
        .await
}

/// Gives one character's row.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_get(
    shell: State<'_, Shell>,
    id: String,
) -> Result<CharacterRow, Failure> {
    shell
        .serve("roster_get", move |library| library.roster().get(&id))
        .await
}

/// Makes a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_create(
    shell: State<'_, Shell>,
    character: NewCharacter,
) -> Result<SheetView, Failure> {
    shell
        .serve("roster_create", move |library| {
            library.roster().create(&character)
        })
        .await
}

/// Makes a character that begins as another one is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_duplicate(
    shell: State<'_, Shell>,
    id: String,
) -> Result<SheetView, Failure> {
    shell
        .serve("roster_duplicate", move |library| {
            library.roster().duplicate(&id)
        })
        .await
}

/// Takes a character out of play, without losing anything of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_archive(
    shell: State<'_, Shell>,
    id: String,
) -> Result<CharacterRow, Failure> {
    shell
        .serve("roster_archive", move |library| {
            library.roster().archive(&id)
        })
        .await
}

/// Brings an archived character back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_restore(
    shell: State<'_, Shell>,
    id: String,
) -> Result<CharacterRow, Failure> {
    shell
        .serve("roster_restore", move |library| {
            library.roster().restore(&id)
        })
        .await
}

/// Makes a whole character at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roster_quick(
    shell: State<'_, Shell>,
    character: QuickCharacter,
) -> Result<SheetView, Failure> {
    shell
        .serve("roster_quick", move |library| {
            library.roster().quick(&character)
        })
        .await
}
