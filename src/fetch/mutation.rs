//! A write: sent once a click, never again by itself, and never aborted by leaving the page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::endpoint::Endpoint;

use super::transport::{Received, Wire, exchange};

/// The state of a page's write. While one is on the wire, another is refused: a double click sends one.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    /// Whether the write is on the wire.
    pub busy: RwSignal<bool>,
    /// Why the last write failed; cleared by the next.
    pub error: RwSignal<Option<Error>>,
}

/// A write's state, owned by the calling component.
pub fn use_mutation() -> Mutation {
    Mutation { busy: RwSignal::new(false), error: RwSignal::new(None) }
}

impl Mutation {
    /// Sends a request; `done` gets its answer, also when the page was left meanwhile.
    pub fn run<E>(self, request: E, done: impl FnOnce(E::Response) + 'static)
    where
        E: Endpoint + 'static,
    {
        self.run_or(request, done, |_| {});
    }

    /// As [`Mutation::run`]; `failed` gets the error before it is shown, to roll something back.
    pub fn run_or<E>(self, request: E, done: impl FnOnce(E::Response) + 'static, failed: impl FnOnce(&Error) + 'static)
    where
        E: Endpoint + 'static,
    {
        self.start(
            Wire::of(&request),
            Box::new(move |received| match received.and_then(|received| received.read::<E>()) {
                Ok(answer) => {
                    done(answer);
                    None
                }
                Err(error) => {
                    failed(&error);
                    Some(error)
                }
            }),
        );
    }

    /// One write at a time; `settle` gives the error to show.
    fn start(self, wire: Wire, settle: Box<dyn FnOnce(Result<Received, Error>) -> Option<Error>>) {
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let received = exchange(wire, None).await;
            self.busy.try_set(false);
            if let Some(error) = settle(received) {
                self.error.try_set(Some(error));
            }
        });
    }
}
