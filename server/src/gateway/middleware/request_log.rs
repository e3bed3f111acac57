//! Assigns each request an id, logs it and records its activity. Only path templates are written: never a query's
//! values, a body, a cookie or a key.

use std::net::SocketAddr;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::Activity;

use crate::gateway::changed_record::ChangedRecord;
use crate::gateway::clock::now;
use crate::gateway::error::{ApiError, REQUEST_ID_HEADER, write_error};
use crate::gateway::extensions::{Actor, AsOf, VendorCode, WrongPassword};
use crate::gateway::paths::is_api;
use crate::gateway::proxy::{HiddenError, route};
use crate::gateway::session::client_ip;
use crate::gateway::state::AppState;

/// Status in the log if the browser disconnected before the response; it is never sent.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// Response header for signed-in users below `/api`: the number of the last change, and the server's start.
const CHANGE_HEADER: HeaderName = HeaderName::from_static("trunkline-change");

/// Request header of the writes of a bulk run: the run's id.
const RUN_HEADER: HeaderName = HeaderName::from_static("x-trunkline-run");

fn is_run_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// One request's log line. It is written on drop: when the response begins, or when the browser has disconnected.
struct LogLine {
    id: String,
    method: Method,
    path: String,
    begun: Instant,
    status: u16,
    address: Option<String>,
    user: Option<String>,
}

impl Drop for LogLine {
    fn drop(&mut self) {
        let millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let Self { id, method, path, status, address, user, .. } = self;
        // Quoted, because a name is user input.
        tracing::info!(%id, %method, %path, status, ms = millis, address, user, "request");
    }
}

/// Middleware around every request.
pub async fn log_requests(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let line = LogLine {
        id: uuid::Uuid::new_v4().simple().to_string(),
        method: request.method().clone(),
        path: template(&request, api),
        begun: Instant::now(),
        status: CLIENT_CLOSED_REQUEST,
        address: None,
        user: None,
    };
    if !(api && writes) {
        return respond(&state, line, api, request, next).await;
    }
    // A write continues after the browser has disconnected, so that it is logged and recorded in any case.
    let id = line.id.clone();
    let whole = tokio::spawn(async move { respond(&state, line, api, request, next).await });
    whole.await.unwrap_or_else(|_| write_error(ApiError::internal().into_response(), &id))
}

async fn respond(state: &AppState, mut line: LogLine, api: bool, request: Request, next: Next) -> Response {
    let as_of = state.live.last();
    // Cleaning markup and looking customers up change nothing. An agent's marks concern no one else.
    let is_private = line.path.starts_with("/api/inbox/");
    let reads = is_private || line.path == "/api/clean-html" || route::is_read(line.method.as_str(), request.uri());
    let changes = !reads && !matches!(line.method, Method::GET | Method::HEAD);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    let address = peer.and_then(|peer| client_ip::resolve(peer, request.headers(), &state.config.trusted_proxies));
    let address = address.map(|address| address.to_string());
    line.address.clone_from(&address);
    let run = request.headers().get(RUN_HEADER).and_then(|value| value.to_str().ok()).filter(|run| is_run_id(run));
    let run = run.map(str::to_owned);
    let response = next.run(request).await;
    let AsOf(as_of) = response.extensions().get().copied().unwrap_or(AsOf(as_of));
    let actor = response.extensions().get::<Actor>().map(|actor| actor.0.clone());
    let code = || response.extensions().get::<VendorCode>().map(|code| code.0.clone());
    let refusal = response.extensions().get::<HiddenError>().map(HiddenError::code).or_else(code);
    let record = response.extensions().get::<ChangedRecord>().cloned().unwrap_or_default();
    line.user.clone_from(&actor);
    let mut response = write_error(response, &line.id);
    line.status = response.status().as_u16();
    if api {
        if let Ok(value) = HeaderValue::try_from(&line.id) {
            response.headers_mut().insert(REQUEST_ID_HEADER, value);
        }
        if actor.is_some()
            && let Ok(value) = HeaderValue::try_from(state.live.id(as_of))
        {
            response.headers_mut().insert(CHANGE_HEADER, value);
        }
        // Rejected requests of unknown senders are logged but not recorded, unless a password was checked: otherwise
        // anyone could fill the disk.
        let wrong = response.extensions().get::<WrongPassword>().map(|wrong| wrong.name.clone());
        if let Some(user) = wrong.or(actor).filter(|_| changes) {
            state.write_behind.record_activity(Activity {
                at: now(),
                user: Some(user),
                address,
                method: line.method.to_string(),
                path: line.path.clone(),
                status: line.status.into(),
                refusal,
                request_id: line.id.clone(),
                // What does not exist has no name, only what somebody typed.
                record_id: record.id.filter(|_| line.status != 404),
                record_name: record.name,
                fields: record.fields,
                run,
            });
        }
    }
    response
}

/// The request's path template, without values.
fn template(request: &Request, api: bool) -> String {
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        return path.as_str().to_owned();
    }
    match (api, route::template(request.method().as_str(), request.uri())) {
        (_, Some(template)) => template,
        (true, None) => "/api/?".to_owned(),
        (false, None) => "/*".to_owned(),
    }
}
