//! The life of the application: from the command line to the window, and to the end.

use std::{error::Error, fs, path::PathBuf, sync::Arc};

use services::{Gate, Settings};
use tauri::{App, AppHandle, Context, Manager, RunEvent, Runtime, Url};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tauri_specta::Event;
use telemetry::{LogGuard, LogSettings};

use crate::{
    Arguments, Environment, arguments,
    bindings::bindings,
    calls::Calls,
    desktop::{Answered, Desktop, Native},
    events::{FilesArrived, LibraryEvent},
    incoming::Looked,
    locale, menu,
    opened::Opened,
    rounds,
    state::Shell,
    trouble,
    watchdog::{Trouble, Watchdog},
    window,
};

/// The folders of this run.
struct Folders {
    /// The library, and nothing else: the web view keeps files of its own beside it.
    library: PathBuf,
    /// The log files.
    logs: PathBuf,
    /// The web view's own files; `None` for its usual place.
    web: Option<PathBuf>,
}

impl Folders {
    fn find(app: &App, arguments: &Arguments, environment: &Environment) -> tauri::Result<Self> {
        let named = arguments
            .data
            .as_ref()
            .map(|folder| environment.folder.join(folder));
        let root = match &named {
            Some(folder) => folder.clone(),
            None => app.path().app_data_dir()?,
        };
        Ok(Self {
            library: root.join("library"),
            logs: app.path().app_log_dir()?,
            web: named.map(|folder| folder.join("web")),
        })
    }
}

/// Runs the application until its window is closed.
///
/// # Errors
/// A sentence for the terminal, if there is no display or the window cannot be made.
pub fn run(arguments: Arguments, environment: Environment) -> Result<(), String> {
    locale::mend(&environment)
        .map_err(|error| format!("the program cannot be started: {error}"))?;
    if !environment.has_display {
        return Err("there is no display to open a window on. Start it in a desktop session, or use `beard`, \
                    which needs none."
            .to_owned());
    }
    reach_display()?;
    let bindings = bindings::<tauri::Wry>();
    let handler = bindings.invoke_handler();
    let builder = tauri::Builder::default()
        // First, so that a second start ends before it touches anything.
        .plugin(single_instance(&arguments, &environment))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .register_uri_scheme_protocol(trouble::SCHEME, |context, request| {
            let shell = context.app_handle().state::<Shell>();
            let trouble = if request.uri().path() == "/ended" {
                Trouble::Ended
            } else {
                Trouble::Silent
            };
            tracing::info!(%trouble, "showing the trouble page");
            let page = trouble::Page {
                trouble,
                library: &shell.library,
                logs: &shell.logs,
                home: HOME,
            };
            page.response()
        })
        .invoke_handler(handler)
        .menu(menu::build)
        .on_menu_event(|app, event| {
            if let Some(shell) = app.try_state::<Shell>() {
                menu::chosen(app, &event, &shell.logs);
            }
        })
        .setup(move |app| {
            bindings.mount_events(app);
            set_up(app, &arguments, &environment)
        });
    #[cfg(target_os = "macos")]
    let builder = builder.on_web_content_process_terminate(|webview| {
        if let Some(shell) = webview.try_state::<Shell>() {
            shell.watchdog.page_ended();
        }
    });
    let app = builder
        .build(context())
        .map_err(|error| format!("the window could not be opened: {error}"))?;
    app.run(|app, event| match event {
        RunEvent::Exit => {
            if let Some(shell) = app.try_state::<Shell>() {
                shell.watchdog.stop();
                shell.gate.close();
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            files_arrived(
                app,
                urls.iter()
                    .filter_map(|url| url.to_file_path().ok())
                    .collect(),
            );
        }
        _ => {}
    });
    Ok(())
}

/// Sees that the display answers; the window's toolkit would end the program with a panic where it does not.
///
/// # Errors
/// A sentence for the terminal.
#[cfg(target_os = "linux")]
fn reach_display() -> Result<(), String> {
    gtk::init().map_err(|_| {
        "the display does not answer: `DISPLAY` or `WAYLAND_DISPLAY` names one that is not there, or that you may not \
         use. Start it in a desktop session, or use `beard`, which needs none."
            .to_owned()
    })
}

/// Does nothing: other systems have one display, which is there.
#[cfg(not(target_os = "linux"))]
fn reach_display() -> Result<(), String> {
    Ok(())
}

/// What was put into the binary: the configuration, the page, the icon, and who may call what.
pub(crate) fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Where the real page is.
pub(crate) const HOME: &str = if cfg!(windows) {
    "http://tauri.localhost/"
} else {
    "tauri://localhost/"
};

/// Makes what the commands need, then the window.
fn set_up(
    app: &mut App,
    arguments: &Arguments,
    environment: &Environment,
) -> Result<(), Box<dyn Error>> {
    let folders = Folders::find(app, arguments, environment)?;
    if let Some(log) = start_log(&folders, environment) {
        app.manage(log);
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), library = %folders.library.display(), "starting");
    let handle = app.handle().clone();
    let deadline = std::time::Duration::from_secs(arguments.page_deadline.into());
    let watchdog = Watchdog::new(deadline, move |trouble| page_given_up(&handle, trouble));
    let native = Native(app.handle().clone());
    let desktop: Arc<dyn Desktop> = match &arguments.answer_file_dialogs {
        Some(answer) => Arc::new(Answered {
            native,
            answer: environment.folder.join(answer),
        }),
        None => Arc::new(native),
    };
    let opened = Opened::default();
    opened.add(
        arguments
            .files
            .iter()
            .map(|file| arguments::local_path(file, &environment.folder)),
    );
    if let Some(web) = &folders.web {
        fs::create_dir_all(web)?;
    }
    let gate = Arc::new(open_library(app.handle(), &folders, environment));
    rounds::start(Arc::clone(&gate));
    app.manage(Shell {
        gate,
        library: folders.library,
        logs: folders.logs,
        calls: Calls::new(),
        desktop,
        opened,
        incoming: Looked::default(),
        watchdog: watchdog.clone(),
    });
    window::open(app.handle(), folders.web, &watchdog)?;
    Ok(())
}

