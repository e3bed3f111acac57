//! A cache entry: its query definition, its signals and its data.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::change::is_behind;
use trunkline_api::lenient::UnreadableRecords;
use trunkline_api::{Error, ErrorKind, Service};
use web_sys::AbortController;

use super::changes;
use super::patches::{Patch, PatchStack};
use crate::browser::clock::now;
use crate::browser::timers::Timer;
use crate::fetch::request::QueryDef;
use crate::fetch::response::{Data, Fingerprinted, RawResponse};
use crate::fetch::tabs;

/// The signals of an entry. They outlive the page that observes them.
#[derive(Clone)]
pub struct EntrySignals {
    /// Data of the last successful response, with optimistic patches applied.
    pub data: ArcRwSignal<Option<Data>>,
    /// Error of the newest load; cleared by a successful one.
    pub error: ArcRwSignal<Option<Arc<Error>>>,
    /// Epoch seconds of the last successful response.
    pub updated_at: ArcRwSignal<Option<i64>>,
    /// `true` while a load is in flight.
    pub loading: ArcRwSignal<bool>,
    /// Epoch seconds of the next automatic retry.
    pub retry_at: ArcRwSignal<Option<i64>>,
    /// Records of the last successful response that can't be parsed.
    pub unreadable: ArcRwSignal<Option<Arc<UnreadableNote>>>,
}

/// Records that can't be parsed, with the endpoint that sent them.
pub struct UnreadableNote {
    /// The service that sent them.
    pub vendor: Service,
    /// Method and path template.
    pub endpoint: String,
    /// The records.
    pub records: UnreadableRecords,
}

impl EntrySignals {
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

/// A cache entry: its query definition, its signals and the load in flight.
pub struct Entry {
    pub(super) def: QueryDef,
    /// The signals that pages read.
    pub signals: EntrySignals,
    pub(super) generation: Cell<u64>,
    pub(super) abort_controller: RefCell<Option<AbortController>>,
    pub(super) retry_timer: RefCell<Option<Timer>>,
    pub(super) attempts: Cell<u32>,
    pub(super) observers: Cell<usize>,
    pub(super) stale: Cell<bool>,
    /// When the entry was last looked up, by a counter of all look-ups.
    pub(super) last_used: Cell<u64>,
    /// Data of the last successful response, without optimistic patches.
    confirmed: RefCell<Option<Data>>,
    /// The records of the last response that was parsed as a stream.
    pub(super) records: RefCell<Rc<Fingerprinted>>,
    /// Patches of optimistic writes that are not yet confirmed.
    patches: PatchStack,
    /// Fingerprint of the last successful response; zero if unknown.
    fingerprint: Cell<f64>,
    /// Id of the last change before the last successful response was requested, or before the last failed one if none
    /// has succeeded; empty if unknown.
    as_of: RefCell<String>,
    /// Monotonic milliseconds of the last request by any tab of this browser; negative infinity before the first.
    pub(super) last_request_at: Cell<f64>,
    /// Timer of a refetch that has not begun.
    pub(super) pending_refetch: RefCell<Option<Timer>>,
    /// Refetch once the load in flight has ended: something changed meanwhile, and its response may be older.
    pub(super) refetch_queued: Cell<bool>,
}

impl Entry {
    /// An entry without data.
    pub(super) fn new(def: QueryDef) -> Self {
        Self {
            def,
            signals: EntrySignals::new(),
            generation: Cell::new(0),
            abort_controller: RefCell::new(None),
            retry_timer: RefCell::new(None),
            attempts: Cell::new(0),
            observers: Cell::new(0),
            stale: Cell::new(true),
            last_used: Cell::new(0),
            confirmed: RefCell::new(None),
            records: RefCell::default(),
            patches: PatchStack::default(),
            fingerprint: Cell::new(0.0),
            as_of: RefCell::default(),
            last_request_at: Cell::new(f64::NEG_INFINITY),
            pending_refetch: RefCell::new(None),
            refetch_queued: Cell::new(false),
        }
    }

    /// Applies a response. One with the same bytes as the last is neither decoded nor drawn again.
    #[allow(clippy::result_large_err, reason = "made once per failed request")]
    pub(super) fn apply_response(&self, mut received: RawResponse) -> Result<(), Error> {
        let fingerprint = received.fingerprint();
        // A failed response is as recent as a successful one: an opening stream is no reason to send it again.
        if !self.has_data() {
            self.as_of.replace(received.as_of.clone());
        }
        if self.has(fingerprint) {
            self.mark_fresh();
        } else {
            let (data, unreadable) = match self.collect_records(&mut received) {
                Some(data) => (data, std::mem::take(&mut received.unreadable)),
                None => (self.def.decode)(&received)?,
            };
            self.apply_data(data, unreadable, fingerprint);
        }
        tabs::share_response(&self.def.key, fingerprint, received.shareable_body(), &received.as_of);
        self.as_of.replace(received.as_of);
        Ok(())
    }

