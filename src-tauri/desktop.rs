//! What the shell asks of the desktop around the window: file dialogs, folders, the colour scheme.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager, Runtime, Theme};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::{opened, window};

/// Kinds of files that a dialog can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Forkbeard's own documents.
    Document,
    /// Pictures that a portrait can be made of.
    Picture,
}

impl FileKind {
    const fn filter(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Document => ("Forkbeard documents", &[opened::EXTENSION, "json"]),
            Self::Picture => ("Pictures", &["png", "jpg", "jpeg", "webp", "gif"]),
        }
    }
}

/// The port between the commands and the desktop; dialogs block, so they are asked from a worker thread.
pub(crate) trait Desktop: Send + Sync {
    /// Asks for files to read; empty if the person changed their mind.
    fn files_to_open(&self, kind: FileKind, title: &str) -> Vec<PathBuf>;
    /// Asks where to write a file.
    fn file_to_save(&self, kind: FileKind, title: &str, name: &str) -> Option<PathBuf>;
    /// Makes the window light or dark, or lets it follow the system.
    fn set_theme(&self, theme: Option<Theme>);
    /// Shows a folder in the file browser.
    fn show_folder(&self, folder: &Path);
}

/// The real desktop.
pub(crate) struct Native<R: Runtime>(pub(crate) AppHandle<R>);

impl<R: Runtime> Native<R> {
    fn dialog(&self, kind: FileKind, title: &str) -> FileDialogBuilder<R> {
        let (name, extensions) = kind.filter();
        let dialog = self
            .0
            .dialog()
            .file()
            .set_title(title)
            .add_filter(name, extensions);
        match self.0.get_webview_window(window::MAIN) {
            #[cfg(desktop)]
            Some(window) => dialog.set_parent(&window),
            _ => dialog,
        }
    }
}

impl<R: Runtime> Desktop for Native<R> {
    fn files_to_open(&self, kind: FileKind, title: &str) -> Vec<PathBuf> {
        let chosen = self
            .dialog(kind, title)
            .blocking_pick_files()
            .unwrap_or_default();
        chosen
            .into_iter()
            .filter_map(|file| file.into_path().ok())
            .collect()
    }

    fn file_to_save(&self, kind: FileKind, title: &str, name: &str) -> Option<PathBuf> {
        self.dialog(kind, title)
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
    fn files_to_open(&self, _: FileKind, _: &str) -> Vec<PathBuf> {
        vec![self.answer.clone()]
    }

    fn file_to_save(&self, _: FileKind, _: &str, _: &str) -> Option<PathBuf> {
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
