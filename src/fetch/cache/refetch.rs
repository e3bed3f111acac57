//! Which entries refetch: after a write, a change elsewhere, focus, a restored connection or a new session.

use std::rc::Rc;

use super::entry::Entry;
use super::{changes, store};

/// Marks every entry whose key begins with `prefix` as stale: observed ones refetch now, others when next observed.
pub fn invalidate(prefix: &str) {
    for entry in store::matching(prefix) {
        entry.stale.set(true);
        if entry.is_observed() {
            entry.refetch();
        }
    }
}

/// Handles a change made elsewhere: entries whose key begins with `prefix` and whose data is older than the change `id`
/// refetch. Every tab of this browser gets the event; one of them sends the request and shares the response. `pause` is
/// in milliseconds: the tab that received the event first goes first.
pub fn on_remote_change(prefix: &str, id: &str, pause: u32) {
    changes::record(prefix, id);
    for entry in store::matching(prefix) {
        if !entry.is_as_recent_as(id) {
            entry.mark_stale(pause);
        }
    }
}

/// Refetches observed entries that no tab has requested for `seconds`.
pub fn poll_observed(seconds: f64) {
    store::observed().for_each(|entry| entry.poll(seconds));
}

/// Refetches observed entries whose data is older than `seconds`; `load` is a foreground or a background refetch.
pub fn refetch_older_than(seconds: i64, load: fn(&Rc<Entry>)) {
    for entry in store::observed() {
        if !entry.is_loading() && entry.age().is_none_or(|age| age >= seconds) {
            load(&entry);
        }
    }
}

/// Refetches observed entries that failed because the session had expired.
pub fn retry_unauthenticated() {
    store::observed().filter(|entry| entry.failed_unauthenticated()).for_each(|entry| entry.refetch());
}
