//! An agent in the database.

use sqlx::SqlitePool;
use trunkline_api::oneview::AgentInfo;

/// An agent as stored. Times are in epoch seconds.
#[derive(Debug, sqlx::FromRow)]
pub struct Agent {
    /// The agentID.
    pub id: String,
    /// The name.
    pub name: String,
    /// True while the agent is online.
    pub online: bool,
    /// Time of the last sign-in.
    pub last_login_time: i64,
    /// Time of the last change of the status.
    pub updated_at: i64,
    /// Number of new tickets since the agent went online.
    pub arrived: i64,
    /// Up to when what happens to those tickets is stored.
    pub lived_until: i64,
}

impl Agent {
    /// Returns the agent as the vendor does; `now` is in epoch seconds.
    pub fn info(&self, now: i64) -> AgentInfo {
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

/// Finds an agent; `None` if there is none.
pub async fn find_agent(pool: &SqlitePool, id: &str) -> Result<Option<Agent>, sqlx::Error> {
    let sql =
        "SELECT id, name, online, last_login_time, updated_at, arrived, lived_until FROM sandbox_agents WHERE id = $1";
    sqlx::query_as(sql).bind(id).fetch_optional(pool).await
}
