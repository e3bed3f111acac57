//! A section about one vendor's data, with its own skeleton, error with Retry, and empty state.

use leptos::prelude::*;
use trunkline_api::Service;

use crate::components::{QueryUpdatedAt, SandboxBadge, describe};
use crate::fetch::Query;
use crate::reactive::{live_text, memo};
use crate::ui::{BarChart, Datum, EmptyState, ErrorPanel, IconName, SkeletonBlock, unique_id};

/// The state of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SectionState {
    Loading,
    Failed,
    Empty,
    Filled,
}

/// The section. Its children are rendered once there is data; their own signals follow newer responses.
#[component]
pub fn Section<T: Send + Sync + 'static>(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The vendor of the data.
    vendor: Service,
    /// The query for the data.
    query: Query<T>,
    /// True if a response has nothing to show.
    is_empty: fn(&T) -> bool,
    /// The title of the empty state.
    #[prop(into)]
    empty: Signal<String>,
    /// The charts.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("section");
    let state = memo(move || match query.data.with(|data| data.as_deref().map(is_empty)) {
        Some(true) => SectionState::Empty,
        Some(false) => SectionState::Filled,
        None if query.error.with(Option::is_some) => SectionState::Failed,
        None => SectionState::Loading,
    });
    let error = move || {
        let problem = describe(&*query.error.get()?);
        Some(view! { <ErrorPanel problem on_retry=move |()| query.refetch() retrying=query.loading /> }.into_any())
    };
    let content = move || match state.get() {
        SectionState::Loading => view! { <SkeletonBlock lines=5 /> }.into_any(),
        SectionState::Failed => ().into_any(),
        SectionState::Empty => view! { <EmptyState title=empty icon=IconName::Overview /> }.into_any(),
        SectionState::Filled => view! { <div class="overview-charts">{children()}</div> }.into_any(),
    };
    view! {
        <section class="card overview-section" aria-labelledby=id.clone()>
            <div class="row">
                <h2 id=id.clone() prop:textContent=live_text(move || title.get()) />
                <span class="grow"><SandboxBadge vendor /></span>
                <QueryUpdatedAt query />
            </div>
            {move || error()}
            {move || content()}
        </section>
    }
}

/// A bar chart with a heading.
#[component]
pub fn Chart(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The bars. A newer response with the same figures does not redraw them, so a focused bar keeps the focus.
    #[prop(into)]
    data: Signal<Vec<Datum>>,
    /// Draws columns instead of rows where there is room.
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
