//! The state of a page's write, and the writes in flight.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{Error, ErrorKind};

use super::read_back::{ReadBack, is_in_doubt, resolve};
use super::write::{ResultHandler, Write, result_handler};
use super::write_queue::enqueue;
use crate::fetch::request::RawRequest;
use crate::fetch::response::RawResponse;
use crate::fetch::transport::exchange;
use crate::reactive::effect;

type SharedResult = Rc<Result<RawResponse, Error>>;
type OnResult = Box<dyn FnOnce(SharedResult)>;

thread_local! {
    /// The writes in flight, by method, target and body, with the callbacks that wait for the response.
    static IN_FLIGHT: RefCell<Vec<(String, OnResult)>> = const { RefCell::new(Vec::new()) };
    static ORPHANED_ERROR: ArcRwSignal<Option<Error>> = ArcRwSignal::new(None);
}

/// The newest error of a write whose page has been left. Tracked.
pub fn orphaned_error() -> Option<Error> {
    ORPHANED_ERROR.with(|error| error.get())
}

/// The state of a page's write.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    /// `true` while the write is in flight or its outcome is being verified.
    pub busy: RwSignal<bool>,
    /// Error of the last write; cleared by the next.
    pub error: RwSignal<Option<Error>>,
}

/// A write's state, owned by the calling component.
pub fn use_mutation() -> Mutation {
    Mutation { busy: RwSignal::new(false), error: RwSignal::new(None) }
}

impl Mutation {
    /// Sends a request; `done` gets its response, also if the page was left meanwhile.
    pub fn run<E>(self, request: E, done: impl FnOnce(E::Response) + 'static)
    where
        E: Endpoint + 'static,
    {
        self.start(RawRequest::new(&request), result_handler::<E>(done, |_| {}), None);
    }

    /// Like [`Mutation::run`]. `failed` gets the error before it is shown. If the response is lost, `read_back`
    /// verifies whether the write was done.
    pub fn run_verified<E>(
        self,
        request: E,
        done: impl FnOnce(E::Response) + 'static,
        failed: impl FnOnce(&Error) + 'static,
        read_back: ReadBack,
    ) where
        E: Endpoint + 'static,
    {
        self.send(Write::new(request, done, failed, read_back));
    }

    /// Like [`Mutation::run_verified`], for a write that is prepared elsewhere.
    pub fn send(self, write: Write) {
        self.start(write.request, write.handler, Some(write.read_back));
    }

    /// Reads a record before it is replaced; `then` gets it and may send the write. If the page is left before that,
    /// nothing is sent: the person has confirmed to discard the changes. `write_endpoint` is that of the write: without
    /// a connection the error names it instead of the read.
    pub fn read_before_write<E>(self, request: &E, write_endpoint: String, then: impl FnOnce(E::Response) + 'static)
    where
        E: Endpoint + 'static,
    {
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.try_set(true);
        self.error.try_set(None);
        let request = RawRequest::new(request);
        let handler = result_handler::<E>(move |now| then(now), |_| {});
        spawn_local(async move {
            let received = exchange(request, None).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if let Some(error) = handler(&received) {
                let is_unsent = matches!(error.kind, ErrorKind::Offline);
                self.show(if is_unsent { Error { endpoint: write_endpoint, ..error } } else { error });
            }
        });
    }

    /// Calls `then` when a write has finally failed: after its outcome has been verified, if it was in doubt.
    pub fn on_failure(self, then: impl Fn() + 'static) {
        effect(move || {
            if !self.busy.get() && self.error.with(Option::is_some) {
                then();
            }
        });
    }

    /// Starts a write unless one is in flight. `handler` handles the response and returns the error to show.
    fn start(self, request: RawRequest, handler: ResultHandler, read_back: Option<ReadBack>) {
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let key = format!(
            "{} {} {} {}",
            request.service.key(),
            request.method,
            request.target,
            request.body.as_deref().unwrap_or_default()
        );
        let on_result: OnResult = Box::new(move |result: SharedResult| {
            self.busy.try_set(false);
            if let Some(error) = handler(&result) {
                let read_back = read_back.filter(|_| is_in_doubt(&error));
                self.show(error.clone());
                if let Some(read_back) = read_back {
                    self.verify(read_back, error);
                }
            }
        });
        let first = IN_FLIGHT.with_borrow_mut(|in_flight| {
            let first = !in_flight.iter().any(|(known, _)| *known == key);
            in_flight.push((key.clone(), on_result));
            first
        });
        if first {
            spawn_local(async move {
                let result = Rc::new(enqueue(request).await);
                // The borrow ends before each callback, which may start another write.
                while let Some(on_result) = IN_FLIGHT.with_borrow_mut(|in_flight| {
                    let at = in_flight.iter().position(|(known, _)| *known == key)?;
                    Some(in_flight.remove(at).1)
                }) {
                    on_result(Rc::clone(&result));
                }
            });
        }
    }

    /// Shows the error on the page, or globally if the page has been left.
    fn show(self, error: Error) {
        if let Some(Some(error)) = self.error.try_set(Some(error)) {
            ORPHANED_ERROR.with(|orphaned| orphaned.set(Some(error)));
        }
    }

    /// Verifies the outcome of a write, which counts as busy until then.
    fn verify(self, read_back: ReadBack, error: Error) {
        self.busy.try_set(true);
        spawn_local(async move {
            let outcome = read_back.verify(&error).await;
            self.busy.try_set(false);
            let shown = resolve(outcome, error);
            // An unchanged error is not set again: a screen reader would repeat it.
            self.error.maybe_update(|now| {
                let other = *now != shown;
                *now = shown;
                other
            });
        });
    }
}
