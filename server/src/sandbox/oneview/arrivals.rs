//! Tickets that come in while an agent is online.
//!
//! They are worked out when somebody looks, from the time since the agent went online, and stored. So they need no
//! task, and a restart loses none.

use sqlx::{Connection, SqliteConnection};

use super::Agent;
use crate::sandbox::Sandbox;
use crate::sandbox::demo::{insert, tickets};

/// No more than this come in between going online and going offline.
pub const MOST_PER_SHIFT: i64 = 200;

/// How long a read waits for another process's lock, in milliseconds, and how long a write does.
const BUSY: (u32, u32) = (50, 5000);

/// Stores the tickets that have come in since the last look. It belongs to a read: while the database can't be written,
/// they come in later.
pub async fn bring_in(sandbox: &Sandbox, agent: &Agent) -> Result<(), sqlx::Error> {
    let pace = i64::try_from(sandbox.config.ticket_seconds).unwrap_or(0);
    if !agent.online || pace == 0 {
        return Ok(());
    }
    let online_for = sandbox.clock.now().as_second() - agent.updated_at;
    let due = (online_for / pace).min(MOST_PER_SHIFT);
    if due <= agent.arrived {
        return Ok(());
    }
    let mut connection = sandbox.pool.acquire().await?;
    let wait = |milliseconds: u32| format!("PRAGMA busy_timeout = {milliseconds}");
    sqlx::query(&wait(BUSY.0)).execute(&mut *connection).await?;
    if let Err(error) = store(agent, pace, due, &mut connection).await {
        tracing::warn!(%error, "sandbox: new tickets can't be stored now");
    }
    sqlx::query(&wait(BUSY.1)).execute(&mut *connection).await?;
    Ok(())
}

async fn store(agent: &Agent, pace: i64, due: i64, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    // Of two who look at once, one brings them in: the other finds that the number has moved.
    let sql = "UPDATE sandbox_agents SET arrived = $1 \
        WHERE id = $2 AND online AND updated_at = $3 AND arrived = $4";
    let claimed = sqlx::query(sql)
        .bind(due)
        .bind(&agent.id)
        .bind(agent.updated_at)
        .bind(agent.arrived)
        .execute(&mut *transaction)
        .await?;
    if claimed.rows_affected() == 0 {
        return Ok(());
    }
    let customers: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sandbox_customers").fetch_one(&mut *transaction).await?;
    let new: Vec<_> = (agent.arrived + 1..=due)
        .map(|number| tickets::arriving(&agent.id, agent.updated_at, number, pace, customers))
        .collect();
    insert::tickets(&mut transaction, &new).await?;
    transaction.commit().await
}
