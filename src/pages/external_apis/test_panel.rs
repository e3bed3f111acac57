//! Values for one test, and the button that runs it from the gateway.

use leptos::prelude::*;
use trunkline_api::gateway::{RequestParam, TestExternalApi, TestRun, TestValues};
use trunkline_api::{ErrorKind, FieldError, Problem};

use super::actions;
use super::words::{millis, outcome};
use crate::fetch::use_mutation;
use crate::i18n::t;
use crate::parts::{FieldErrors, words};
use crate::reactive::catalogue;
use crate::ui::{Button, ErrorPanel, IconName, TextField, Variant, use_announcer};

/// A request parameter and what is typed for it.
#[derive(Clone)]
struct Input {
    param: RequestParam,
    value: RwSignal<String>,
}

/// The panel. `on_run` gets each finished test.
#[component]
pub fn TestPanel(
    /// The definition's id.
    id: String,
    /// Its request parameters; their defaults are filled in.
    params: Vec<RequestParam>,
    /// A test came back, with or without an answer.
    #[prop(into)]
    on_run: Callback<TestRun>,
) -> impl IntoView {
    let inputs: Vec<Input> =
        params.into_iter().map(|param| Input { value: RwSignal::new(param.default.clone()), param }).collect();
    let errors = FieldErrors::new();
    let testing = use_mutation();
    let announcer = use_announcer();
    let done = move |run: TestRun| {
        announcer.say(format!("{}, {}", outcome(&run.summary), millis(run.summary.millis)));
        on_run.try_run(run);
        actions::stale();
    };
    let sent = StoredValue::new(inputs.clone());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let given = sent.with_value(|inputs| values(inputs));
        if errors.check(sent.with_value(|inputs| check(inputs))) {
            let look = actions::look_for_run(&id, done);
            let request = TestExternalApi { id: id.clone(), values: given };
            testing.run_sure(request, done, move |error| errors.take(error), look);
        }
    };
    let problem = move || {
        let error = testing.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| view! { <ErrorPanel problem=words(&error) /> })
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

/// The field of one parameter; its name is the definition's own.
#[component]
fn ValueField(input: Input, errors: FieldErrors) -> impl IntoView {
    let Input { param, value } = input;
    let hint = move || match (param.integer, param.default.is_empty()) {
        (true, true) => t::external_apis::value_integer(),
        (false, true) => String::new(),
        (_, false) => t::external_apis::value_default(&param.default),
    };
    let error = errors.of_any(format!("values.{}", param.name));
    let required = param.required;
    view! { <TextField label=param.name.clone() value error hint=Signal::derive(hint) required=required /> }
}

/// The values by parameter, as typed.
fn values(inputs: &[Input]) -> TestValues {
    let one = |input: &Input| (input.param.name.clone(), input.value.get_untracked());
    TestValues { values: inputs.iter().map(one).collect() }
}

/// What the gateway checks too: required ones are there, integers are integers. An empty value means the default.
fn check(inputs: &[Input]) -> Result<(), Vec<FieldError>> {
    let problem = |input: &Input| {
        let typed = input.value.read_untracked();
        let value = if typed.is_empty() { input.param.default.as_str() } else { typed.as_str() };
        if value.is_empty() {
            input.param.required.then_some(Problem::Required)
        } else {
            (input.param.integer && value.trim().parse::<i64>().is_err()).then_some(Problem::NotNumber)
        }
    };
    let problems: Vec<FieldError> = inputs
        .iter()
        .filter_map(|input| {
            Some(FieldError { field: format!("values.{}", input.param.name), problem: problem(input)? })
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
