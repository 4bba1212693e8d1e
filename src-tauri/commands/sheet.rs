//! Commands about one character's sheet. `has` names the answer whose sheet the page has; it is then told what changed since.

use ::sheet::{ChoiceOption, vocabulary::Vocabulary};
use rules::play::Action;
use services::{
    Failure,
    sheet::Sheets,
    wire::{
        Acted, AddThing, CharacterPack, EditOutcome, EditRequest, Edited, LevelPreview, LevelUp,
        PackReview, RollLine, RollRequest, SheetAnswer, SheetView, StartOffer, StartWith,
    },
};
use tauri::State;

use crate::state::Shell;

/// Shows the newest version of a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_show(
    shell: State<'_, Shell>,
    id: String,
    has: Option<String>,
) -> Result<SheetAnswer, Failure> {
    shell
        .serve("sheet_show", move |library| {
            let sheet = library.sheet();
            Ok(sheet.answer(has.as_deref(), sheet.show(&id)?))
        })
        .await
}

/// Shows a character as it was at a commit.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_show_at(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
) -> Result<SheetView, Failure> {
    shell
        .serve("sheet_show_at", move |library| {
            library.sheet().show_at(&id, &commit)
        })
        .await
}

/// Lists the names that forms offer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_vocabulary(shell: State<'_, Shell>) -> Result<Vocabulary, Failure> {
    shell
        .serve("sheet_vocabulary", |library| {
            Ok(library.sheet().vocabulary())
        })
        .await
}

/// Changes cells.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_edit(
    shell: State<'_, Shell>,
    request: EditRequest,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_edit", has, move |sheet| sheet.edit(&request)).await
}

/// Takes the last change back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_undo(
    shell: State<'_, Shell>,
    id: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_undo", has, move |sheet| sheet.undo(&id)).await
}

/// Makes the undone change again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_redo(
    shell: State<'_, Shell>,
    id: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_redo", has, move |sheet| sheet.redo(&id)).await
}

/// Puts a character back to what it was at a commit, as a new version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_rollback(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_rollback", has, move |sheet| {
        sheet.rollback(&id, &commit)
    })
    .await
}

/// Lists what may be chosen in a cell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_options(
    shell: State<'_, Shell>,
    id: String,
    cell: String,
) -> Result<Vec<ChoiceOption>, Failure> {
    shell
        .serve("sheet_options", move |library| {
            library.sheet().options(&id, &cell)
        })
        .await
}

/// Adds a level.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_level_up(
    shell: State<'_, Shell>,
    level: LevelUp,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_level_up", has, move |sheet| {
        sheet.level_up(&level)
    })
    .await
}

/// Takes the last level back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_level_down(
    shell: State<'_, Shell>,
    id: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_level_down", has, move |sheet| {
        sheet.level_down(&id)
    })
    .await
}

/// Shows what a level would change.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_level_preview(
    shell: State<'_, Shell>,
    id: String,
    of: String,
) -> Result<LevelPreview, Failure> {
    shell
        .serve("sheet_level_preview", move |library| {
            library.sheet().level_preview(&id, &of)
        })
        .await
}

/// Makes every open choice.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_fill(
    shell: State<'_, Shell>,
    id: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_fill", has, move |sheet| sheet.fill(&id)).await
}

/// Lists what a character may start with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_start_offers(
    shell: State<'_, Shell>,
    id: String,
) -> Result<Vec<StartOffer>, Failure> {
    shell
        .serve("sheet_start_offers", move |library| {
            library.sheet().start_offers(&id)
        })
        .await
}

/// Takes starting equipment.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_start_with(
    shell: State<'_, Shell>,
    start: StartWith,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_start_with", has, move |sheet| {
        sheet.start_with(&start)
    })
    .await
}

/// Puts a thing of the compendium on the sheet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_add_thing(
    shell: State<'_, Shell>,
    thing: AddThing,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_add_thing", has, move |sheet| {
        sheet.add_thing(&thing)
    })
    .await
}

/// Does one thing at the table.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_act(
    shell: State<'_, Shell>,
    id: String,
    action: Action,
    has: Option<String>,
) -> Result<Acted<SheetAnswer>, Failure> {
    shell
        .serve("sheet_act", move |library| {
            let sheet = library.sheet();
            let done = sheet.act(&id, &action)?;
            Ok(done.map(|view| sheet.answer(has.as_deref(), view)))
        })
        .await
}

/// Rolls dice.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_roll(
    shell: State<'_, Shell>,
    id: Option<String>,
    roll: RollRequest,
) -> Result<RollLine, Failure> {
    shell
        .serve("sheet_roll", move |library| {
            library.sheet().roll(id.as_deref(), &roll)
        })
        .await
}

/// Lists the rolls of this session.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_rolls(shell: State<'_, Shell>) -> Result<Vec<RollLine>, Failure> {
    shell
        .serve("sheet_rolls", |library| library.sheet().rolls())
        .await
}

/// Tells how a character stands to each pack.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_packs(
    shell: State<'_, Shell>,
    id: String,
) -> Result<Vec<CharacterPack>, Failure> {
    shell
        .serve("sheet_packs", move |library| library.sheet().packs(&id))
        .await
}

/// Shows what the newest version of a pack would mean for a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_pack_review(
    shell: State<'_, Shell>,
    id: String,
    pack: String,
) -> Result<PackReview, Failure> {
    shell
        .serve("sheet_pack_review", move |library| {
            library.sheet().pack_review(&id, &pack)
        })
        .await
}

/// Builds a character on a version of a pack.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_pack_take(
    shell: State<'_, Shell>,
    id: String,
    pack: String,
    commit: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_pack_take", has, move |sheet| {
        sheet.pack_take(&id, &pack, &commit)
    })
    .await
}

/// Takes a pack away from a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sheet_pack_drop(
    shell: State<'_, Shell>,
    id: String,
    pack: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    edit(&shell, "sheet_pack_drop", has, move |sheet| {
        sheet.pack_drop(&id, &pack)
    })
    .await
}

/// Lets the services change a character, and answers with what that makes different for the page.
async fn edit(
    shell: &Shell,
    command: &'static str,
    has: Option<String>,
    work: impl FnOnce(&Sheets<'_>) -> Result<EditOutcome, Failure> + Send + 'static,
) -> Result<Edited<SheetAnswer>, Failure> {
    shell
        .serve(command, move |library| {
            let sheet = library.sheet();
            Ok(work(&sheet)?.map(|view| sheet.answer(has.as_deref(), view)))
        })
        .await
}
