//! `/api/faults`: sets the sandbox's faults at run time, for demos and tests. The endpoint exists only where demo users
//! do, and only for an admin on this machine; anywhere else it is a 404.

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use trunkline_api::Service;

use crate::gateway::body;
use crate::gateway::error::ApiError;
use crate::gateway::session::Admin;
use crate::gateway::state::AppState;
use crate::sandbox::faults::FaultPlan;

/// The demo admin, signed in from this machine.
pub struct DemoAdmin;

impl FromRequestParts<AppState> for DemoAdmin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        if !state.sessions.demo.are_offered(parts).await? {
            return Err(ApiError::no_such_endpoint());
        }
        Admin::from_request_parts(parts, state).await.map(|_| Self)
    }
}

/// `GET /api/faults`: the faults by vendor, with the number of requests that matched and that were hit.
pub async fn list(_: DemoAdmin, State(state): State<AppState>) -> Response {
    Json(state.sandbox.faults().list()).into_response()
}

/// `PUT /api/faults/{vendor}`: replaces the vendor's faults by one fault or a list.
pub async fn set(
    _: DemoAdmin,
    State(state): State<AppState>,
    Path(vendor): Path<String>,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let vendor = sandbox_vendor(&state, &vendor)?;
    let bytes = body::read(body).await?;
    // A fault holds no secret, so the decoder's message may quote it.
    let plan: FaultPlan = serde_json::from_slice(&bytes).map_err(|error| ApiError::malformed(error.to_string()))?;
    for fault in &plan.0 {
        fault.check().map_err(ApiError::malformed)?;
    }
    state.sandbox.faults().set(vendor, &plan);
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/faults/{vendor}`: clears one vendor's faults.
pub async fn clear(
    _: DemoAdmin,
    State(state): State<AppState>,
    Path(vendor): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.sandbox.faults().clear(Some(sandbox_vendor(&state, &vendor)?));
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/faults`: clears the faults of all vendors.
pub async fn clear_all(_: DemoAdmin, State(state): State<AppState>) -> StatusCode {
    state.sandbox.faults().clear(None);
    StatusCode::NO_CONTENT
}

/// The vendor with this key, if the sandbox serves it.
fn sandbox_vendor(state: &AppState, key: &str) -> Result<Service, ApiError> {
    let vendor = Service::from_key(key).ok_or_else(|| ApiError::not_found("There is no such vendor."))?;
    if state.vendors.has_upstream(vendor) {
        return Err(ApiError::not_found("The sandbox doesn't answer for this vendor."));
    }
    Ok(vendor)
}
