//! A write: sent once a click, never again by itself, and never aborted by leaving the page.
//!
//! - *confirmed* ([`Mutation::run_sure`]): what is on the screen changes when the answer is there; a second click meanwhile
//!   sends nothing, and the same write from another form waits for the first one's answer
//! - *optimistic* ([`write`] with an [`Overlay`]): it changes at once, and back if the write is refused
//! - writes to one record go out one after the other, in the order they were made
//! - an answer that is lost, or can't be read, leaves a doubt: [`Mutation::run_sure`] and [`write`] read back what
//!   became of the write

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Function, Object, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{Error, ErrorKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::cache::{Ask, Data};
use super::network;
use super::overlay::Overlay;
use super::transport::{Received, Wire, exchange};
use crate::browser::timers::sleep;
use crate::reactive::effect;

/// How often the truth is looked for, while there is a connection: the write may still be on its way.
const LOOKS: u32 = 2;
/// Milliseconds before the first look, and between two looks for a connection.
const WAIT_MS: u32 = 500;
/// Milliseconds before another look.
const AGAIN_MS: u32 = 3000;

/// Work that is done when it is polled.
pub type Job<T = ()> = Pin<Box<dyn Future<Output = T>>>;

/// What became of a write whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It was done.
    Done,
    /// It was not done.
    NotDone,
    /// There is no way to know.
    Unknown,
}

/// Reads back what became of a write.
pub struct Look {
    ask: Ask,
    judge: Box<dyn Fn(Data) -> Truth>,
}

impl Look {
    /// Sends `request` and judges by its answer. Where the write was done, `judge` also does what its answer would
    /// have led to.
    pub fn new<E>(request: &E, judge: impl Fn(Arc<E::Response>) -> Truth + 'static) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        Self { ask: Ask::of(request), judge: Box::new(move |data| data.downcast().map_or(Truth::Unknown, &judge)) }
    }

    async fn look(&self) -> Result<Truth, Error> {
        let received = exchange(self.ask.wire.again(true), None).await?;
        Ok((self.judge)((self.ask.decode)(&received)?.0))
    }

    /// Finds out what became of a write that ended with this error, as soon as there is a connection.
    fn find_out(self, error: &Error) -> Job<Truth> {
        // Who has answered, whatever it was, has come to an end with it.
        let most = if error.kind == ErrorKind::Lost { LOOKS } else { 1 };
        Box::pin(async move {
            let mut looks = 0;
            loop {
                let online = network::is_online_now();
                sleep(if looks == 0 || !online { WAIT_MS } else { AGAIN_MS }).await;
                if !network::is_online_now() {
                    continue;
                }
                looks += 1;
                match self.look().await {
                    Ok(Truth::NotDone) | Err(_) if looks < most => {}
                    Ok(truth) => return truth,
                    Err(_) => return Truth::Unknown,
                }
            }
        })
    }
}

/// Whether a write that ended so may have been done.
fn is_in_doubt(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Lost | ErrorKind::Undecodable { .. })
}

/// What is to be said once the truth is known; nothing, if the write was done.
fn found_out(truth: Truth, error: Error) -> Option<Error> {
    // A vendor that was too slow to answer may yet do it.
    let may_come = error.status == Some(504);
    match truth {
        Truth::Done => None,
        Truth::NotDone if error.kind == ErrorKind::Lost && !may_come => {
            Some(Error { kind: ErrorKind::NotArrived, ..error })
        }
        Truth::NotDone | Truth::Unknown => Some(error),
    }
}

type Outcome = Rc<Result<Received, Error>>;
type Settled = Box<dyn FnOnce(Outcome)>;
type Settle = Box<dyn FnOnce(&Result<Received, Error>) -> Option<Error>>;

thread_local! {
    /// Who waits for the answer to which write.
    static ON_WIRE: RefCell<Vec<(String, Settled)>> = const { RefCell::new(Vec::new()) };
    /// The writes under way or waiting, by record, and the end of each.
    static TURNS: RefCell<Vec<(String, Promise)>> = const { RefCell::new(Vec::new()) };
    static UNSEEN: ArcRwSignal<Option<Error>> = ArcRwSignal::new(None);
}

/// The newest error of a write whose page had been left. Tracked.
pub fn unseen_error() -> Option<Error> {
    UNSEEN.with(|unseen| unseen.get())
}

/// Whether a write is on the wire, or waits for its turn.
pub fn is_under_way() -> bool {
    TURNS.with_borrow(|turns| !turns.is_empty())
}

