//! Where drafts of forms are kept: the browser's own storage, per user and form, so that they outlive a reload and a
//! crash. Signing out leaves none behind.

use leptos::prelude::window;
use web_sys::Storage;

use super::session;

/// How the names of all drafts begin.
const PREFIX: &str = "trunkline.draft.";

/// The draft of a form, as it was kept.
pub fn read(form: &str) -> Option<String> {
    storage()?.get_item(&name(form)).ok().flatten()
}

/// Keeps the draft of a form; none forgets it.
pub fn keep(form: &str, draft: Option<&str>) {
    if let Some(storage) = storage() {
        let name = name(form);
        // A full or forbidden storage keeps no drafts; the form works on.
        let _ = match draft {
            Some(draft) => storage.set_item(&name, draft),
            None => storage.remove_item(&name),
        };
    }
}

/// Forgets all drafts of everybody in this browser.
pub fn wipe_all() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        let _ = storage.remove_item(name);
    }
}

fn name(form: &str) -> String {
    format!("{PREFIX}{}{form}", session::name())
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
