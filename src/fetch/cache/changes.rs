//! The changes that the gateway has reported, and the responses that are older.

use std::cell::RefCell;

use trunkline_api::gateway::change::is_behind;

thread_local! {
    /// The changes reported to this browser: key prefix, and id of the last change.
    static CHANGES: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Records the last change of the keys that begin with `prefix`.
pub fn record(prefix: &str, id: &str) {
    CHANGES.with_borrow_mut(|changes| {
        changes.retain(|(known, _)| known != prefix);
        changes.push((prefix.to_owned(), id.to_owned()));
    });
}

/// `true` if a response of this key with the id `as_of` is older than a change that concerns it.
pub fn is_outdated(key: &str, as_of: &str) -> bool {
    any(key, as_of, |behind| behind == Some(true))
}

/// `true` if a response of this key with the id `as_of` is at least as recent as every change that concerns it.
pub fn is_current(key: &str, as_of: &str) -> bool {
    !any(key, as_of, |behind| behind != Some(false))
}

/// `true` if `test` holds for any change that concerns the key.
fn any(key: &str, as_of: &str, test: fn(Option<bool>) -> bool) -> bool {
    CHANGES
        .with_borrow(|changes| changes.iter().any(|(prefix, id)| key.starts_with(prefix) && test(is_behind(as_of, id))))
}

/// Calls `report` with the key prefix and the id of each change.
pub fn for_each(report: fn(&str, &str)) {
    CHANGES.with_borrow(|changes| changes.iter().for_each(|(prefix, id)| report(prefix, id)));
}

/// Drops all changes, at sign-out.
pub fn clear() {
    CHANGES.take();
}
