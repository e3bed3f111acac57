//! Labels and select options of definitions and test outcomes.

use leptos::prelude::*;
use trunkline_api::gateway::{
    AuthKind, BodyFormat, ExternalMethod, NoResponseReason, OutputProblem, ParamPlace, TestSummary, ValueType, Verdict,
};

use crate::i18n::{count_of, t};
use crate::ui::{Badge, SelectOption, Tone};

/// Select options of the HTTP methods.
pub fn method_options() -> Vec<SelectOption> {
    ExternalMethod::KNOWN.iter().map(|method| SelectOption::from(method.as_str())).collect()
}

/// Select options of the body formats.
pub fn format_options() -> Vec<SelectOption> {
    BodyFormat::KNOWN.iter().map(|format| SelectOption::new(format.as_str(), format_name(format))).collect()
}

/// Label of a body format.
pub fn format_name(format: &BodyFormat) -> String {
    match format {
        BodyFormat::Form => t::external_apis::format_form(),
        BodyFormat::Json => t::external_apis::format_json(),
        BodyFormat::Other(other) => other.clone(),
    }
}

/// Select options of the parameters' places.
pub fn place_options() -> Vec<SelectOption> {
    ParamPlace::KNOWN.iter().map(|place| SelectOption::new(place.as_str(), place_name(place))).collect()
}

/// Label of a parameter's place.
pub fn place_name(place: &ParamPlace) -> String {
    match place {
        ParamPlace::Auto => t::external_apis::place_auto(),
        ParamPlace::Query => t::external_apis::place_query(),
        ParamPlace::Path => t::external_apis::place_path(),
        ParamPlace::Header => t::external_apis::place_header(),
        ParamPlace::Form => t::external_apis::place_form(),
        ParamPlace::Json => t::external_apis::place_json(),
        ParamPlace::Other(other) => other.clone(),
    }
}

/// Select options of the types.
pub fn kind_options() -> Vec<SelectOption> {
    ValueType::KNOWN.iter().map(|kind| SelectOption::new(kind.as_str(), kind_name(kind))).collect()
}

/// Label of a type.
pub fn kind_name(kind: &ValueType) -> String {
    match kind {
        ValueType::Text => t::external_apis::text(),
        ValueType::Integer => t::external_apis::integer(),
        ValueType::Number => t::external_apis::number(),
        ValueType::Boolean => t::external_apis::boolean(),
        ValueType::Json => "JSON".to_owned(),
        ValueType::Other(other) => other.clone(),
    }
}

/// Select options of the kinds of authentication.
pub fn auth_options() -> Vec<SelectOption> {
    AuthKind::KNOWN.iter().map(|kind| SelectOption::new(kind.as_str(), auth_name(kind))).collect()
}

/// Label of a kind of authentication.
pub fn auth_name(kind: &AuthKind) -> String {
    match kind {
        AuthKind::None => t::external_apis::auth_none(),
        AuthKind::Bearer => t::external_apis::auth_bearer(),
        AuthKind::Basic => t::external_apis::auth_basic(),
        AuthKind::Header => t::external_apis::auth_by_header(),
        AuthKind::OAuth => t::external_apis::auth_oauth(),
        AuthKind::Other(other) => other.clone(),
    }
}

/// Outcome of a test: its HTTP status, or "no answer".
pub fn outcome_text(summary: &TestSummary) -> String {
    summary.status.map_or_else(t::external_apis::no_answer, |status| status.to_string())
}

/// Sentence of a verdict.
pub fn verdict_text(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed => t::external_apis::verdict_passed(),
        Verdict::Status => t::external_apis::verdict_status(),
        Verdict::Outputs => t::external_apis::verdict_outputs(),
        Verdict::NoResponse => t::external_apis::no_answer(),
        Verdict::Other(other) => other.clone(),
    }
}

/// What is wrong with an output.
pub fn output_problem(problem: &OutputProblem) -> String {
    match problem {
        OutputProblem::Missing => t::external_apis::output_missing(),
        OutputProblem::Type => t::external_apis::output_type(),
        OutputProblem::Other(other) => other.clone(),
    }
}

/// Tone of an outcome: good if it passed, bad for 5xx and for no response, warning otherwise.
pub fn outcome_tone(summary: &TestSummary) -> Tone {
    match (summary.status, summary.verdict()) {
        (_, Verdict::Passed) => Tone::Good,
        (Some(500..) | None, _) => Tone::Bad,
        _ => Tone::Warn,
    }
}

/// Badge with the outcome of a test.
pub fn outcome_badge(summary: &TestSummary) -> impl IntoView + use<> {
    view! { <Badge text=outcome_text(summary) tone=outcome_tone(summary) /> }
}

/// Sentence that explains why there was no response.
pub fn reason_text(reason: &NoResponseReason) -> String {
    match reason {
        NoResponseReason::Address => t::external_apis::why_address(),
        NoResponseReason::Name => t::external_apis::why_name(),
        NoResponseReason::Private => t::external_apis::why_private(),
        NoResponseReason::Port => t::external_apis::why_port(),
        NoResponseReason::Request => t::external_apis::why_request(),
        NoResponseReason::Connection => t::external_apis::why_connection(),
        NoResponseReason::Broken => t::external_apis::why_broken(),
        NoResponseReason::Late => t::external_apis::why_late(),
        NoResponseReason::Redirects => t::external_apis::why_redirects(),
        NoResponseReason::Token => t::external_apis::why_token(),
        NoResponseReason::Unreadable => t::external_apis::why_unreadable(),
        NoResponseReason::Other(text) => text.clone(),
    }
}

/// Milliseconds with their unit.
pub fn millis_text(value: u64) -> String {
    t::external_apis::millis(&crate::i18n::number(count_of(value)))
}
