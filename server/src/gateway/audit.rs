//! The record of changes: who asked for what, when, and what came of it. Neither bodies nor values are in it.

use std::time::Duration;

use axum::Json;
use axum::extract::State as Shared;
use axum::http::Method;
use sqlx::Row;
use trunkline_api::gateway::Activity;

use super::refusal::Refused;
use super::session::Admin;
use super::state::{App, State, now};

/// How many of the newest entries are told.
const MOST: i64 = 500;

/// A request that asked for a change.
pub struct Change<'a> {
    /// The signed-in user's name; none for a failed sign-in.
    pub user: Option<String>,
    /// Method.
    pub method: &'a Method,
    /// Path template.
    pub path: &'a str,
    /// What it was answered with.
    pub status: u16,
    /// The request's id.
    pub request_id: &'a str,
}

/// Notes a change. A failure to note is logged and keeps no answer back.
pub async fn note(app: &App, change: Change<'_>) {
    let noted = sqlx::query(
        "INSERT INTO audit (id, at, user_name, method, path, status, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(now())
    .bind(change.user)
    .bind(change.method.as_str())
    .bind(change.path)
    .bind(i64::from(change.status))
    .bind(change.request_id)
    .execute(&app.pool)
    .await;
    if let Err(error) = noted {
        tracing::error!(%error, "the audit could not be written");
    }
}

/// `GET /api/audit`: the newest changes first, for admins.
pub async fn list(_: Admin, Shared(state): Shared<State>) -> Result<Json<Vec<Activity>>, Refused> {
    // The ids are made in the order of time: they tell the entries of one second apart.
    let query = "SELECT at, user_name, method, path, status, request_id FROM audit ORDER BY at DESC, id DESC LIMIT $1";
    let rows = sqlx::query(query).bind(MOST).fetch_all(&state.pool).await?;
    let entry = |row: &sqlx::sqlite::SqliteRow| {
        Ok(Activity {
            at: row.try_get("at")?,
            user: row.try_get("user_name")?,
            method: row.try_get("method")?,
            path: row.try_get("path")?,
            status: row.try_get("status")?,
            request_id: row.try_get("request_id")?,
        })
    };
    let entries: Result<Vec<Activity>, sqlx::Error> = rows.iter().map(entry).collect();
    Ok(Json(entries?))
}

/// Takes away what is older than the operator keeps, now and once a day, until the server is to end.
pub async fn prune(state: State) {
    let mut day = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = day.tick() => {
                let oldest = now() - i64::from(state.config.audit.days) * 24 * 60 * 60;
                let done = sqlx::query("DELETE FROM audit WHERE at < $1").bind(oldest).execute(&state.pool).await;
                if let Err(error) = done {
                    tracing::error!(%error, "the audit could not be pruned");
                }
            }
        }
    }
}
