//! Commands about pictures.

use base64::{Engine, prelude::BASE64_STANDARD};
use services::{Code, Failure, wire::AssetInfo};
use tauri::State;

use crate::state::Shell;

/// Gives a small version of a picture as a data address that an image can show.
#[tauri::command]
#[specta::specta]
pub(crate) async fn assets_thumbnail(
    shell: State<'_, Shell>,
    hash: String,
    size: u32,
) -> Result<String, Failure> {
    let thumbnail = move |library: &services::Library| {
        let png = library.assets().thumbnail(&hash, size)?;
        Ok(format!(
            "data:image/png;base64,{}",
            BASE64_STANDARD.encode(png.as_slice())
        ))
    };
    shell.serve("assets_thumbnail", thumbnail).await
}

/// Keeps a picture that was chosen in or dropped on the window; its bytes come as base64.
#[tauri::command]
#[specta::specta]
pub(crate) async fn assets_put(
    shell: State<'_, Shell>,
    base64: String,
) -> Result<AssetInfo, Failure> {
    let keep = move |library: &services::Library| {
        let bytes = BASE64_STANDARD.decode(base64).map_err(|error| {
            Failure::new(
                Code::Invalid,
                format!("The picture did not arrive whole: {error}."),
                "Drop it again, or choose the file.",
            )
        })?;
        library.assets().put(&bytes)
    };
    shell.serve("assets_put", keep).await
}
