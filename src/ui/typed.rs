//! What stands in a field while somebody types, and the cleaned value that the form reads.
//!
//! The field itself is left alone until it is left: a text that changes under the hands of a person loses its cursor.

use leptos::prelude::*;
use trunkline_fast::text::{TextKind, clean};

/// A field's text as it is typed, over the value that is cleaned of it. A copy is the same.
#[derive(Clone, Copy)]
pub struct TypedText {
    value: RwSignal<String>,
    what: TextKind,
    /// What is typed and what was made of it, where the two differ.
    raw: StoredValue<Option<(String, String)>>,
}

impl TypedText {
    /// Over the value of a field that holds such text.
    #[must_use]
    pub fn new(value: RwSignal<String>, what: TextKind) -> Self {
        Self { value, what, raw: StoredValue::new(None) }
    }

    /// What the field shows; tracked.
    #[must_use]
    pub fn shown(self) -> String {
        let value = self.value.get();
        let raw =
            self.raw.with_value(|raw| raw.as_ref().filter(|(_, made)| *made == value).map(|(raw, _)| raw.clone()));
        raw.unwrap_or(value)
    }

    /// A letter was typed, or a text pasted.
    pub fn input(self, event: &web_sys::Event) {
        let raw = event_target_value(event);
        let value = clean(&raw, self.what);
        self.raw.set_value((raw != value).then(|| (raw, value.clone())));
        self.value.set(value);
    }

    /// The field was left: now it shows the value.
    pub fn change(self) {
        if self.raw.try_update_value(Option::take).flatten().is_some() {
            self.value.update(|_| ());
        }
    }
}
