//! Commands about how the library and the program are.

use services::{
    Failure,
    wire::{BackupInfo, DoctorReport, HealthView, LibraryStatus},
};
use tauri::State;

use crate::state::Shell;

/// Tells how the library came up, or why it did not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_status(shell: State<'_, Shell>) -> Result<LibraryStatus, Failure> {
    shell
        .at_gate("health_status", |gate| Ok(gate.status()))
        .await
}

/// Reads the figures and makes the checks.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_view(shell: State<'_, Shell>) -> Result<HealthView, Failure> {
    shell
        .serve("health_view", |library| library.health().view())
        .await
}

/// Examines everything; builds the index anew if asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_doctor(
    shell: State<'_, Shell>,
    rebuild: bool,
) -> Result<DoctorReport, Failure> {
    shell
        .serve("health_doctor", move |library| {
            library.health().doctor(rebuild)
        })
        .await
}

/// Lists the backups, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_backups(shell: State<'_, Shell>) -> Result<Vec<BackupInfo>, Failure> {
    shell
        .serve("health_backups", |library| library.health().backups())
        .await
}

/// Makes a backup and reads it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_backup(shell: State<'_, Shell>) -> Result<BackupInfo, Failure> {
    shell
        .serve("health_backup", |library| library.health().backup())
        .await
}

/// Puts the library back to a backup; what stands now is set aside.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_restore(
    shell: State<'_, Shell>,
    name: String,
) -> Result<LibraryStatus, Failure> {
    shell
        .at_gate("health_restore", move |gate| gate.restore(&name))
        .await
}

/// Opens the library again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health_reopen(shell: State<'_, Shell>) -> Result<LibraryStatus, Failure> {
    shell
        .at_gate("health_reopen", |gate| Ok(gate.reopen()))
        .await
}
