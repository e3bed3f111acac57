//! The page of one record: its breadcrumb, the states of its query, and the record.
//!
//! ```ignore
//! let query = use_query(move || Some(GetThing { id: id.clone() }));
//! let show = Callback::new(|thing: Arc<Thing>| view! { <ThingView thing /> }.into_any());
//! view! { <RecordPage query list=Route::Things title=t::routes::things select=Some children=show /> }
//! ```

use std::sync::Arc;

use leptos::prelude::*;

use super::query_view::{NotFound, PlaceholderHeader, QueryError, QueryStatus, QueryUpdatedAt};
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::{live_text, memo};
use crate::routes::{self, Route};
use crate::ui::SkeletonBlock;

/// The page of one record. It has an h1 in every state: `title` while the record is loading or failed to load, "Not
/// found" if it doesn't exist, and the `PageHeader` that `children` renders.
///
/// The record stays while it is loaded again, also if that fails, and after its request has ended because the record is
/// being removed. It is rendered again only if it differs, so a refetch closes no dialog.
#[component]
pub fn RecordPage<T, R>(
    /// The query for the record.
    query: Query<T>,
    /// The record's list, which the breadcrumb leads to.
    list: Route,
    /// The h1 while there is no record.
    #[prop(into)]
    title: Signal<String>,
    /// Selects the record of a response; `None` if the response has none.
    select: fn(Arc<T>) -> Option<Arc<R>>,
    /// Why there is no such record, if that is known without an error: the id is invalid, or the response is empty.
    #[prop(optional, into)]
    absent: Signal<Option<String>>,
    /// Renders the record, with a `PageHeader`.
    children: Callback<Arc<R>, AnyView>,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    R: PartialEq + Send + Sync + 'static,
{
    let record = keep_last(move || query.data.get().and_then(select));
    record_page(Erased {
        list,
        title,
        absent,
        query: query.into(),
        has_record: Signal::derive(move || record.with(Option::is_some)),
        record: Box::new(move || record.get().map(|record| children.run(record))),
    })
}

/// The last record that `record` returned. It notifies only if the record differs.
pub fn keep_last<R: PartialEq + Send + Sync + 'static>(
    record: impl Fn() -> Option<Arc<R>> + Send + Sync + 'static,
) -> Memo<Option<Arc<R>>> {
    let record: Box<dyn Fn() -> Option<Arc<R>> + Send + Sync> = Box::new(record);
    Memo::new(move |last: Option<&Option<Arc<R>>>| record().or_else(|| last.cloned().flatten()))
}

/// A record page without the types of its query and record.
struct Erased {
    list: Route,
    title: Signal<String>,
    absent: Signal<Option<String>>,
    query: QueryStatus,
    has_record: Signal<bool>,
    record: Box<dyn Fn() -> Option<AnyView> + Send>,
}

/// The type-erased part of [`RecordPage`], compiled once.
fn record_page(page: Erased) -> AnyView {
    let Erased { list, title, absent, query, has_record, record } = page;
    let is_absent = memo(move || absent.with(Option::is_some));
    let is_pending = memo(move || !has_record.get() && !is_absent.get());
    let is_first_load = memo(move || is_pending.get() && query.error.with(Option::is_none));
    // An invalid id is never requested.
    let is_requested = memo(move || !is_absent.get() || query.updated_at.with(Option::is_some));
    view! {
        <div class="page">
            <Crumbs list>{move || is_requested.get().then(|| view! { <QueryUpdatedAt query /> }.into_any())}</Crumbs>
            <PlaceholderHeader query missing=is_pending title />
            <QueryError query />
            {move || is_first_load.get().then(|| view! { <SkeletonBlock /> }.into_any())}
            {move || match absent.get() {
                Some(message) => Some(view! { <NotFound message /> }.into_any()),
                None => record(),
            }}
        </div>
    }
    .into_any()
}

/// The breadcrumb from a record or form to its list.
#[component]
pub fn Crumbs(
    /// The list.
    list: Route,
    /// Content at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let href = list.path();
    view! {
        <nav class="crumbs" aria-label=t::components::crumbs>
            <a href=href prop:textContent=live_text(move || routes::title(&list)) />
            {children.map(|children| children())}
        </nav>
    }
}
