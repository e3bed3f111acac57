//! Entries by key. An entry owns its load: a newer load aborts an older one, and only the newest may paint.
//!
//! What one tab of the browser asks, and the answer, the others learn by [`super::tabs`]: a poll is sent once for all.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::gateway::change::is_behind;
use trunkline_api::lenient::Unreadable;
use trunkline_api::{Error, ErrorKind, Vendor};
use web_sys::AbortController;

use super::records::{List, Marked};
use super::transport::{Received, Receiver, Wire, exchange_list};
use super::{network, overlay, tabs};
use crate::browser::clock::{monotonic_ms, now};
use crate::browser::timers::{self, Timer};

/// How many entries are kept that no page shows; the least recently used go first.
const KEPT: usize = 40;

/// How often a failed GET is tried again by itself.
const RETRIES: u32 = 3;

/// Milliseconds that another tab, which asks already, has for its answer.
const OTHERS_MS: u32 = 8000;

/// An answer of any type: the cache's code is compiled once, not once an endpoint.
pub type Data = Arc<dyn Any + Send + Sync>;

/// Reads an answer into its type, and forgets the type; with the records of a list that can't be read.
pub type Decode = fn(&Received) -> Result<(Data, Unreadable), Error>;

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
    /// Records of the last good answer that can't be read.
    pub unreadable: ArcRwSignal<Option<Arc<OddRecords>>>,
}

/// Records that can't be read, and who sent them.
pub struct OddRecords {
    /// Whose answer they are in.
    pub vendor: Vendor,
    /// Method and path template.
    pub endpoint: String,
    /// The records.
    pub records: Unreadable,
}

impl Face {
    fn new() -> Self {
        Self {
            data: ArcRwSignal::new(None),
            error: ArcRwSignal::new(None),
            updated_at: ArcRwSignal::new(None),
            loading: ArcRwSignal::new(false),
            retry_at: ArcRwSignal::new(None),
            unreadable: ArcRwSignal::new(None),
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
    retry: RefCell<Option<Timer>>,
    attempts: Cell<u32>,
    observers: Cell<usize>,
    stale: Cell<bool>,
    used: Cell<u64>,
    /// The last good answer, without what is shown ahead of its confirmation.
    base: RefCell<Option<Data>>,
    /// The records of the last answer that was read as a list.
    records: RefCell<Rc<Marked>>,
    /// What is shown ahead of its confirmation.
    pub(super) overlays: overlay::Stack,
    /// Tells answers apart; zero: unknown.
    mark: Cell<f64>,
    /// The id of the last change before the last good answer was asked for, or the last failure where there was none;
    /// empty: unknown.
    as_of: RefCell<String>,
    /// When any tab of this browser asked last, in monotonic milliseconds; long ago at first.
    asked: Cell<f64>,
    /// A load that is about to begin.
    later: RefCell<Option<Timer>>,
    /// Something changed while a load was on the wire: its answer may be older than that.
    again: Cell<bool>,
}

/// A request that can be put on the wire again and again.
pub struct Ask {
    /// Vendor, path and query, body: what tells entries apart.
    pub key: String,
    /// What goes on the wire.
    pub wire: Wire,
    /// How its answer is read.
    pub decode: Decode,
    /// How it is read on its way, where it is a long list.
    pub list: Option<List>,
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
        let decode: Decode = |received| received.read_list::<E>().map(|(data, odd)| (Arc::new(data) as Data, odd));
        Self { key, wire, decode, list: List::of::<E>() }
    }
}

thread_local! {
    static ENTRIES: RefCell<Vec<Rc<Entry>>> = const { RefCell::new(Vec::new()) };
    static HELD: RefCell<String> = const { RefCell::new(String::new()) };
    static TICK: Cell<u64> = const { Cell::new(0) };
    /// What has changed, as far as this browser has heard: how the keys concerned begin, and the id of the last change.
    static CHANGES: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// The entry of a request, made if there is none.
pub fn entry(ask: Ask) -> Rc<Entry> {
    let tick = TICK.with(|tick| tick.replace(tick.get() + 1));
    if let Some(entry) = known(&ask.key) {
        entry.used.set(tick);
        return entry;
    }
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
        base: RefCell::new(None),
        records: RefCell::default(),
        overlays: overlay::Stack::default(),
        mark: Cell::new(0.0),
        as_of: RefCell::default(),
        asked: Cell::new(f64::NEG_INFINITY),
        later: RefCell::new(None),
        again: Cell::new(false),
    });
    ENTRIES.with_borrow_mut(|entries| entries.push(entry.clone()));
    trim();
    entry
}

