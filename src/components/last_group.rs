//! The jtel group to which the agent sent the last event, kept in this browser: the next callback starts with it.

use crate::browser::storage;
use crate::fetch::session;

/// The group's id; empty if none is known.
pub fn last_group() -> String {
    storage::load(&key()).unwrap_or_default()
}

/// Remembers a group.
pub fn remember_group(id: &str) {
    storage::store(&key(), id);
}

/// The local storage key: by user, because a browser may be shared.
fn key() -> String {
    format!("trunkline.group.{}", session::user_name())
}
