//! What a page keeps with its entry of the browser's history: going back to the entry finds it again, opening the page
//! anew doesn't. It lasts until the tab is reloaded, and needs the Navigation API.

use std::cell::RefCell;

use leptos::prelude::window;

use super::property;

/// Most values that are kept; the oldest go first.
const MAX_KEPT: usize = 50;

thread_local! {
    static KEPT: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a value with the current entry, under a name.
pub fn keep(name: &str, value: String) {
    let Some(key) = key(name) else { return };
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|(known, _)| *known != key);
        if kept.len() >= MAX_KEPT {
            kept.remove(0);
        }
        kept.push((key, value));
    });
}

/// The value that was kept with the current entry under this name.
pub fn kept(name: &str) -> Option<String> {
    let key = key(name)?;
    KEPT.with_borrow(|kept| kept.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone()))
}

/// The path is part of it: while a link is followed, the next page is drawn before it has an entry of its own.
fn key(name: &str) -> Option<String> {
    let entry = property(&property(&window(), "navigation")?, "currentEntry")?;
    let (entry, path) = (property(&entry, "key")?.as_string()?, window().location().pathname().ok()?);
    Some(format!("{entry} {path} {name}"))
}
