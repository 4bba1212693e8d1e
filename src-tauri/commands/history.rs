//! Commands about what was.

use services::{
    Failure,
    wire::{
        Blame, Board, ChangeLine, ConflictLine, Decision, Difference, EditOutcome, Edited,
        GraphPage, HistoryPage, Life, Lines, MergeAsk, MergeDone, MergePreview, NewBranch,
        OperationPage, RestorePreview, SheetAnswer, Strategy,
    },
};
use std::collections::BTreeMap;

use tauri::State;

use crate::state::Shell;

/// Lists the versions of a character, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_list(
    shell: State<'_, Shell>,
    id: String,
    from: Option<String>,
    limit: u32,
    cell: Option<String>,
) -> Result<HistoryPage, Failure> {
    let list = move |library: &services::Library| {
        library
            .history()
            .list(&id, from.as_deref(), limit, cell.as_deref())
    };
    shell.serve("history_list", list).await
}

/// Tells how two versions of a character differ.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_compare(
    shell: State<'_, Shell>,
    id: String,
    from: String,
    to: String,
) -> Result<Vec<ChangeLine>, Failure> {
    shell
        .serve("history_compare", move |library| {
            library.history().compare(&id, &from, &to)
        })
        .await
}

/// Tells how two versions of a character differ: what people changed, and what the rules made of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_difference(
    shell: State<'_, Shell>,
    id: String,
    from: String,
    to: String,
) -> Result<Difference, Failure> {
    shell
        .serve("history_difference", move |library| {
            library.history().difference(&id, &from, &to)
        })
        .await
}

/// Lists the branches and milestones of a character.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_lines(shell: State<'_, Shell>, id: String) -> Result<Lines, Failure> {
    shell
        .serve("history_lines", move |library| library.history().lines(&id))
        .await
}

/// Makes a branch, at a version or of the newest edits.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_branch(
    shell: State<'_, Shell>,
    ask: NewBranch,
) -> Result<Lines, Failure> {
    shell
        .serve("history_branch", move |library| {
            library.history().branch(&ask)
        })
        .await
}

/// Stands on a branch from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_switch(
    shell: State<'_, Shell>,
    id: String,
    branch: String,
) -> Result<Lines, Failure> {
    shell
        .serve("history_switch", move |library| {
            library.history().switch(&id, &branch)
        })
        .await
}

/// Gives a branch another title.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_branch_rename(
    shell: State<'_, Shell>,
    id: String,
    branch: String,
    title: String,
) -> Result<Lines, Failure> {
    shell
        .serve("history_branch_rename", move |library| {
            library.history().branch_rename(&id, &branch, &title)
        })
        .await
}

/// Puts a branch away or brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_branch_archive(
    shell: State<'_, Shell>,
    id: String,
    branch: String,
    archived: bool,
) -> Result<Lines, Failure> {
    shell
        .serve("history_branch_archive", move |library| {
            library.history().branch_archive(&id, &branch, archived)
        })
        .await
}

/// Deletes a branch; the operation log knows where it stood.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_branch_delete(
    shell: State<'_, Shell>,
    id: String,
    branch: String,
) -> Result<Lines, Failure> {
    shell
        .serve("history_branch_delete", move |library| {
            library.history().branch_delete(&id, &branch)
        })
        .await
}

/// Marks a version as a milestone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_tag(
    shell: State<'_, Shell>,
    id: String,
    at: String,
    name: String,
) -> Result<Lines, Failure> {
    shell
        .serve("history_tag", move |library| {
            library.history().tag(&id, &at, &name)
        })
        .await
}

/// Takes a milestone away; the version stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_untag(
    shell: State<'_, Shell>,
    id: String,
    tag: String,
) -> Result<Lines, Failure> {
    shell
        .serve("history_untag", move |library| {
            library.history().untag(&id, &tag)
        })
        .await
}

