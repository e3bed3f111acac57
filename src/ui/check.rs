//! Yes or no: in a form a checkbox, at once a switch.

use leptos::prelude::*;

use super::field::Wiring;
use super::word;
use crate::reactive::live_text;

/// A checkbox with its name.
#[component]
pub fn CheckField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// Ticked or not.
    value: RwSignal<bool>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    view! {
        <div class="check">
            <input
                id=wiring.id()
                type="checkbox"
                aria-invalid=move || wiring.invalid()
                aria-describedby=move || wiring.described_by()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <label for=wiring.id() prop:textContent=live_text(move || label.get()) />
            {wiring.notes()}
        </div>
    }
}

/// A switch that acts at once. It shows `checked` and nothing else: whoever owns the state decides whether a click
/// changes it. While `busy` it takes no click.
#[component]
pub fn Switch(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// On or off.
    #[prop(into)]
    checked: Signal<bool>,
    /// Asked for the other state, which it is given.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The change is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The name is for screen readers only: the column or heading says it to the eye.
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
            aria-checked=move || word(checked.get())
            aria-busy=move || busy.get().then_some(word(true))
            aria-disabled=move || (busy.get() || disabled.get()).then_some(word(true))
            on:click=click
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span class:visually-hidden=label_hidden prop:textContent=live_text(move || label.get()) />
        </button>
    }
}
