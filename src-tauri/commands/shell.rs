//! Commands about the window itself.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::state::Shell;

/// What the about box, and a bug report, want to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct About {
    /// The version of Forkbeard.
    pub(crate) version: String,
    /// The operating system and the processor, as in `linux x86_64`.
    pub(crate) platform: String,
    /// The folder that holds the library.
    pub(crate) library: String,
    /// The folder that holds the log files.
    pub(crate) logs: String,
}

/// The colours of the window's own parts: its frame, its menu, its dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColorScheme {
    /// As the system has it.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A folder that can be shown in the file browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Folder {
    /// The one with the library.
    Library,
    /// The one with the log files.
    Logs,
}

/// Tells that the page is up, so that the watchdog leaves it alone.
#[tauri::command]
#[specta::specta]
pub(crate) fn shell_ready(shell: State<'_, Shell>) {
    shell.watchdog.page_ready();
}

/// Tells the version, the platform and the folders.
#[tauri::command]
#[specta::specta]
pub(crate) fn shell_about(shell: State<'_, Shell>) -> About {
    shell.about()
}

/// Gives the window's own parts the page's colours.
#[tauri::command]
#[specta::specta]
pub(crate) fn shell_set_color_scheme(shell: State<'_, Shell>, scheme: ColorScheme) {
    shell.desktop.set_theme(match scheme {
        ColorScheme::System => None,
        ColorScheme::Light => Some(tauri::Theme::Light),
        ColorScheme::Dark => Some(tauri::Theme::Dark),
    });
}

/// Shows one of Forkbeard's folders in the file browser.
#[tauri::command]
#[specta::specta]
pub(crate) fn shell_show_folder(shell: State<'_, Shell>, folder: Folder) {
    shell.desktop.show_folder(match folder {
        Folder::Library => &shell.library,
        Folder::Logs => &shell.logs,
    });
}
