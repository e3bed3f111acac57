//! `/api/faults`: sets the sandbox's faults while it runs. For demos and tests: it exists only where demo users do, and
//! only for an admin at this very machine; anywhere else it is no endpoint at all.

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State as Shared};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use trunkline_api::Vendor;

use super::refusal::Refused;
use super::session::{self, Admin};
use super::state::State;
use crate::sandbox::faults::Plan;

/// The demo's admin, at this machine.
pub struct DemoAdmin;

impl FromRequestParts<State> for DemoAdmin {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refused> {
        if !session::offers_demo(state, parts).await? {
            return Err(Refused::not_allowed());
        }
        Admin::from_request_parts(parts, state).await.map(|_| Self)
    }
}

/// `GET /api/faults`: the faults by vendor, with how many requests fitted and how many were hit.
pub async fn list(_: DemoAdmin, Shared(state): Shared<State>) -> Response {
    Json(state.sandbox.faults().list()).into_response()
}

/// `PUT /api/faults/{vendor}`: a fault, or a list of them, in place of the vendor's present ones.
pub async fn set(
    _: DemoAdmin,
    Shared(state): Shared<State>,
    Path(vendor): Path<String>,
    body: Body,
) -> Result<StatusCode, Refused> {
    let vendor = known(&state, &vendor)?;
    let bytes = super::body::read(body).await?;
    // A fault holds no secret: the decoder's words may quote it.
    let plan: Plan = serde_json::from_slice(&bytes).map_err(|error| Refused::malformed(error.to_string()))?;
    for fault in &plan.0 {
        fault.check().map_err(Refused::malformed)?;
    }
    state.sandbox.faults().set(vendor, &plan);
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/faults/{vendor}`: the vendor works again.
pub async fn clear(
    _: DemoAdmin,
    Shared(state): Shared<State>,
    Path(vendor): Path<String>,
) -> Result<StatusCode, Refused> {
    state.sandbox.faults().clear(Some(known(&state, &vendor)?));
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/faults`: all of them work again.
pub async fn clear_all(_: DemoAdmin, Shared(state): Shared<State>) -> StatusCode {
    state.sandbox.faults().clear(None);
    StatusCode::NO_CONTENT
}

/// A vendor that the sandbox answers for.
fn known(state: &State, key: &str) -> Result<Vendor, Refused> {
    let vendor = Vendor::from_key(key).ok_or_else(|| Refused::not_found("There is no such vendor."))?;
    if state.upstreams.contains_key(&vendor) {
        return Err(Refused::not_found("The sandbox doesn't answer for this vendor."));
    }
    Ok(vendor)
}
