//! Queries: a page's subscription to a cache entry.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Error;
use trunkline_api::endpoint::Endpoint;

use super::cache::{self, Entry, EntrySignals, UnreadableNote};
use super::request::QueryDef;
use crate::browser::timers;

/// Default number of seconds until data counts as stale.
const STALE_SECONDS: i64 = 15;

/// The state of a request as a page sees it: always of the newest request, never of an older one.
pub struct Query<T: Send + Sync + 'static> {
    /// Data of the last successful response.
    pub data: Signal<Option<Arc<T>>>,
    /// Error of the newest load.
    pub error: Signal<Option<Arc<Error>>>,
    /// Epoch seconds of the last successful response.
    pub updated_at: Signal<Option<i64>>,
    /// `true` while a load is in flight.
    pub loading: Signal<bool>,
    /// Epoch seconds of the next automatic retry.
    pub retry_at: Signal<Option<i64>>,
    /// Records of the last successful response that can't be parsed.
    pub unreadable: Signal<Option<Arc<UnreadableNote>>>,
    entry: CurrentEntry,
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}
impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Query<T> {
    /// Loads again now.
    pub fn refetch(&self) {
        with_entry(self.entry, Entry::refetch);
    }

    /// Like [`Query::refetch`], but in the background: it does not extend the session.
    pub fn refetch_quietly(&self) {
        with_entry(self.entry, Entry::refetch_in_background);
    }

    /// Loads again, unless a tab of this browser did so less than `seconds` ago. For timers.
    pub fn poll(&self, seconds: u32) {
        with_entry(self.entry, |entry| entry.poll(f64::from(seconds)));
    }

    /// `true` until the first response or error.
    pub fn is_first_load(&self) -> bool {
        self.data.with(Option::is_none) && self.error.with(Option::is_none)
    }
}

/// Options of a query.
#[derive(Clone, Copy, Debug)]
pub struct QueryOptions {
    /// Seconds until data counts as stale.
    pub stale_seconds: i64,
    /// Seconds between two polls while the tab is visible; `None` for no polling.
    pub poll_seconds: Option<u32>,
}

impl Default for QueryOptions {
    fn default() -> Self {
        Self { stale_seconds: STALE_SECONDS, poll_seconds: None }
    }
}

/// Loads the request that `request` returns; `None` loads nothing. When a signal that it reads changes, the old load is
/// aborted and the new request is sent at once.
pub fn use_query<E>(request: impl Fn() -> Option<E> + 'static) -> Query<E::Response>
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    use_query_with(QueryOptions::default(), request)
}

/// Like [`use_query`], with options.
pub fn use_query_with<E>(options: QueryOptions, request: impl Fn() -> Option<E> + 'static) -> Query<E::Response>
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    let (signals, shown) = observe(options, Box::new(move || request().as_ref().map(QueryDef::new)));
    Query {
        data: Signal::derive(move || signals.get()?.data.get()?.downcast().ok()),
        error: Signal::derive(move || signals.get().and_then(|signals| signals.error.get())),
        updated_at: Signal::derive(move || signals.get().and_then(|signals| signals.updated_at.get())),
        loading: Signal::derive(move || signals.get().is_some_and(|signals| signals.loading.get())),
        retry_at: Signal::derive(move || signals.get().and_then(|signals| signals.retry_at.get())),
        unreadable: Signal::derive(move || signals.get().and_then(|signals| signals.unreadable.get())),
        entry: shown,
    }
}

/// The key and entry of the newest request.
type CurrentEntry = StoredValue<Option<(String, Rc<Entry>)>, LocalStorage>;

fn with_entry(current: CurrentEntry, act: impl FnOnce(&Rc<Entry>)) {
    // The value is cloned and the borrow ends: the entry may call back into this query.
    if let Some((_, entry)) = current.try_get_value().flatten() {
        act(&entry);
    }
}

/// Observes the entry of the newest request until the owner is disposed; returns its signals and the entry.
fn observe(
    options: QueryOptions,
    request: Box<dyn Fn() -> Option<QueryDef>>,
) -> (RwSignal<Option<EntrySignals>>, CurrentEntry) {
    let signals = RwSignal::new(None::<EntrySignals>);
    let shown: CurrentEntry = StoredValue::new_local(None);
    let leave = move || {
        if let Some((_, entry)) = shown.try_update_value(Option::take).flatten() {
            entry.unobserve();
        }
    };
    // A render effect runs now, not in the next tick, so that the request is sent before the page is built.
    let follow = RenderEffect::new(move |_| {
        let def = request();
        untrack(|| {
            let current = shown.with_value(|shown| shown.as_ref().map(|(key, _)| key.clone()));
            if current.is_some() && def.as_ref().map(|def| &def.key) == current.as_ref() {
                return;
            }
            leave();
            let entry = def.map(|def| (def.key.clone(), cache::entry(def)));
            signals.set(entry.as_ref().map(|(_, entry)| entry.signals.clone()));
            if let Some((_, entry)) = &entry {
                entry.observe(options.stale_seconds);
            }
            shown.set_value(entry);
        });
    });
    // Stored, so that it lives as long as the component.
    StoredValue::new_local(follow);
    if let Some(seconds) = options.poll_seconds {
        poll_while_visible(seconds, move || with_entry(shown, |entry| entry.poll(f64::from(seconds))));
    }
    on_cleanup(leave);
    (signals, shown)
}

/// Calls `tick` every `seconds` while the tab is visible, until the owner is disposed.
fn poll_while_visible(seconds: u32, tick: impl Fn() + 'static) {
    timers::repeat(f64::from(seconds) * 1000.0, move || {
        if super::network::is_visible() {
            tick();
        }
    });
}
