//! The main window: how it is made, where it may navigate, and what watches over it.

use std::path::PathBuf;

use tauri::{
    AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{NewWindowResponse, PageLoadEvent},
};

use crate::{trouble, watchdog::Watchdog};

/// The label of the one window that may call commands.
pub(crate) const MAIN: &str = "main";

/// Opens the main window, with its web data in `web_data` if that is given.
///
/// # Errors
/// If the platform cannot make the window.
pub(crate) fn open(
    app: &AppHandle,
    web_data: Option<PathBuf>,
    watchdog: &Watchdog,
) -> tauri::Result<WebviewWindow> {
    let watched = watchdog.clone();
    let mut builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Forkbeard")
        .inner_size(1360.0, 900.0)
        .min_inner_size(640.0, 480.0)
        .zoom_hotkeys_enabled(true)
        // The page takes dropped files itself.
        .disable_drag_drop_handler()
        .on_navigation(may_navigate)
        .on_new_window(|address, _| {
            show_in_browser(&address);
            NewWindowResponse::Deny
        })
        .on_page_load(move |_, page| {
            if page.event() == PageLoadEvent::Started && page.url().scheme() != trouble::SCHEME {
                watched.page_started();
            }
        });
    if let Some(folder) = web_data {
        builder = builder.data_directory(folder);
    }
    let window = builder.build()?;
    // Not every platform tells that a page began to load; that the window was made, all do.
    watchdog.page_started();
    tell_of_the_end(&window, watchdog)?;
    Ok(window)
}

/// Lets the page move inside Forkbeard; anything else opens in the system's browser, or not at all.
fn may_navigate(address: &Url) -> bool {
    let own = match (address.scheme(), address.host_str()) {
        ("tauri" | trouble::SCHEME, _) => true,
        ("http" | "https", Some("tauri.localhost" | "trouble.localhost")) => true,
        ("http", Some("localhost")) => tauri::is_dev(),
        ("about" | "blob", _) => true,
        _ => false,
    };
    if !own {
        show_in_browser(address);
    }
    own
}

fn show_in_browser(address: &Url) {
    if !matches!(address.scheme(), "http" | "https") {
        tracing::warn!(scheme = address.scheme(), "refused to open an address");
    } else if let Err(error) = tauri_plugin_opener::open_url(address.as_str(), None::<&str>) {
        tracing::warn!(%error, "no browser for a link");
    }
}

/// Puts the trouble page where the real one was.
pub(crate) fn show_trouble(app: &AppHandle, address: Url) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if let Err(error) = window.navigate(address) {
        tracing::error!(%error, "the trouble page could not be shown");
    }
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Gives the window the whole screen, or takes it back.
pub(crate) fn toggle_full_screen<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let toggled = window
        .is_fullscreen()
        .and_then(|full| window.set_fullscreen(!full));
    if let Err(error) = toggled {
        tracing::warn!(%error, "the window could not change to or from full screen");
    }
}

#[cfg(target_os = "linux")]
fn tell_of_the_end(window: &WebviewWindow, watchdog: &Watchdog) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;

    let watchdog = watchdog.clone();
    window.with_webview(move |webview| {
        webview
            .inner()
            .connect_web_process_terminated(move |_, reason| {
                tracing::error!(?reason, "the page's process ended");
                watchdog.page_ended();
            });
    })
}

/// WebKit on macOS tells the application as a whole (see `run`); WebView2 starts the page again by itself.
#[cfg(not(target_os = "linux"))]
fn tell_of_the_end(_: &WebviewWindow, _: &Watchdog) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_moves_only_inside_forkbeard() {
        for inside in [
            "tauri://localhost/",
            "tauri://localhost/x.html",
            "trouble://localhost/silent",
        ] {
            assert!(may_navigate(&Url::parse(inside).unwrap()), "{inside}");
        }
        for outside in [
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "ftp://a/b",
        ] {
            assert!(!may_navigate(&Url::parse(outside).unwrap()), "{outside}");
        }
    }
}
