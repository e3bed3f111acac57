//! Requests and responses of the other tabs: one request serves all of them.

use super::store;
use crate::fetch::response::RawResponse;
use crate::fetch::tabs::HEAD_START_MS;

/// Handles another tab's request for this key: it will share its response.
pub fn on_peer_request(key: &str) {
    if let Some(entry) = store::find(key) {
        entry.await_peer();
    }
}

/// Handles another tab's response for this key; `body` is `None` if it was too large to share.
pub fn on_peer_response(key: &str, fingerprint: f64, body: Option<Vec<u8>>, as_of: String) {
    // This tab's own load is at least as recent.
    let Some(entry) = store::find(key).filter(|entry| !entry.is_loading()) else { return };
    match body.filter(|_| entry.is_observed()) {
        _ if entry.has(fingerprint) => {
            entry.pending_refetch.take();
            entry.confirm_as_of(as_of);
        }
        Some(body) => {
            entry.pending_refetch.take();
            entry.apply_peer_response(fingerprint, RawResponse::from_peer(body, as_of));
        }
        None => return entry.mark_stale(HEAD_START_MS),
    }
    if entry.is_outdated() {
        entry.mark_stale(HEAD_START_MS);
    }
}
