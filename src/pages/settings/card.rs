//! A card of settings.

use leptos::prelude::*;

use crate::reactive::{catalogue, live_text};
use crate::ui::unique_id;

/// A card with a title, for one group of settings.
#[component]
pub fn Card(
    /// The title.
    title: fn() -> String,
    /// Help text under it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Fields.
    children: Children,
) -> impl IntoView {
    let id = unique_id("settings");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <div class="stack-s">
                <h3 id=id.clone() prop:textContent=catalogue(title) />
                {move || (!hint.read().is_empty())
                    .then(|| view! { <p class="muted small" prop:textContent=live_text(move || hint.get()) /> }.into_any())}
            </div>
            {children()}
        </section>
    }
}
