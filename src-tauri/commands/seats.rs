//! Commands about who sits at this computer, and what the table leaves to whom.

use services::{
    Failure,
    wire::{Role, TableRules, TableView},
};
use tauri::State;

use crate::state::Shell;

/// Shows the seats and the rules of the table.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_view(shell: State<'_, Shell>) -> Result<TableView, Failure> {
    shell
        .serve("seats_view", |library| library.seats().view())
        .await
}

/// Adds a seat.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_add(
    shell: State<'_, Shell>,
    name: String,
    role: Role,
) -> Result<TableView, Failure> {
    shell
        .serve("seats_add", move |library| library.seats().add(&name, role))
        .await
}

/// Changes the name and the role of a seat.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_change(
    shell: State<'_, Shell>,
    id: String,
    name: String,
    role: Role,
) -> Result<TableView, Failure> {
    shell
        .serve("seats_change", move |library| {
            library.seats().change_seat(&id, &name, role)
        })
        .await
}

/// Takes a seat away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_remove(
    shell: State<'_, Shell>,
    id: String,
) -> Result<TableView, Failure> {
    shell
        .serve("seats_remove", move |library| library.seats().remove(&id))
        .await
}

/// Sits down at a seat, or stands up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_take(
    shell: State<'_, Shell>,
    id: Option<String>,
) -> Result<TableView, Failure> {
    shell
        .serve("seats_take", move |library| {
            library.seats().take(id.as_deref())
        })
        .await
}

/// Says how changes come to main lines.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seats_rules(
    shell: State<'_, Shell>,
    rules: TableRules,
) -> Result<TableView, Failure> {
    shell
        .serve("seats_rules", move |library| {
            library.seats().set_rules(&rules)
        })
        .await
}
