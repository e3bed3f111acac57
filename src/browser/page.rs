//! The page as a whole.

use leptos::prelude::window;

/// Reloads the page.
pub fn reload() {
    // It fails only if the browser forbids it; the page then stays.
    let _ = window().location().reload();
}
