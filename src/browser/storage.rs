//! The browser's storages. A browser may forbid them: then nothing is stored, and what is set lasts as long as the tab.

use leptos::prelude::window;
use web_sys::Storage;

/// `localStorage`, which all tabs of the origin share; `None` if the browser forbids it.
pub fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// `sessionStorage`, which ends with the tab; `None` if the browser forbids it.
pub fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The value of a key in [`local`]; `None` if there is none.
pub fn load(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Sets the value of a key in [`local`]; an empty value removes it.
pub fn store(key: &str, value: &str) {
    if let Some(storage) = local() {
        // If the storage is full, the value lasts as long as the tab.
        let _ = if value.is_empty() { storage.remove_item(key) } else { storage.set_item(key, value) };
    }
}
