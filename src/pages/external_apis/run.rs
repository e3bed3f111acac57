//! One test to read: how it went, what was mapped, the answer's body and headers. All of it is text, never markup.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{Output, TestRun};
use trunkline_api::pretty_json::pretty;

use super::definition::PlainTable;
use super::words::{millis, outcome_badge, why};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::{Banner, CopyButton, Definition, DefinitionList, Kind};

/// A test's result.
#[component]
pub fn RunView(run: Arc<TestRun>) -> impl IntoView {
    let (at, took) = (run.summary.at, run.summary.millis);
    let error = run.summary.error.clone();
    let badge = outcome_badge(&run.summary);
    let url = run.url.clone();
    let answered = run.summary.status.is_some();
    view! {
        <section class="card stack" aria-label=t::external_apis::result>
            <h2 prop:textContent=catalogue(t::external_apis::result) />
            {error.map(|error| view! { <Banner kind=Kind::Error text=Signal::derive(move || why(&error)) /> })}
            <DefinitionList>
                <Definition term=t::external_apis::status>{badge}</Definition>
                <Definition term=t::external_apis::took value=Signal::derive(move || millis(took)) />
                <Definition term=t::external_apis::at value=Signal::derive(move || format::date_time_exact(at)) />
                <Definition term=t::external_apis::called>
                    <span class="mono break" dir="ltr" prop:textContent=fixed(url) />
                </Definition>
            </DefinitionList>
            {(!run.outputs.is_empty()).then(|| view! { <Outputs run=run.clone() /> })}
            {answered.then(|| view! { <Body run=run.clone() /> })}
            {answered.then(|| view! { <Headers run /> })}
        </section>
    }
}

/// The output parameters with their values.
#[component]
fn Outputs(run: Arc<TestRun>) -> impl IntoView {
    let rows = run.outputs.iter().map(output).collect_view();
    view! {
        <PlainTable
            name=t::external_apis::outputs
            columns=vec![t::external_apis::name, t::external_apis::value]
            rows=rows.into_any()
        />
    }
}

fn output(output: &Output) -> impl IntoView + use<> {
    let value = match output.value.clone() {
        Some(value) => view! { <bdi class="break" prop:textContent=fixed(value) /> }.into_any(),
        None => view! { <span class="muted" prop:textContent=catalogue(t::external_apis::not_found) /> }.into_any(),
    };
    view! { <tr><th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(output.name.clone()) /></th><td>{value}</td></tr> }
}

/// The body, indented where it is JSON.
#[component]
fn Body(run: Arc<TestRun>) -> impl IntoView {
    let text = pretty(&run.body).unwrap_or_else(|| run.body.clone());
    let copied = text.clone();
    let nothing = text.is_empty();
    view! {
        <div class="stack-s">
            <div class="row">
                <h3 prop:textContent=catalogue(t::external_apis::body) />
                {(!nothing).then(|| view! { <CopyButton label=t::external_apis::copy_body value=copied /> })}
            </div>
            {run.truncated.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::external_apis::truncated) /> })}
            {if nothing {
                view! { <p class="muted" prop:textContent=catalogue(t::external_apis::no_body) /> }.into_any()
            } else {
                view! { <pre class="code-block" tabindex="0" dir="ltr" aria-label=t::external_apis::body prop:textContent=fixed(text) /> }
                    .into_any()
            }}
        </div>
    }
}

/// The answer's headers, folded.
#[component]
fn Headers(run: Arc<TestRun>) -> impl IntoView {
    let count = i64::try_from(run.headers.len()).unwrap_or(i64::MAX);
    let lines: Vec<String> = run.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let lines = lines.join("\n");
    view! {
        <details class="details">
            <summary prop:textContent=live_text(move || t::external_apis::answer_headers(count)) />
            <pre dir="ltr" prop:textContent=fixed(lines) />
        </details>
    }
}
