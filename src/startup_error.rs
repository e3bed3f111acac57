//! The start-up error page: a message and a retry.

use leptos::prelude::*;

use crate::browser::page::reload;
use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Button, Variant};

/// The error page in place of the console if its configuration or session can't be loaded.
#[component]
pub fn StartupError(
    /// The error, as a sentence for the user.
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