/// Lets the least recently used unobserved entries go.
fn trim() {
    let mut gone = Vec::new();
    ENTRIES.with_borrow_mut(|entries| {
        loop {
            let idle = || entries.iter().enumerate().filter(|(_, entry)| entry.observers.get() == 0);
            let oldest = idle().min_by_key(|(_, entry)| entry.used.get()).map(|(at, _)| at);
            let Some(oldest) = oldest.filter(|_| idle().count() > KEPT) else { break };
            gone.push(entries.swap_remove(oldest));
        }
    });
    // After the borrow: what an entry holds may ask the cache when it goes.
    drop(gone);
}

impl Entry {
    /// A page shows the entry from now on. What is older than `stale_seconds` is loaded again.
    pub fn observe(self: &Rc<Self>, stale_seconds: i64) {
        self.observers.set(self.observers.get() + 1);
        let old = self.age().is_none_or(|age| age >= stale_seconds);
        if (self.stale.get() || old) && !self.face.loading.get_untracked() {
            self.load(false);
        }
    }

    /// A page left the entry. Without any other, its load is aborted on the wire.
    pub fn leave(&self) {
        self.observers.set(self.observers.get().saturating_sub(1));
        if self.observers.get() == 0 {
            self.retry.take();
            self.later.take();
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
        self.load(false);
    }

    /// As [`Entry::refetch`], without any person's doing: it keeps no session alive.
    pub fn refetch_quietly(self: &Rc<Self>) {
        self.attempts.set(0);
        self.load(true);
    }

    /// Loads, unless some tab of this browser did so less than so many seconds ago.
    pub fn poll(self: &Rc<Self>, seconds: f64) {
        // A timer may be a little early.
        let fresh = monotonic_ms() - self.asked.get() < seconds * 1000.0 - 100.0;
        if !fresh && !self.face.loading.get_untracked() && network::is_online_now() {
            self.refetch_quietly();
        }
    }

    /// Loads in a moment, if no other tab does so before: one in front first.
    fn load_soon(self: &Rc<Self>, pause: u32) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of the pause")]
        let pause = pause + (js_sys::Math::random() * f64::from(pause)) as u32;
        let entry = Rc::clone(self);
        self.later.replace(Some(timers::after(pause, move || entry.refetch_quietly())));
    }

