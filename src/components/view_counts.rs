//! The numbers beside saved views. Each list page counts for its own views, from what this browser has loaded: counting
//! asks no vendor. The code for it comes with the page, so that it costs nothing on another one.

use leptos::prelude::*;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::gateway::SavedView;
use trunkline_model::multi_value::Params;

use crate::fetch::cache;
use crate::routes::Route;
use crate::routes::query_params::param_in;

/// A number of records, and the epoch seconds of the response they were counted in.
pub type ViewCount = (usize, i64);

/// Counts the records of a view by the parameters of its query. Tracked. `None` if the list is not loaded, or can't be
/// counted without its page.
pub type CountView = fn(Params<'_>) -> Option<ViewCount>;

thread_local! {
    static COUNTERS: ArcRwSignal<Vec<(String, CountView)>> = ArcRwSignal::new(Vec::new());
}

/// Has the views of a page counted from now on.
pub fn count_views_of(page: &Route, count: CountView) {
    let path = page.path();
    COUNTERS.with(|counters| {
        if counters.read_untracked().iter().all(|(known, _)| *known != path) {
            counters.update(|counters| counters.push((path, count)));
        }
    });
}

/// The number of records that a view shows; `None` if it is unknown. Tracked.
pub fn count_of_view(view: &SavedView) -> Option<ViewCount> {
    let count = COUNTERS
        .with(|counters| counters.read().iter().find(|(page, _)| *page == view.page).map(|(_, count)| *count))?;
    count(&|name| param_in(&view.query, name))
}

/// Counts in the last response to a request; `None` if there was none, or `count` can't tell. Tracked.
pub fn count_in<E>(request: &E, count: impl FnOnce(&E::Response) -> Option<usize>) -> Option<ViewCount>
where
    E: Endpoint,
    E::Response: Send + Sync + 'static,
{
    let signals = cache::loaded(request)?;
    let at = signals.updated_at.get()?;
    let data = signals.data.get()?.downcast::<E::Response>().ok()?;
    Some((count(&data)?, at))
}
