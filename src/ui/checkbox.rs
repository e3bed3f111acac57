//! A checkbox for forms.

use leptos::prelude::*;

use super::field::FieldAria;
use crate::reactive::live_text;

/// A checkbox with its label.
#[component]
pub fn CheckField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<bool>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    view! {
        <div class="check">
            <input
                id=aria.id()
                type="checkbox"
                aria-invalid=move || aria.invalid()
                aria-describedby=move || aria.described_by()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <label for=aria.id() prop:textContent=live_text(move || label.get()) />
            {aria.hint_and_error()}
        </div>
    }
}
