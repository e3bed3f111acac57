//! `/api/views`: the saved views of the signed-in person, and the shared ones.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Map, Value};
use trunkline_api::gateway::{SavedView, SavedViewBody, VIEWS};
use trunkline_api::text::{TextKind, clean};
use trunkline_api::{Access, Role};

use crate::gateway::body;
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;
use crate::gateway::live::Change;
use crate::gateway::session::CurrentUser;
use crate::gateway::state::{App, AppState};
use crate::gateway::views;

/// Who is told of a change: the names of shared views are everybody's.
const EVERYONE: Access = Access::Browser(&[Role::Admin, Role::Agent]);

/// `GET /api/views`.
pub async fn list(State(state): State<AppState>, user: CurrentUser) -> Result<Json<Vec<SavedView>>, ApiError> {
    Ok(Json(views::list(&state.pool, &user.person).await?))
}

/// `POST /api/views`: saves a view and returns it.
pub async fn save(State(state): State<AppState>, user: CurrentUser, body: Body) -> Result<Json<SavedView>, ApiError> {
    let members: Map<String, Value> = body::json(body).await?;
    let mut view: SavedViewBody =
        serde_json::from_value(members.into()).map_err(|_| ApiError::malformed("The body is not a view."))?;
    view.name = clean(&view.name, TextKind::Words).trim().to_owned();
    view.validate().map_err(ApiError::invalid)?;
    if view.shared && user.user.role != Role::Admin {
        return Err(ApiError::forbidden("Only an admin may share a view."));
    }
    let saved = views::save(&state.writes, &user.person, &view, now()).await?;
    publish(&state);
    Ok(Json(saved))
}

/// `DELETE /api/views/{id}`: removes an own view, or as an admin a shared one; 204.
pub async fn remove(
    State(state): State<AppState>,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let is_admin = user.user.role == Role::Admin;
    if !views::remove(&state.writes, &user.person, &id, is_admin).await? {
        return Err(ApiError::not_found("There is no such view."));
    }
    publish(&state);
    Ok(StatusCode::NO_CONTENT)
}

fn publish(app: &App) {
    app.live.publish(Change { resource: VIEWS, access: EVERYONE, agent_id: None });
}
