//! Problems by field: a form's own checks before it sends, the vendor's after.

use leptos::prelude::*;
use trunkline_api::{Error, FieldError, Problem};

use crate::i18n::t;

/// A form's problems by wire name. What belongs to no field of the form is shown on the form.
#[derive(Clone, Copy)]
pub struct FieldErrors {
    problems: RwSignal<Vec<FieldError>>,
}

impl Default for FieldErrors {
    fn default() -> Self {
        Self::new()
    }
}

impl FieldErrors {
    /// No problem yet.
    pub fn new() -> Self {
        Self { problems: RwSignal::new(Vec::new()) }
    }

    /// Takes the result of a check; whether it was fine.
    pub fn check(&self, result: Result<(), Vec<FieldError>>) -> bool {
        let fine = result.is_ok();
        self.problems.set(result.err().unwrap_or_default());
        fine
    }

    /// Adds a problem that only the form can see, such as a number that isn't one.
    pub fn add(&self, field: &str, problem: Problem) {
        self.problems.update(|problems| {
            problems.retain(|known| known.field != field);
            problems.push(FieldError { field: field.to_owned(), problem });
        });
    }

    /// Takes the problems that a vendor or the gateway named.
    pub fn take(&self, error: &Error) {
        self.problems.try_set(error.fields().to_vec());
    }

    /// Whether there is any problem.
    pub fn any(&self) -> bool {
        self.problems.with(|problems| !problems.is_empty())
    }

    /// The problem of a field, in words. Field names that differ in the case of letters are one.
    pub fn of(&self, field: &'static str) -> Signal<Option<String>> {
        self.of_any(field.to_owned())
    }

    /// As [`FieldErrors::of`], for a name made at run time (`headers.0.name`).
    pub fn of_any(&self, field: String) -> Signal<Option<String>> {
        let errors = *self;
        Signal::derive(move || errors.text(&field))
    }

    /// The problem of a field now, in words; tracked.
    pub fn text(&self, field: &str) -> Option<String> {
        self.problems.with(|problems| {
            let known = problems.iter().find(|known| known.field.eq_ignore_ascii_case(field))?;
            Some(problem_text(&known.problem))
        })
    }

    /// Drops the problems of fields whose names begin so: their rows have moved.
    pub fn forget(&self, prefix: &str) {
        self.problems.try_update(|problems| problems.retain(|known| !known.field.starts_with(prefix)));
    }
}

/// A problem in words.
pub fn problem_text(problem: &Problem) -> String {
    match problem {
        Problem::Required => t::problems::required(),
        Problem::TooLong(max) => t::problems::too_long(i64::try_from(*max).unwrap_or(i64::MAX)),
        Problem::NotPercent => t::problems::not_percent(),
        Problem::NotNumber => t::problems::not_number(),
        Problem::NotE164 => t::problems::not_e164(),
        Problem::NotUrl => t::problems::not_url(),
        Problem::NotAllowed => t::problems::not_allowed(),
        Problem::NotJson => t::problems::not_json(),
        Problem::NotEmail => t::problems::not_email(),
        Problem::NeedsOne => t::problems::needs_one(),
        Problem::Duplicate => t::problems::duplicate(),
        Problem::Said(words) => words.clone(),
    }
}
