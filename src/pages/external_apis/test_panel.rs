//! Panel to run a test: a value per request parameter and variable, and the button. The gateway sends the request.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::external_template::has_variable;
use trunkline_api::gateway::{
    ExternalApiBody, RequestParam, TestExternalApi, TestRun, TestValues, ValueType, type_problem,
};
use trunkline_api::{ErrorKind, FieldError, ValidationError};

use super::labels::{kind_name, millis_text, outcome_text};
use super::mutations;
use crate::components::{FieldErrors, describe};
use crate::fetch::use_mutation;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::{Button, ErrorPanel, IconName, TextField, Variant, use_announcer};

/// A value to send and its input.
#[derive(Clone)]
struct ParamInput {
    param: RequestParam,
    /// `values` or `variables`, as in the field names of errors.
    list: &'static str,
    value: RwSignal<String>,
}

/// The inputs of a definition: its variables, and the parameters that have none.
fn inputs_of(body: &ExternalApiBody) -> Vec<ParamInput> {
    let variable = |name: String| {
        let sample = body.variables.iter().find(|known| known.name == name).map(|known| known.sample.clone());
        let value = RwSignal::new(sample.unwrap_or_default());
        ParamInput { param: RequestParam { name, required: true, ..Default::default() }, list: "variables", value }
    };
    let param = |param: &RequestParam| {
        // A stored secret is the gateway's.
        let value = if param.secret { String::new() } else { param.default.clone() };
        ParamInput { param: param.clone(), list: "values", value: RwSignal::new(value) }
    };
    let params = body.request.iter().filter(|param| param.secret || !has_variable(&param.default)).map(param);
    body.variable_names().into_iter().map(variable).chain(params).collect()
}

/// Panel to run a test.
#[component]
pub fn TestPanel(
    /// The definition's id.
    id: String,
    /// The definition; the inputs start with its defaults and samples.
    body: Arc<ExternalApiBody>,
    /// Called with each finished test, whether the API responded or not.
    #[prop(into)]
    on_run: Callback<TestRun>,
) -> impl IntoView {
    let inputs = inputs_of(&body);
    let errors = FieldErrors::new();
    let testing = use_mutation();
    let announcer = use_announcer();
    let done = move |run: TestRun| {
        announcer.announce(format!("{}, {}", outcome_text(&run.summary), millis_text(run.summary.millis)));
        on_run.try_run(run);
        mutations::invalidate_all();
    };
    let sent = StoredValue::new(inputs.clone());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let input = sent.with_value(|inputs| input_values(inputs));
        if errors.check(sent.with_value(|inputs| validate(inputs))) {
            let read_back = mutations::run_read_back(&id, done);
            let request = TestExternalApi { id: id.clone(), values: input };
            testing.run_verified(request, done, move |error| errors.set_from(error), read_back);
        }
    };
    let problem = move || {
        let error = testing.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| view! { <ErrorPanel problem=describe(&error) /> })
    };
    view! {
        <form class="card stack" novalidate on:submit=submit>
            <div class="stack-s">
                <h2 prop:textContent=catalogue(t::external_apis::test_title) />
                <p class="muted small" prop:textContent=catalogue(t::external_apis::test_hint) />
            </div>
            <div class="test-values">
                {inputs.into_iter().map(|input| view! { <ValueField input errors /> }).collect_view()}
            </div>
            {move || problem()}
            <div class="row">
                <Button
                    label=t::external_apis::test
                    icon=IconName::Play
                    submit=true
                    variant=Variant::Primary
                    busy=testing.busy
                />
            </div>
        </form>
    }
}

/// Field of one parameter, labelled with the parameter's name.
#[component]
fn ValueField(input: ParamInput, errors: FieldErrors) -> impl IntoView {
    let ParamInput { param, list, value } = input;
    let error = errors.signal_for(format!("{list}.{}", param.name));
    let (required, name) = (param.required, param.name.clone());
    let hint = move || match (&param.kind, param.default.is_empty()) {
        (_, false) if param.secret => t::external_apis::value_secret(),
        (_, false) => t::external_apis::value_default(&param.default),
        (ValueType::Integer, true) => t::external_apis::value_integer(),
        (ValueType::Text, true) => String::new(),
        (kind, true) => kind_name(kind),
    };
    view! { <TextField label=name value error hint=Signal::derive(hint) required=required /> }
}

/// Input by parameter name.
fn input_values(inputs: &[ParamInput]) -> TestValues {
    let of = |list: &str| {
        let mine = inputs.iter().filter(|input| input.list == list);
        mine.map(|input| (input.param.name.clone(), input.value.get_untracked())).collect()
    };
    TestValues { values: of("values"), variables: of("variables") }
}

/// Validates the input as the gateway does: required values are present and of their types. An empty value means the
/// default. Errors with the problem of each invalid field.
fn validate(inputs: &[ParamInput]) -> Result<(), Vec<FieldError>> {
    let problem = |input: &ParamInput| {
        let text = input.value.read_untracked();
        let value = if text.is_empty() { input.param.default.as_str() } else { text.as_str() };
        if value.is_empty() {
            input.param.required.then_some(ValidationError::Required)
        } else {
            let is_stored = input.param.secret && text.is_empty();
            (!is_stored && !input.param.kind.accepts(value)).then(|| type_problem(&input.param.kind))
        }
    };
    let problems: Vec<FieldError> = inputs
        .iter()
        .filter_map(|input| {
            Some(FieldError { field: format!("{}.{}", input.list, input.param.name), problem: problem(input)? })
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