/// Opens the library; one that cannot be opened is a state that the page shows, with what can be done about it.
fn open_library(app: &AppHandle, folders: &Folders, environment: &Environment) -> Gate {
    let author = environment
        .user
        .clone()
        .unwrap_or_else(|| "Player".to_owned());
    let settings = Settings::new(&folders.library, author);
    let settings = settings
        .clone()
        .with_cache_ttl_minutes(environment.cache_ttl_minutes.as_deref())
        .unwrap_or_else(|failure| {
            tracing::warn!(hint = %failure.hint, "{}", failure.message);
            settings
        });
    let app = app.clone();
    let tell = move |event: &services::wire::Event| {
        if let Err(error) = LibraryEvent(event.clone()).emit(&app) {
            tracing::warn!(%error, "the page could not be told of a change");
        }
    };
    let gate = Gate::open(settings, Some(Arc::new(tell)));
    if let Err(failure) = gate.library() {
        tracing::error!(code = ?failure.code, "{}", failure.message);
    }
    gate
}

/// Starts the log; without one the application still runs.
#[allow(clippy::print_stderr, reason = "the log is what failed")]
fn start_log(folders: &Folders, environment: &Environment) -> Option<LogGuard> {
    let settings = |level: String| LogSettings {
        folder: folders.logs.clone(),
        level,
        json: false,
        also_stderr: cfg!(debug_assertions),
    };
    let wanted = environment.log.clone().unwrap_or_default();
    let started = telemetry::init_logging(settings(wanted)).or_else(|error| {
        eprintln!("forkbeard: {error}");
        telemetry::init_logging(settings(String::new()))
    });
    started
        .map_err(|error| eprintln!("forkbeard: {error}"))
        .ok()
}

fn single_instance(
    arguments: &Arguments,
    environment: &Environment,
) -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let builder = tauri_plugin_single_instance::Builder::new().callback(|app, words, folder| {
        match Arguments::of_another_start(&words, folder.as_ref()) {
            Ok(arguments) => files_arrived(app, arguments.files),
            Err(error) => tracing::warn!(%error, "another start could not be understood"),
        }
        window::show(app);
    });
    // Another library is another instance; the name on the bus says which.
    match &arguments.data {
        Some(folder) => builder.dbus_id(bus_name(&environment.folder.join(folder))),
        None => builder,
    }
    .build()
}

/// Names a library's instance on the session bus: the application's own name and a number made of the folder.
fn bus_name(folder: &std::path::Path) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let folder = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("org.forkbeard.forkbeard.at{:016x}", hasher.finish())
}

/// Keeps documents for the page and tells it.
fn files_arrived(app: &AppHandle, files: Vec<PathBuf>) {
    let Some(shell) = app.try_state::<Shell>() else {
        return;
    };
    let waiting = shell.opened.add(files);
    if waiting == 0 {
        return;
    }
    let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
    if let Err(error) = (FilesArrived { waiting }).emit(app) {
        tracing::warn!(%error, "the page could not be told of documents");
    }
}

fn page_given_up(app: &AppHandle, trouble: Trouble) {
    tracing::error!(%trouble, "the page is given up");
    let path = match trouble {
        Trouble::Silent => "silent",
        Trouble::Ended => "ended",
        Trouble::Hopeless => return say_without_a_page(app, trouble),
    };
    let start = if cfg!(windows) {
        "http://trouble.localhost/"
    } else {
        "trouble://localhost/"
    };
    let address = Url::parse(start).and_then(|start| start.join(path));
    match address {
        Ok(address) => window::show_trouble(app, address),
        Err(error) => tracing::error!(%error, "no address for the trouble page"),
    }
}

/// Says it in a native dialog, which needs no web view, and ends the application.
fn say_without_a_page(app: &AppHandle, trouble: Trouble) {
    let Some(shell) = app.try_state::<Shell>() else {
        return;
    };
    let message = format!(
        "{trouble}\n\nYour library is untouched: every change that was shown as saved is on the disk. Update the \
         system's web view (WebKitGTK on Linux) and start Forkbeard again. `beard` reaches the library from a terminal.\
         \n\nLibrary: {}\nLog: {}",
        shell.library.display(),
        shell.logs.display(),
    );
    let end = app.clone();
    app.dialog()
        .message(message)
        .title("Forkbeard could not draw its window")
        .kind(MessageDialogKind::Error)
        .show(move |_| end.exit(1));
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_display_that_does_not_answer_is_told() {
        // In a process of its own, whose environment says so.
        let tests = std::env::current_exe().unwrap();
        let ran = Command::new(tests)
            .args(["--ignored", "--exact", "run::tests::nobody_answers_here"])
            .env("DISPLAY", ":977")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(
            ran.status.success() && said.contains("1 passed"),
            "{said} {}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }

    #[test]
    #[ignore = "the test above runs it, on a display that is not there"]
    fn nobody_answers_here() {
        let said = reach_display().unwrap_err();
        assert!(said.contains("does not answer"), "{said}");
    }
}
