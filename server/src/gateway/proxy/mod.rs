//! `/api/{vendor}/…`: the registry's endpoints alone, from the sandbox or from the vendor itself.

mod answer;
mod budget;
mod flights;
mod held;
mod outcome;
mod redact;
mod standin;
mod token;
mod upstream;
mod wire;

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use trunkline_api::gateway::AgentStatus;
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline};
use trunkline_api::registry::{self, Entry};
use trunkline_api::request_body::{BodyProblem, RequestBody};
use trunkline_api::{Access, Endpoint, Method, Vendor, endpoint};

pub use answer::Answer;
pub use outcome::Complaint;
pub use standin::Standins;
pub use upstream::Upstream;

use outcome::Ended;

use super::live::{self, Change, Subject};
use super::observe::AsOf;
use super::refusal::Refused;
use super::session::SignedIn;
use super::state::{State, now};
use crate::vendor_call::{Call, Origin};

/// A request below `/api` that is none of the gateway's own.
pub async fn handle(Shared(state): Shared<State>, who: Option<Extension<SignedIn>>, request: Request) -> Response {
    let result = match (find(request.method().as_str(), request.uri()), who) {
        (None, _) => Err(Refused::not_allowed()),
        (Some((entry, values)), Some(Extension(who))) => forward(&state, &who, entry, values, request).await,
        (Some(_), None) => Err(Refused::signed_out()),
    };
    result.into_response()
}

/// The template of an endpoint's path, if the request is for one.
pub fn template(method: &str, uri: &Uri) -> Option<String> {
    find(method, uri).map(|(entry, _)| format!("/api/{}{}", entry.vendor.key(), entry.path))
}

/// Whether a request only reads, whatever its method.
pub fn reads(method: &str, uri: &Uri) -> bool {
    find(method, uri).is_some_and(|(entry, _)| is_read(entry))
}

/// The endpoint that a request is for, and the values in its path.
fn find(method: &str, uri: &Uri) -> Option<(&'static Entry, Vec<String>)> {
    let rest = uri.path().strip_prefix("/api/")?;
    let (key, _) = rest.split_once('/')?;
    let path = rest.strip_prefix(key)?;
    registry::find(Vendor::from_key(key)?, method, path)
}

async fn forward(
    state: &State,
    who: &SignedIn,
    entry: &'static Entry,
    values: Vec<String>,
    request: Request,
) -> Result<Response, Refused> {
    let own = (entry.access == Access::OwnAgent).then(|| values.first().map(String::as_str)).flatten();
    who.may(entry.access, own)?;
    let query = query(entry, request.uri().query().unwrap_or(""));
    let path = canonical(entry.path, &values);
    let body = read_body(entry, request.into_body()).await?;
    let body = checked_body(entry, body)?;
    let origin = Origin { change: state.live.last(), user: who.user.name.as_str().into() };
    let call = Call { endpoint: entry, path, values, query, body, origin };
    if entry.vendor == Vendor::Sobot {
        let too_many = |seconds| Refused::budget(seconds, "Too many customers were looked up. Wait before the next.");
        state.limits.look_ups.take(&who.person).map_err(too_many)?;
    }
    if is_read(entry) {
        state.live.read(entry.vendor);
        let watched = watched(state, &call);
        let answer = ask(state, call);
        if let Some(subject) = watched.filter(|_| answer.is_new()) {
            live::compare(state, subject, answer.clone(), false);
        }
        let as_of = AsOf(answer.as_of());
        // A read that went out in vain is no more than one that didn't.
        let mut response = answer.respond().await.map_err(|refused| Refused { sent: false, ..refused })?;
        response.extensions_mut().insert(as_of);
        return Ok(response);
    }
    // A write goes on when the browser has left, and what it changed is told in any case.
    let state = Arc::clone(state);
    let answer = tokio::spawn(async move { write(&state, call).await });
    let (answer, complaint) = answer.await.map_err(|_| Refused::fault())?;
    let mut response = answer.respond().await?;
    if let Some(complaint) = complaint {
        response.extensions_mut().insert(complaint);
    }
    Ok(response)
}

/// Sends a write. The second value is what its successful status hides.
async fn write(state: &State, call: Call) -> (Answer, Option<Complaint>) {
    let entry = call.endpoint;
    let agent = (entry.access == Access::OwnAgent).then(|| call.values.first().cloned()).flatten();
    written(state, entry.vendor);
    let answer = ask(state, call);
    let outcome = answer.clone().collect().await;
    written(state, entry.vendor);
    let complaint = match &outcome {
        Ok((status, body)) => outcome::complaint(entry, *status, body),
        Err(_) => None,
    };
    if let Ok((200..300, body)) = &outcome {
        keep_status(state, entry, agent.as_deref(), body);
    }
    // Nobody knows what came of a write whose answer was lost or can't be read: whoever shows the record reads it again.
    let may_have_changed = match &outcome {
        Ok((status, _)) => (200..300).contains(status) && !matches!(complaint, Some(Complaint::Refused(_))),
        Err(refused) => refused.word == "timeout" || refused.sent,
    };
    if may_have_changed {
        let (vendor, access) = (entry.vendor, entry.access);
        state.live.changed(Change { vendor, resource: live::resource(vendor), access, agent_id: agent });
    }
    (answer, complaint)
}

