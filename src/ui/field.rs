//! The parts common to all form fields: a label, and a hint and an error linked to the control.

use leptos::prelude::*;

use super::unique_id;
use crate::reactive::{fixed, live_text};

/// An option of a select.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// The stored value.
    pub value: String,
    /// The displayed text.
    pub label: String,
}

impl SelectOption {
    /// An option of a value and its label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

impl From<&str> for SelectOption {
    fn from(value: &str) -> Self {
        Self::new(value, value)
    }
}

/// The ids and ARIA attributes of one control.
#[derive(Clone, Copy)]
pub struct FieldAria {
    /// The control's id.
    pub id: StoredValue<String>,
    hint: Signal<String>,
    error: Signal<Option<String>>,
}

impl FieldAria {
    /// For a control with this hint (empty for none) and error.
    #[must_use]
    pub fn new(hint: Signal<String>, error: Signal<Option<String>>) -> Self {
        Self { id: StoredValue::new(unique_id("field")), hint, error }
    }

    /// The control's `id`.
    #[must_use]
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// The control's `aria-describedby`. Tracked.
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

    /// The control's `aria-invalid`. Tracked.
    #[must_use]
    pub fn invalid(self) -> Option<&'static str> {
        self.error.read().is_some().then_some("true")
    }

    /// The hint and error shown under the control.
    pub fn hint_and_error(self) -> impl IntoView {
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

/// The layout of a field: label, control, hint, error.
#[component]
pub fn Field(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The control's ARIA attributes.
    aria: FieldAria,
    /// Marks the label as required; CSS draws the mark.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" data-required=move || required.get().then_some("")>
            <label for=aria.id() prop:textContent=live_text(move || label.get()) />
            {children()}
            {aria.hint_and_error()}
        </div>
    }
}
