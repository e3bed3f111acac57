//! A switch, which acts at once.

use leptos::prelude::*;

use super::aria_bool;
use crate::reactive::live_text;

/// A switch that acts at once. It is controlled: it shows `checked`, and the owner decides what a click changes. While
/// `busy` it ignores clicks.
#[component]
pub fn Switch(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the requested value.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The change is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It can't be changed at the moment.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Hides the label visually where a column or heading already shows it.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    let click = move |_| {
        if !busy.get_untracked() && !disabled.get_untracked() {
            on_change.run(!checked.get_untracked());
        }
    };
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-checked=move || aria_bool(checked.get())
            aria-busy=move || busy.get().then_some(aria_bool(true))
            aria-disabled=move || (busy.get() || disabled.get()).then_some(aria_bool(true))
            on:click=click
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span class:visually-hidden=label_hidden prop:textContent=live_text(move || label.get()) />
        </button>
    }
}
