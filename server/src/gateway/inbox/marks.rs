//! The marks of tickets in the database. Every query names the agent: nobody reads or changes another agent's marks.

use sqlx::{SqliteConnection, SqlitePool};
use trunkline_api::gateway::{MAX_MARKS, TicketMark, TicketMarkChange};

use super::history;
use crate::gateway::error::ApiError;

/// Number of unimportant marks deleted at once when an agent has too many.
const EVICTED: i64 = 1000;
/// Tickets per statement.
const TICKETS: usize = 200;

#[derive(sqlx::FromRow)]
struct MarkRow {
    ticket_id: String,
    note: String,
    note_at: Option<i64>,
    pinned: bool,
    snoozed_until: Option<i64>,
    done_at: Option<i64>,
    seen_at: Option<i64>,
}

impl From<MarkRow> for TicketMark {
    fn from(row: MarkRow) -> Self {
        let MarkRow { ticket_id, note, note_at, pinned, snoozed_until, done_at, seen_at } = row;
        Self { ticket_id, note, note_at, pinned, snoozed_until, done_at, seen_at }
    }
}

/// The marks of an agent's tickets.
///
/// # Errors
/// If the database fails.
pub async fn list(pool: &SqlitePool, agent_id: &str) -> Result<Vec<TicketMark>, ApiError> {
    let query = "SELECT ticket_id, note, note_at, pinned, snoozed_until, done_at, seen_at FROM ticket_marks \
                 WHERE agent_id = $1 ORDER BY ticket_id";
    let rows: Vec<MarkRow> = sqlx::query_as(query).bind(agent_id).fetch_all(pool).await?;
    Ok(rows.into_iter().map(TicketMark::from).collect())
}

/// Changes a mark and returns it. The change's note must be cleaned and valid.
///
/// # Errors
/// If the agent has too many marks, or the database fails.
pub async fn update(
    writes: &SqlitePool,
    agent_id: &str,
    ticket_id: &str,
    change: &TicketMarkChange,
    now: i64,
) -> Result<TicketMark, ApiError> {
    let mut work = writes.begin().await?;
    // Writes first: a concurrent change of the same mark waits here, and then sees this one.
    let query = "INSERT INTO ticket_marks (agent_id, ticket_id, updated_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (agent_id, ticket_id) DO UPDATE SET updated_at = excluded.updated_at";
    sqlx::query(query).bind(agent_id).bind(ticket_id).bind(now).execute(&mut *work).await?;
    let query = "SELECT ticket_id, note, note_at, pinned, snoozed_until, done_at, seen_at FROM ticket_marks \
                 WHERE agent_id = $1 AND ticket_id = $2";
    let row: MarkRow = sqlx::query_as(query).bind(agent_id).bind(ticket_id).fetch_one(&mut *work).await?;
    let before = TicketMark::from(row);
    let mark = apply(before.clone(), change, now);
    if is_empty(&mark) {
        let query = "DELETE FROM ticket_marks WHERE agent_id = $1 AND ticket_id = $2";
        sqlx::query(query).bind(agent_id).bind(ticket_id).execute(&mut *work).await?;
    } else {
        let query = "UPDATE ticket_marks SET note = $3, note_at = $4, pinned = $5, snoozed_until = $6, done_at = $7, \
                     seen_at = $8 WHERE agent_id = $1 AND ticket_id = $2";
        sqlx::query(query)
            .bind(agent_id)
            .bind(ticket_id)
            .bind(&mark.note)
            .bind(mark.note_at)
            .bind(mark.pinned)
            .bind(mark.snoozed_until)
            .bind(mark.done_at)
            .bind(mark.seen_at)
            .execute(&mut *work)
            .await?;
    }
    match (before.done_at, mark.done_at) {
        (None, Some(at)) => history::record_done(&mut work, agent_id, ticket_id, at, true).await?,
        (Some(at), None) => history::record_done(&mut work, agent_id, ticket_id, at, false).await?,
        _ => {}
    }
    if is_empty(&before) {
        make_room(&mut work, agent_id).await?;
    }
    work.commit().await?;
    Ok(mark)
}

