//! Entries by key. An entry owns its load: a newer load aborts an older one, and only the newest may paint.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{Error, ErrorKind};
use web_sys::AbortController;

use super::transport::{Received, Wire, exchange};
use crate::i18n::format::now;

/// How many entries are kept that no page shows; the least recently used go first.
const KEPT: usize = 40;

/// How often a failed GET is tried again by itself.
const RETRIES: u32 = 3;

/// An answer of any type: the cache's code is compiled once, not once an endpoint.
pub type Data = Arc<dyn Any + Send + Sync>;

/// Reads an answer into its type, and forgets the type.
pub type Decode = fn(&Received) -> Result<Data, Error>;

/// What an entry shows. The signals outlive the page that asked for them.
#[derive(Clone)]
pub struct Face {
    /// The last good answer.
    pub data: ArcRwSignal<Option<Data>>,
    /// Why the newest load failed; cleared by a good one.
    pub error: ArcRwSignal<Option<Arc<Error>>>,
    /// Epoch seconds of the last good answer.
    pub updated_at: ArcRwSignal<Option<i64>>,
    /// Whether a load is on the wire.
    pub loading: ArcRwSignal<bool>,
    /// Epoch seconds at which a failed load is tried again by itself.
    pub retry_at: ArcRwSignal<Option<i64>>,
}

impl Face {
    fn new() -> Self {
        Self {
            data: ArcRwSignal::new(None),
            error: ArcRwSignal::new(None),
            updated_at: ArcRwSignal::new(None),
            loading: ArcRwSignal::new(false),
            retry_at: ArcRwSignal::new(None),
        }
    }
}

/// An entry: its request, its face, and the load on the wire.
pub struct Entry {
    ask: Ask,
    /// What pages see.
    pub face: Face,
    generation: Cell<u64>,
    controller: RefCell<Option<AbortController>>,
    retry: RefCell<Option<gloo_timers::callback::Timeout>>,
    attempts: Cell<u32>,
    observers: Cell<usize>,
    stale: Cell<bool>,
    used: Cell<u64>,
}

/// A request that can be put on the wire again and again.
pub struct Ask {
    /// Vendor, path and query, body: what tells entries apart.
    pub key: String,
    /// What goes on the wire.
    pub wire: Wire,
    /// How its answer is read.
    pub decode: Decode,
}

impl Ask {
    /// A request of type `E`.
    pub fn of<E>(request: &E) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        let wire = Wire::of(request);
        let key = format!("{} {} {}", wire.vendor.key(), wire.target, wire.body.as_deref().unwrap_or_default());
        Self { key, wire, decode: |received| received.read::<E>().map(|data| Arc::new(data) as Data) }
    }
}

thread_local! {
    static ENTRIES: RefCell<BTreeMap<String, Rc<Entry>>> = const { RefCell::new(BTreeMap::new()) };
    static TICK: Cell<u64> = const { Cell::new(0) };
}

/// The entry of a request, made if there is none.
pub fn entry(ask: Ask) -> Rc<Entry> {
    let tick = TICK.with(|tick| tick.replace(tick.get() + 1));
    if let Some(entry) = ENTRIES.with(|entries| entries.borrow().get(&ask.key).cloned()) {
        entry.used.set(tick);
        return entry;
    }
    let key = ask.key.clone();
    let entry = Rc::new(Entry {
        ask,
        face: Face::new(),
        generation: Cell::new(0),
        controller: RefCell::new(None),
        retry: RefCell::new(None),
        attempts: Cell::new(0),
        observers: Cell::new(0),
        stale: Cell::new(true),
        used: Cell::new(tick),
    });
    ENTRIES.with(|entries| entries.borrow_mut().insert(key, entry.clone()));
    trim();
    entry
}

/// Lets the least recently used unobserved entries go.
fn trim() {
    let surplus: Vec<_> = ENTRIES.with(|entries| {
        let mut entries = entries.borrow_mut();
        let mut idle: Vec<(u64, String)> = entries
            .iter()
            .filter(|(_, entry)| entry.observers.get() == 0)
            .map(|(key, entry)| (entry.used.get(), key.clone()))
            .collect();
        idle.sort_unstable();
        let surplus = idle.len().saturating_sub(KEPT);
        idle.into_iter().take(surplus).filter_map(|(_, key)| entries.remove(&key)).collect()
    });
    drop(surplus);
}

impl Entry {
    /// A page shows the entry from now on. What is older than `stale_seconds` is loaded again.
    pub fn observe(self: &Rc<Self>, stale_seconds: i64) {
        self.observers.set(self.observers.get() + 1);
        let old = self.age().is_none_or(|age| age >= stale_seconds);
        if (self.stale.get() || old) && !self.face.loading.get_untracked() {
            self.load();
        }
    }

