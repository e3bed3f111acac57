//! The agents and their status.

use axum::Json;
use axum::extract::State;
use trunkline_api::Role;
use trunkline_api::gateway::User;

use crate::gateway::error::ApiError;
use crate::gateway::session::{Admin, users};
use crate::gateway::state::AppState;

/// `GET /api/agents`: the users with an agentID, by name, with their last confirmed status.
pub async fn list(_: Admin, State(state): State<AppState>) -> Result<Json<Vec<User>>, ApiError> {
    let mut agents = users::agents(&state.pool).await?;
    if state.sessions.demo.are_enabled().await? {
        agents.push(users::demo(Role::Agent));
    }
    let statuses = state.write_behind.agent_statuses(&state.pool).await?;
    for agent in &mut agents {
        agent.status = agent.agent_id.as_ref().and_then(|id| statuses.get(id)).copied();
    }
    Ok(Json(agents))
}
