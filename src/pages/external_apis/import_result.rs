//! Reads a curl command or a file of definitions into the form, and says what came of it.

use leptos::prelude::*;
use trunkline_api::gateway::ExternalApiBody;
use trunkline_model::curl::{CurlError, parse_curl};
use trunkline_model::external_api_files::{example, from_file};
use trunkline_model::shell_words::SplitError;

use super::form_state::{FormState, with_owner};
use crate::i18n::t;
use crate::ui::{Banner, Button, Severity, use_announcer};

/// What a definition is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportSource {
    /// A curl command, or a file of definitions.
    Text(String),
    /// The example.
    Example,
}

/// What was read.
enum Outcome {
    /// One definition, and the options that were left out.
    One(Box<ExternalApiBody>, Vec<String>),
    /// Several to choose from.
    Several(Vec<ExternalApiBody>),
    /// Nothing, and why.
    Nothing(String),
}

/// Reads the source once, fills in the form, and shows the outcome.
#[component]
pub fn ImportResult(fields: FormState, source: ImportSource, owner: StoredValue<Option<Owner>>) -> impl IntoView {
    let announcer = use_announcer();
    let fill = move |api: &ExternalApiBody| with_owner(owner, || fields.set_values(api));
    match untrack(|| read(&source)) {
        Outcome::One(api, ignored) => {
            untrack(|| fill(&api));
            announcer.announce(t::external_apis::import_done());
            let text = move || match ignored.as_slice() {
                [] => t::external_apis::import_done(),
                ignored => format!(
                    "{} {}",
                    t::external_apis::import_done(),
                    t::external_apis::import_ignored(&ignored.join(", "))
                ),
            };
            view! { <Banner severity=Severity::Success text=Signal::derive(text) /> }.into_any()
        }
        Outcome::Several(apis) => {
            let button = move |api: ExternalApiBody| {
                let name = api.name.clone();
                view! { <Button label=name small=true on_click=move |()| fill(&api) /> }
            };
            view! {
                <Banner severity=Severity::Info text=t::external_apis::import_several />
                <div class="row">{apis.into_iter().map(button).collect_view()}</div>
            }
            .into_any()
        }
        Outcome::Nothing(why) => view! { <Banner severity=Severity::Error text=why /> }.into_any(),
    }
}

fn read(source: &ImportSource) -> Outcome {
    let text = match source {
        ImportSource::Example => {
            let api = example(t::external_apis::example_name(), t::external_apis::example_description());
            return Outcome::One(Box::new(api), Vec::new());
        }
        ImportSource::Text(text) => text,
    };
    if text.trim_start().trim_start_matches('\u{feff}').starts_with(['{', '[']) {
        return match from_file(text) {
            None => Outcome::Nothing(t::external_apis::import_no_file()),
            Some(mut apis) if apis.len() == 1 => match apis.pop() {
                Some(api) => Outcome::One(Box::new(api), Vec::new()),
                None => Outcome::Nothing(t::external_apis::import_no_file()),
            },
            Some(apis) => Outcome::Several(apis),
        };
    }
    match parse_curl(text) {
        Ok(read) => Outcome::One(Box::new(read.api), read.ignored),
        Err(error) => Outcome::Nothing(curl_error(&error)),
    }
}

fn curl_error(error: &CurlError) -> String {
    match error {
        CurlError::NotCurl => t::external_apis::curl_none(),
        CurlError::Split(SplitError::WindowsCaret) => t::external_apis::curl_windows(),
        CurlError::Split(SplitError::PowerShell) => t::external_apis::curl_powershell(),
        CurlError::Split(SplitError::UnclosedQuote) => t::external_apis::curl_quote(),
        CurlError::NoUrl => t::external_apis::curl_no_url(),
        CurlError::NoValue(option) => t::external_apis::curl_no_value(option),
        CurlError::Unsupported(option) => t::external_apis::curl_unsupported(option),
        CurlError::Method(method) => t::external_apis::curl_method(method),
        CurlError::Body => t::external_apis::curl_body(),
        CurlError::BodyOfGet => t::external_apis::curl_get_body(),
    }
}
