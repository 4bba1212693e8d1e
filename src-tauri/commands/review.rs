//! Commands about change requests.

use services::{
    Failure,
    wire::{Inbox, NewRequest, QueueDone, RequestAct, RequestView},
};
use tauri::State;

use crate::state::Shell;

/// Lists the requests as they concern whoever sits here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_inbox(shell: State<'_, Shell>) -> Result<Inbox, Failure> {
    shell
        .serve("review_inbox", |library| library.review().inbox())
        .await
}

/// Proposes a branch.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_open(
    shell: State<'_, Shell>,
    ask: NewRequest,
) -> Result<RequestView, Failure> {
    shell
        .serve("review_open", move |library| library.review().open(&ask))
        .await
}

/// Shows a request whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_show(
    shell: State<'_, Shell>,
    id: String,
) -> Result<RequestView, Failure> {
    shell
        .serve("review_show", move |library| library.review().show(&id))
        .await
}

/// Does something with a request.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_act(
    shell: State<'_, Shell>,
    id: String,
    act: RequestAct,
) -> Result<RequestView, Failure> {
    shell
        .serve("review_act", move |library| library.review().act(&id, &act))
        .await
}

/// Merges every approved request in its order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_queue(shell: State<'_, Shell>) -> Result<QueueDone, Failure> {
    shell
        .serve("review_queue", |library| library.review().queue())
        .await
}
