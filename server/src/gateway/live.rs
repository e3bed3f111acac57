//! `GET /api/live`: tells a signed-in browser what changed, so that it asks again only then.
//!
//! Events: `hello` at the start, `changed` with `{"vendor", "resource"}` (how the paths concerned begin), `signed-out` at
//! the session's end. A comment every 15 s keeps the line open. One-view is watched while an agent has a stream open: the
//! tickets come by themselves.

use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::HeaderName;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::MissedTickBehavior;
use trunkline_api::{Access, Vendor};

use super::proxy;
use super::session::{self, SignedIn};
use super::state::State;

/// How often a session is looked at, and the sandbox's tickets.
const LOOK: Duration = Duration::from_secs(5);
/// Looks between two calls to a real one-view.
const UPSTREAM_EVERY: u32 = 3;

/// How the paths of an agent's tickets begin; whose they are is known to who is told.
pub const TICKETS: &str = "/v1/";

/// What changed, and for whom.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose data.
    pub vendor: Vendor,
    /// Which: how the paths concerned begin, such as `/acd/events`.
    pub resource: &'static str,
    /// Who may know.
    pub access: Access,
    /// The agentID, where it is an agent's own.
    pub agent_id: Option<String>,
}

#[derive(Clone, Debug)]
enum Signal {
    Changed(Change),
    SignedOut(Arc<str>),
}

/// The streams that are open.
pub struct Live(broadcast::Sender<Signal>);

impl Live {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self(broadcast::channel(256).0)
    }

    /// Tells everyone who may know.
    pub fn changed(&self, change: Change) {
        let _ = self.0.send(Signal::Changed(change));
    }

    /// Ends a session's streams.
    pub fn signed_out(&self, session: &str) {
        let _ = self.0.send(Signal::SignedOut(session.into()));
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// The stream.
pub async fn stream(
    Shared(state): Shared<State>,
    who: SignedIn,
) -> ([(HeaderName, &'static str); 1], Sse<impl Stream<Item = Result<Event, Infallible>>>) {
    let events = async_stream::stream! {
        let mut signals = state.live.0.subscribe();
        let shutdown = state.shutdown.clone();
        let mut tick = tokio::time::interval(LOOK);
        // After a slow look the next one comes in its time, not at once.
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut looks = 0_u32;
        let mut seen = None;
        yield Ok(Event::default().event("hello").data("{}"));
        loop {
            tokio::select! {
                () = shutdown.cancelled() => break,
                signal = signals.recv() => match signal {
                    Ok(Signal::Changed(change)) if who.may(change.access, change.agent_id.as_deref()).is_ok() => {
                        yield Ok(changed(change.vendor, change.resource));
                    }
                    Ok(Signal::SignedOut(session)) if session == who.session => {
                        yield Ok(Event::default().event("signed-out").data("{}"));
                        break;
                    }
                    Ok(_) => {}
                    // Some were missed: the browser starts over and asks for all it shows.
                    Err(RecvError::Lagged(_)) => yield Ok(Event::default().event("hello").data("{}")),
                    Err(RecvError::Closed) => break,
                },
                _ = tick.tick() => {
                    if !matches!(session::find(&state, &who.session, false).await, Ok(Some(_))) {
                        yield Ok(Event::default().event("signed-out").data("{}"));
                        break;
                    }
                    let upstream = state.upstreams.contains_key(&Vendor::Oneview);
                    if (!upstream || looks.is_multiple_of(UPSTREAM_EVERY))
                        && let Ok(Some(now)) = tokio::time::timeout(LOOK, tickets(&state, &who)).await
                        && seen.replace(now).is_some_and(|before| before != now)
                    {
                        yield Ok(changed(Vendor::Oneview, TICKETS));
                    }
                    looks = looks.wrapping_add(1);
                }
            }
        }
    };
    // Some proxies gather an answer before they pass it on, unless told not to.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    ([unbuffered], Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn changed(vendor: Vendor, resource: &str) -> Event {
    let data = serde_json::json!({"vendor": vendor, "resource": resource});
    Event::default().event("changed").data(data.to_string())
}

/// A mark of the agent's tickets; none for who has no agentID, or without an answer.
async fn tickets(state: &State, who: &SignedIn) -> Option<u64> {
    let agent = who.user.agent_id.as_deref()?;
    let body = proxy::tickets(state, agent).await?;
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    Some(hasher.finish())
}
