//! `/api/activity`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use trunkline_api::gateway::Activity;

use crate::gateway::activity::{self, ActivityEntry};
use crate::gateway::error::ApiError;
use crate::gateway::session::Admin;
use crate::gateway::state::AppState;

/// Number of newest entries that `GET /api/activity` returns.
const MAX_LISTED: usize = 500;

/// Number of newest entries of a record.
const MAX_OF_RECORD: usize = 100;

/// `GET /api/activity`: the newest changes first, for admins.
pub async fn list(_: Admin, State(state): State<AppState>) -> Result<Json<Vec<Activity>>, ApiError> {
    // Read in this order, so that an entry written in between is found twice rather than not at all.
    let unwritten = state.write_behind.unwritten_activity();
    let written = activity::newest(&state.pool, MAX_LISTED).await?;
    Ok(Json(merged(&unwritten, written, MAX_LISTED)))
}

/// `GET /api/activity/records/{service}/{record}`: the newest changes of a record first, for admins.
pub async fn of_record(
    _: Admin,
    State(state): State<AppState>,
    Path((service, record)): Path<(String, String)>,
) -> Result<Json<Vec<Activity>>, ApiError> {
    let path = format!("/api/{service}/");
    let mut unwritten = state.write_behind.unwritten_activity();
    unwritten
        .retain(|entry| entry.activity.record_id.as_ref() == Some(&record) && entry.activity.path.starts_with(&path));
    let written = activity::of_record(&state.pool, &path, &record, MAX_OF_RECORD).await?;
    Ok(Json(merged(&unwritten, written, MAX_OF_RECORD)))
}

/// The newest of both, each entry once, newest first. An entry without a name has the last known one of its record.
fn merged(unwritten: &[Arc<ActivityEntry>], written: Vec<ActivityEntry>, most: usize) -> Vec<Activity> {
    let known: HashSet<&str> = written.iter().map(|entry| entry.id.as_str()).collect();
    let more = unwritten.iter().filter(|entry| !known.contains(entry.id.as_str()));
    let mut all: Vec<ActivityEntry> = more.map(|entry| ActivityEntry::clone(entry)).collect();
    all.extend(written);
    all.sort_by(|one, other| (other.activity.at, &other.id).cmp(&(one.activity.at, &one.id)));
    let mut entries: Vec<Activity> = all.into_iter().take(most).map(|entry| entry.activity).collect();
    let mut names: HashMap<(String, String), String> = HashMap::new();
    // Oldest first: a removal comes after what named the record.
    for entry in entries.iter_mut().rev() {
        let Some(id) = &entry.record_id else { continue };
        let service = entry.path.split('/').nth(2).unwrap_or_default().to_owned();
        match &entry.record_name {
            Some(name) => drop(names.insert((service, id.clone()), name.clone())),
            None => entry.record_name = names.get(&(service, id.clone())).cloned(),
        }
    }
    entries
}