/// The state of a page's write.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    /// Whether the write is on the wire, or its truth is looked for.
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
        self.start(Wire::of(&request), settle::<E>(done, |_| {}), None);
    }

    /// As [`Mutation::run`]; `failed` gets the error before it is shown, and when the answer is lost, `look` finds out
    /// whether the write was done.
    pub fn run_sure<E>(
        self,
        request: E,
        done: impl FnOnce(E::Response) + 'static,
        failed: impl FnOnce(&Error) + 'static,
        look: Look,
    ) where
        E: Endpoint + 'static,
    {
        self.start(Wire::of(&request), settle::<E>(done, failed), Some(look));
    }

    /// Reads a record before it is replaced; `then` gets it and may send the write. Who leaves the page before that was
    /// asked and agreed to save nothing. `write` is the endpoint that is written to: a save that can't even begin is told
    /// as one.
    pub fn check<E>(self, request: &E, write: String, then: impl FnOnce(E::Response) + 'static)
    where
        E: Endpoint + 'static,
    {
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.try_set(true);
        self.error.try_set(None);
        let wire = Wire::of(request);
        let settle = settle::<E>(move |now| then(now), |_| {});
        spawn_local(async move {
            let received = exchange(wire, None).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if let Some(error) = settle(&received) {
                let unsent = matches!(error.kind, ErrorKind::Offline);
                self.show(if unsent { Error { endpoint: write, ..error } } else { error });
            }
        });
    }

    /// Calls `then` when a write has failed for good: after the looks for its truth, if there are any.
    pub fn on_failure(self, then: impl Fn() + 'static) {
        effect(move || {
            if !self.busy.get() && self.error.with(Option::is_some) {
                then();
            }
        });
    }

    /// One write at a time; `settle` gives the error to show.
    fn start(self, wire: Wire, settle: Settle, look: Option<Look>) {
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let key = format!(
            "{} {} {} {}",
            wire.vendor.key(),
            wire.method,
            wire.target,
            wire.body.as_deref().unwrap_or_default()
        );
        let settled: Settled = Box::new(move |outcome: Outcome| {
            self.busy.try_set(false);
            if let Some(error) = settle(&outcome) {
                let look = look.filter(|_| is_in_doubt(&error));
                self.show(error.clone());
                if let Some(look) = look {
                    self.find_out(look, error);
                }
            }
        });
        let first = ON_WIRE.with_borrow_mut(|on_wire| {
            let first = !on_wire.iter().any(|(known, _)| *known == key);
            on_wire.push((key.clone(), settled));
            first
        });
        if first {
            spawn_local(async move {
                let outcome = Rc::new(in_turn(wire).await);
                // Not while it is borrowed: what comes of it may write again.
                while let Some(settled) = ON_WIRE.with_borrow_mut(|on_wire| {
                    let at = on_wire.iter().position(|(known, _)| *known == key)?;
                    Some(on_wire.remove(at).1)
                }) {
                    settled(Rc::clone(&outcome));
                }
            });
        }
    }

    /// On the page, or where the user is now.
    fn show(self, error: Error) {
        if let Some(Some(error)) = self.error.try_set(Some(error)) {
            UNSEEN.with(|unseen| unseen.set(Some(error)));
        }
    }

    /// Finds out what became of a write. Until then it counts as under way.
    fn find_out(self, look: Look, error: Error) {
        self.busy.try_set(true);
        spawn_local(async move {
            let truth = look.find_out(&error).await;
            self.busy.try_set(false);
            let shown = found_out(truth, error);
            // What stands there already is not drawn, and not read out, again.
            self.error.maybe_update(|now| {
                let other = *now != shown;
                *now = shown;
                other
            });
        });
    }
}

/// Sends a write that is shown as done already, by `shown`, if at all; when its answer is lost, `look` finds out whether
/// it was done. A refused one is taken off the screen before its error is given: whoever called has to say so.
///
/// # Errors
/// [`Error`], whatever goes wrong.
pub async fn write<E>(request: E, shown: Option<Overlay>, look: Look) -> Result<(), Error>
where
    E: Endpoint,
{
    let answer = in_turn(Wire::of(&request)).await.and_then(|received| received.read::<E>().map_err(in_doubt));
    let error = match answer.err() {
        Some(error) if is_in_doubt(&error) => found_out(look.find_out(&error).await, error),
        error => error,
    };
    match error {
        None => {
            shown.into_iter().for_each(Overlay::confirm);
            Ok(())
        }
        Some(error) => Err(error),
    }
}

/// Sends a write after those to the same record that were begun before.
fn in_turn(wire: Wire) -> Job<Result<Received, Error>> {
    let record = record(&wire);
    let mut end = None;
    let turn = Promise::new(&mut |done, _| end = Some(done));
    let before = TURNS.with_borrow_mut(|turns| {
        let before = turns.iter().rfind(|(known, _)| *known == record).map(|(_, turn)| turn.clone());
        turns.push((record, turn.clone()));
        before
    });
    Box::pin(async move {
        if let Some(before) = before {
            // It is only ever resolved.
            let _ = JsFuture::from(before).await;
        }
        let received = exchange(wire, None).await;
        TURNS.with_borrow_mut(|turns| turns.retain(|(_, known)| !Object::is(known, &turn)));
        let _ = end.map(|end: Function| end.call0(&JsValue::UNDEFINED));
        received
    })
}

/// What a write is about: its path without what stands behind the last id (`:enableBot`, `/online`).
fn record(wire: &Wire) -> String {
    let action = wire.path.rsplit_once('}').map_or("", |(_, action)| action);
    format!("{} {}", wire.vendor.key(), wire.target.strip_suffix(action).unwrap_or(&wire.target))
}

/// Reads the answer; the error, if it is one.
fn settle<E>(done: impl FnOnce(E::Response) + 'static, failed: impl FnOnce(&Error) + 'static) -> Settle
where
    E: Endpoint + 'static,
{
    Box::new(move |received| {
        let answer = match received {
            Ok(received) => received.read::<E>().map_err(in_doubt),
            Err(error) => Err(error.clone()),
        };
        match answer {
            Ok(answer) => {
                done(answer);
                None
            }
            Err(error) => {
                failed(&error);
                Some(error)
            }
        }
    })
}

/// The gateway had no answer from the vendor in time: whether the write arrived is as unknown as if it had broken off
/// on the way here.
fn in_doubt(error: Error) -> Error {
    match error.kind {
        ErrorKind::TimedOut => Error { kind: ErrorKind::Lost, ..error },
        _ => error,
    }
}
