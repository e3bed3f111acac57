//! `/api/{vendor}/…`: proxies the registry's endpoints, and no others, to the sandbox or the vendor.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::AgentStatus;
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline};
use trunkline_api::registry::EndpointEntry;
use trunkline_api::{Access, Endpoint, Service};

use crate::gateway::changed_record::{self, ChangedRecord, KnownMembers};
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;
use crate::gateway::extensions::{AsOf, VendorCode};
use crate::gateway::live::{Change, PollTarget};
use crate::gateway::proxy::{HiddenError, SharedResponse, VendorProxy, hidden_error, route};
use crate::gateway::session::CurrentUser;
use crate::gateway::state::{App, AppState};
use crate::vendor_request::{RequestOrigin, VendorRequest};

/// Handles a request below `/api` that is not one of the gateway's own endpoints.
pub async fn handle(State(state): State<AppState>, user: Option<Extension<CurrentUser>>, request: Request) -> Response {
    let result = match (route::find(request.method().as_str(), request.uri()), user) {
        (None, _) => Err(ApiError::no_such_endpoint()),
        (Some((entry, values)), Some(Extension(user))) => forward(&state, &user, entry, values, request).await,
        (Some(_), None) => Err(ApiError::signed_out()),
    };
    result.into_response()
}

async fn forward(
    state: &AppState,
    user: &CurrentUser,
    entry: &'static EndpointEntry,
    values: Vec<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let agent_id = (entry.access == Access::OwnAgent).then(|| values.first().cloned()).flatten();
    user.authorize(entry.access, agent_id.as_deref())?;
    let query = route::query(entry, request.uri().query().unwrap_or(""));
    let path = route::canonical_path(entry.path, &values);
    let body = route::read_body(entry, request.into_body()).await?;
    let origin = RequestOrigin { change: state.live.last(), user: user.user.name.as_str().into() };
    let call = VendorRequest { endpoint: entry, path, path_params: values, query, body, origin };
    if entry.service == Service::Sobot {
        let too_many = |seconds| ApiError::budget(seconds, "Too many customers were looked up. Wait before the next.");
        state.limits.look_ups.take(&user.person).map_err(too_many)?;
    }
    let vendor = state.vendors.get(entry.service).ok_or_else(ApiError::no_such_endpoint)?;
    if let Some(agent_id) = &agent_id {
        state.live.agents().touch(agent_id);
    }
    if entry.is_read_only {
        return read(state, vendor, call).await;
    }
    // A write continues after the browser has disconnected, and its change is announced in any case.
    let (state, vendor) = (Arc::clone(state), Arc::clone(vendor));
    let written = tokio::spawn(async move { write(&state, &vendor, call, agent_id, false).await });
    let Written { response, hidden, code, record } = written.await.map_err(|_| ApiError::internal())?;
    let mut response = response.respond().await?;
    let extensions = response.extensions_mut();
    extensions.insert(record);
    if let Some(hidden) = hidden {
        extensions.insert(hidden);
    }
    if let Some(code) = code {
        extensions.insert(code);
    }
    Ok(response)
}

async fn read(state: &AppState, vendor: &Arc<VendorProxy>, call: VendorRequest) -> Result<Response, ApiError> {
    state.live.mark_in_use(call.endpoint.service);
    let target = PollTarget::for_call(&call, vendor.has_upstream());
    let remembered = KnownMembers::concerns(call.endpoint).then(|| call.path.clone());
    let response = vendor.send(call);
    if let Some(path) = remembered {
        let (state, response) = (Arc::clone(state), response.clone());
        tokio::spawn(async move {
            if let Ok((200, body)) = response.collect().await {
                state.known_members.remember(&path, &body);
            }
        });
    }
    if let Some(target) = target.filter(|_| response.claim()) {
        state.live.compare(target, response.clone());
    }
    let as_of = AsOf(response.as_of());
    // A failed read has no side effects, whether it was sent or not.
    let mut response = response.respond().await.map_err(|error| ApiError { sent: false, ..error })?;
    response.extensions_mut().insert(as_of);
    Ok(response)
}

/// A write and what came of it.
pub struct Written {
    /// The response.
    pub response: SharedResponse,
    /// An error hidden behind a success status.
    pub hidden: Option<HiddenError>,
    /// The vendor's code of an error status.
    pub code: Option<VendorCode>,
    /// What it changed.
    pub record: ChangedRecord,
}

/// Sends a write. `automatic`: the gateway's own write, of no user.
pub async fn write(
    state: &App,
    vendor: &Arc<VendorProxy>,
    call: VendorRequest,
    agent_id: Option<String>,
    automatic: bool,
) -> Written {
    let entry = call.endpoint;
    let sent = call.clone();
    vendor.bump_generation();
    let response = vendor.send(call);
    let outcome = response.clone().collect().await;
    vendor.bump_generation();
    let hidden = match &outcome {
        Ok((status, body)) => hidden_error::detect(entry, *status, body),
        Err(_) => None,
    };
    if let Ok((200..300, body)) = &outcome {
        store_status(state, entry, agent_id.as_deref(), body, automatic);
    }
    // The result of a write is unknown if its response was lost or can't be decoded: pages that show the record reload it.
    let may_have_changed = match &outcome {
        Ok((status, _)) => (200..300).contains(status) && !matches!(hidden, Some(HiddenError::Refused(_))),
        Err(error) => error.code == "timeout" || error.sent,
    };
    if may_have_changed && let Some(resource) = entry.invalidates {
        state.live.publish(Change { resource, access: entry.access, agent_id });
    }
    let code = match &outcome {
        Ok((status, body)) => hidden_error::vendor_code(entry, *status, body).map(VendorCode),
        Err(_) => None,
    };
    let body = outcome.as_ref().map(|(_, body)| body.as_ref()).unwrap_or_default();
    let record = changed_record::of_vendor(&sent, body, &state.known_members);
    if let Ok((200..300, body)) = &outcome
        && KnownMembers::concerns(entry)
    {
        state.known_members.remember(&sent.path, body);
    }
    Written { response, hidden, code, record }
}

/// Stores that an agent went online or offline, because one-view has no way to query it.
fn store_status(state: &App, entry: &EndpointEntry, agent_id: Option<&str>, body: &[u8], automatic: bool) {
    let online = match entry.path {
        GoOnline::PATH => true,
        GoOffline::PATH => false,
        _ => return,
    };
    let Some(agent_id) = agent_id else { return };
    // A response that can't be decoded confirms nothing; the console gets the same error.
    let Ok(info) = serde_json::from_slice::<AgentInfo>(body) else { return };
    let since = info.since(now()).unwrap_or_else(now);
    state.write_behind.set_status(agent_id, AgentStatus { online, since, automatic });
}
