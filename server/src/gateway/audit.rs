//! The record of changes: who asked for what, from where, when, and what came of it. Neither bodies nor values are in it.

use std::collections::HashSet;
use std::time::Duration;

use axum::Json;
use axum::extract::State as Shared;
use sqlx::{Row, SqliteConnection, SqlitePool};
use trunkline_api::gateway::Activity;

use super::books::Entry;
use super::refusal::Refused;
use super::session::Admin;
use super::state::{State, now};

/// How many of the newest entries are told.
const MOST: usize = 500;
/// Who the entries of the command line name.
const COMMAND_LINE: &str = "command line";

/// Writes an entry.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), sqlx::Error> {
    let Entry { id, activity } = entry;
    let query = "INSERT INTO audit (id, at, user_name, address, method, path, status, refusal, request_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
    sqlx::query(query)
        .bind(id)
        .bind(activity.at)
        .bind(&activity.user)
        .bind(&activity.address)
        .bind(&activity.method)
        .bind(&activity.path)
        .bind(activity.status)
        .bind(&activity.refusal)
        .bind(&activity.request_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes away the oldest entries beyond so many. Failed sign-ins have a tenth of the room: whoever guesses passwords must
/// not push out what was changed.
///
/// # Errors
/// When the database fails.
pub async fn cap(connection: &mut SqliteConnection, rows: u32) -> Result<(), sqlx::Error> {
    for (which, most) in [("path = '/api/session' AND status = 422", (rows / 10).max(1)), ("TRUE", rows)] {
        let query = format!("SELECT COUNT(*) FROM audit WHERE {which}");
        let count: i64 = sqlx::query_scalar(&query).fetch_one(&mut *connection).await?;
        let over = count - i64::from(most);
        if over > 0 {
            let oldest = format!("SELECT id FROM audit WHERE {which} ORDER BY at, id LIMIT $1");
            let query = format!("DELETE FROM audit WHERE id IN ({oldest})");
            sqlx::query(&query).bind(over).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Notes what the command line did with a user.
///
/// # Errors
/// When the database fails.
pub async fn note_command(connection: &mut SqliteConnection, method: &str, what: &str) -> Result<(), sqlx::Error> {
    let id = uuid::Uuid::now_v7();
    let activity = Activity {
        at: now(),
        user: Some(COMMAND_LINE.to_owned()),
        address: None,
        method: method.to_owned(),
        path: what.to_owned(),
        status: 200,
        refusal: None,
        request_id: id.simple().to_string(),
    };
    insert(connection, &Entry { id: id.to_string(), activity }).await
}

/// `GET /api/audit`: the newest changes first, for admins.
pub async fn list(_: Admin, Shared(state): Shared<State>) -> Result<Json<Vec<Activity>>, Refused> {
    // In this order: an entry that is written between the two stands in both.
    let unwritten = state.books.unwritten();
    let written = newest(&state.pool).await?;
    let known: HashSet<&str> = written.iter().map(|entry| entry.id.as_str()).collect();
    let more = unwritten.iter().filter(|entry| !known.contains(entry.id.as_str())).map(|entry| Entry::clone(entry));
    let mut all: Vec<Entry> = more.collect();
    all.extend(written);
    all.sort_by(|one, other| (other.activity.at, &other.id).cmp(&(one.activity.at, &one.id)));
    Ok(Json(all.into_iter().take(MOST).map(|entry| entry.activity).collect()))
}

async fn newest(pool: &SqlitePool) -> Result<Vec<Entry>, sqlx::Error> {
    // The ids are made in the order of time: they tell the entries of one second apart.
    let query = "SELECT id, at, user_name, address, method, path, status, refusal, request_id FROM audit \
                 ORDER BY at DESC, id DESC LIMIT $1";
    let rows = sqlx::query(query).bind(i64::try_from(MOST).unwrap_or(i64::MAX)).fetch_all(pool).await?;
    let entry = |row: &sqlx::sqlite::SqliteRow| {
        let activity = Activity {
            at: row.try_get("at")?,
            user: row.try_get("user_name")?,
            address: row.try_get("address")?,
            method: row.try_get("method")?,
            path: row.try_get("path")?,
            status: row.try_get("status")?,
            refusal: row.try_get("refusal")?,
            request_id: row.try_get("request_id")?,
        };
        Ok(Entry { id: row.try_get("id")?, activity })
    };
    rows.iter().map(entry).collect()
}

/// Takes away what is older than the operator keeps, now and once a day, until the server is to end.
pub async fn prune(state: State) {
    let mut day = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = day.tick() => {
                let oldest = now() - i64::from(state.config.audit.days) * 24 * 60 * 60;
                let done = sqlx::query("DELETE FROM audit WHERE at < $1").bind(oldest).execute(&state.writes).await;
                if let Err(error) = done {
                    tracing::error!(%error, "the audit could not be pruned");
                }
            }
        }
    }
}
