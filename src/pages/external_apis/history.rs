//! Test history, newest first. Each run can be opened again.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Endpoint;
use trunkline_api::gateway::{ListTestRuns, TestRun, Verdict};

use super::labels::{millis_text, outcome_badge, reason_text, verdict_text};
use crate::fetch::Query;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, live_text, memo};

/// Test history.
#[component]
pub fn History(
    /// The runs.
    history: Query<<ListTestRuns as Endpoint>::Response>,
    /// Id of the selected run.
    chosen: Memo<String>,
) -> impl IntoView {
    let runs = memo(move || history.data.get());
    let content = move || {
        let runs = runs.get()?;
        Some(if runs.is_empty() {
            view! { <p class="muted" prop:textContent=catalogue(t::external_apis::no_tests) /> }.into_any()
        } else {
            view! { <Runs runs chosen /> }.into_any()
        })
    };
    view! {
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::external_apis::history) />
            {move || content()}
        </section>
    }
}

/// Table of runs. The gateway stores at most 50, so every row is in the document.
#[component]
fn Runs(runs: Arc<Vec<TestRun>>, chosen: Memo<String>) -> impl IntoView {
    let row = move |run: &TestRun| {
        let (id, at, took) = (run.id.clone(), run.summary.at, run.summary.millis);
        let href = format!("?test={id}");
        let current = move || (*chosen.read() == id).then_some("true");
        let (error, verdict) = (run.summary.error.clone(), run.summary.verdict());
        let problem = move || match (&error, &verdict) {
            (Some(error), _) => reason_text(error),
            (None, Verdict::Passed) => String::new(),
            (None, verdict) => verdict_text(verdict),
        };
        view! {
            <tr aria-current=move || current()>
                <th scope="row"><a href=href prop:textContent=live_text(move || format::date_time_seconds(at)) /></th>
                <td>{outcome_badge(&run.summary)}</td>
                <td prop:textContent=live_text(move || millis_text(took)) />
                <td><bdi prop:textContent=live_text(move || problem()) /></td>
            </tr>
        }
    };
    view! {
        <div class="plain-table-scroll">
            <table class="plain-table" aria-label=t::external_apis::history>
                <thead>
                    <tr>
                        <th scope="col" prop:textContent=catalogue(t::external_apis::at) />
                        <th scope="col" prop:textContent=catalogue(t::external_apis::status) />
                        <th scope="col" prop:textContent=catalogue(t::external_apis::took) />
                        <th scope="col" prop:textContent=catalogue(t::external_apis::trouble) />
                    </tr>
                </thead>
                <tbody>{runs.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
