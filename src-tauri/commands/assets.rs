//! Commands about pictures.

use std::{fs::File, io::Read, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use services::{Code, Failure, assets::MAX_BYTES, wire::AssetInfo};
use tauri::State;

use crate::{desktop::FileKind, state::Shell};

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

/// Lets the person choose a picture and keeps it; nothing if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn assets_choose(shell: State<'_, Shell>) -> Result<Option<AssetInfo>, Failure> {
    let files = shell
        .files_to_open(FileKind::Picture, "Choose a picture")
        .await?;
    let keep = move |library: &services::Library| {
        let kept = files
            .first()
            .map(|file| library.assets().put(&read_picture(file)?));
        kept.transpose()
    };
    shell.serve("assets_choose", keep).await
}

/// Keeps a picture that was dropped on or pasted into the window; its bytes come as base64.
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

/// Reads a file up to one byte past the limit, which is enough for the services to refuse it by size.
fn read_picture(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let read = File::open(file).and_then(|open| open.take(limit).read_to_end(&mut bytes));
    read.map_err(|error| {
        Failure::new(
            Code::Invalid,
            format!("`{}` cannot be read: {error}.", file.display()),
            "Check that you may open it, or choose another.",
        )
    })?;
    Ok(bytes)
}
