//! Commands about the compendium.

use services::{
    Failure,
    wire::{CompendiumEntry, CompendiumPage, CompendiumQuery},
};
use tauri::State;

use crate::state::Shell;

/// Searches the compendium.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compendium_search(
    shell: State<'_, Shell>,
    query: CompendiumQuery,
) -> Result<CompendiumPage, Failure> {
    shell
        .serve("compendium_search", move |library| {
            library.compendium().search(&query)
        })
        .await
}

/// Shows one thing of the compendium.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compendium_show(
    shell: State<'_, Shell>,
    kind: String,
    id: String,
) -> Result<CompendiumEntry, Failure> {
    shell
        .serve("compendium_show", move |library| {
            library.compendium().show(&kind, &id)
        })
        .await
}
