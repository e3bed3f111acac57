//! Loads an entry: for its observers, by a poll, after a change, and again after a transient error. An entry owns
//! its load: a newer load aborts an older one, and only the newest one's response is shown.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::{Error, ErrorKind};
use trunkline_model::backoff::retry_delay_ms;
use web_sys::AbortController;

use super::entry::Entry;
use crate::browser::clock::{monotonic_ms, now};
use crate::browser::timers;
use crate::fetch::transport::{ListReceiver, exchange_list};
use crate::fetch::{network, tabs};

/// Maximum number of automatic retries of a failed read.
const MAX_RETRIES: u32 = 3;
/// Milliseconds to wait for the response of another tab that has sent the same request.
const PEER_RESPONSE_MS: u32 = 8000;

thread_local! {
    static HELD_PREFIX: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Holds back refetches of entries whose key begins with `prefix`, as every write of a bulk run would cost a call of the
/// vendor's rate limit. An empty prefix ends the hold; the caller then invalidates what the run concerned.
pub fn hold_refetches(prefix: &str) {
    HELD_PREFIX.set(prefix.to_owned());
}

fn is_held(key: &str) -> bool {
    HELD_PREFIX.with_borrow(|held| !held.is_empty() && key.starts_with(held.as_str()))
}

impl Entry {
    /// Adds an observer. Data older than `stale_seconds` is loaded again.
    pub fn observe(self: &Rc<Self>, stale_seconds: i64) {
        self.observers.set(self.observers.get() + 1);
        let old = self.age().is_none_or(|age| age >= stale_seconds);
        if (self.stale.get() || old) && !self.is_loading() {
            self.load(false);
        }
    }

    /// Removes an observer. Without any other, the load in flight is aborted.
    pub fn unobserve(&self) {
        self.observers.set(self.observers.get().saturating_sub(1));
        if self.observers.get() == 0 {
            self.retry_timer.take();
            self.pending_refetch.take();
            self.signals.retry_at.set(None);
            if let Some(controller) = self.abort_controller.take() {
                self.generation.set(self.generation.get() + 1);
                controller.abort();
                self.signals.loading.set(false);
                self.stale.set(true);
            }
        }
    }

    /// Loads now, and aborts the load in flight. For a person's request: Retry or Refresh.
    pub fn refetch(self: &Rc<Self>) {
        self.attempts.set(0);
        self.load(false);
    }

    /// Like [`Entry::refetch`], but in the background: it does not extend the session.
    pub fn refetch_in_background(self: &Rc<Self>) {
        self.attempts.set(0);
        self.load(true);
    }

    /// Loads in the background, unless a tab of this browser did so less than `seconds` ago.
    pub fn poll(self: &Rc<Self>, seconds: f64) {
        // A timer may fire a little early.
        let fresh = monotonic_ms() - self.last_request_at.get() < seconds * 1000.0 - 100.0;
        if !fresh && !self.is_loading() && network::is_online_untracked() {
            self.refetch_in_background();
        }
    }

    /// Marks the data as stale. An observed entry refetches: at once in a visible tab, later in a hidden one unless
    /// another tab did. The load in flight ends first: where events come faster than responses, it would never end
    /// otherwise.
    pub(super) fn mark_stale(self: &Rc<Self>, pause: u32) {
        self.stale.set(true);
        if is_held(&self.def.key) {
            return;
        }
        if self.is_loading() {
            self.refetch_queued.set(true);
            return;
        }
        // An entry that waits for its retry keeps to the time that `Retry-After` or the back-off set.
        if self.is_observed() && self.retry_timer.borrow().is_none() {
            self.refetch_soon(if network::is_visible() { pause } else { pause + 500 });
        }
    }

    /// Waits for the response of another tab that has sent the same request, if a refetch is pending.
    pub(super) fn await_peer(self: &Rc<Self>) {
        self.last_request_at.set(monotonic_ms());
        if self.pending_refetch.take().is_some() {
            self.refetch_soon(PEER_RESPONSE_MS);
        }
    }

    /// Refetches after `pause` to twice `pause` milliseconds, unless another tab does so first.
    fn refetch_soon(self: &Rc<Self>, pause: u32) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of the pause")]
        let pause = pause + (js_sys::Math::random() * f64::from(pause)) as u32;
        let entry = Rc::clone(self);
        self.pending_refetch.replace(Some(timers::after(pause, move || entry.refetch_in_background())));
    }

    fn load(self: &Rc<Self>, is_background: bool) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.retry_timer.take();
        self.pending_refetch.take();
        self.refetch_queued.set(false);
        self.last_request_at.set(monotonic_ms());
        tabs::broadcast(tabs::kind::REQUESTED, &self.def.key);
        let controller = AbortController::new().ok();
        if let Some(older) = self.abort_controller.replace(controller.clone()) {
            older.abort();
        }
        self.signals.retry_at.set(None);
        self.signals.loading.set(true);
        let entry = Rc::clone(self);
        spawn_local(async move {
            let signal = controller.as_ref().map(AbortController::signal);
            let request = entry.def.request.with_background(is_background);
            let received = exchange_list(request, signal, entry.list_receiver()).await;
            // Only the newest load's response is shown.
            if entry.generation.get() == generation {
                entry.abort_controller.take();
                entry.finish(received.and_then(|received| entry.apply_response(received)));
            }
        });
    }

    /// Receives the response as a stream; `None` if it is decoded whole.
    fn list_receiver(&self) -> Option<ListReceiver> {
        let receive = self.def.list_reader.as_ref()?.receive;
        let previous = Rc::clone(&self.records.borrow());
        Some(Box::new(move |stream| receive(stream, previous)))
    }

    fn finish(self: &Rc<Self>, result: Result<(), Error>) {
        let mut is_outdated = false;
        match result {
            Ok(()) => is_outdated = self.is_outdated(),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => {
                self.schedule_retry(&error);
                // A list that is watched fails again and again: its panel stays, and with it the focus in its details.
                let is_shown =
                    |shown: &Option<Arc<Error>>| shown.as_ref().is_some_and(|shown| is_same_failure(shown, &error));
                if !self.signals.error.with_untracked(is_shown) {
                    self.signals.error.set(Some(Arc::new(error)));
                }
            }
        }
        self.signals.loading.set(false);
        if is_outdated || (self.refetch_queued.take() && !self.is_current()) {
            self.mark_stale(0);
        }
    }

    /// Schedules the retry of a read after a transient error: after 1, 2, 4 seconds with jitter, or as `Retry-After`
    /// asks.
    fn schedule_retry(self: &Rc<Self>, error: &Error) {
        let attempt = self.attempts.get();
        let is_offline = error.kind == ErrorKind::Offline && !network::is_online_untracked();
        let may_retry = self.def.request.is_read && error.is_transient() && attempt < MAX_RETRIES;
        if !may_retry || !self.is_observed() || is_offline {
            return;
        }
        self.attempts.set(attempt + 1);
        let retry_after = if let ErrorKind::RateLimited(seconds) = error.kind { seconds } else { None };
        let wait = retry_delay_ms(attempt, js_sys::Math::random(), retry_after);
        self.signals.retry_at.set(Some(now() + i64::from(wait.div_ceil(1000))));
        let entry = Rc::clone(self);
        self.retry_timer.replace(Some(timers::after(wait, move || entry.load(true))));
    }
}

/// True if two errors differ in nothing but the id of the request. Not inlined: no first view compares errors.
#[inline(never)]
fn is_same_failure(one: &Error, other: &Error) -> bool {
    Error { request_id: one.request_id.clone(), ..other.clone() } == *one
}
