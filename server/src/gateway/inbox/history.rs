//! The history of the agents' lists in the database, and the state of each list that the next one is compared with.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sqlx::{SqliteConnection, SqlitePool};
use trunkline_api::gateway::TicketHistoryEntry;

use super::known_list::{Clear, DONE, KnownList, TicketDifference, TicketState, api_event};

/// Maximum entries of one ticket that are returned: the newest.
const MAX_LISTED: i64 = 500;

/// An entry to write.
#[derive(Debug)]
pub enum HistoryEntry {
    /// A ticket that is different. Its state and its rows are written together, so that a restart between them neither
    /// loses a row nor writes it twice.
    Ticket {
        /// The agentID.
        agent_id: Arc<str>,
        /// The difference.
        difference: TicketDifference,
    },
    /// The end of a list: all of its differences are written.
    List {
        /// The agentID.
        agent_id: Arc<str>,
        /// Epoch seconds when the list was seen.
        seen_at: i64,
    },
}

/// The agents whose data a round of entries changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// Agents whose history has new rows, with their number.
    pub histories: HashMap<Arc<str>, u64>,
    /// Agents whose marks were cleared.
    pub marks: BTreeSet<Arc<str>>,
}

#[derive(sqlx::FromRow)]
struct StateRow {
    ticket_id: String,
    status: String,
    priority: Option<i64>,
    queue: String,
    channel: String,
    customer_hash: i64,
    content_hash: i64,
    assigned_time: Option<i64>,
}

/// Loads an agent's list as last written.
///
/// # Errors
/// If the database fails.
pub async fn load_list(pool: &SqlitePool, agent_id: &str) -> Result<KnownList, sqlx::Error> {
    let query = "SELECT seen_at FROM ticket_lists WHERE agent_id = $1";
    let seen_at: Option<i64> = sqlx::query_scalar(query).bind(agent_id).fetch_optional(pool).await?;
    let query = "SELECT ticket_id, status, priority, queue, channel, customer_hash, content_hash, assigned_time \
                 FROM ticket_states WHERE agent_id = $1";
    let rows: Vec<StateRow> = sqlx::query_as(query).bind(agent_id).fetch_all(pool).await?;
    let state = |row: StateRow| {
        let state = TicketState {
            status: row.status.into(),
            priority: row.priority,
            queue: row.queue.into(),
            channel: row.channel.into(),
            customer_hash: row.customer_hash,
            content_hash: row.content_hash,
            assigned_time: row.assigned_time,
        };
        (Arc::from(row.ticket_id), state)
    };
    Ok(KnownList::new(rows.into_iter().map(state).collect(), seen_at))
}

/// Writes an entry and notes what it changed.
///
/// # Errors
/// If the database fails.
pub async fn write(
    work: &mut SqliteConnection,
    entry: &HistoryEntry,
    changed: &mut Changed,
) -> Result<(), sqlx::Error> {
    match entry {
        HistoryEntry::List { agent_id, seen_at } => {
            let query = "INSERT INTO ticket_lists (agent_id, seen_at) VALUES ($1, $2) \
                         ON CONFLICT (agent_id) DO UPDATE SET seen_at = excluded.seen_at";
            sqlx::query(query).bind(&**agent_id).bind(seen_at).execute(work).await?;
        }
        HistoryEntry::Ticket { agent_id, difference } => {
            let TicketDifference { ticket_id, state, rows, clear } = difference;
            match state {
                Some(state) => store_state(work, agent_id, ticket_id, state).await?,
                None => {
                    let query = "DELETE FROM ticket_states WHERE agent_id = $1 AND ticket_id = $2";
                    sqlx::query(query).bind(&**agent_id).bind(&**ticket_id).execute(&mut *work).await?;
                }
            }
            for row in rows {
                let query = "INSERT INTO ticket_history \
                             (id, agent_id, ticket_id, at, event, field, value_from, value_to, queue, wait_seconds) \
                             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
                sqlx::query(query)
                    .bind(uuid::Uuid::now_v7().to_string())
                    .bind(&**agent_id)
                    .bind(&**ticket_id)
                    .bind(row.at)
                    .bind(row.event)
                    .bind(row.field)
                    .bind(row.from.as_deref())
                    .bind(row.to.as_deref())
                    .bind(&*row.queue)
                    .bind(row.wait_seconds)
                    .execute(&mut *work)
                    .await?;
            }
            *changed.histories.entry(Arc::clone(agent_id)).or_default() += rows.len() as u64;
            if let Some(clear) = clear
                && clear_mark(work, agent_id, ticket_id, *clear).await?
            {
                changed.marks.insert(Arc::clone(agent_id));
            }
        }
    }
    Ok(())
}

async fn store_state(
    work: &mut SqliteConnection,
    agent_id: &str,
    ticket_id: &str,
    state: &TicketState,
) -> Result<(), sqlx::Error> {
    let query = "INSERT INTO ticket_states \
                 (agent_id, ticket_id, status, priority, queue, channel, customer_hash, content_hash, assigned_time) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (agent_id, ticket_id) DO UPDATE SET \
                 status = excluded.status, priority = excluded.priority, queue = excluded.queue, \
                 channel = excluded.channel, customer_hash = excluded.customer_hash, \
                 content_hash = excluded.content_hash, assigned_time = excluded.assigned_time";
    sqlx::query(query)
        .bind(agent_id)
        .bind(ticket_id)
        .bind(&*state.status)
        .bind(state.priority)
        .bind(&*state.queue)
        .bind(&*state.channel)
        .bind(state.customer_hash)
        .bind(state.content_hash)
        .bind(state.assigned_time)
        .execute(work)
        .await?;
    Ok(())
}