    fn load(self: &Rc<Self>, is_background: bool) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.retry.take();
        self.later.take();
        self.again.set(false);
        self.asked.set(monotonic_ms());
        tabs::say(tabs::kind::ASKED, &self.ask.key);
        let controller = AbortController::new().ok();
        if let Some(older) = self.controller.replace(controller.clone()) {
            older.abort();
        }
        self.face.retry_at.set(None);
        self.face.loading.set(true);
        let entry = Rc::clone(self);
        spawn_local(async move {
            let signal = controller.as_ref().map(AbortController::signal);
            let received = exchange_list(entry.ask.wire.again(is_background), signal, entry.receiver()).await;
            // An old answer never paints.
            if entry.generation.get() == generation {
                entry.controller.take();
                entry.settle(received.and_then(|received| entry.take(received)));
            }
        });
    }

    /// How a list is received; none for what is read whole.
    fn receiver(&self) -> Option<Receiver> {
        let receive = self.ask.list.as_ref()?.receive;
        let known = Rc::clone(&self.records.borrow());
        Some(Box::new(move |stream| receive(stream, known)))
    }

    /// Takes an answer. One that is the same as the last is not read again, and nothing is drawn anew.
    fn take(&self, mut received: Received) -> Result<(), Error> {
        let mark = received.mark();
        // A failure is as new as a good answer: a stream that opens is no reason to ask for it again.
        if self.base.borrow().is_none() {
            self.as_of.replace(received.as_of.clone());
        }
        if mark == self.mark.get() && self.base.borrow().is_some() {
            self.fresh();
        } else {
            let (data, unreadable) = match received.list.take().zip(self.ask.list.as_ref()) {
                Some((records, list)) => {
                    let data = (list.all)(records.iter().map(|(_, record)| Arc::clone(record)).collect());
                    self.records.replace(Rc::new(records));
                    (data, std::mem::take(&mut received.unreadable))
                }
                None => (self.ask.decode)(&received)?,
            };
            self.put(data);
            self.note(unreadable);
            self.mark.set(mark);
        }
        tabs::share(&self.ask.key, mark, received.body(), &received.as_of);
        self.as_of.replace(received.as_of);
        Ok(())
    }

    fn settle(self: &Rc<Self>, result: Result<(), Error>) {
        let mut is_old = false;
        match result {
            Ok(()) => is_old = self.is_behind(),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => {
                self.plan_retry(&error);
                self.face.error.set(Some(Arc::new(error)));
            }
        }
        self.face.loading.set(false);
        if is_old || (self.again.take() && !self.is_current()) {
            self.outdated(0);
        }
    }

    /// Whether the last good answer is older than a change that concerns it.
    fn is_behind(&self) -> bool {
        self.compare(|behind| behind == Some(true))
    }

    /// Whether the last good answer is as new as every change that concerns it.
    fn is_current(&self) -> bool {
        !self.compare(|behind| behind != Some(false))
    }

    /// Whether `test` holds for any change that concerns this entry.
    fn compare(&self, test: fn(Option<bool>) -> bool) -> bool {
        let as_of = self.as_of.borrow();
        CHANGES.with_borrow(|changes| {
            changes.iter().any(|(prefix, id)| self.ask.key.starts_with(prefix) && test(is_behind(&as_of, id)))
        })
    }

    /// A good answer, from the wire or from a mutation.
    fn put(&self, data: Data) {
        self.mark.set(0.0);
        self.base.replace(Some(data));
        self.paint();
        self.fresh();
    }

    /// Notes the records of the last good answer that can't be read.
    fn note(&self, records: Unreadable) {
        let wire = &self.ask.wire;
        let endpoint = || format!("{} {}", wire.method, wire.path);
        let odd = (records.count > 0).then(|| OddRecords { vendor: wire.vendor, endpoint: endpoint(), records });
        if odd.is_some() || self.face.unreadable.with_untracked(Option::is_some) {
            self.face.unreadable.set(odd.map(Arc::new));
        }
    }

    /// The last good answer is as of now.
    fn fresh(&self) {
        self.attempts.set(0);
        self.stale.set(false);
        if self.face.error.with_untracked(Option::is_some) {
            self.face.error.set(None);
        }
        self.face.updated_at.set(Some(now()));
    }

    /// A change of the last good answer is confirmed, though that is older.
    pub(super) fn keep(&self, change: &overlay::Change) {
        let changed = self.base.borrow().as_ref().and_then(|base| change(base));
        if let Some(changed) = changed {
            self.mark.set(0.0);
            self.base.replace(Some(changed));
        }
    }

    /// Shows the last good answer, and over it what is ahead of its confirmation.
    pub(super) fn paint(&self) {
        let base = self.base.borrow().clone();
        if let Some(base) = base {
            self.face.data.set(Some(self.overlays.over(base)));
        }
    }

    /// The last good answer is over. Shown, it is loaded again: in a tab in front at once, in others when none did. What
    /// is on the wire comes first: where messages come quicker than answers, no answer would ever come.
    fn outdated(self: &Rc<Self>, pause: u32) {
        self.stale.set(true);
        if is_held(&self.ask.key) {
            return;
        }
        if self.face.loading.get_untracked() {
            self.again.set(true);
            return;
        }
        // One that waits for its next try has been told when that may be.
        if self.observers.get() > 0 && self.retry.borrow().is_none() {
            self.load_soon(if network::is_visible() { pause } else { pause + 500 });
        }
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
        let offline = error.kind == ErrorKind::Offline && !network::is_online_now();
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
        self.retry.replace(Some(timers::after(wait, move || entry.load(true))));
    }
}

/// Every entry whose key begins with a prefix is out of date: shown ones load again, others when next shown.
pub fn invalidate(prefix: &str) {
    for entry in matching(prefix) {
        entry.stale.set(true);
        if entry.observers.get() > 0 {
            entry.refetch();
        }
    }
}

