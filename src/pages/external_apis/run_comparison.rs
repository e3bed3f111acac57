//! What is different between a test and the one before it: status, outputs and body.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::TestRun;
use trunkline_model::pretty_json::pretty;
use trunkline_model::text_diff::{DiffLine, diff};

use super::labels::outcome_text;
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, fixed, live_text};

/// The comparison, collapsed.
#[component]
pub fn RunComparison(
    /// The older run.
    older: Arc<TestRun>,
    /// The newer run.
    newer: Arc<TestRun>,
) -> impl IntoView {
    let lines = diff(&comparable(&older), &comparable(&newer));
    let changed = lines.iter().filter(|line| matches!(line, DiffLine::Added(_) | DiffLine::Removed(_))).count();
    let (changed, at) = (count_of(changed), older.summary.at);
    let summary = move || {
        let time = format::date_time_seconds(at);
        if changed == 0 { t::external_apis::same_as(&time) } else { t::external_apis::differs_from(changed, &time) }
    };
    view! {
        <details class="details">
            <summary prop:textContent=live_text(summary) />
            {if changed == 0 {
                view! { <p class="muted small" prop:textContent=catalogue(t::external_apis::no_difference) /> }.into_any()
            } else {
                view! {
                    <div class="code-block diff" dir="ltr" tabindex="0" role="group" aria-label=t::external_apis::differences>
                        {lines.into_iter().map(line_view).collect_view()}
                    </div>
                }
                .into_any()
            }}
        </details>
    }
}

fn line_view(line: DiffLine) -> AnyView {
    match line {
        DiffLine::Same(text) => view! { <div prop:textContent=fixed(format!("  {text}")) /> }.into_any(),
        // The marks say it without colour, and aloud.
        DiffLine::Removed(text) => view! { <del prop:textContent=fixed(format!("- {text}")) /> }.into_any(),
        DiffLine::Added(text) => view! { <ins prop:textContent=fixed(format!("+ {text}")) /> }.into_any(),
        DiffLine::Skipped(count) => {
            let count = count_of(count);
            view! { <div class="muted" prop:textContent=live_text(move || t::external_apis::skipped(count)) /> }
                .into_any()
        }
    }
}

/// What is compared of a run, as text.
fn comparable(run: &TestRun) -> String {
    let mut text = outcome_text(&run.summary);
    for output in &run.outputs {
        text.push_str(&format!("\n{} = {}", output.name, output.value.as_deref().unwrap_or("–")));
    }
    text.push_str("\n\n");
    text.push_str(&pretty(&run.body).unwrap_or_else(|| run.body.clone()));
    text
}