/// Clears what a ticket's new state makes void of its mark. Returns true if there was any.
async fn clear_mark(
    work: &mut SqliteConnection,
    agent_id: &str,
    ticket_id: &str,
    clear: Clear,
) -> Result<bool, sqlx::Error> {
    let query = "UPDATE ticket_marks SET \
                 done_at = CASE WHEN done_at <= $3 THEN NULL ELSE done_at END, \
                 seen_at = CASE WHEN seen_at <= $3 THEN NULL ELSE seen_at END, \
                 snoozed_until = CASE WHEN $4 THEN NULL ELSE snoozed_until END \
                 WHERE agent_id = $1 AND ticket_id = $2 \
                 AND (done_at <= $3 OR seen_at <= $3 OR (snoozed_until IS NOT NULL AND $4))";
    let done = sqlx::query(query)
        .bind(agent_id)
        .bind(ticket_id)
        .bind(clear.at)
        .bind(clear.escalated)
        .execute(&mut *work)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let query = "DELETE FROM ticket_marks WHERE agent_id = $1 AND ticket_id = $2 AND note = '' AND NOT pinned \
                 AND snoozed_until IS NULL AND done_at IS NULL AND seen_at IS NULL";
    sqlx::query(query).bind(agent_id).bind(ticket_id).execute(work).await?;
    Ok(true)
}

/// A ticket's history, oldest first: its newest entries.
///
/// # Errors
/// If the database fails.
pub async fn of_ticket(
    pool: &SqlitePool,
    agent_id: &str,
    ticket_id: &str,
) -> Result<Vec<TicketHistoryEntry>, sqlx::Error> {
    type Row = (i64, String, Option<String>, Option<String>, Option<String>);
    let query = "SELECT at, event, field, value_from, value_to FROM ticket_history \
                 WHERE agent_id = $1 AND ticket_id = $2 AND event <> $3 ORDER BY at DESC, id DESC LIMIT $4";
    let rows: Vec<Row> =
        sqlx::query_as(query).bind(agent_id).bind(ticket_id).bind(DONE).bind(MAX_LISTED).fetch_all(pool).await?;
    let entry = |(at, event, field, from, to): Row| {
        api_event(&event).map(|event| TicketHistoryEntry { at, event, field, from, to })
    };
    Ok(rows.into_iter().rev().filter_map(entry).collect())
}

/// Records that an agent called a ticket done at a time, or takes that back.
///
/// # Errors
/// If the database fails.
pub async fn record_done(
    work: &mut SqliteConnection,
    agent_id: &str,
    ticket_id: &str,
    at: i64,
    done: bool,
) -> Result<(), sqlx::Error> {
    if !done {
        let query = "DELETE FROM ticket_history WHERE agent_id = $1 AND ticket_id = $2 AND event = $3 AND at = $4";
        sqlx::query(query).bind(agent_id).bind(ticket_id).bind(DONE).bind(at).execute(work).await?;
        return Ok(());
    }
    let query = "SELECT queue, assigned_time FROM ticket_states WHERE agent_id = $1 AND ticket_id = $2";
    let state: Option<(String, Option<i64>)> =
        sqlx::query_as(query).bind(agent_id).bind(ticket_id).fetch_optional(&mut *work).await?;
    let (queue, assigned) = state.unwrap_or_default();
    let wait = assigned.and_then(|assigned| at.checked_sub(assigned)).filter(|seconds| *seconds >= 0);
    let query = "INSERT INTO ticket_history (id, agent_id, ticket_id, at, event, queue, wait_seconds) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(query)
        .bind(uuid::Uuid::now_v7().to_string())
        .bind(agent_id)
        .bind(ticket_id)
        .bind(at)
        .bind(DONE)
        .bind(queue)
        .bind(wait)
        .execute(work)
        .await?;
    Ok(())
}

/// Deletes an agent's oldest rows beyond a maximum.
///
/// # Errors
/// If the database fails.
pub async fn trim(work: &mut SqliteConnection, agent_id: &str, rows: u32) -> Result<(), sqlx::Error> {
    let query = "SELECT COUNT(*) FROM ticket_history WHERE agent_id = $1";
    let count: i64 = sqlx::query_scalar(query).bind(agent_id).fetch_one(&mut *work).await?;
    let over = count - i64::from(rows);
    if over > 0 {
        let query = "DELETE FROM ticket_history WHERE id IN \
                     (SELECT id FROM ticket_history WHERE agent_id = $1 ORDER BY at, id LIMIT $2)";
        sqlx::query(query).bind(agent_id).bind(over).execute(work).await?;
    }
    Ok(())
}

/// Deletes what was last changed before a time: rows of the history; lists, with the states of their tickets; and marks
/// of tickets that are in no list, if their own limit has passed.
///
/// # Errors
/// If the database fails.
pub async fn prune(pool: &SqlitePool, before: i64, marks_before: i64) -> Result<(), sqlx::Error> {
    let mut work = pool.begin().await?;
    for (query, before) in [
        ("DELETE FROM ticket_history WHERE at < $1", before),
        ("DELETE FROM ticket_states WHERE agent_id IN (SELECT agent_id FROM ticket_lists WHERE seen_at < $1)", before),
        ("DELETE FROM ticket_lists WHERE seen_at < $1", before),
        (
            "DELETE FROM ticket_marks WHERE updated_at < $1 AND NOT EXISTS \
             (SELECT 1 FROM ticket_states WHERE ticket_states.agent_id = ticket_marks.agent_id \
              AND ticket_states.ticket_id = ticket_marks.ticket_id)",
            marks_before,
        ),
    ] {
        sqlx::query(query).bind(before).execute(&mut *work).await?;
    }
    work.commit().await
}
