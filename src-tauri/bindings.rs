//! The commands and events as one typed whole: the handler of the window, and its TypeScript.

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_events};

use crate::{commands::*, events};

include!("commands/list.rs");

/// Gathers every command and event.
pub(crate) fn bindings<R: Runtime>() -> Builder<R> {
    use tauri_specta::collect_commands;
    Builder::new()
        .commands(every_command!(collect_commands))
        .events(collect_events![events::MenuChosen, events::FilesArrived])
        .error_handling(ErrorHandlingMode::Throw)
}
