//! What the commands share.

use std::{path::PathBuf, sync::Arc};

use services::{Failure, Gate, Library};

use crate::{
    calls::Calls, commands::shell::About, desktop::Desktop, incoming::Looked, opened::Opened,
    watchdog::Watchdog,
};

/// What the commands share: made once, in the setup, before the page can call.
pub(crate) struct Shell {
    /// The library, or why it is not open.
    pub(crate) gate: Arc<Gate>,
    /// The folder of the library.
    pub(crate) library: PathBuf,
    /// The folder of the log files.
    pub(crate) logs: PathBuf,
    /// The way to the services.
    pub(crate) calls: Calls,
    /// The desktop around the window.
    pub(crate) desktop: Arc<dyn Desktop>,
    /// Documents that wait for the page.
    pub(crate) opened: Opened,
    /// Files that were looked at and are not taken in yet.
    pub(crate) incoming: Looked,
    /// What watches the page.
    pub(crate) watchdog: Watchdog,
}

impl Shell {
    /// Runs `work` on the open library.
    ///
    /// # Errors
    /// Why the library is closed, or that of the work.
    pub(crate) async fn serve<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce(&Library) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.at_gate(command, move |gate| work(&*gate.library()?))
            .await
    }

    /// Runs `work` on the gate, whether the library is open or not.
    ///
    /// # Errors
    /// That of the work.
    pub(crate) async fn at_gate<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce(&Gate) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let gate = Arc::clone(&self.gate);
        self.calls.run(command, move || work(&gate)).await
    }

    /// Asks the person for documents to read.
    ///
    /// # Errors
    /// If the dialog cannot be shown.
    pub(crate) async fn documents_to_open(
        &self,
        title: &'static str,
    ) -> Result<Vec<PathBuf>, Failure> {
        // Not among the calls: a dialog may stand open for an hour and must not take a worker from them.
        let desktop = Arc::clone(&self.desktop);
        let asked = tauri::async_runtime::spawn_blocking(move || desktop.documents_to_open(title));
        asked.await.map_err(Failure::internal)
    }

    /// Asks the person where to write a document.
    ///
    /// # Errors
    /// If the dialog cannot be shown.
    pub(crate) async fn document_to_save(
        &self,
        title: &'static str,
        name: String,
    ) -> Result<Option<PathBuf>, Failure> {
        let desktop = Arc::clone(&self.desktop);
        let ask = move || desktop.document_to_save(title, &name);
        tauri::async_runtime::spawn_blocking(ask)
            .await
            .map_err(Failure::internal)
    }

    /// Says what this program is and where it keeps things.
    pub(crate) fn about(&self) -> About {
        About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            library: self.library.display().to_string(),
            logs: self.logs.display().to_string(),
        }
    }
}
