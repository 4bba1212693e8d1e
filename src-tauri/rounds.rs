//! What is looked after from time to time while the window is open: the daily backup.

use std::{sync::Arc, time::Duration};

use services::Gate;

/// How long after the start the first round is made: the person's own first clicks come before it.
const FIRST: Duration = Duration::from_secs(60);

/// How far the rounds lie apart.
const APART: Duration = Duration::from_secs(60 * 60);

/// Makes the rounds for as long as the application runs.
pub(crate) fn start(gate: Arc<Gate>) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(FIRST).await;
        loop {
            let gate = Arc::clone(&gate);
            let round = tauri::async_runtime::spawn_blocking(move || back_up_if_due(&gate)).await;
            if let Err(error) = round {
                tracing::error!(%error, "a round ended unexpectedly");
            }
            tokio::time::sleep(APART).await;
        }
    });
}

fn back_up_if_due(gate: &Gate) {
    // A closed library is shown in the window; it needs no line in the log every hour.
    let Ok(library) = gate.library() else { return };
    match library.health().backup_if_due() {
        Ok(Some(backup)) => tracing::info!(name = backup.name, "made the daily backup"),
        Ok(None) => {}
        Err(failure) => {
            tracing::error!(code = ?failure.code, "no daily backup: {}", failure.message)
        }
    }
}
