//! What the shell tells the page unasked. The names and shapes are exported to TypeScript with the commands.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// What can be chosen from the window's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MenuAction {
    /// Makes a new character.
    NewCharacter,
    /// Takes in a Forkbeard document.
    Import,
    /// Writes the open character, or the whole library, to a file.
    Export,
    /// Takes the last change back.
    Undo,
    /// Makes the undone change again.
    Redo,
    /// Shows the list of characters.
    ShowLibrary,
    /// Shows what happened to the open character.
    ShowHistory,
    /// Shows how Forkbeard performs.
    ShowHealth,
    /// Opens the command palette.
    ShowPalette,
    /// Shows what can be done from the keyboard.
    ShowShortcuts,
    /// Shows the version, the folders and the credits.
    ShowAbout,
}

/// Something was chosen from the window's menu that the page has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
pub(crate) struct MenuChosen {
    /// What was chosen.
    pub(crate) action: MenuAction,
}

/// Documents were handed over by the desktop: a double click, or a second start with files. The page fetches them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
pub(crate) struct FilesArrived {
    /// How many wait.
    pub(crate) waiting: u32,
}

/// Something in the library changed, whoever changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
pub(crate) struct LibraryEvent(pub(crate) services::wire::Event);