    /// The data of a list that was parsed while it arrived; `None` if the response was not.
    fn collect_records(&self, received: &mut RawResponse) -> Option<Data> {
        let (records, reader) = received.records.take().zip(self.def.list_reader.as_ref())?;
        let copies = records.iter().map(|(_, record)| Arc::clone(record)).collect();
        let data = (reader.collect)(copies, &received.envelope)?;
        self.records.replace(Rc::new(records));
        Some(data)
    }

    /// Applies another tab's response; a response that can't be decoded is ignored.
    pub(super) fn apply_peer_response(&self, fingerprint: f64, received: RawResponse) {
        if let Ok((data, unreadable)) = (self.def.decode)(&received) {
            self.apply_data(data, unreadable, fingerprint);
            self.as_of.replace(received.as_of);
        }
    }

    fn apply_data(&self, data: Data, unreadable: UnreadableRecords, fingerprint: f64) {
        self.set_data(data);
        self.set_unreadable(unreadable);
        self.fingerprint.set(fingerprint);
    }

    /// Stores the data of a successful response, from the server or from a mutation.
    pub(super) fn set_data(&self, data: Data) {
        self.fingerprint.set(0.0);
        self.confirmed.replace(Some(data));
        self.publish();
        self.mark_fresh();
    }

    /// Stores the records of the last successful response that can't be parsed.
    fn set_unreadable(&self, records: UnreadableRecords) {
        let request = &self.def.request;
        let endpoint = || format!("{} {}", request.method, request.path);
        let report =
            (records.count > 0).then(|| UnreadableNote { vendor: request.service, endpoint: endpoint(), records });
        if report.is_some() || self.signals.unreadable.with_untracked(Option::is_some) {
            self.signals.unreadable.set(report.map(Arc::new));
        }
    }

    /// Confirms that the data is what the id `as_of` says: another tab got the same response.
    pub(super) fn confirm_as_of(&self, as_of: String) {
        self.mark_fresh();
        self.as_of.replace(as_of);
    }

    /// Marks the data as up to date now.
    fn mark_fresh(&self) {
        self.attempts.set(0);
        self.stale.set(false);
        if self.signals.error.with_untracked(Option::is_some) {
            self.signals.error.set(None);
        }
        self.signals.updated_at.set(Some(now()));
    }

    /// Shows a patch over the data.
    pub fn add_patch(&self, patch: &Patch) {
        self.patches.push(patch);
        self.publish();
    }

    /// Removes a patch.
    pub fn remove_patch(&self, patch: &Patch) {
        self.patches.remove(patch);
        self.publish();
    }

    /// Applies a confirmed patch to the data of the last successful response, which is older than the write.
    pub fn commit(&self, patch: &Patch) {
        let patched = self.confirmed.borrow().as_ref().and_then(|data| patch(data));
        if let Some(patched) = patched {
            self.fingerprint.set(0.0);
            self.confirmed.replace(Some(patched));
        }
    }

    /// Publishes the data with the optimistic patches applied.
    fn publish(&self) {
        let confirmed = self.confirmed.borrow().clone();
        if let Some(data) = confirmed {
            self.signals.data.set(Some(self.patches.apply(data)));
        }
    }

    /// The data of the last successful response, without optimistic patches.
    pub(super) fn confirmed(&self) -> Option<Data> {
        self.confirmed.borrow().clone()
    }

    fn has_data(&self) -> bool {
        self.confirmed.borrow().is_some()
    }

    /// `true` if the last successful response has this fingerprint.
    pub(super) fn has(&self, fingerprint: f64) -> bool {
        fingerprint == self.fingerprint.get() && self.has_data()
    }

    /// `true` if a page shows the entry.
    pub(super) fn is_observed(&self) -> bool {
        self.observers.get() > 0
    }

    /// `true` while a load is in flight.
    pub(super) fn is_loading(&self) -> bool {
        self.signals.loading.get_untracked()
    }

    /// `true` if the last successful response is at least as recent as the change `id`.
    pub(super) fn is_as_recent_as(&self, id: &str) -> bool {
        is_behind(&self.as_of.borrow(), id) == Some(false)
    }

    /// `true` if the last successful response is older than a change that concerns it.
    pub(super) fn is_outdated(&self) -> bool {
        changes::is_outdated(&self.def.key, &self.as_of.borrow())
    }

    /// `true` if the last successful response is at least as recent as every change that concerns it.
    pub(super) fn is_current(&self) -> bool {
        changes::is_current(&self.def.key, &self.as_of.borrow())
    }

    /// Seconds since the last successful response.
    pub(super) fn age(&self) -> Option<i64> {
        self.signals.updated_at.get_untracked().map(|at| now() - at)
    }

    pub(super) fn failed_unauthenticated(&self) -> bool {
        self.signals
            .error
            .with_untracked(|error| error.as_ref().is_some_and(|error| error.kind == ErrorKind::SignedOut))
    }
}
