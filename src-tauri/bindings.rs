//! The commands and events as one typed whole: the handler of the window, and its TypeScript.

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_events};

use crate::{
    commands::{
        assets, compendium, exchange, health, history, packs, review, roster, seats, sheet, shell,
    },
    events,
};

include!("commands/list.rs");

/// Gathers every command and event.
pub(crate) fn bindings<R: Runtime>() -> Builder<R> {
    use tauri_specta::collect_commands;
    Builder::new()
        .commands(every_command!(collect_commands))
        .events(collect_events![
            events::MenuChosen,
            events::FilesArrived,
            events::LibraryEvent
        ])
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use specta_typescript::Typescript;

    use super::*;

    /// Where the page reads the types from, from the workspace's root.
    const FILE: &str = "ui/src/wire/bindings.ts";

    const HEADER: &str = "/** Written by `make bindings` from the shell's commands and events: change those, not this. */\n\
                          /* eslint-disable */\n";

    #[test]
    #[allow(
        clippy::disallowed_methods,
        reason = "the one switch of this test: check, or write"
    )]
    fn the_typescript_is_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        bindings::<tauri::Wry>()
            .export(Typescript::default().header(HEADER), &fresh)
            .unwrap();
        let fresh = std::fs::read_to_string(fresh).unwrap();
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
        if std::env::var("FORKBEARD_WRITE_BINDINGS").is_ok() {
            std::fs::write(&file, &fresh).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            kept == fresh,
            "{FILE} is stale: run `make bindings` and commit what it writes"
        );
    }
}
