//! Who may call what, held against the real capabilities: the main window every command, any other window none.

use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use services::{Gate, Settings};
use tauri::{
    Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

use crate::{
    bindings::bindings, calls::Calls, desktop::Desktop, incoming::Looked, opened::Opened, run,
    state::Shell, watchdog::Watchdog, window,
};

include!("commands/list.rs");

macro_rules! names {
    ($($area:ident :: $command:ident),* $(,)?) => { [$((stringify!($area), stringify!($command))),*] };
}

/// A desktop on which nobody answers.
struct Nobody;

impl Desktop for Nobody {
    fn documents_to_open(&self, _: &str) -> Vec<std::path::PathBuf> {
        Vec::new()
    }
    fn document_to_save(&self, _: &str, _: &str) -> Option<std::path::PathBuf> {
        None
    }
    fn set_theme(&self, _: Option<tauri::Theme>) {}
    fn show_folder(&self, _: &Path) {}
}

/// An application without a display, with the real commands and the real capabilities.
struct Bench {
    app: tauri::App<MockRuntime>,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library");
        let app = mock_builder()
            .invoke_handler(bindings::<MockRuntime>().invoke_handler())
            .build(run::context())
            .unwrap();
        app.manage(Shell {
            gate: Arc::new(Gate::open(Settings::new(&library, "Mira"), None)),
            library,
            logs: folder.path().join("logs"),
            calls: Calls::new(),
            desktop: Arc::new(Nobody),
            opened: Opened::default(),
            incoming: Looked::default(),
            watchdog: Watchdog::new(Duration::from_secs(600), |_| ()),
        });
        Self { app, folder }
    }

    fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, WebviewUrl::default())
            .build()
            .unwrap()
    }
}

fn call(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    arguments: serde_json::Value,
) -> Result<serde_json::Value, serde_json::Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: run::HOME.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

fn refused_for_rights(answer: &Result<serde_json::Value, serde_json::Value>) -> bool {
    answer
        .as_ref()
        .err()
        .and_then(|e| e.as_str())
        .is_some_and(|text| text.contains("not allowed"))
}

#[test]
fn every_command_begins_with_its_area_and_stands_once_in_the_list() {
    let commands = every_command!(names);
    for (area, command) in commands {
        assert!(
            command.starts_with(&format!("{area}_")),
            "{command} stands in {area}"
        );
    }
    let different: BTreeSet<_> = commands.iter().map(|(_, command)| command).collect();
    assert_eq!(different.len(), commands.len());
}

#[test]
fn the_page_calls_every_command_and_no_other() {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/api");
    let mut called = BTreeSet::new();
    for file in std::fs::read_dir(api).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        called.extend(
            text.split("call('")
                .skip(1)
                .filter_map(|rest| rest.split_once('\'').map(|(command, _)| command.to_owned())),
        );
    }
    let listed: BTreeSet<_> = every_command!(names)
        .iter()
        .map(|(_, command)| (*command).to_owned())
        .collect();
    assert_eq!(called, listed);
}

#[test]
fn the_main_window_reaches_every_command() {
    let bench = Bench::new();
    let main = bench.window(window::MAIN);
    for (_, command) in every_command!(names) {
        // Most answer that an argument is missing: they were reached, and that is the question here.
        let answer = call(&main, command, serde_json::json!({}));
        assert!(!refused_for_rights(&answer), "{command}: {answer:?}");
    }
}

#[test]
fn another_window_reaches_none() {
    let bench = Bench::new();
    let player = bench.window("player");
    for (_, command) in every_command!(names) {
        let answer = call(&player, command, serde_json::json!({}));
        assert!(refused_for_rights(&answer), "{command}: {answer:?}");
    }
}

#[test]
fn the_main_window_may_not_use_the_framework_beyond_its_list() {
    let bench = Bench::new();
    let main = bench.window(window::MAIN);
    for command in [
        "plugin:dialog|open",
        "plugin:opener|open_path",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:event|emit",
        "plugin:path|resolve_directory",
    ] {
        let answer = call(&main, command, serde_json::json!({}));
        assert!(answer.is_err(), "{command}: {answer:?}");
    }
}

#[test]
fn a_failure_crosses_with_its_code_and_hint() {
    let bench = Bench::new();
    let main = bench.window(window::MAIN);
    let id = "01930000-0000-7000-8000-000000000000";
    let failure = call(&main, "sheet_show", serde_json::json!({ "id": id })).unwrap_err();
    assert_eq!(failure["code"], "not_found");
    assert_ne!(failure["hint"], "");
}

#[test]
fn documents_that_come_while_the_library_is_closed_wait_for_it() {
    let bench = Bench::new();
    let main = bench.window(window::MAIN);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/party/old-hask.json");
    let copy = bench.folder.path().join("hask.forkbeard");
    std::fs::copy(file, &copy).unwrap();
    let shell = bench.app.state::<Shell>();
    shell.opened.add([copy]);
    shell.gate.close();
    let import = || call(&main, "exchange_import_opened", serde_json::json!({}));
    import().unwrap_err();
    shell.gate.reopen();
    let report = import().unwrap();
    assert_eq!(report["characters"][0]["name"], "Old Hask");
    assert_eq!(import().unwrap(), serde_json::Value::Null, "taken in once");
}

#[test]
fn a_character_is_made_and_read_through_the_commands() {
    let bench = Bench::new();
    let main = bench.window(window::MAIN);
    let new = serde_json::json!({
        "character": { "display_name": "Bramble", "handle": null, "kind": "character", "owner": "Mira" }
    });
    let made = call(&main, "roster_create", new).unwrap();
    let shown = call(&main, "sheet_show", serde_json::json!({ "id": made["id"] })).unwrap();
    assert_eq!(shown["row"]["display_name"], "Bramble");
    assert_eq!(shown["commit"], made["commit"]);
}
