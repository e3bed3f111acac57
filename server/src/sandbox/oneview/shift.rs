//! The tickets of an agent's shift: they arrive while the agent is online, change, and leave.
//!
//! A read computes what is due from the time since the agent went online and stores it. So it needs no background task,
//! and a restart loses nothing.

use sqlx::{Connection, SqliteConnection};

use super::agent::Agent;
use crate::sandbox::context::Context;
use crate::sandbox::demo::insert;
use crate::sandbox::demo::life::MAX_AGE;
use crate::sandbox::demo::tickets::NewTicket;

/// Time limits for a wait for another process's lock, in milliseconds: for a read, and for a write.
const LOCK_TIMEOUTS_MS: (u32, u32) = (50, 5000);

/// What has become due since the last call.
struct Due<'a> {
    /// Number of tickets that have arrived.
    arrived: i64,
    now: i64,
    /// Tickets that have arrived, or to which something has happened.
    tickets: Vec<NewTicket<'a>>,
}

/// Stores what is due since the last call. Part of a read, so a database that can't be written only delays it.
pub async fn store_due(context: &Context, agent: &Agent) -> Result<(), sqlx::Error> {
    let pace = i64::try_from(context.ticket_seconds).unwrap_or(0);
    if !agent.online || pace == 0 {
        return Ok(());
    }
    let due = due(agent, pace, context.clock.now().as_second());
    if due.tickets.is_empty() {
        return Ok(());
    }
    let mut connection = context.pool.acquire().await?;
    let wait = |milliseconds: u32| format!("PRAGMA busy_timeout = {milliseconds}");
    sqlx::query(&wait(LOCK_TIMEOUTS_MS.0)).execute(&mut *connection).await?;
    if let Err(error) = store(agent, &due, &mut connection).await {
        tracing::warn!(%error, "sandbox: the tickets' changes can't be stored now");
    }
    sqlx::query(&wait(LOCK_TIMEOUTS_MS.1)).execute(&mut *connection).await?;
    Ok(())
}

fn due(agent: &Agent, pace: i64, now: i64) -> Due<'_> {
    let arrived = ((now - agent.updated_at) / pace).max(agent.arrived);
    let lived_until = agent.lived_until.max(agent.updated_at);
    let ticket = |number| NewTicket::new(&agent.id, agent.updated_at, number, pace);
    // Older ones have left, however long ago the last call was.
    let known = (agent.arrived - MAX_AGE).max(1)..=agent.arrived;
    let new = (agent.arrived + 1).max(arrived - MAX_AGE)..=arrived;
    let changed = known.map(ticket).filter(|ticket| ticket.has_event(lived_until, now));
    Due { arrived, now, tickets: changed.chain(new.map(ticket)).collect() }
}

async fn store(agent: &Agent, due: &Due<'_>, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    // Of two concurrent reads, one stores what is due; the other finds that the agent's row has changed.
    let sql = "UPDATE sandbox_agents SET arrived = $1, lived_until = $2 \
        WHERE id = $3 AND online AND updated_at = $4 AND arrived = $5 AND lived_until = $6";
    let claimed = sqlx::query(sql)
        .bind(due.arrived)
        .bind(due.now)
        .bind(&agent.id)
        .bind(agent.updated_at)
        .bind(agent.arrived)
        .bind(agent.lived_until)
        .execute(&mut *transaction)
        .await?;
    if claimed.rows_affected() == 0 {
        return Ok(());
    }
    let customers: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sandbox_customers").fetch_one(&mut *transaction).await?;
    let rows: Vec<_> = due.tickets.iter().map(|ticket| (ticket.id(customers), ticket.at(due.now, customers))).collect();
    for (id, _) in &rows {
        sqlx::query("DELETE FROM sandbox_tickets WHERE id = $1").bind(id).execute(&mut *transaction).await?;
    }
    let present: Vec<_> = rows.into_iter().filter_map(|(_, row)| row).collect();
    insert::tickets(&mut transaction, &present).await?;
    transaction.commit().await
}
