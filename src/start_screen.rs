//! The screen of a failed start: what went wrong, and a way to try again.

use leptos::prelude::*;

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::routes::reload;
use crate::ui::{Button, Variant};

/// Shown in place of the console when its configuration or session can't be read.
#[component]
pub fn StartFailed(
    /// Why, in words.
    message: String,
) -> impl IntoView {
    view! {
        <main id="main" class="start-failed" role="alert">
            <h1 prop:textContent=catalogue(t::shell::start_failed) />
            <p prop:textContent=fixed(message) />
            <Button label=t::common::retry variant=Variant::Primary on_click=|()| reload() />
        </main>
    }
}
