//! Validation errors by field: the form's own before it sends, the vendor's after.

use leptos::prelude::*;
use trunkline_api::{Error, FieldError, ValidationError};

use crate::i18n::{count_of, t};

/// A form's validation errors by wire name. An error of no field of this form is shown above the form.
#[derive(Clone, Copy)]
pub struct FieldErrors {
    errors: RwSignal<Vec<FieldError>>,
}

impl Default for FieldErrors {
    fn default() -> Self {
        Self::new()
    }
}

impl FieldErrors {
    /// No errors.
    pub fn new() -> Self {
        Self { errors: RwSignal::new(Vec::new()) }
    }

    /// Replaces the errors by those of a validation. Returns `true` if there are none.
    pub fn check(&self, result: Result<(), Vec<FieldError>>) -> bool {
        let is_valid = result.is_ok();
        self.errors.set(result.err().unwrap_or_default());
        is_valid
    }

    /// Adds an error that only the form can detect, such as text in a number field.
    pub fn add(&self, field: &str, problem: ValidationError) {
        self.errors.update(|problems| {
            problems.retain(|known| known.field != field);
            problems.push(FieldError { field: field.to_owned(), problem });
        });
    }

    /// Replaces the errors by the field errors in a vendor's or the gateway's response.
    pub fn set_from(&self, error: &Error) {
        self.errors.try_set(error.fields().to_vec());
    }

    /// Returns `true` if any field has an error.
    pub fn any(&self) -> bool {
        self.errors.with(|problems| !problems.is_empty())
    }

    /// The error message of a field. Field names are compared without regard to case.
    pub fn signal(&self, field: &'static str) -> Signal<Option<String>> {
        self.signal_for(field.to_owned())
    }

    /// Like [`FieldErrors::signal`], for a name built at run time (`headers.0.name`).
    pub fn signal_for(&self, field: String) -> Signal<Option<String>> {
        let errors = *self;
        Signal::derive(move || errors.message(&field))
    }

    /// The current error message of a field. Tracked.
    pub fn message(&self, field: &str) -> Option<String> {
        self.errors.with(|problems| {
            let known = problems.iter().find(|known| known.field.eq_ignore_ascii_case(field))?;
            Some(validation_message(&known.problem))
        })
    }

    /// Clears the errors of fields whose names start with `prefix`: their rows have moved.
    pub fn clear_prefix(&self, prefix: &str) {
        self.errors.try_update(|problems| problems.retain(|known| !known.field.starts_with(prefix)));
    }
}

/// The message of a validation error.
pub fn validation_message(problem: &ValidationError) -> String {
    match problem {
        ValidationError::Required => t::problems::required(),
        ValidationError::TooLong(max) => t::problems::too_long(count_of(*max)),
        ValidationError::NotPercent => t::problems::not_percent(),
        ValidationError::NotNumber => t::problems::not_number(),
        ValidationError::NotE164 => t::problems::not_e164(),
        ValidationError::NotUrl => t::problems::not_url(),
        ValidationError::NotAllowed => t::problems::not_allowed(),
        ValidationError::NotInUrl => t::problems::not_in_url(),
        ValidationError::NotJson => t::problems::not_json(),
        ValidationError::NotEmail => t::problems::not_email(),
        ValidationError::NeedsOne => t::problems::needs_one(),
        ValidationError::Duplicate => t::problems::duplicate(),
        ValidationError::Said(words) => words.clone(),
    }
}