/// Tells how a cell, or a computed number, came to be what it is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_blame(
    shell: State<'_, Shell>,
    id: String,
    cell: String,
    limit: u32,
) -> Result<Blame, Failure> {
    shell
        .serve("history_blame", move |library| {
            library.history().blame(&id, &cell, limit)
        })
        .await
}

/// Shows what merging one line into another would make; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_merge_preview(
    shell: State<'_, Shell>,
    ask: MergeAsk,
) -> Result<MergePreview, Failure> {
    shell
        .serve("history_merge_preview", move |library| {
            library.history().merge_preview(&ask)
        })
        .await
}

/// Merges one line into another.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_merge(
    shell: State<'_, Shell>,
    ask: MergeAsk,
) -> Result<MergeDone, Failure> {
    shell
        .serve("history_merge", move |library| {
            library.history().merge(&ask)
        })
        .await
}

/// Lists the conflicts that stand open where one stands.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_conflicts(
    shell: State<'_, Shell>,
    id: String,
) -> Result<Vec<ConflictLine>, Failure> {
    shell
        .serve("history_conflicts", move |library| {
            library.history().conflicts(&id)
        })
        .await
}

/// Decides open conflicts.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_resolve(
    shell: State<'_, Shell>,
    id: String,
    decisions: BTreeMap<String, Decision>,
    strategy: Option<Strategy>,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("history_resolve", move |library| {
            library.history().resolve(&id, &decisions, strategy)
        })
        .await
}

/// Puts two to four versions side by side.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_board(
    shell: State<'_, Shell>,
    id: String,
    sides: Vec<String>,
) -> Result<Board, Failure> {
    shell
        .serve("history_board", move |library| {
            library.history().board(&id, &sides)
        })
        .await
}

/// Brings one cell or thing of a version onto a branch.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_pick(
    shell: State<'_, Shell>,
    id: String,
    onto: String,
    from: String,
    path: String,
) -> Result<EditOutcome, Failure> {
    shell
        .serve("history_pick", move |library| {
            library.history().pick(&id, &onto, &from, &path)
        })
        .await
}

/// Draws a page of the history over all branches, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_graph(
    shell: State<'_, Shell>,
    id: String,
    from: Option<String>,
    limit: u32,
) -> Result<GraphPage, Failure> {
    shell
        .serve("history_graph", move |library| {
            library.history().graph(&id, from.as_deref(), limit)
        })
        .await
}

/// Lists the versions of the branch that is stood on, to move through.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_life(shell: State<'_, Shell>, id: String) -> Result<Life, Failure> {
    shell
        .serve("history_life", move |library| library.history().life(&id))
        .await
}

/// Takes back what one commit did; what came later stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_revert(
    shell: State<'_, Shell>,
    id: String,
    commit: String,
    has: Option<String>,
) -> Result<Edited<SheetAnswer>, Failure> {
    shell
        .serve("history_revert", move |library| {
            let sheet = library.sheet();
            let outcome = library.history().revert(&id, &commit)?;
            Ok(outcome.map(|view| sheet.answer(has.as_deref(), view)))
        })
        .await
}

/// Lists everything that was done in the library, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_operations(
    shell: State<'_, Shell>,
    from: Option<String>,
    limit: u32,
) -> Result<OperationPage, Failure> {
    shell
        .serve("history_operations", move |library| {
            library.history().operations(from.as_deref(), limit)
        })
        .await
}

/// Shows what restoring the library to an operation would change.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_restore_preview(
    shell: State<'_, Shell>,
    operation: String,
) -> Result<RestorePreview, Failure> {
    shell
        .serve("history_restore_preview", move |library| {
            library.history().restore_preview(&operation)
        })
        .await
}

/// Restores the library to how it stood after an operation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history_restore(
    shell: State<'_, Shell>,
    operation: String,
) -> Result<RestorePreview, Failure> {
    shell
        .serve("history_restore", move |library| {
            library.history().restore(&operation)
        })
        .await
}
