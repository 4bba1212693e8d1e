//! Commands about packs of a house's own. Where one is written to comes from a dialog, never from the page.

use services::{
    Failure, Library,
    wire::{PackChecked, PackDifference, PackEdit, PackRow, PackSaved, PackText, PackView},
};
use tauri::State;

use crate::state::Shell;

/// Lists the packs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_list(shell: State<'_, Shell>) -> Result<Vec<PackRow>, Failure> {
    shell
        .serve("packs_list", |library| library.packs().list())
        .await
}

/// Makes an empty pack.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_create(
    shell: State<'_, Shell>,
    name: String,
) -> Result<PackView, Failure> {
    shell
        .serve("packs_create", move |library| library.packs().create(&name))
        .await
}

/// Shows a pack, at its newest version or at another.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_show(
    shell: State<'_, Shell>,
    id: String,
    commit: Option<String>,
) -> Result<PackView, Failure> {
    shell
        .serve("packs_show", move |library| {
            library.packs().show(&id, commit.as_deref())
        })
        .await
}

/// Changes a pack.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_edit(
    shell: State<'_, Shell>,
    request: PackEdit,
) -> Result<PackSaved, Failure> {
    shell
        .serve("packs_edit", move |library| library.packs().edit(&request))
        .await
}

/// Checks a text as it would stand in its pack, at its newest version or at another.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_check(
    shell: State<'_, Shell>,
    id: String,
    commit: Option<String>,
    thing: Option<String>,
    text: String,
) -> Result<PackChecked, Failure> {
    shell
        .serve("packs_check", move |library| {
            library
                .packs()
                .check(&id, commit.as_deref(), thing.as_deref(), &text)
        })
        .await
}

/// Takes back the latest change of a pack.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_undo(shell: State<'_, Shell>, id: String) -> Result<PackView, Failure> {
    shell
        .serve("packs_undo", move |library| library.packs().undo(&id))
        .await
}

/// Puts a pack back to how it stood at a version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_rollback(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
) -> Result<PackView, Failure> {
    shell
        .serve("packs_rollback", move |library| {
            library.packs().rollback(&id, &commit)
        })
        .await
}

/// Takes a pack out of use, or back into use.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_archive(
    shell: State<'_, Shell>,
    id: String,
    active: bool,
) -> Result<PackRow, Failure> {
    shell
        .serve("packs_archive", move |library| {
            library.packs().archive(&id, active)
        })
        .await
}

/// Gives the text that a new thing of a kind begins with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_template(
    shell: State<'_, Shell>,
    kind: String,
) -> Result<String, Failure> {
    shell
        .serve("packs_template", move |library| {
            library.packs().template(&kind)
        })
        .await
}

/// Tells how two versions of a pack differ.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_compare(
    shell: State<'_, Shell>,
    id: String,
    from: String,
    to: String,
) -> Result<Vec<PackDifference>, Failure> {
    shell
        .serve("packs_compare", move |library| {
            library.packs().compare(&id, &from, &to)
        })
        .await
}

/// Takes in the files of a pack that the page was given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_import(
    shell: State<'_, Shell>,
    files: Vec<PackText>,
) -> Result<PackView, Failure> {
    shell
        .serve("packs_import", move |library| {
            library.packs().import(&files)
        })
        .await
}

/// Writes a pack to a file that the person chooses; tells which, or nothing if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn packs_export(
    shell: State<'_, Shell>,
    id: String,
) -> Result<Option<String>, Failure> {
    let named = id.clone();
    let row = shell
        .serve("packs_export", move |library| library.packs().find(&named))
        .await?;
    let name = format!("{}.toml", row.pack);
    let Some(file) = shell.document_to_save("Export the pack", name).await? else {
        return Ok(None);
    };
    let export = move |library: &Library| {
        library.packs().export_to(&id, &file)?;
        Ok(Some(file.display().to_string()))
    };
    shell.serve("packs_export", export).await
}
