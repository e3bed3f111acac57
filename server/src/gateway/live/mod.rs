//! `GET /api/live`: tells a signed-in browser what changed, so that it asks again only then.
//!
//! | event | data | |
//! |---|---|---|
//! | `hello` | `{"missed": bool, "moved": [{"vendor", "resource", "id"}]}` | first, and when the stream fell behind: the id of the last change of each resource since the server's start. `missed`: something changed, or may have, since the browser's `Last-Event-ID` |
//! | `changed` | `{"vendor", "resource"}` | how the paths concerned begin |
//! | `beat` | `{}` | every 10 s: a browser that hears nothing for longer has a dead line |
//! | `replaced` | `{}` | then it ends: the session has opened too many others. Don't come back at once |
//! | `signed-out` | `{}` | then it ends: the session is over |
//!
//! Each has an `id`: the server's start and the number of the last change. Every answer below `/api` has such an id in
//! its header `Trunkline-Change`, taken before its vendor was asked. An answer is out of date if its start is another one,
//! or its number is below that of a change that concerns it. What comes from where: [`watch`].

mod fingerprints;
mod hub;
mod seats;
mod watch;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderName, Uri};
use axum::response::Sse;
use axum::response::sse::Event;
use futures_util::Stream;
use rand::Rng;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;
use trunkline_api::Vendor;

use fingerprints::Fingerprints;
pub use fingerprints::compare;
pub use hub::Change;
use hub::{Hub, Signal};
use seats::Seats;
pub use watch::Subject;
use watch::Watches;

use super::refusal::Refused;
use super::session::{self, SignedIn};
use super::state::State;

/// How often a session is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// How often a stream says that it lives.
const BEAT: Duration = Duration::from_secs(10);
/// Milliseconds until a browser comes back after a stream broke off, spread: not all at once after a restart.
const BACK: std::ops::Range<u64> = 500..1500;
/// The same where it was asked to stay away.
const BACK_LATE: u64 = 60_000;
/// Seconds until it is worth another try where all places are taken.
const FULL: u32 = 30;

/// Who listens, and to what.
#[derive(Debug)]
pub struct Live {
    hub: Hub,
    seats: Arc<Seats>,
    watches: Watches,
    fingerprints: Fingerprints,
}

impl Live {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self {
            hub: Hub::new(),
            seats: Arc::default(),
            watches: Watches::default(),
            fingerprints: Fingerprints::default(),
        }
    }

    /// Tells everyone who may know.
    pub fn changed(&self, change: Change) {
        self.hub.changed(change);
    }

    /// The number of the last change: what is read from now on is as of it.
    pub fn last(&self) -> u64 {
        self.hub.last()
    }

    /// A number as browsers get it, with the server's start.
    pub fn id(&self, number: u64) -> String {
        self.hub.id(number)
    }

    /// Ends a session's streams.
    pub fn signed_out(&self, session: &str) {
        self.hub.signed_out(session);
    }

    /// Whether any vendor is looked at.
    pub fn is_watching(&self) -> bool {
        self.watches.is_watching()
    }

    /// Somebody reads from a vendor: from now on it is worth looking at.
    pub fn read(&self, vendor: Vendor) {
        self.watches.read(vendor);
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// What a vendor's writes change: how the paths concerned begin. Whose tickets they are is known to who is told.
pub const fn resource(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Comm100 => "/ticketing/channelAccounts",
        Vendor::Jtel => "/acd/events",
        Vendor::Oneview => "/v1/",
        Vendor::Digital99 => "/online/",
        Vendor::Sobot => "/customer/",
        Vendor::Gateway => "/",
    }
}

/// The stream.
pub async fn stream(
    Shared(state): Shared<State>,
    who: SignedIn,
    headers: HeaderMap,
    uri: Uri,
) -> Result<([(HeaderName, &'static str); 1], Sse<impl Stream<Item = Result<Event, Infallible>>>), Refused> {
    let full = || Refused::budget(FULL, "Too many live streams are open.");
    let seat = state.live.seats.take(&who, state.config.live.streams_per_user).ok_or_else(full)?;
    let watching = watch::watch(&state, &who);
    let heard = last_event_id(&headers, &uri);
    let events = async_stream::stream! {
        let _watching = watching;
        let (mut signals, mut known, moved) = state.live.hub.listen();
        let mut look = tokio::time::interval(LOOK);
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + BEAT, BEAT);
        for timer in [&mut look, &mut beat] {
            // After a slow turn the next one comes in its time, not at once.
            timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
        }
        let told = |change: &Change| who.may(change.access, change.agent_id.as_deref()).is_ok();
        let event = |name: &str, number: u64, data: Value| {
            Ok(Event::default().event(name).id(state.live.hub.id(number)).data(data.to_string()))
        };
        let back = Duration::from_millis(rand::rng().random_range(BACK));
        let hello = |missed: bool, number: u64, moved: Vec<(u64, Change)>| {
            let moved = moved.into_iter().filter(|(_, change)| told(change));
            let moved = moved.map(|(number, Change { vendor, resource, .. })| {
                json!({"vendor": vendor, "resource": resource, "id": state.live.hub.id(number)})
            });
            let data = json!({"missed": missed, "moved": moved.collect::<Vec<Value>>()});
            event("hello", number, data).map(|hello: Event| hello.retry(back))
        };
        let missed = heard.is_none_or(|heard| heard != state.live.hub.id(known));
        yield hello(missed, known, moved);
        loop {
            tokio::select! {
                () = state.shutdown.cancelled() => break,
                () = seat.replaced.cancelled() => {
                    let late = Duration::from_millis(BACK_LATE);
                    yield event("replaced", known, json!({})).map(|event: Event| event.retry(late));
                    break;
                }
                signal = signals.recv() => match signal {
                    Ok(Signal::Changed(number, change)) => {
                        known = number;
                        if told(&change) {
                            yield event("changed", number, change.describe());
                        }
                    }
                    Ok(Signal::SignedOut(session)) if session == who.session => {
                        yield event("signed-out", known, json!({}));
                        break;
                    }
                    Ok(Signal::SignedOut(_)) => {}
                    Err(RecvError::Lagged(_)) => {
                        let moved;
                        (signals, known, moved) = state.live.hub.listen();
                        yield hello(true, known, moved);
                    }
                    Err(RecvError::Closed) => break,
                },
                _ = beat.tick() => yield event("beat", known, json!({})),
                _ = look.tick() => {
                    if !matches!(session::find(&state, &who.session, false).await, Ok(Some(_))) {
                        yield event("signed-out", known, json!({}));
                        break;
                    }
                }
            }
        }
    };
    // Some proxies gather an answer before they pass it on, unless told not to.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    Ok(([unbuffered], Sse::new(events)))
}

/// The last event that the browser heard, if it says so.
fn last_event_id(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    header.or_else(|| {
        let query = uri.query().unwrap_or("");
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "last-event-id");
        found.map(|(_, value)| value.into_owned())
    })
}

impl Change {
    fn describe(&self) -> Value {
        json!({"vendor": self.vendor, "resource": self.resource})
    }
}
