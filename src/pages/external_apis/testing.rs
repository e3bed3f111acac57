//! Tests of one definition: the panel that runs one, the run that is shown, the history.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ListTestRuns, RequestParam, TestRun};

use super::history::History;
use super::run::RunView;
use super::test_panel::TestPanel;
use crate::fetch::use_query;
use crate::i18n::t;
use crate::parts::QueryError;
use crate::reactive::{catalogue, memo};
use crate::routes::search::use_param;

/// Which run is shown stands in the URL (`?test=`), so that it can be passed on.
#[component]
pub fn Tests(
    /// The definition's id.
    id: String,
    /// Its request parameters.
    params: Vec<RequestParam>,
    /// It is being removed, or gone: its history must not be asked for.
    removed: RwSignal<bool>,
) -> impl IntoView {
    let request = ListTestRuns { id: id.clone() };
    let history = use_query(move || (!removed.get()).then(|| request.clone()));
    let chosen = use_param("test");
    // The newest run as it came: the history keeps less of a long body.
    let newest = RwSignal::new(None::<Arc<TestRun>>);
    let ran = move |run: TestRun| {
        let id = run.id.clone();
        newest.set(Some(Arc::new(run)));
        chosen.set(&id);
    };
    let shown = memo(move || {
        let chosen = chosen.get();
        let fits = |run: &TestRun| run.id == chosen;
        newest.get().filter(|run| fits(run)).or_else(|| {
            let runs = history.data.get()?;
            runs.iter().find(|run| fits(run)).cloned().map(Arc::new)
        })
    });
    let gone =
        memo(move || !chosen.get().is_empty() && shown.with(Option::is_none) && history.data.with(Option::is_some));
    view! {
        <TestPanel id params on_run=ran />
        {move || shown.get().map(|run| view! { <RunView run /> })}
        {move || gone.get().then(|| view! { <p class="muted" prop:textContent=catalogue(t::external_apis::run_gone) /> })}
        <QueryError query=history />
        <History history chosen=chosen.value />
    }
}