/// Marks tickets as seen.
///
/// # Errors
/// If the agent has too many marks, or the database fails.
pub async fn mark_seen(writes: &SqlitePool, agent_id: &str, ticket_ids: &[String], now: i64) -> Result<(), ApiError> {
    let mut work = writes.begin().await?;
    for ids in ticket_ids.chunks(TICKETS) {
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(
            "INSERT INTO ticket_marks (agent_id, ticket_id, seen_at, updated_at) ",
        );
        query.push_values(ids, |mut row, id| {
            row.push_bind(agent_id).push_bind(id).push_bind(now).push_bind(now);
        });
        query.push(
            " ON CONFLICT (agent_id, ticket_id) DO UPDATE SET seen_at = excluded.seen_at, \
             updated_at = excluded.updated_at",
        );
        query.build().execute(&mut *work).await?;
    }
    make_room(&mut work, agent_id).await?;
    work.commit().await?;
    Ok(())
}

/// Keeps an agent's marks within [`MAX_MARKS`]. The oldest that only say "seen" go first; nothing else is ever deleted
/// for another mark.
async fn make_room(work: &mut SqliteConnection, agent_id: &str) -> Result<(), ApiError> {
    let most = i64::try_from(MAX_MARKS).unwrap_or(i64::MAX);
    let count = "SELECT COUNT(*) FROM ticket_marks WHERE agent_id = $1";
    let marks: i64 = sqlx::query_scalar(count).bind(agent_id).fetch_one(&mut *work).await?;
    if marks <= most {
        return Ok(());
    }
    let query = "DELETE FROM ticket_marks WHERE agent_id = $1 AND ticket_id IN \
                 (SELECT ticket_id FROM ticket_marks WHERE agent_id = $1 AND note = '' AND NOT pinned \
                  AND snoozed_until IS NULL AND done_at IS NULL ORDER BY updated_at, ticket_id LIMIT $2)";
    let oldest = (marks - most).saturating_add(EVICTED);
    let evicted = sqlx::query(query).bind(agent_id).bind(oldest).execute(&mut *work).await?.rows_affected();
    if marks - i64::try_from(evicted).unwrap_or(0) > most {
        return Err(ApiError::malformed(format!("No more than {MAX_MARKS} tickets can have a note, pin or snooze.")));
    }
    Ok(())
}

/// Applies a change at a time in epoch seconds.
fn apply(mut mark: TicketMark, change: &TicketMarkChange, now: i64) -> TicketMark {
    if let Some(note) = &change.note
        && *note != mark.note
    {
        mark.note.clone_from(note);
        mark.note_at = (!note.is_empty()).then_some(now);
    }
    mark.pinned = change.pinned.unwrap_or(mark.pinned);
    mark.snoozed_until = change.snoozed_until.unwrap_or(mark.snoozed_until);
    // Called done twice, it was done the first time.
    mark.done_at = change.done.map_or(mark.done_at, |done| done.then(|| mark.done_at.unwrap_or(now)));
    mark.seen_at = change.seen.map_or(mark.seen_at, |seen| seen.then_some(now));
    mark
}

fn is_empty(mark: &TicketMark) -> bool {
    let TicketMark { ticket_id: _, note, note_at: _, pinned, snoozed_until, done_at, seen_at } = mark;
    note.is_empty() && !pinned && snoozed_until.is_none() && done_at.is_none() && seen_at.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_touches_only_its_members() {
        let mark = TicketMark {
            ticket_id: "7".to_owned(),
            note: "call back".to_owned(),
            note_at: Some(10),
            pinned: true,
            snoozed_until: Some(99),
            done_at: Some(20),
            seen_at: Some(5),
        };
        let changed = |change| apply(mark.clone(), &change, 50);
        assert_eq!(changed(TicketMarkChange::default()), mark);
        let seen = TicketMarkChange { seen: Some(true), ..TicketMarkChange::default() };
        assert_eq!(changed(seen), TicketMark { seen_at: Some(50), ..mark.clone() });
        let done =
            TicketMarkChange { done: Some(true), note: Some("call back".to_owned()), ..TicketMarkChange::default() };
        assert_eq!(changed(done), mark, "neither done nor noted again");
        let cleared = TicketMarkChange {
            note: Some(String::new()),
            pinned: Some(false),
            snoozed_until: Some(None),
            done: Some(false),
            seen: Some(false),
        };
        let cleared = changed(cleared);
        assert!(is_empty(&cleared), "{cleared:?}");
        assert_eq!(cleared.note_at, None);
    }
}