    /// A page left the entry. Without any other, its load is aborted on the wire.
    pub fn leave(&self) {
        self.observers.set(self.observers.get().saturating_sub(1));
        if self.observers.get() == 0 {
            self.retry.take();
            self.face.retry_at.set(None);
            if let Some(controller) = self.controller.take() {
                self.generation.set(self.generation.get() + 1);
                controller.abort();
                self.face.loading.set(false);
                self.stale.set(true);
            }
        }
    }

    /// Loads now; a load on the wire is aborted. A click on Retry or Refresh comes here.
    pub fn refetch(self: &Rc<Self>) {
        self.attempts.set(0);
        self.load();
    }

    fn load(self: &Rc<Self>) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.retry.take();
        let controller = AbortController::new().ok();
        if let Some(older) = self.controller.replace(controller.clone()) {
            older.abort();
        }
        self.face.retry_at.set(None);
        self.face.loading.set(true);
        let entry = Rc::clone(self);
        spawn_local(async move {
            let signal = controller.as_ref().map(AbortController::signal);
            let wire =
                Wire { target: entry.ask.wire.target.clone(), body: entry.ask.wire.body.clone(), ..entry.ask.wire };
            let received = exchange(wire, signal).await;
            // An old answer never paints.
            if entry.generation.get() == generation {
                entry.controller.take();
                entry.settle(received.and_then(|received| (entry.ask.decode)(&received)));
            }
        });
    }

    fn settle(self: &Rc<Self>, result: Result<Data, Error>) {
        match result {
            Ok(data) => self.put(data),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => {
                self.plan_retry(&error);
                self.face.error.set(Some(Arc::new(error)));
            }
        }
        self.face.loading.set(false);
    }

    /// A good answer, from the wire or from a mutation.
    fn put(&self, data: Data) {
        self.attempts.set(0);
        self.stale.set(false);
        self.face.error.set(None);
        self.face.updated_at.set(Some(now()));
        self.face.data.set(Some(data));
    }

    /// Seconds since the last good answer.
    fn age(&self) -> Option<i64> {
        self.face.updated_at.get_untracked().map(|at| now() - at)
    }

    fn failed_signed_out(&self) -> bool {
        self.face.error.with_untracked(|error| error.as_ref().is_some_and(|error| error.kind == ErrorKind::SignedOut))
    }

    /// Plans the next try of a GET that may yet succeed: 1, 2, 4 seconds with jitter, or what `Retry-After` asks.
    fn plan_retry(self: &Rc<Self>, error: &Error) {
        let attempt = self.attempts.get();
        let offline = error.kind == ErrorKind::Offline && !super::network::is_online_now();
        if !self.ask.wire.is_read || !error.is_transient() || attempt >= RETRIES || self.observers.get() == 0 || offline
        {
            return;
        }
        self.attempts.set(attempt + 1);
        let backoff = 1000.0 * f64::from(1_u32 << attempt) * (0.75 + js_sys::Math::random() / 2.0);
        let asked = match error.kind {
            ErrorKind::RateLimited(Some(seconds)) => f64::from(seconds) * 1000.0,
            _ => 0.0,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a day of milliseconds")]
        let wait = backoff.max(asked) as u32;
        self.face.retry_at.set(Some(now() + i64::from(wait.div_ceil(1000))));
        let entry = Rc::clone(self);
        self.retry.replace(Some(gloo_timers::callback::Timeout::new(wait, move || entry.load())));
    }
}

/// Every entry whose key begins with a prefix is out of date: shown ones load again, others when next shown.
pub fn invalidate(prefix: &str) {
    for entry in matching(|key| key.starts_with(prefix)) {
        entry.stale.set(true);
        if entry.observers.get() > 0 {
            entry.refetch();
        }
    }
}

/// The prefix of all entries of an endpoint: `comm100 /ticketing/channelAccounts` covers the list and each account.
pub fn prefix<E: Endpoint>() -> String {
    let fixed = E::PATH.split("/{").next().unwrap_or(E::PATH);
    format!("{} {fixed}", E::VENDOR.key())
}

/// Puts an answer that a mutation brought into the cache, as if it had been loaded.
pub fn put<E>(request: E, data: E::Response)
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    entry(Ask::of(&request)).put(Arc::new(data));
}

/// Loads again what is on the screen and older than `seconds`.
pub fn refetch_older_than(seconds: i64) {
    for entry in matching(|_| true) {
        if entry.observers.get() > 0 && entry.age().is_none_or(|age| age >= seconds) {
            entry.refetch();
        }
    }
}

/// Loads again what failed because the session was over.
pub fn replay_signed_out() {
    for entry in matching(|_| true) {
        if entry.observers.get() > 0 && entry.failed_signed_out() {
            entry.refetch();
        }
    }
}

/// Forgets everything: at sign-out.
pub fn clear() {
    let all = ENTRIES.with(|entries| entries.take());
    drop(all);
}

fn matching(wanted: impl Fn(&str) -> bool) -> Vec<Rc<Entry>> {
    ENTRIES.with(|entries| {
        let entries = entries.borrow();
        entries.iter().filter(|(key, _)| wanted(key)).map(|(_, entry)| Rc::clone(entry)).collect()
    })
}