/// Remembers that an agent went online or offline: one-view has no way to ask.
fn keep_status(state: &State, entry: &Entry, agent: Option<&str>, body: &[u8]) {
    let online = match entry.path {
        GoOnline::PATH => true,
        GoOffline::PATH => false,
        _ => return,
    };
    let Some(agent) = agent else { return };
    // A success that can't be read confirms nothing: the console is told the same.
    let Ok(info) = serde_json::from_slice::<AgentInfo>(body) else { return };
    let since = info.since(now()).unwrap_or_else(now);
    state.books.keep_status(agent, AgentStatus { online, since });
}

/// Asks the sandbox or the vendor, and notes how it went.
fn ask(state: &State, call: Call) -> Answer {
    let (endpoint, vendor) = (call.endpoint, call.endpoint.vendor);
    let begun = Instant::now();
    let noting = Arc::clone(state);
    let note = move |ended: Ended<'_>| {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let complaint = match &ended {
            Ok((status, Some(body))) => outcome::complaint(endpoint, *status, body).map(|complaint| complaint.words()),
            _ => None,
        };
        let outcome = complaint.as_deref().map_or(ended.map(|(status, _)| status), Err);
        noting.health.note(vendor, outcome, millis);
    };
    let reads = is_read(call.endpoint);
    match state.upstreams.get(&vendor) {
        Some(upstream) => upstream.ask(call, reads, note),
        None => standin::ask(state, call, reads, note),
    }
}

/// The list that a call reads, if the gateway looks at it for the live stream.
fn watched(state: &State, call: &Call) -> Option<Subject> {
    Subject::of(call, state.upstreams.contains_key(&call.endpoint.vendor))
}

/// A write begins or has ended: reads that are under way are not joined any more.
fn written(state: &State, vendor: Vendor) {
    match state.upstreams.get(&vendor) {
        Some(upstream) => upstream.written(),
        None => state.standins.written(vendor),
    }
}

/// Asks a vendor for the live stream; false without a good answer, or while calls are short.
pub async fn look<E: Endpoint>(state: &State, request: &E) -> bool {
    let path = request.path();
    let Some((endpoint, values)) = registry::find(E::VENDOR, E::METHOD.as_str(), &path) else { return false };
    if state.upstreams.get(&E::VENDOR).is_some_and(|upstream| upstream.is_short()) {
        return false;
    }
    let query = request.query().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let origin = Origin { change: state.live.last(), user: Arc::default() };
    let call = Call { endpoint, path, values, query, body: Bytes::new(), origin };
    let watched = watched(state, &call);
    let answer = ask(state, call);
    if let Some(subject) = watched {
        live::compare(state, subject, answer.clone(), true);
    }
    matches!(answer.outcome().await, Ok(200))
}

/// Sobot's query is a read in the clothes of a POST.
fn is_read(entry: &Entry) -> bool {
    entry.method == Method::Get || entry.vendor == Vendor::Sobot
}

/// The query's parameters, of those that the endpoint has.
fn query(entry: &Entry, text: &str) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
    pairs.filter(|(name, _)| entry.query.contains(&name.as_str())).collect()
}

/// The path, encoded anew: what a vendor reads is what was checked.
fn canonical(template: &str, values: &[String]) -> String {
    let names = template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    let pairs: Vec<(&str, &str)> = names.zip(values.iter().map(String::as_str)).collect();
    endpoint::fill(template, &pairs)
}

/// What of a body goes on, to the vendor and to the sandbox alike: what the endpoint's contract allows.
fn checked_body(entry: &Entry, body: Bytes) -> Result<Bytes, Refused> {
    match (entry.check_body)(&body) {
        Ok(RequestBody::Json) => Ok(body),
        Ok(RequestBody::None) => Ok(Bytes::new()),
        Err(BodyProblem::Unexpected) => Err(Refused::malformed("This endpoint takes no body.")),
        Err(BodyProblem::NotJson { line, column }) => Err(Refused::not_json(line, column)),
        Err(BodyProblem::Fields(fields)) => Err(Refused::invalid(fields)),
    }
}

/// The body, if the method may have one.
async fn read_body(entry: &Entry, body: Body) -> Result<Bytes, Refused> {
    if matches!(entry.method, Method::Get | Method::Delete) {
        return Ok(Bytes::new());
    }
    super::body::read(body).await
}