/// While a run over many records is under way, none of its writes makes the list be read again: each would cost a call of
/// the vendor's limit. An empty text ends that; whoever ends the run invalidates what it concerned.
pub fn hold(prefix: &str) {
    HELD.set(prefix.to_owned());
}

fn is_held(key: &str) -> bool {
    HELD.with_borrow(|held| !held.is_empty() && key.starts_with(held.as_str()))
}

/// Something changed elsewhere: what is older than the change `id` is loaded again, if its key begins so. Every tab of this
/// browser gets the message; one of them asks, and tells the others. `pause` in milliseconds: the tab that heard of it first
/// goes first.
pub fn changed(prefix: &str, id: &str, pause: u32) {
    CHANGES.with_borrow_mut(|changes| {
        changes.retain(|(known, _)| known != prefix);
        changes.push((prefix.to_owned(), id.to_owned()));
    });
    for entry in matching(prefix) {
        if is_behind(&entry.as_of.borrow(), id) != Some(false) {
            entry.outdated(pause);
        }
    }
}

/// Tells a new tab what has changed: its first answers may be older.
pub fn tell_changes() {
    CHANGES.with_borrow(|changes| {
        for (prefix, id) in changes {
            tabs::say_changed(prefix, id);
        }
    });
}

/// Loads again what is on the screen and was asked for so many seconds ago, by whichever tab.
pub fn poll_shown(seconds: f64) {
    for entry in matching("") {
        if entry.observers.get() > 0 {
            entry.poll(seconds);
        }
    }
}

/// Another tab asks for this key now: its answer will come by itself.
pub fn asked_elsewhere(key: &str) {
    if let Some(entry) = known(key) {
        entry.asked.set(monotonic_ms());
        if entry.later.take().is_some() {
            entry.load_soon(OTHERS_MS);
        }
    }
}

/// Another tab has the answer for this key; without its body it was too large to hand over.
pub fn answered_elsewhere(key: &str, mark: f64, body: Option<Vec<u8>>, as_of: String) {
    if let Some(entry) = known(key) {
        // This tab's own load is newer, or as good.
        if entry.face.loading.get_untracked() {
            return;
        }
        let same = mark == entry.mark.get() && entry.base.borrow().is_some();
        let shown = entry.observers.get() > 0;
        match body.clone().filter(|_| shown) {
            _ if same => {
                entry.later.take();
                entry.fresh();
                entry.as_of.replace(as_of);
            }
            Some(body) => {
                entry.later.take();
                let received = Received::good(body, as_of);
                if let Ok((data, unreadable)) = (entry.ask.decode)(&received) {
                    entry.put(data);
                    entry.note(unreadable);
                    entry.mark.set(mark);
                    entry.as_of.replace(received.as_of);
                }
            }
            None => return entry.outdated(tabs::PAUSE_MS),
        }
        if entry.is_behind() {
            entry.outdated(tabs::PAUSE_MS);
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

/// The last good answer to a request, if it is kept.
pub fn peek<E>(request: &E) -> Option<Arc<E::Response>>
where
    E: Endpoint,
    E::Response: Send + Sync + 'static,
{
    let data = known(&Ask::of(request).key)?.base.borrow().clone();
    data?.downcast().ok()
}

/// Loads again what is on the screen and older than `seconds`; `load` says for whom.
pub fn refetch_older_than(seconds: i64, load: fn(&Rc<Entry>)) {
    for entry in matching("") {
        if entry.observers.get() > 0
            && !entry.face.loading.get_untracked()
            && entry.age().is_none_or(|age| age >= seconds)
        {
            load(&entry);
        }
    }
}

/// Loads again what failed because the session was over.
pub fn replay_signed_out() {
    for entry in matching("") {
        if entry.observers.get() > 0 && entry.failed_signed_out() {
            entry.refetch();
        }
    }
}

/// Forgets everything: at sign-out.
pub fn clear() {
    CHANGES.take();
    let all = ENTRIES.with(|entries| entries.take());
    drop(all);
}

fn known(key: &str) -> Option<Rc<Entry>> {
    ENTRIES.with_borrow(|entries| entries.iter().find(|entry| entry.ask.key == key).cloned())
}

/// The entries whose keys begin so.
fn matching(prefix: &str) -> Vec<Rc<Entry>> {
    ENTRIES.with_borrow(|entries| entries.iter().filter(|entry| entry.ask.key.starts_with(prefix)).cloned().collect())
}
