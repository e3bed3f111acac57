//! The words of a definition and of a test's outcome.

use leptos::prelude::*;
use trunkline_api::gateway::{BodyFormat, ExternalMethod, NoAnswer, TestSummary};

use crate::i18n::t;
use crate::ui::{Badge, Choice, Tone};

/// The methods; their names are the protocol's.
pub fn methods() -> Vec<Choice> {
    ExternalMethod::KNOWN.iter().map(|method| Choice::from(method.as_str())).collect()
}

/// The body formats of a POST.
pub fn formats() -> Vec<Choice> {
    BodyFormat::KNOWN.iter().map(|format| Choice::new(format.as_str(), format_name(format))).collect()
}

/// A body format in words.
pub fn format_name(format: &BodyFormat) -> String {
    match format {
        BodyFormat::Form => t::external_apis::format_form(),
        BodyFormat::Json => t::external_apis::format_json(),
        BodyFormat::Other(other) => other.clone(),
    }
}

/// What a test came to: its HTTP status, or that there was no answer.
pub fn outcome(summary: &TestSummary) -> String {
    summary.status.map_or_else(t::external_apis::no_answer, |status| status.to_string())
}

/// What it means: an answer that is no success is worth a look, none at all is bad.
pub fn tone(summary: &TestSummary) -> Tone {
    match summary.status {
        Some(200..=299) => Tone::Good,
        Some(500..) | None => Tone::Bad,
        Some(_) => Tone::Warn,
    }
}

/// The outcome as a badge.
pub fn outcome_badge(summary: &TestSummary) -> impl IntoView + use<> {
    view! { <Badge text=outcome(summary) tone=tone(summary) /> }
}

/// Why there was no answer, in a sentence.
pub fn why(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::Address => t::external_apis::why_address(),
        NoAnswer::Name => t::external_apis::why_name(),
        NoAnswer::Private => t::external_apis::why_private(),
        NoAnswer::Port => t::external_apis::why_port(),
        NoAnswer::Request => t::external_apis::why_request(),
        NoAnswer::Connection => t::external_apis::why_connection(),
        NoAnswer::Broken => t::external_apis::why_broken(),
        NoAnswer::Late => t::external_apis::why_late(),
        NoAnswer::Redirects => t::external_apis::why_redirects(),
        NoAnswer::Other(words) => words.clone(),
    }
}

/// Milliseconds with their unit.
pub fn millis(value: u64) -> String {
    t::external_apis::millis(&crate::i18n::number(i64::try_from(value).unwrap_or(i64::MAX)))
}
