//! Commands about what was.

use services::{
    Failure,
    wire::{ChangeLine, Difference, HistoryPage},
};
use tauri::State;

use crate::state::Shell;

/// Lists the versions of a character, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_list(
    shell: State<'_, Shell>,
    id: String,
    from: Option<String>,
    limit: u32,
    cell: Option<String>,
) -> Result<HistoryPage, Failure> {
    let list = move |library: &services::Library| {
        library
            .history()
            .list(&id, from.as_deref(), limit, cell.as_deref())
    };
    shell.serve("history_list", list).await
}

/// Tells how two versions of a character differ.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_compare(
    shell: State<'_, Shell>,
    id: String,
    from: String,
    to: String,
) -> Result<Vec<ChangeLine>, Failure> {
    shell
        .serve("history_compare", move |library| {
            library.history().compare(&id, &from, &to)
        })
        .await
}

/// Tells how two versions of a character differ: what people changed, and what the rules made of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_difference(
    shell: State<'_, Shell>,
    id: String,
    from: String,
    to: String,
) -> Result<Difference, Failure> {
    shell
        .serve("history_difference", move |library| {
            library.history().difference(&id, &from, &to)
        })
        .await
}
