//! The request's id, its log line and its place in the audit. Only path templates are written down: never a query's
//! values, a body, a cookie or a key.

use std::net::SocketAddr;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::Activity;

use super::proxy::Complaint;
use super::refusal::{REQUEST_ID, Refused, finish};
use super::session::{self, WrongPassword};
use super::state::{State, now};

/// What the log has for a browser that left before its answer; none is sent.
const LEFT: u16 = 499;

/// On an answer: the name of the user who asked.
#[derive(Clone)]
pub struct Actor(pub String);

/// On an answer: the number of the last change before it was asked for.
#[derive(Clone, Copy)]
pub struct AsOf(pub u64);

/// On what is answered to a signed-in user below `/api`: that number, and the server's start.
const CHANGE: HeaderName = HeaderName::from_static("trunkline-change");

/// A request's line in the log. It is written when its answer begins, or when nobody waits for one any more.
struct Line {
    id: String,
    method: Method,
    path: String,
    begun: Instant,
    status: u16,
    address: Option<String>,
    user: Option<String>,
}

impl Drop for Line {
    fn drop(&mut self) {
        let millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let Self { id, method, path, status, address, user, .. } = self;
        // Quoted: a name is what somebody typed.
        tracing::info!(%id, %method, %path, status, ms = millis, address, user, "request");
    }
}

/// Wraps every request.
pub async fn observe(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let api = super::is_api(request.uri().path());
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let line = Line {
        id: uuid::Uuid::new_v4().simple().to_string(),
        method: request.method().clone(),
        path: template(&request, api),
        begun: Instant::now(),
        status: LEFT,
        address: None,
        user: None,
    };
    if !(api && writes) {
        return answer(&state, line, api, request, next).await;
    }
    // A write goes on when the browser has left, to its last line in log and audit.
    let id = line.id.clone();
    let whole = tokio::spawn(async move { answer(&state, line, api, request, next).await });
    whole.await.unwrap_or_else(|_| finish(Refused::fault().into_response(), &id))
}

async fn answer(state: &State, mut line: Line, api: bool, request: Request, next: Next) -> Response {
    let as_of = state.live.last();
    // Cleaned markup and look-ups change nothing.
    let reads = line.path == "/api/clean-html" || super::proxy::reads(line.method.as_str(), request.uri());
    let changes = !reads && !matches!(line.method, Method::GET | Method::HEAD);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    let address = peer.and_then(|peer| session::address(peer, request.headers(), &state.config.trusted_proxies));
    let address = address.map(|address| address.to_string());
    line.address.clone_from(&address);
    let response = next.run(request).await;
    let AsOf(as_of) = response.extensions().get().copied().unwrap_or(AsOf(as_of));
    let actor = response.extensions().get::<Actor>().map(|actor| actor.0.clone());
    let refusal = response.extensions().get::<Complaint>().map(Complaint::code);
    line.user.clone_from(&actor);
    let mut response = finish(response, &line.id);
    line.status = response.status().as_u16();
    if api {
        if let Ok(value) = HeaderValue::try_from(&line.id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        if actor.is_some()
            && let Ok(value) = HeaderValue::try_from(state.live.id(as_of))
        {
            response.headers_mut().insert(CHANGE, value);
        }
        // What an unknown sender is refused is for the log, unless a password was checked: it must not fill the disk.
        let wrong = response.extensions().get::<WrongPassword>().map(|wrong| wrong.name.clone());
        if let Some(user) = wrong.or(actor).filter(|_| changes) {
            state.books.audit(Activity {
                at: now(),
                user: Some(user),
                address,
                method: line.method.to_string(),
                path: line.path.clone(),
                status: line.status.into(),
                refusal,
                request_id: line.id.clone(),
            });
        }
    }
    response
}

/// The request's path without values.
fn template(request: &Request, api: bool) -> String {
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        return path.as_str().to_owned();
    }
    match (api, super::proxy::template(request.method().as_str(), request.uri())) {
        (_, Some(template)) => template,
        (true, None) => "/api/?".to_owned(),
        (false, None) => "/*".to_owned(),
    }
}
