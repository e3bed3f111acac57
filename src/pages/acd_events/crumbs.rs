//! The way back from an event to the list.

use leptos::prelude::*;

use crate::i18n::t;
use crate::reactive::catalogue;
use crate::routes::Route;

/// A link to the list, and what else stands in that line.
#[component]
pub fn Crumbs(
    /// Stands at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label=t::parts::crumbs>
            <a href=Route::AcdEvents.path() prop:textContent=catalogue(t::routes::acd_events) />
            {children.map(|children| children())}
        </nav>
    }
}
