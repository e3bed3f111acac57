//! The screen of a failed start: what went wrong, and a way to try again.

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::{Button, Variant};

/// Shown in place of the console when its configuration or session can't be read.
#[component]
pub fn StartFailed(
    /// Why, in words.
    message: String,
) -> impl IntoView {
    // Reloading only fails where a browser forbids it; the screen then stays.
    let reload = |()| drop(window().location().reload());
    view! {
        <main id="main" class="start-failed" role="alert">
            <h1>{t::shell::start_failed}</h1>
            <p>{message}</p>
            <Button label=t::common::retry variant=Variant::Primary on_click=reload />
        </main>
    }
}
