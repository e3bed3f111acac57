//! `/api/{vendor}/…`: the registry's endpoints alone, from the sandbox or from the vendor itself.

mod answer;
mod budget;
mod flights;
mod redact;
mod token;
mod upstream;
mod wire;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use trunkline_api::gateway::AgentStatus;
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline, ListTickets};
use trunkline_api::registry::{self, Entry};
use trunkline_api::{Access, Endpoint, Method, Vendor, endpoint};

pub use answer::Answer;
pub use upstream::Upstream;

use super::live::{self, Change};
use super::observe::Template;
use super::refusal::Refused;
use super::session::{self, SignedIn};
use super::state::{State, now};
use crate::vendor_call::{Call, Reply};

/// How long the sandbox may take, as an upstream may.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request below `/api` that is none of the gateway's own.
pub async fn handle(Shared(state): Shared<State>, who: Option<Extension<SignedIn>>, request: Request) -> Response {
    let found = find(request.method().as_str(), request.uri());
    let template = found.as_ref().map(|(entry, _)| Template(format!("/api/{}{}", entry.vendor.key(), entry.path)));
    let result = match found {
        None => Err(Refused::not_allowed()),
        Some((entry, values)) => match who {
            Some(Extension(who)) => forward(&state, &who, entry, values, request).await,
            None => Err(Refused::signed_out()),
        },
    };
    let mut response = result.into_response();
    if let Some(template) = template {
        response.extensions_mut().insert(template);
    }
    response
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
    let call = Call { endpoint: entry, path, values, query, body };
    if is_read(entry) {
        return ask(state, call).await.respond().await;
    }
    // A write goes on when the browser has left, and what it changed is told in any case.
    let state = Arc::clone(state);
    let answer = tokio::spawn(async move { write(&state, call).await });
    answer.await.map_err(|_| Refused::fault())?.respond().await
}

async fn write(state: &State, call: Call) -> Answer {
    let entry = call.endpoint;
    let agent = (entry.access == Access::OwnAgent).then(|| call.values.first().cloned()).flatten();
    let upstream = state.upstreams.get(&entry.vendor);
    upstream.inspect(|upstream| upstream.written());
    let answer = ask(state, call).await;
    let outcome = answer.clone().collect().await;
    upstream.inspect(|upstream| upstream.written());
    if let Ok((200..300, body)) = outcome {
        let status = match entry.path {
            GoOnline::PATH => Some(true),
            GoOffline::PATH => Some(false),
            _ => None,
        };
        if let (Some(online), Some(agent)) = (status, &agent) {
            let info: AgentInfo = serde_json::from_slice(&body).unwrap_or_default();
            let since = info.since(now()).unwrap_or_else(now);
            if let Err(error) = session::keep_status(&state.pool, agent, AgentStatus { online, since }).await {
                tracing::error!(%error, "an agent's status could not be kept");
            }
        }
        state.live.changed(Change {
            vendor: entry.vendor,
            resource: resource(entry.vendor),
            access: entry.access,
            agent_id: agent,
        });
    }
    answer
}

/// Asks the sandbox or the vendor, and notes how it went.
async fn ask(state: &State, call: Call) -> Answer {
    let vendor = call.endpoint.vendor;
    let begun = Instant::now();
    let noting = Arc::clone(state);
    let note = move |outcome: Result<u16, &str>| {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        noting.health.note(vendor, outcome, millis);
    };
    if let Some(upstream) = state.upstreams.get(&vendor) {
        let reads = is_read(call.endpoint);
        return upstream.ask(call, reads, note);
    }
    let reply = from_sandbox(state, &call).await;
    note(reply.as_ref().map(|reply| reply.status).map_err(|refused| refused.word));
    reply.map_or_else(Answer::refused, Answer::whole)
}

async fn from_sandbox(state: &State, call: &Call) -> Result<Reply, Refused> {
    let vendor = call.endpoint.vendor;
    let reply = tokio::time::timeout(PATIENCE, state.sandbox.answer(call));
    let mut reply = reply.await.map_err(|_| Refused::timeout(vendor))?;
    if vendor == Vendor::Oneview {
        let body = std::mem::take(&mut reply.body);
        let body = tokio::task::spawn_blocking(move || redact::tickets(body)).await.ok().flatten();
        reply.body = body.ok_or_else(|| Refused::unsafe_answer(vendor))?;
    }
    Ok(reply)
}

/// An agent's tickets as they stand, for the live stream; none without a good answer.
pub async fn tickets(state: &State, agent_id: &str) -> Option<Bytes> {
    let request = ListTickets { agent_id: agent_id.to_owned() };
    let path = request.path();
    let (endpoint, values) = registry::find(Vendor::Oneview, ListTickets::METHOD.as_str(), &path)?;
    let call = Call { endpoint, path, values, query: Vec::new(), body: Bytes::new() };
    match ask(state, call).await.collect().await {
        Ok((200, body)) => Some(body),
        _ => None,
    }
}

/// Sobot's query is a read in the clothes of a POST.
fn is_read(entry: &Entry) -> bool {
    entry.method == Method::Get || entry.vendor == Vendor::Sobot
}

/// What a vendor's writes change: how the paths concerned begin.
fn resource(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Comm100 => "/ticketing/channelAccounts",
        Vendor::Jtel => "/acd/events",
        Vendor::Oneview => live::TICKETS,
        Vendor::Digital99 => "/online/",
        Vendor::Sobot => "/customer/",
        Vendor::Gateway => "/",
    }
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

/// The body, if the endpoint has one; it must be JSON, though not a particular one: what is wrong with the values is
/// for the vendor to say.
async fn read_body(entry: &Entry, body: Body) -> Result<Bytes, Refused> {
    if matches!(entry.method, Method::Get | Method::Delete) {
        return Ok(Bytes::new());
    }
    super::body::read(body).await
}
