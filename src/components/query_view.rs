//! The states of a query on a page: first load, error with Retry, content, and how fresh the data is.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::{Error, ErrorKind};

use super::describe;
use super::unreadable::unreadable_note;
use crate::fetch::Query;
use crate::fetch::cache::UnreadableNote;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, effect, fixed, memo};
use crate::ui::{EmptyState, ErrorPanel, IconName, LastUpdated, PageHeader, SkeletonBlock, use_announcer, use_now};

/// The state of a query, whatever its data: what the components around the data need to know. Copies share the state.
#[derive(Clone, Copy)]
pub struct QueryStatus {
    has_data: Signal<bool>,
    pub(super) error: Signal<Option<Arc<Error>>>,
    loading: Signal<bool>,
    pub(super) updated_at: Signal<Option<i64>>,
    retry_at: Signal<Option<i64>>,
    unreadable: Signal<Option<Arc<UnreadableNote>>>,
    refetch: Callback<()>,
}

impl<T: Send + Sync + 'static> From<Query<T>> for QueryStatus {
    fn from(query: Query<T>) -> Self {
        let Query { error, loading, updated_at, retry_at, unreadable, .. } = query;
        Self {
            has_data: Signal::derive(move || query.data.with(Option::is_some)),
            error,
            loading,
            updated_at,
            retry_at,
            unreadable,
            refetch: Callback::new(move |()| query.refetch()),
        }
    }
}

impl QueryStatus {
    /// Returns `true` until the first response or error. Tracked.
    pub fn is_first_load(self) -> bool {
        !self.has_data.get() && self.error.with(Option::is_none)
    }

    /// Returns `true` if the query has an error and no data. Tracked.
    pub fn has_failed(self) -> bool {
        !self.has_data.get() && self.error.with(Option::is_some)
    }

    /// Returns `true` if the error means that the record doesn't exist. Tracked.
    fn has_missing_record_error(self) -> bool {
        self.error.with(|error| error.as_ref().is_some_and(|error| is_missing_record(error)))
    }
}

/// Renders a query's data with `children`; a skeleton before the first response, and an error with Retry if it failed.
/// A failed refresh keeps the old data and shows the error above it. A record that doesn't exist is shown as not found.
#[component]
pub fn QueryView<T: Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
    /// Replaces the skeleton during the first load.
    #[prop(optional, into)]
    loading: Option<ViewFn>,
    /// Renders the data.
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

/// A query's error: "not found" if there is no data, else the panel with Retry. Also a note about list records that
/// can't be decoded.
#[component]
pub fn QueryError(
    /// The query.
    #[prop(into)]
    query: QueryStatus,
) -> impl IntoView {
    let not_found = memo(move || !query.has_data.get() && query.has_missing_record_error());
    let retry = announced_retry(query);
    let panel = move || {
        let error = query.error.get()?;
        if not_found.get() {
            return Some(view! { <NotFound message=describe(&error).message /> }.into_any());
        }
        // The offline banner already says so, and the old data stays.
        if error.kind == ErrorKind::Offline && query.has_data.get() {
            return None;
        }
        Some(
            view! {
                <ErrorPanel problem=describe(&error) on_retry=retry retrying=query.loading />
                <RetryCountdown retry_at=query.retry_at />
            }
            .into_any(),
        )
    };
    view! {
        {move || panel()}
        {unreadable_note(query.unreadable)}
    }
}

/// Refetches. A failure like the one before leaves the panel as it is, so that it is announced.
fn announced_retry(query: QueryStatus) -> Callback<()> {
    let announcer = use_announcer();
    let before = StoredValue::new(None::<Arc<Error>>);
    effect(move || {
        if query.loading.get() {
            return;
        }
        let now = query.error.get_untracked();
        if let Some((before, now)) = before.try_update_value(Option::take).flatten().zip(now)
            && Arc::ptr_eq(&before, &now)
        {
            announcer.announce(describe(&now).title);
        }
    });
    Callback::new(move |()| {
        before.set_value(query.error.get_untracked());
        query.refetch.run(());
    })
}

/// The h1 of a record's page while it is loading or has failed to load. The "not found" view has an h1 of its own. Put
/// it before [`QueryError`] or [`QueryView`].
#[component]
pub fn PlaceholderHeader(
    /// The query.
    #[prop(into)]
    query: QueryStatus,
    /// True while the page shows no record.
    #[prop(into)]
    missing: Signal<bool>,
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let shown = memo(move || missing.get() && !query.has_missing_record_error());
    dyn_view(move || shown.get().then(|| view! { <PageHeader title /> }.into_any()))
}

/// Returns `true` if the error means that the record, rather than the endpoint, doesn't exist.
fn is_missing_record(error: &Error) -> bool {
    error.kind == ErrorKind::NotFound && error.is_about_record()
}

/// The view of a record that doesn't exist.
#[component]
pub fn NotFound(
    /// The message.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=catalogue(t::components::not_found) />
        <EmptyState title=t::components::not_found_title message icon=IconName::Search />
    }
}

/// "Trying again in 4 s", while a retry is scheduled.
#[component]
fn RetryCountdown(
    /// When the next try starts, in epoch seconds.
    retry_at: Signal<Option<i64>>,
) -> impl IntoView {
    let now = use_now();
    dyn_view(move || {
        let at = retry_at.get()?;
        let left = (at - now.get()).max(0);
        Some(view! { <p class="muted small" prop:textContent=fixed(t::components::retrying(left)) /> }.into_any())
    })
}

/// Shows when a query's data was last loaded, with a Refresh button.
#[component]
pub fn QueryUpdatedAt(
    /// The query.
    #[prop(into)]
    query: QueryStatus,
) -> impl IntoView {
    view! { <LastUpdated updated_at=query.updated_at refreshing=query.loading on_refresh=query.refetch /> }
}
