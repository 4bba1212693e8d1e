//! What the shell asks of the desktop around the window: file dialogs, folders, the colour scheme.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager, Runtime, Theme};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::{opened, window};

/// What a file dialog is about, as it shows it.
const DOCUMENTS: &str = "Forkbeard documents";
/// What the file dialogs call packs of rules.
const PACKS: &str = "Rules packs";

/// The port between the commands and the desktop; dialogs block, so they are asked from a worker thread.
pub(crate) trait Desktop: Send + Sync {
    /// Asks for documents to read; empty if the person changed their mind.
    fn documents_to_open(&self, title: &str) -> Vec<PathBuf>;
    /// Asks where to write a document.
    fn document_to_save(&self, title: &str, name: &str) -> Option<PathBuf>;
    /// Makes the window light or dark, or lets it follow the system.
    fn set_theme(&self, theme: Option<Theme>);
    /// Shows a folder in the file browser.
    fn show_folder(&self, folder: &Path);
}

/// The real desktop.
pub(crate) struct Native<R: Runtime>(pub(crate) AppHandle<R>);

impl<R: Runtime> Native<R> {
    fn dialog(&self, title: &str, of: &str, extensions: &[&str]) -> FileDialogBuilder<R> {
        let dialog = self
            .0
            .dialog()
            .file()
            .set_title(title)
            .add_filter(of, extensions);
        match self.0.get_webview_window(window::MAIN) {
            #[cfg(desktop)]
            Some(window) => dialog.set_parent(&window),
            _ => dialog,
        }
    }
}

impl<R: Runtime> Desktop for Native<R> {
    fn documents_to_open(&self, title: &str) -> Vec<PathBuf> {
        let dialog = self.dialog(title, DOCUMENTS, &[opened::EXTENSION, "json"]);
        let chosen = dialog.blocking_pick_files().unwrap_or_default();
        chosen
            .into_iter()
            .filter_map(|file| file.into_path().ok())
            .collect()
    }

    fn document_to_save(&self, title: &str, name: &str) -> Option<PathBuf> {
        let dialog = match name.rsplit_once('.') {
            Some((_, "toml")) => self.dialog(title, PACKS, &["toml"]),
            _ => self.dialog(title, DOCUMENTS, &[opened::EXTENSION, "json"]),
        };
        dialog
            .set_file_name(name)
            .blocking_save_file()?
            .into_path()
            .ok()
    }

    fn set_theme(&self, theme: Option<Theme>) {
        self.0.set_theme(theme);
    }

    fn show_folder(&self, folder: &Path) {
        show_folder(folder);
    }
}

/// The real desktop, except that every file dialog is answered with one path: what the tests put in front.
pub(crate) struct Answered<R: Runtime> {
    pub(crate) native: Native<R>,
    pub(crate) answer: PathBuf,
}

impl<R: Runtime> Desktop for Answered<R> {
    fn documents_to_open(&self, _: &str) -> Vec<PathBuf> {
        vec![self.answer.clone()]
    }

    fn document_to_save(&self, _: &str, _: &str) -> Option<PathBuf> {
        Some(self.answer.clone())
    }

    fn set_theme(&self, theme: Option<Theme>) {
        self.native.set_theme(theme);
    }

    fn show_folder(&self, folder: &Path) {
        self.native.show_folder(folder);
    }
}

/// Shows a folder in the file browser; where there is none, that is logged and nothing else happens.
pub(crate) fn show_folder(folder: &Path) {
    if let Err(error) = tauri_plugin_opener::open_path(folder, None::<&str>) {
        tracing::warn!(%error, folder = %folder.display(), "the folder could not be shown");
    }
}
