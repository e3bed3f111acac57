//! A section about one vendor's data: its own skeleton, error with Retry, and empty state.

use leptos::prelude::*;
use trunkline_api::Vendor;

use crate::fetch::Query;
use crate::parts::{Freshness, SandboxBadge, words};
use crate::reactive::{live_text, memo};
use crate::ui::{BarChart, Datum, EmptyState, ErrorPanel, IconName, SkeletonBlock, unique_id};

/// What a section shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Loading,
    Failed,
    Empty,
    Filled,
}

/// The section. Its children are made once there is something to show, and follow newer answers by their own signals.
#[component]
pub fn Section<T: Send + Sync + 'static>(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whose data.
    vendor: Vendor,
    /// The data.
    query: Query<T>,
    /// Whether an answer has nothing to show.
    is_empty: fn(&T) -> bool,
    /// What is said then.
    #[prop(into)]
    empty: Signal<String>,
    /// Charts.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("section");
    let state = memo(move || match query.data.with(|data| data.as_deref().map(is_empty)) {
        Some(true) => State::Empty,
        Some(false) => State::Filled,
        None if query.error.with(Option::is_some) => State::Failed,
        None => State::Loading,
    });
    let error = move || {
        let problem = words(&*query.error.get()?);
        Some(view! { <ErrorPanel problem on_retry=move |()| query.refetch() retrying=query.loading /> }.into_any())
    };
    let content = move || match state.get() {
        State::Loading => view! { <SkeletonBlock lines=5 /> }.into_any(),
        State::Failed => ().into_any(),
        State::Empty => view! { <EmptyState title=empty icon=IconName::Overview /> }.into_any(),
        State::Filled => view! { <div class="overview-charts">{children()}</div> }.into_any(),
    };
    view! {
        <section class="card overview-section" aria-labelledby=id.clone()>
            <div class="row">
                <h2 id=id.clone() prop:textContent=live_text(move || title.get()) />
                <span class="grow"><SandboxBadge vendor /></span>
                <Freshness query />
            </div>
            {move || error()}
            {move || content()}
        </section>
    }
}

/// A bar chart with its name above it.
#[component]
pub fn Chart(
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// The bars. A newer answer with the same figures leaves them, and the focus on one, alone.
    #[prop(into)]
    data: Signal<Vec<Datum>>,
    /// Columns instead of lines, where there is room.
    #[prop(optional)]
    upright: bool,
) -> impl IntoView {
    let data = memo(move || data.get());
    view! {
        <div class="stack-s">
            <h3 prop:textContent=live_text(move || title.get()) />
            <BarChart label=title data upright />
        </div>
    }
}
