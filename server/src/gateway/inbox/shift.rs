//! The figures of a shift, from the history.

use std::collections::BTreeMap;

use sqlx::SqlitePool;
use trunkline_api::gateway::{LastWeek, Shift, ShiftHour, ShiftQueue};
use trunkline_api::oneview::TicketStatus;

use super::known_list::{CAME, DONE, GONE};

const WEEK: i64 = 7 * 24 * 60 * 60;

/// Number of tickets by hour since the beginning, and queue.
type Counts = Vec<(i64, String, i64)>;

/// The figures of an agent's shift from `from` until `now`, in epoch seconds.
///
/// # Errors
/// If the database fails.
pub async fn figures(pool: &SqlitePool, agent_id: &str, from: i64, now: i64) -> Result<Shift, sqlx::Error> {
    let period = (from, now + 1);
    let (came, done) = (came(pool, agent_id, period).await?, done(pool, agent_id, period).await?);
    let ended = longest_wait(pool, agent_id, period).await?;
    let waiting = oldest_waiting(pool, agent_id).await?.and_then(|at| now.checked_sub(at)).filter(|wait| *wait >= 0);
    let week_before = (from - WEEK, now + 1 - WEEK);
    Ok(Shift {
        from,
        came: total(&came),
        done: total(&done),
        gone: gone(pool, agent_id, period).await?,
        longest_wait_seconds: ended.max(waiting),
        hours: hours(&came, &done),
        queues: queues(&came, &done),
        last_week: LastWeek {
            came: total(&self::came(pool, agent_id, week_before).await?),
            done: total(&self::done(pool, agent_id, week_before).await?),
            longest_wait_seconds: longest_wait(pool, agent_id, week_before).await?,
        },
    })
}

async fn came(pool: &SqlitePool, agent_id: &str, (from, to): (i64, i64)) -> Result<Counts, sqlx::Error> {
    let query = "SELECT (at - $2) / 3600, queue, COUNT(*) FROM ticket_history \
                 WHERE agent_id = $1 AND event = $4 AND at >= $2 AND at < $3 GROUP BY 1, 2";
    sqlx::query_as(query).bind(agent_id).bind(from).bind(to).bind(CAME).fetch_all(pool).await
}

/// Each ticket once, when it was first done: an agent may call it done, and the vendor close it later.
async fn done(pool: &SqlitePool, agent_id: &str, (from, to): (i64, i64)) -> Result<Counts, sqlx::Error> {
    let query = "SELECT (first.at - $2) / 3600, first.queue, COUNT(*) FROM \
                 (SELECT ticket_id, MIN(at) AS at, MAX(queue) AS queue FROM ticket_history \
                  WHERE agent_id = $1 AND event = $4 AND at >= $2 AND at < $3 GROUP BY ticket_id) AS first \
                 GROUP BY 1, 2";
    sqlx::query_as(query).bind(agent_id).bind(from).bind(to).bind(DONE).fetch_all(pool).await
}

async fn gone(pool: &SqlitePool, agent_id: &str, (from, to): (i64, i64)) -> Result<i64, sqlx::Error> {
    let query = "SELECT COUNT(*) FROM ticket_history WHERE agent_id = $1 AND event = $4 AND at >= $2 AND at < $3";
    sqlx::query_scalar(query).bind(agent_id).bind(from).bind(to).bind(GONE).fetch_one(pool).await
}

/// The longest wait of the tickets that were done or left.
async fn longest_wait(pool: &SqlitePool, agent_id: &str, (from, to): (i64, i64)) -> Result<Option<i64>, sqlx::Error> {
    let query = "SELECT MAX(wait_seconds) FROM ticket_history \
                 WHERE agent_id = $1 AND event IN ($4, $5) AND at >= $2 AND at < $3";
    sqlx::query_scalar(query).bind(agent_id).bind(from).bind(to).bind(DONE).bind(GONE).fetch_one(pool).await
}

/// When the ticket that waits longest was assigned: neither closed nor called done.
async fn oldest_waiting(pool: &SqlitePool, agent_id: &str) -> Result<Option<i64>, sqlx::Error> {
    let query = "SELECT MIN(assigned_time) FROM ticket_states WHERE agent_id = $1 AND status <> $2 AND NOT EXISTS \
                 (SELECT 1 FROM ticket_marks WHERE ticket_marks.agent_id = ticket_states.agent_id \
                  AND ticket_marks.ticket_id = ticket_states.ticket_id AND ticket_marks.done_at IS NOT NULL)";
    sqlx::query_scalar(query).bind(agent_id).bind(TicketStatus::Closed.as_str()).fetch_one(pool).await
}

fn total(counts: &Counts) -> i64 {
    counts.iter().map(|(.., count)| count).sum()
}

fn hours(came: &Counts, done: &Counts) -> Vec<ShiftHour> {
    let mut hours: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    came.iter().for_each(|(hour, _, count)| hours.entry(*hour).or_default().0 += count);
    done.iter().for_each(|(hour, _, count)| hours.entry(*hour).or_default().1 += count);
    hours.into_iter().map(|(hour, (came, done))| ShiftHour { hour, came, done }).collect()
}

fn queues(came: &Counts, done: &Counts) -> Vec<ShiftQueue> {
    let mut queues: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    came.iter().for_each(|(_, queue, count)| queues.entry(queue).or_default().0 += count);
    done.iter().for_each(|(_, queue, count)| queues.entry(queue).or_default().1 += count);
    queues.into_iter().map(|(queue, (came, done))| ShiftQueue { queue: queue.to_owned(), came, done }).collect()
}
