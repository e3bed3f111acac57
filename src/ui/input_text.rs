//! The raw text of a field while the user types, and the cleaned value that the form reads.
//!
//! The field keeps the raw text until it loses the focus: replacing the text while typing would move the caret.

use leptos::prelude::*;
use trunkline_text::{TextKind, clean};

/// A field's raw text over its cleaned value. Copies share their state.
#[derive(Clone, Copy)]
pub struct InputText {
    value: RwSignal<String>,
    kind: TextKind,
    /// The raw text and its cleaned form, if they differ.
    raw: StoredValue<Option<(String, String)>>,
}

impl InputText {
    /// For a field with this kind of text.
    #[must_use]
    pub fn new(value: RwSignal<String>, kind: TextKind) -> Self {
        Self { value, kind, raw: StoredValue::new(None) }
    }

    /// The text that the field shows. Tracked.
    #[must_use]
    pub fn displayed(self) -> String {
        let value = self.value.get();
        let raw =
            self.raw.with_value(|raw| raw.as_ref().filter(|(_, made)| *made == value).map(|(raw, _)| raw.clone()));
        raw.unwrap_or(value)
    }

    /// Handles an input event.
    pub fn on_input(self, event: &web_sys::Event) {
        let raw = event_target_value(event);
        let value = clean(&raw, self.kind);
        self.raw.set_value((raw != value).then(|| (raw, value.clone())));
        self.value.set(value);
    }

    /// Handles a change event: from now on the field shows the cleaned value.
    pub fn on_change(self) {
        if self.raw.try_update_value(Option::take).flatten().is_some() {
            self.value.update(|_| ());
        }
    }
}
