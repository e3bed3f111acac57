//! one-view: an agent's tickets and online status.

mod agent;
mod shift;

use serde_json::json;
use trunkline_api::oneview::{GoOffline, GoOnline, ListTickets};
use trunkline_api::{Endpoint, Method};

use super::context::Context;
use super::json_response;
use crate::vendor_request::{VendorRequest, VendorResponse};
use agent::{Agent, find_agent};

/// Handles a request of this contract.
pub async fn handle(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let id = call.path_params.first().map(|id| id.to_ascii_lowercase()).unwrap_or_default();
    let Some(agent) = find_agent(&context.pool, &id).await? else { return Ok(error_response(404, "not found")) };
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListTickets::PATH) => tickets(context, &agent).await,
        (Method::Put, GoOnline::PATH) => set_online(context, &agent, true).await,
        (Method::Put, GoOffline::PATH) => set_online(context, &agent, false).await,
        _ => Ok(error_response(404, "not found")),
    }
}

/// A failure body: `{errorCode, errorMessage}`.
fn error_response(status: u16, message: &str) -> VendorResponse {
    VendorResponse::json(status, json!({"errorCode": status, "errorMessage": message}).to_string())
}

async fn tickets(context: &Context, agent: &Agent) -> Result<VendorResponse, sqlx::Error> {
    shift::store_due(context, agent).await?;
    // Concatenate in SQL: fetched one by one, each row would cross threads.
    let sql = "SELECT '[' || COALESCE(string_agg(record, ',' ORDER BY assigned_time, id), '') || ']' \
        FROM sandbox_tickets WHERE agent_id = $1";
    let list: String = sqlx::query_scalar(sql).bind(&agent.id).fetch_one(&context.pool).await?;
    Ok(VendorResponse::json(200, list))
}

/// Sets the online status. Setting the current status again changes nothing.
async fn set_online(context: &Context, agent: &Agent, online: bool) -> Result<VendorResponse, sqlx::Error> {
    // Tickets that came in before the agent goes offline still belong to the agent.
    shift::store_due(context, agent).await?;
    let now = context.clock.now().as_second();
    let sql = "UPDATE sandbox_agents SET online = $2, updated_at = $3, arrived = 0, lived_until = $3, \
        last_login_time = CASE WHEN $2 THEN $3 ELSE last_login_time END WHERE id = $1 AND online <> $2";
    sqlx::query(sql).bind(&agent.id).bind(online).bind(now).execute(&context.pool).await?;
    let agent = find_agent(&context.pool, &agent.id).await?;
    Ok(agent.map_or_else(|| error_response(404, "not found"), |agent| json_response::json(200, &agent.info(now))))
}
