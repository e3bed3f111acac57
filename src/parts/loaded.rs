//! A query on the page: its first load, its error with Retry, its content, and how fresh that is.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::{Error, ErrorKind};

use super::unreadable::unreadable_note;
use super::words;
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::{catalogue, dynamic, fixed, memo};
use crate::ui::{EmptyState, ErrorPanel, IconName, PageHeader, SkeletonBlock, StaleMarker, use_now};

/// Shows a query's data by `children`; before it a skeleton, without it the error with Retry. A failed refresh keeps
/// the old data and says so above it. A record that doesn't exist is said to be not found.
#[component]
pub fn Loaded<T: Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
    /// Stands in for the skeleton while the first answer is awaited.
    #[prop(optional, into)]
    loading: Option<ViewFn>,
    /// Draws the data.
    children: Callback<Arc<T>, AnyView>,
) -> impl IntoView {
    let content = move || match query.data.get() {
        Some(data) => Some(children.run(data)),
        None if query.error.with(Option::is_some) => None,
        None => Some(match &loading {
            Some(loading) => loading.run(),
            None => view! { <SkeletonBlock /> }.into_any(),
        }),
    };
    view! {
        <QueryError query />
        {move || content()}
    }
}

/// A query's error, shown once: not found without data, else the panel with Retry. And a note of the records of a list that
/// can't be read.
#[component]
pub fn QueryError<T: Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
) -> impl IntoView {
    let missing = Signal::derive(move || query.data.with(Option::is_none));
    let panel =
        query_error(missing, query.error, query.loading, query.retry_at, Callback::new(move |()| query.refetch()));
    view! {
        {panel}
        {unreadable_note(query.unreadable)}
    }
}

/// The same for whatever the query is of: compiled once.
fn query_error(
    missing: Signal<bool>,
    error: Signal<Option<Arc<Error>>>,
    loading: Signal<bool>,
    retry_at: Signal<Option<i64>>,
    on_retry: Callback<()>,
) -> AnyView {
    let not_found =
        memo(move || missing.get() && error.with(|error| error.as_ref().is_some_and(|error| is_missing_record(error))));
    let panel = move || {
        let error = error.get()?;
        if not_found.get() {
            return Some(view! { <NotFound message=words(&error).message /> }.into_any());
        }
        // The banner says that the connection is gone, and the old data stays: nothing more is to be said here.
        if error.kind == ErrorKind::Offline && !missing.get() {
            return None;
        }
        Some(
            view! {
                <ErrorPanel problem=words(&error) on_retry retrying=loading />
                <Countdown retry_at />
            }
            .into_any(),
        )
    };
    panel.into_any()
}

/// The h1 of a record's page while there is no record: it is being loaded, or the load failed. A record that doesn't
/// exist has an h1 of its own. Put it before [`QueryError`] or [`Loaded`].
#[component]
pub fn StandInHeader<T: Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
    /// Whether the page shows no record.
    #[prop(into)]
    missing: Signal<bool>,
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    stand_in(missing, query.error, title)
}

/// The same for whatever the query is of: compiled once.
fn stand_in(missing: Signal<bool>, error: Signal<Option<Arc<Error>>>, title: Signal<String>) -> AnyView {
    let shown = memo(move || {
        missing.get() && !error.with(|error| error.as_ref().is_some_and(|error| is_missing_record(error)))
    });
    dynamic(move || shown.get().then(|| view! { <PageHeader title /> }.into_any()))
}

/// Whether an error means that the record doesn't exist, rather than the address.
fn is_missing_record(error: &Error) -> bool {
    error.kind == ErrorKind::NotFound && error.is_about_record()
}

/// A record that doesn't exist.
#[component]
pub fn NotFound(
    /// Why, in words.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=catalogue(t::parts::not_found) />
        <EmptyState title=t::parts::not_found_title message icon=IconName::Search />
    }
}

/// "Trying again in 4 s", while a retry is planned.
#[component]
fn Countdown(
    /// Epoch seconds of the next try.
    retry_at: Signal<Option<i64>>,
) -> impl IntoView {
    let now = use_now();
    dynamic(move || {
        let at = retry_at.get()?;
        let left = (at - now.get()).max(0);
        Some(view! { <p class="muted small" prop:textContent=fixed(t::parts::retrying(left)) /> }.into_any())
    })
}

/// How fresh a query's data is, with a button that loads it again.
#[component]
pub fn Freshness<T: Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
) -> impl IntoView {
    view! { <StaleMarker updated_at=query.updated_at refreshing=query.loading on_refresh=move |()| query.refetch() /> }
}
