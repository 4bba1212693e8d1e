//! The window's menu. It decides nothing: what concerns the page is told to the page.

use tauri::{
    AppHandle, Runtime,
    menu::{
        AboutMetadata, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu,
        SubmenuBuilder,
    },
};
use tauri_specta::Event;

use crate::{
    desktop::show_folder,
    events::{MenuAction, MenuChosen},
    window,
};

/// One entry for the page: its id in the menu, what it reads, its shortcut, what it asks for.
///
/// Undo and redo carry no shortcut here: a menu takes a key before the page sees it, and a field that is being typed in
/// has an undo of its own. The page answers these two keys itself.
const ENTRIES: [(&str, &str, Option<&str>, MenuAction); 11] = [
    (
        "new",
        "New character",
        Some("CmdOrCtrl+N"),
        MenuAction::NewCharacter,
    ),
    ("import", "Import…", Some("CmdOrCtrl+O"), MenuAction::Import),
    (
        "export",
        "Export…",
        Some("CmdOrCtrl+Shift+S"),
        MenuAction::Export,
    ),
    ("undo", "Undo last change", None, MenuAction::Undo),
    ("redo", "Redo", None, MenuAction::Redo),
    (
        "library",
        "Library",
        Some("CmdOrCtrl+L"),
        MenuAction::ShowLibrary,
    ),
    (
        "history",
        "History",
        Some("CmdOrCtrl+H"),
        MenuAction::ShowHistory,
    ),
    (
        "health",
        "Performance",
        Some("CmdOrCtrl+Shift+P"),
        MenuAction::ShowHealth,
    ),
    (
        "palette",
        "Command palette…",
        Some("CmdOrCtrl+K"),
        MenuAction::ShowPalette,
    ),
    (
        "shortcuts",
        "Keyboard shortcuts",
        Some("CmdOrCtrl+/"),
        MenuAction::ShowShortcuts,
    ),
    ("about", "About Forkbeard", None, MenuAction::ShowAbout),
];

/// What the shell answers itself: the folder of the log files, the whole screen, the end.
const LOGS: &str = "logs";
const FULL_SCREEN: &str = "full-screen";
const QUIT: &str = "quit";

/// Builds the menu.
///
/// # Errors
/// If the platform refuses an entry.
pub(crate) fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let item = |wanted: MenuAction| -> tauri::Result<MenuItem<R>> {
        let entry = ENTRIES.iter().find(|(.., action)| *action == wanted);
        let &(id, text, key, _) = entry.unwrap_or(&ENTRIES[0]);
        MenuItem::with_id(app, id, text, true, key)
    };
    let submenu = |title: &str, entries: &[&dyn IsMenuItem<R>]| -> tauri::Result<Submenu<R>> {
        SubmenuBuilder::new(app, title).items(entries).build()
    };
    let line = || PredefinedMenuItem::separator(app);
    let file = submenu(
        "File",
        &[
            &item(MenuAction::NewCharacter)?,
            &line()?,
            &item(MenuAction::Import)?,
            &item(MenuAction::Export)?,
            &line()?,
            &MenuItem::with_id(app, QUIT, "Quit", true, Some("CmdOrCtrl+Q"))?,
        ],
    )?;
    let edit = submenu(
        "Edit",
        &[
            &item(MenuAction::Undo)?,
            &item(MenuAction::Redo)?,
            &line()?,
            &PredefinedMenuItem::cut(app, None)?,
            &PredefinedMenuItem::copy(app, None)?,
            &PredefinedMenuItem::paste(app, None)?,
            &PredefinedMenuItem::select_all(app, None)?,
        ],
    )?;
    let view = submenu(
        "View",
        &[
            &item(MenuAction::ShowPalette)?,
            &line()?,
            &item(MenuAction::ShowLibrary)?,
            &item(MenuAction::ShowHistory)?,
            &item(MenuAction::ShowHealth)?,
            &line()?,
            &MenuItem::with_id(app, FULL_SCREEN, "Full screen", true, Some("F11"))?,
        ],
    )?;
    let help = submenu(
        "Help",
        &[
            &item(MenuAction::ShowShortcuts)?,
            &MenuItem::with_id(app, LOGS, "Show log files", true, None::<&str>)?,
            &line()?,
            &item(MenuAction::ShowAbout)?,
        ],
    )?;
    let menu = Menu::with_items(app, &[&file, &edit, &view, &help])?;
    if cfg!(target_os = "macos") {
        let about = AboutMetadata::default();
        let own = submenu(
            "Forkbeard",
            &[
                &PredefinedMenuItem::about(app, None, Some(about))?,
                &line()?,
                &PredefinedMenuItem::hide(app, None)?,
                &PredefinedMenuItem::hide_others(app, None)?,
                &PredefinedMenuItem::show_all(app, None)?,
                &line()?,
                &PredefinedMenuItem::quit(app, None)?,
            ],
        )?;
        menu.prepend(&own)?;
    }
    Ok(menu)
}

/// Hands on what was chosen.
pub(crate) fn chosen<R: Runtime>(app: &AppHandle<R>, event: &MenuEvent, logs: &std::path::Path) {
    let id = event.id().as_ref();
    match id {
        LOGS => return show_folder(logs),
        FULL_SCREEN => return window::toggle_full_screen(app),
        QUIT => return app.exit(0),
        _ => {}
    }
    let Some(&(.., action)) = ENTRIES.iter().find(|(entry, ..)| *entry == id) else {
        return;
    };
    if let Err(error) = (MenuChosen { action }).emit(app) {
        tracing::warn!(%error, ?action, "the page could not be told of a menu choice");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_entries_share_an_id_or_a_shortcut() {
        let ids: BTreeSet<_> = ENTRIES
            .iter()
            .map(|(id, ..)| *id)
            .chain([LOGS, FULL_SCREEN, QUIT])
            .collect();
        assert_eq!(ids.len(), ENTRIES.len() + 3);
        let keys: Vec<_> = ENTRIES.iter().filter_map(|(_, _, key, _)| *key).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }
}
