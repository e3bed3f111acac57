//! Sends writes to one record one after the other, in the order they were made.

use std::cell::RefCell;

use js_sys::{Function, Object, Promise};
use trunkline_api::Error;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::LocalBoxFuture;
use crate::fetch::request::RawRequest;
use crate::fetch::response::RawResponse;
use crate::fetch::transport::exchange;

thread_local! {
    /// The writes in flight or queued, by record, each with a promise that resolves when it ends.
    static QUEUES: RefCell<Vec<(String, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// `true` while a write is in flight or queued.
pub fn has_pending_writes() -> bool {
    QUEUES.with_borrow(|turns| !turns.is_empty())
}

/// `true` while a write is in flight or queued to a record whose key begins with `prefix`.
pub fn is_writing(prefix: &str) -> bool {
    QUEUES.with_borrow(|turns| turns.iter().any(|(record, _)| record.starts_with(prefix)))
}

/// Waits until no write is in flight or queued to a record whose key begins with `prefix`, and the last response has
/// been handled.
pub async fn writes_done(prefix: &str) {
    let last =
        || QUEUES.with_borrow(|turns| Some(turns.iter().rfind(|(record, _)| record.starts_with(prefix))?.1.clone()));
    while let Some(turn) = last() {
        // The promise is never rejected.
        let _ = JsFuture::from(turn).await;
    }
}

/// Sends a write after all earlier writes to the same record.
pub(super) fn enqueue(request: RawRequest) -> LocalBoxFuture<Result<RawResponse, Error>> {
    let record = record_of(&request);
    let mut resolve_turn = None;
    let turn = Promise::new(&mut |done, _| resolve_turn = Some(done));
    let before = QUEUES.with_borrow_mut(|turns| {
        let before = turns.iter().rfind(|(known, _)| *known == record).map(|(_, turn)| turn.clone());
        turns.push((record, turn.clone()));
        before
    });
    Box::pin(async move {
        if let Some(before) = before {
            // The promise is never rejected.
            let _ = JsFuture::from(before).await;
        }
        let received = exchange(request, None).await;
        QUEUES.with_borrow_mut(|turns| turns.retain(|(_, known)| !Object::is(known, &turn)));
        let _ = resolve_turn.map(|end: Function| end.call0(&JsValue::UNDEFINED));
        received
    })
}

/// The record that a write concerns: its path up to the last id, without an action such as `:enableBot` or `/online`.
fn record_of(request: &RawRequest) -> String {
    let action = request.path.rsplit_once('}').map_or("", |(_, action)| action);
    format!("{} {}", request.service.key(), request.target.strip_suffix(action).unwrap_or(&request.target))
}
