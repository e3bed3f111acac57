//! one-view: an agent's tickets and online status.

mod arrivals;

use serde_json::json;
use sqlx::SqlitePool;
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline, ListTickets};
use trunkline_api::{Endpoint, Method};

use super::Sandbox;
use super::records;
use crate::vendor_call::{Call, Reply};

/// Answers a call of this contract.
pub async fn answer(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    let id = call.values.first().map(|id| id.to_ascii_lowercase()).unwrap_or_default();
    let Some(agent) = get(&sandbox.pool, &id).await? else { return Ok(refuse(404, "not found")) };
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListTickets::PATH) => tickets(sandbox, &agent).await,
        (Method::Put, GoOnline::PATH) => switch(sandbox, &agent, true).await,
        (Method::Put, GoOffline::PATH) => switch(sandbox, &agent, false).await,
        _ => Ok(refuse(404, "not found")),
    }
}

/// A failure body: `{errorCode, errorMessage}`.
fn refuse(status: u16, message: &str) -> Reply {
    Reply::json(status, json!({"errorCode": status, "errorMessage": message}).to_string())
}

/// An agent as stored; times are epoch seconds.
#[derive(Debug, sqlx::FromRow)]
pub struct Agent {
    id: String,
    name: String,
    online: bool,
    last_login_time: i64,
    updated_at: i64,
    arrived: i64,
}

impl Agent {
    fn info(&self, now: i64) -> AgentInfo {
        AgentInfo {
            id: Some(self.id.as_str().into()),
            name: Some(self.name.clone()),
            last_login_time: Some(self.last_login_time),
            updated_at: Some(self.updated_at),
            agent_time_in_status: Some((now - self.updated_at).max(0)),
            ..AgentInfo::default()
        }
    }
}

async fn get(pool: &SqlitePool, id: &str) -> Result<Option<Agent>, sqlx::Error> {
    let sql = "SELECT id, name, online, last_login_time, updated_at, arrived FROM sandbox_agents WHERE id = $1";
    sqlx::query_as(sql).bind(id).fetch_optional(pool).await
}

async fn tickets(sandbox: &Sandbox, agent: &Agent) -> Result<Reply, sqlx::Error> {
    arrivals::bring_in(sandbox, agent).await?;
    // As one text: row by row, each would change threads.
    let sql = "SELECT '[' || COALESCE(string_agg(record, ',' ORDER BY assigned_time, id), '') || ']' \
        FROM sandbox_tickets WHERE agent_id = $1";
    let list: String = sqlx::query_scalar(sql).bind(&agent.id).fetch_one(&sandbox.pool).await?;
    Ok(Reply::json(200, list))
}

/// A second "online" while online changes nothing, nor does a second "offline".
async fn switch(sandbox: &Sandbox, agent: &Agent, online: bool) -> Result<Reply, sqlx::Error> {
    // What came in before the agent left is the agent's.
    arrivals::bring_in(sandbox, agent).await?;
    let now = sandbox.clock.now().as_second();
    let sql = "UPDATE sandbox_agents SET online = $2, updated_at = $3, arrived = 0, \
        last_login_time = CASE WHEN $2 THEN $3 ELSE last_login_time END WHERE id = $1 AND online <> $2";
    sqlx::query(sql).bind(&agent.id).bind(online).bind(now).execute(&sandbox.pool).await?;
    let agent = get(&sandbox.pool, &agent.id).await?;
    Ok(agent.map_or_else(|| refuse(404, "not found"), |agent| records::json(200, &agent.info(now))))
}
