//! The state of the gateway and of the vendors.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use trunkline_api::Role;
use trunkline_api::gateway::VendorHealth;

use crate::gateway::session::CurrentUser;
use crate::gateway::state::AppState;

/// `GET /api/health`: reports that the gateway is up, for monitoring. The version is shown to signed-in users only.
pub async fn health(user: Option<Extension<CurrentUser>>) -> impl IntoResponse {
    Json(match user {
        Some(_) => serde_json::json!({"ok": true, "version": env!("CARGO_PKG_VERSION")}),
        None => serde_json::json!({"ok": true}),
    })
}

/// `GET /api/vendors`: the state of each vendor.
pub async fn vendors(State(state): State<AppState>, user: CurrentUser) -> Json<Vec<VendorHealth>> {
    // Agents don't see the upstreams' hosts.
    Json(state.vendors.health(user.user.role == Role::Admin).collect())
}
