//! A page's view of a cache entry.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Error;
use trunkline_api::endpoint::Endpoint;

use super::cache::{self, Ask, Entry, Face, OddRecords};
use crate::browser::timers;

/// Seconds until a shown answer counts as stale, unless a query says otherwise.
const STALE_SECONDS: i64 = 15;

/// What a page sees of a request: always the newest request's, never an older one's.
pub struct Query<T: Send + Sync + 'static> {
    /// The last good answer.
    pub data: Signal<Option<Arc<T>>>,
    /// Why the newest load failed.
    pub error: Signal<Option<Arc<Error>>>,
    /// Epoch seconds of the last good answer.
    pub updated_at: Signal<Option<i64>>,
    /// Whether a load is on the wire.
    pub loading: Signal<bool>,
    /// Epoch seconds at which a failed load is tried again by itself.
    pub retry_at: Signal<Option<i64>>,
    /// Records of the last good answer that can't be read.
    pub unreadable: Signal<Option<Arc<OddRecords>>>,
    shown: Shown,
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
        on(self.shown, Entry::refetch);
    }

    /// As [`Query::refetch`], without any person's doing: it keeps no session alive.
    pub fn refetch_quietly(&self) {
        on(self.shown, Entry::refetch_quietly);
    }

    /// Loads again, unless a tab of this browser did so less than so many seconds ago. For timers.
    pub fn poll(&self, seconds: u32) {
        on(self.shown, |entry| entry.poll(f64::from(seconds)));
    }

    /// Whether the first answer is still awaited.
    pub fn is_first_load(&self) -> bool {
        self.data.with(Option::is_none) && self.error.with(Option::is_none)
    }
}

/// How a query behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Seconds until an answer counts as stale.
    pub stale_seconds: i64,
    /// Seconds between loads while the page is visible; none: only when something asks for it.
    pub poll_seconds: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self { stale_seconds: STALE_SECONDS, poll_seconds: None }
    }
}

/// Reads the request that `request` gives; `None` waits. When a signal it reads changes, the old load is aborted and
/// the new request takes its place at once.
pub fn use_query<E>(request: impl Fn() -> Option<E> + 'static) -> Query<E::Response>
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    use_query_with(Options::default(), request)
}

/// As [`use_query`], with options.
pub fn use_query_with<E>(options: Options, request: impl Fn() -> Option<E> + 'static) -> Query<E::Response>
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    let (face, shown) = observe(options, Box::new(move || request().as_ref().map(Ask::of)));
    Query {
        data: Signal::derive(move || face.get()?.data.get()?.downcast().ok()),
        error: Signal::derive(move || face.get().and_then(|face| face.error.get())),
        updated_at: Signal::derive(move || face.get().and_then(|face| face.updated_at.get())),
        loading: Signal::derive(move || face.get().is_some_and(|face| face.loading.get())),
        retry_at: Signal::derive(move || face.get().and_then(|face| face.retry_at.get())),
        unreadable: Signal::derive(move || face.get().and_then(|face| face.unreadable.get())),
        shown,
    }
}

/// The entry that is shown, and its key.
type Shown = StoredValue<Option<(String, Rc<Entry>)>, LocalStorage>;

fn on(shown: Shown, act: impl FnOnce(&Rc<Entry>)) {
    // Not while it is borrowed: what the entry does may come back here.
    if let Some((_, entry)) = shown.try_get_value().flatten() {
        act(&entry);
    }
}

/// Follows the request for as long as the owner lives: the face of the newest one's entry, and the entry itself.
fn observe(options: Options, request: Box<dyn Fn() -> Option<Ask>>) -> (RwSignal<Option<Face>>, Shown) {
    let face = RwSignal::new(None::<Face>);
    let shown: Shown = StoredValue::new_local(None);
    let leave = move || {
        if let Some((_, entry)) = shown.try_update_value(Option::take).flatten() {
            entry.leave();
        }
    };
    // A render effect runs now, not in the next tick, so that the request leaves before the page is built.
    let follow = RenderEffect::new(move |_| {
        let wanted = request();
        untrack(|| {
            let current = shown.with_value(|shown| shown.as_ref().map(|(key, _)| key.clone()));
            if current.is_some() && wanted.as_ref().map(|ask| &ask.key) == current.as_ref() {
                return;
            }
            leave();
            let wanted = wanted.map(|ask| (ask.key.clone(), cache::entry(ask)));
            face.set(wanted.as_ref().map(|(_, entry)| entry.face.clone()));
            if let Some((_, entry)) = &wanted {
                entry.observe(options.stale_seconds);
            }
            shown.set_value(wanted);
        });
    });
    // It lives as long as the component.
    StoredValue::new_local(follow);
    if let Some(seconds) = options.poll_seconds {
        poll(seconds, move || on(shown, |entry| entry.poll(f64::from(seconds))));
    }
    on_cleanup(leave);
    (face, shown)
}

/// Calls `tick` every so many seconds while the page is visible, until the owner is gone.
fn poll(seconds: u32, tick: impl Fn() + 'static) {
    timers::repeat(f64::from(seconds) * 1000.0, move || {
        if super::network::is_visible() {
            tick();
        }
    });
}
