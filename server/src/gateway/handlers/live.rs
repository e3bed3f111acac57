//! `GET /api/live`: notifies a signed-in browser of changes, so that it reloads only what changed.
//!
//! | event | data | |
//! |---|---|---|
//! | `hello` | `{"missed": bool, "moved": [{"vendor", "resource", "id"}]}` | first, and after the stream fell behind |
//! | `changed` | `{"vendor", "resource"}` | a change; `resource` is the path prefix of the changed endpoints |
//! | `beat` | `{}` | every 10 s: a browser that receives nothing for longer has lost the connection |
//! | `replaced` | `{}` | the last event: the session has opened too many other streams. Reconnect later |
//! | `signed-out` | `{}` | the last event: the session has ended |
//!
//! `moved` has the id of the last change of each resource since the server's start. `missed` is true if something has
//! changed, or may have, since the browser's `Last-Event-ID`.
//!
//! Each event has an `id`: the server's run and the number of the last change. Every response below `/api` has such an
//! id in its header `Trunkline-Change`, taken before its vendor was requested. A response is outdated if its run
//! differs, or its number is below that of a change that concerns it.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, Uri};
use axum::response::Sse;
use axum::response::sse::Event;
use futures_util::Stream;
use rand::Rng;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;

use crate::gateway::error::ApiError;
use crate::gateway::live::{Change, Signal};
use crate::gateway::session::CurrentUser;
use crate::gateway::state::AppState;

/// Interval at which a stream checks its session.
const SESSION_CHECK: Duration = Duration::from_secs(5);
/// Interval of heartbeats.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Milliseconds until a browser reconnects after a stream broke off, randomised so that not all reconnect at once after
/// a restart.
const RETRY_MS: std::ops::Range<u64> = 500..1500;
/// Milliseconds until a browser reconnects after its stream was replaced.
const REPLACED_RETRY_MS: u64 = 60_000;
/// `Retry-After` in seconds when there are too many streams.
const FULL_RETRY_SECONDS: u32 = 30;

/// Opens the event stream.
pub async fn stream(
    State(state): State<AppState>,
    user: CurrentUser,
    headers: HeaderMap,
    uri: Uri,
) -> Result<([(HeaderName, &'static str); 1], Sse<impl Stream<Item = Result<Event, Infallible>>>), ApiError> {
    let full = || ApiError::budget(FULL_RETRY_SECONDS, "Too many live streams are open.");
    let (slot, guards) = state.live.open_stream(&user).ok_or_else(full)?;
    let last_id = last_event_id(&headers, &uri);
    let events = async_stream::stream! {
        let _guards = guards;
        let (mut signals, mut last, latest) = state.live.hub().subscribe();
        let mut session_check = tokio::time::interval(SESSION_CHECK);
        let mut heartbeat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
        for timer in [&mut session_check, &mut heartbeat] {
            // After a delay the next tick comes a full interval later, not at once.
            timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
        }
        let may_know = |change: &Change| user.authorize(change.access, change.agent_id.as_deref()).is_ok();
        let event = |name: &str, number: u64, data: Value| {
            Ok(Event::default().event(name).id(state.live.hub().id(number)).data(data.to_string()))
        };
        let retry = Duration::from_millis(rand::rng().random_range(RETRY_MS));
        let hello = |missed: bool, number: u64, latest: Vec<(u64, Change)>| {
            let latest = latest.into_iter().filter(|(_, change)| may_know(change));
            let latest = latest.map(|(number, Change { resource, .. })| {
                json!({"vendor": resource.service, "resource": resource.path_prefix, "id": state.live.hub().id(number)})
            });
            let data = json!({"missed": missed, "moved": latest.collect::<Vec<Value>>()});
            event("hello", number, data).map(|hello: Event| hello.retry(retry))
        };
        let missed = last_id.is_none_or(|id| id != state.live.hub().id(last));
        yield hello(missed, last, latest);
        loop {
            tokio::select! {
                () = state.shutdown.cancelled() => break,
                () = slot.replaced.cancelled() => {
                    let late = Duration::from_millis(REPLACED_RETRY_MS);
                    yield event("replaced", last, json!({})).map(|event: Event| event.retry(late));
                    break;
                }
                signal = signals.recv() => match signal {
                    Ok(Signal::Changed(number, change)) => {
                        last = number;
                        if may_know(&change) {
                            yield event("changed", number, describe(&change));
                        }
                    }
                    Ok(Signal::SignedOut(session)) if session == user.session => {
                        yield event("signed-out", last, json!({}));
                        break;
                    }
                    Ok(Signal::SignedOut(_)) => {}
                    Err(RecvError::Lagged(_)) => {
                        let latest;
                        (signals, last, latest) = state.live.hub().subscribe();
                        yield hello(true, last, latest);
                    }
                    Err(RecvError::Closed) => break,
                },
                _ = heartbeat.tick() => yield event("beat", last, json!({})),
                _ = session_check.tick() => {
                    if !matches!(state.sessions.find(&user.session, false).await, Ok(Some(_))) {
                        yield event("signed-out", last, json!({}));
                        break;
                    }
                }
            }
        }
    };
    // Stops proxies such as nginx from buffering the response.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    Ok(([unbuffered], Sse::new(events)))
}

/// Id of the last event that the browser received; `None` if it sent none.
fn last_event_id(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    header.or_else(|| {
        let query = uri.query().unwrap_or("");
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "last-event-id");
        found.map(|(_, value)| value.into_owned())
    })
}

/// The data of a `changed` event.
fn describe(change: &Change) -> Value {
    json!({"vendor": change.resource.service, "resource": change.resource.path_prefix})
}
