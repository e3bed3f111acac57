//! Result of one test: outcome, output parameters, response body and headers. All of it is rendered as text, never as
//! markup.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{OutputValue, TestRun};
use trunkline_model::pretty_json::pretty;

use super::labels::{millis_text, outcome_badge, outcome_tone, output_problem, reason_text, verdict_text};
use super::param_tables::PlainTable;
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::{Badge, Banner, CopyButton, Definition, DefinitionList, Severity, Tone};

/// Result of a test.
#[component]
pub fn RunResult(
    /// The run.
    run: Arc<TestRun>,
    /// Replaces the response body.
    #[prop(optional)]
    body: Option<AnyView>,
) -> impl IntoView {
    let (at, took) = (run.summary.at, run.summary.millis);
    let error = run.summary.error.clone();
    let badge = outcome_badge(&run.summary);
    let (verdict, tone) = (run.summary.verdict(), outcome_tone(&run.summary));
    let url = run.url.clone();
    let has_response = run.summary.status.is_some();
    view! {
        <section class="card stack" aria-label=t::external_apis::result>
            <h2 prop:textContent=catalogue(t::external_apis::result) />
            {error.map(|error| view! { <Banner severity=Severity::Error text=Signal::derive(move || reason_text(&error)) /> })}
            <DefinitionList>
                <Definition term=t::external_apis::status>{badge}</Definition>
                <Definition term=t::external_apis::verdict>
                    <Badge text=Signal::derive(move || verdict_text(&verdict)) tone />
                </Definition>
                <Definition term=t::external_apis::took value=Signal::derive(move || millis_text(took)) />
                <Definition term=t::external_apis::at value=Signal::derive(move || format::date_time_exact(at)) />
                <Definition term=t::external_apis::called>
                    <span class="mono break" dir="ltr" prop:textContent=fixed(url) />
                </Definition>
            </DefinitionList>
            {(!run.outputs.is_empty()).then(|| view! { <OutputValues run=run.clone() /> })}
            {has_response.then(|| body.unwrap_or_else(|| view! { <ResponseBody run=run.clone() /> }.into_any()))}
            {has_response.then(|| view! { <ResponseHeaders run /> })}
        </section>
    }
}

/// The output parameters with their values.
#[component]
fn OutputValues(run: Arc<TestRun>) -> impl IntoView {
    let rows = run.outputs.iter().map(output_row).collect_view();
    view! {
        <PlainTable
            name=t::external_apis::outputs
            columns=vec![t::external_apis::name, t::external_apis::value]
            rows=rows.into_any()
        />
    }
}

fn output_row(output: &OutputValue) -> impl IntoView + use<> {
    let value = match output.value.clone() {
        Some(value) => view! { <bdi class="break" prop:textContent=fixed(value) /> }.into_any(),
        None => view! { <span class="muted" prop:textContent=catalogue(t::external_apis::not_found) /> }.into_any(),
    };
    let problem = output.problem.clone().map(|problem| {
        view! { " "<Badge text=Signal::derive(move || output_problem(&problem)) tone=Tone::Warn /> }
    });
    view! {
        <tr>
            <th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(output.name.clone()) /></th>
            <td>{value}{problem}</td>
        </tr>
    }
}

/// Response body, indented if it is JSON.
#[component]
fn ResponseBody(run: Arc<TestRun>) -> impl IntoView {
    let text = pretty(&run.body).unwrap_or_else(|| run.body.clone());
    let copied = text.clone();
    let is_empty = text.is_empty();
    view! {
        <div class="stack-s">
            <div class="row">
                <h3 prop:textContent=catalogue(t::external_apis::body) />
                {(!is_empty).then(|| view! { <CopyButton label=t::external_apis::copy_body value=copied /> })}
            </div>
            {run.truncated.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::external_apis::truncated) /> })}
            {if is_empty {
                view! { <p class="muted" prop:textContent=catalogue(t::external_apis::no_body) /> }.into_any()
            } else {
                view! { <pre class="code-block" tabindex="0" dir="ltr" aria-label=t::external_apis::body prop:textContent=fixed(text) /> }
                    .into_any()
            }}
        </div>
    }
}

/// Response headers, collapsed.
#[component]
fn ResponseHeaders(run: Arc<TestRun>) -> impl IntoView {
    let count = count_of(run.headers.len());
    let lines: Vec<String> = run.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let lines = lines.join("\n");
    view! {
        <details class="details">
            <summary prop:textContent=live_text(move || t::external_apis::answer_headers(count)) />
            <pre dir="ltr" prop:textContent=fixed(lines) />
        </details>
    }
}
