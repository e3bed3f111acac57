//! Tests section of a definition: the panel to run a test, the selected run, the history.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApiBody, ListTestRuns, TestRun};

use super::history::History;
use super::run_result::RunResult;
use super::test_panel::TestPanel;
use super::tools::ExternalTools;
use crate::components::QueryError;
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, memo};
use crate::routes::query_params::use_param;

/// Tests section. The selected run is in the URL (`?test=`), so that a link to it can be shared.
#[component]
pub fn TestsSection(
    /// The definition's id.
    id: String,
    /// The definition.
    body: Arc<ExternalApiBody>,
    /// True once the definition is being removed: its history must not be fetched any more.
    removed: RwSignal<bool>,
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    let request = ListTestRuns { id: id.clone() };
    let history = use_query(move || (!removed.get()).then(|| request.clone()));
    let chosen = use_param("test");
    // The latest run as received: the history truncates long bodies.
    let newest = RwSignal::new(None::<Arc<TestRun>>);
    let on_run = move |run: TestRun| {
        let id = run.id.clone();
        newest.set(Some(Arc::new(run)));
        chosen.set(&id);
    };
    let shown = memo(move || {
        let chosen = chosen.get();
        let is_chosen = |run: &TestRun| run.id == chosen;
        newest.get().filter(|run| is_chosen(run)).or_else(|| {
            let runs = history.data.get()?;
            runs.iter().find(|run| is_chosen(run)).cloned().map(Arc::new)
        })
    });
    let is_missing =
        memo(move || !chosen.get().is_empty() && shown.with(Option::is_none) && history.data.with(Option::is_some));
    // The run before the selected one.
    let comparison = memo(move || {
        let newer = shown.get()?;
        let runs = history.data.get()?;
        let at = runs.iter().position(|run| run.id == newer.id)?;
        Some((Arc::new(runs.get(at + 1)?.clone()), newer))
    });
    view! {
        <TestPanel id body on_run=on_run />
        {move || shown.get().map(|run| view! { <RunResult run /> })}
        {dyn_view(move || comparison.get().map(|(older, newer)| tools(ExternalTools::Compare { older, newer })))}
        {move || is_missing.get().then(|| view! { <p class="muted" prop:textContent=catalogue(t::external_apis::run_gone) /> })}
        <QueryError query=history />
        <History history chosen=chosen.value />
    }
}
