//! What every form field has: a label that holds the name alone, a hint and an error tied to the control.

use leptos::prelude::*;

use super::unique_id;
use crate::reactive::{fixed, live_text};

/// A value one can choose, and the words for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is stored and sent.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

impl Choice {
    /// A value and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

impl From<&str> for Choice {
    fn from(value: &str) -> Self {
        Self::new(value, value)
    }
}

/// The ids and the ARIA wiring of one control.
#[derive(Clone, Copy)]
pub struct Wiring {
    /// The control's id.
    pub id: StoredValue<String>,
    hint: Signal<String>,
    error: Signal<Option<String>>,
}

impl Wiring {
    /// For a control with this hint (empty: none) and error.
    #[must_use]
    pub fn new(hint: Signal<String>, error: Signal<Option<String>>) -> Self {
        Self { id: StoredValue::new(unique_id("field")), hint, error }
    }

    /// The control's `id`.
    #[must_use]
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// The control's `aria-describedby`; tracked.
    #[must_use]
    pub fn described_by(self) -> Option<String> {
        let id = self.id();
        let hint = (!self.hint.read().is_empty()).then(|| format!("{id}-hint"));
        let error = self.error.read().is_some().then(|| format!("{id}-error"));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    /// The control's `aria-invalid`; tracked.
    #[must_use]
    pub fn invalid(self) -> Option<&'static str> {
        self.error.read().is_some().then_some("true")
    }

    /// The hint and the error, as they stand under the control.
    pub fn notes(self) -> impl IntoView {
        let id = self.id();
        let error_id = format!("{id}-error");
        let hint_id = format!("{id}-hint");
        view! {
            {move || {
                let hint = self.hint.get();
                (!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id.clone() prop:textContent=fixed(hint) /> }.into_any())
            }}
            {move || self.error.get().map(|error| view! { <p class="field-error" id=error_id.clone() prop:textContent=fixed(error) /> }.into_any())}
        }
    }
}

/// The frame of a field: label, control, hint, error.
#[component]
pub fn Field(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// The control's wiring.
    wiring: Wiring,
    /// Marks the name; the mark is drawn by CSS.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" data-required=move || required.get().then_some("")>
            <label for=wiring.id() prop:textContent=live_text(move || label.get()) />
            {children()}
            {wiring.notes()}
        </div>
    }
}
