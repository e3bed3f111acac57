//! Stores the status that one-view confirmed for each agent, because one-view has no way to query it.

use std::collections::HashMap;

use sqlx::{SqliteConnection, SqlitePool};
use trunkline_api::gateway::AgentStatus;

/// Loads an agent's stored status; `None` if there is none.
///
/// # Errors
/// If the database fails.
pub async fn load(pool: &SqlitePool, agent_id: &str) -> Result<Option<AgentStatus>, sqlx::Error> {
    let query = "SELECT online, since, automatic FROM agent_status WHERE agent_id = $1";
    let row: Option<(bool, i64, bool)> = sqlx::query_as(query).bind(agent_id).fetch_optional(pool).await?;
    Ok(row.map(|(online, since, automatic)| AgentStatus { online, since, automatic }))
}

/// Loads all stored statuses, by agentID.
///
/// # Errors
/// If the database fails.
pub async fn load_all(pool: &SqlitePool) -> Result<HashMap<String, AgentStatus>, sqlx::Error> {
    let query = "SELECT agent_id, online, since, automatic FROM agent_status";
    let rows: Vec<(String, bool, i64, bool)> = sqlx::query_as(query).fetch_all(pool).await?;
    let status = |(agent_id, online, since, automatic)| (agent_id, AgentStatus { online, since, automatic });
    Ok(rows.into_iter().map(status).collect())
}

/// Stores an agent's status.
///
/// # Errors
/// If the database fails.
pub async fn store(connection: &mut SqliteConnection, agent_id: &str, status: AgentStatus) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO agent_status (agent_id, online, since, automatic) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (agent_id) DO UPDATE \
         SET online = excluded.online, since = excluded.since, automatic = excluded.automatic",
    )
    .bind(agent_id)
    .bind(status.online)
    .bind(status.since)
    .bind(status.automatic)
    .execute(connection)
    .await?;
    Ok(())
}
