//! `/api/inbox`: what the gateway keeps about the tickets of the signed-in user's own agentID.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use serde_json::{Map, Value};
use trunkline_api::endpoint::Resource;
use trunkline_api::gateway::{
    MARKS, MAX_MARKS, SHIFT, Shift, TicketHistoryEntry, TicketIds, TicketMark, TicketMarkChange, check_ticket_id,
    clean_note,
};
use trunkline_api::{Access, FieldError, ValidationError};

use crate::gateway::body;
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;
use crate::gateway::inbox::{history, marks, shift};
use crate::gateway::live::Change;
use crate::gateway::session::CurrentUser;
use crate::gateway::state::{App, AppState};

/// Maximum distance of a shift's beginning from now: the history's default retention.
const MAX_SHIFT_SECONDS: i64 = 30 * 24 * 60 * 60;

/// `GET /api/inbox/marks`: the marks of the agent's tickets.
pub async fn list_marks(State(state): State<AppState>, user: CurrentUser) -> Result<Json<Vec<TicketMark>>, ApiError> {
    Ok(Json(marks::list(&state.pool, own_agent(&user)?).await?))
}

/// `PUT /api/inbox/marks/{ticketID}`: changes a mark and returns it.
pub async fn update_mark(
    State(state): State<AppState>,
    user: CurrentUser,
    ticket_id: Result<Path<String>, PathRejection>,
    body: Body,
) -> Result<Json<TicketMark>, ApiError> {
    let agent_id = own_agent(&user)?;
    let ticket_id = valid_ticket_id(ticket_id)?;
    // An object only: serde would take a list for the members in their order.
    let members: Map<String, Value> = body::json(body).await?;
    let mut change: TicketMarkChange = serde_json::from_value(members.into())
        .map_err(|_| ApiError::malformed("The body is not a change of a ticket's mark."))?;
    change.note = change.note.as_deref().map(clean_note);
    change.validate().map_err(ApiError::invalid)?;
    let mark = marks::update(&state.writes, agent_id, &ticket_id, &change, now()).await?;
    publish(&state, MARKS, agent_id);
    if change.done.is_some() {
        publish(&state, SHIFT, agent_id);
    }
    Ok(Json(mark))
}

/// `POST /api/inbox/seen`: marks tickets as seen; 204.
pub async fn mark_seen(State(state): State<AppState>, user: CurrentUser, body: Body) -> Result<StatusCode, ApiError> {
    let agent_id = own_agent(&user)?;
    let TicketIds { ticket_ids } = body::json(body).await?;
    let field = |problem| ApiError::invalid(vec![FieldError { field: "ticketIds".to_owned(), problem }]);
    if ticket_ids.len() > MAX_MARKS {
        return Err(field(ValidationError::TooLong(MAX_MARKS)));
    }
    if let Some(problem) = ticket_ids.iter().find_map(|id| check_ticket_id(id)) {
        return Err(field(problem));
    }
    // A statement can't change the same row twice.
    let ticket_ids: Vec<String> = ticket_ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if !ticket_ids.is_empty() {
        marks::mark_seen(&state.writes, agent_id, &ticket_ids, now()).await?;
        publish(&state, MARKS, agent_id);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/inbox/history/{ticketID}`: what happened to a ticket in the agent's list.
pub async fn ticket_history(
    State(state): State<AppState>,
    user: CurrentUser,
    ticket_id: Result<Path<String>, PathRejection>,
) -> Result<Json<Vec<TicketHistoryEntry>>, ApiError> {
    let agent_id = own_agent(&user)?;
    let ticket_id = valid_ticket_id(ticket_id)?;
    Ok(Json(history::of_ticket(&state.pool, agent_id, &ticket_id).await?))
}

/// `GET /api/inbox/shift?from={epoch seconds}`: the figures of the agent's shift.
pub async fn shift(
    State(state): State<AppState>,
    user: CurrentUser,
    RawQuery(query): RawQuery,
) -> Result<Json<Shift>, ApiError> {
    let agent_id = own_agent(&user)?;
    let query = query.unwrap_or_default();
    let mut values = url::form_urlencoded::parse(query.as_bytes());
    let from = values.find(|(name, _)| name == "from").and_then(|(_, value)| value.parse::<i64>().ok());
    let field = |problem| ApiError::invalid(vec![FieldError { field: "from".to_owned(), problem }]);
    let from = from.ok_or_else(|| field(ValidationError::NotNumber))?;
    let now = now();
    // A browser's clock may be days off.
    if !(now - MAX_SHIFT_SECONDS..=now + MAX_SHIFT_SECONDS).contains(&from) {
        return Err(field(ValidationError::NotAllowed));
    }
    Ok(Json(shift::figures(&state.pool, agent_id, from, now).await?))
}

/// The user's own agentID; 403 without one.
fn own_agent(user: &CurrentUser) -> Result<&str, ApiError> {
    let agent_id = user.user.agent_id.as_deref();
    user.authorize(Access::OwnAgent, agent_id)?;
    agent_id.ok_or_else(|| ApiError::forbidden("This agentID isn't yours."))
}

fn valid_ticket_id(path: Result<Path<String>, PathRejection>) -> Result<String, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::bad_request("The ticket's id is not text in UTF-8."))?;
    match check_ticket_id(&id) {
        None => Ok(id),
        Some(problem) => Err(ApiError::invalid(vec![FieldError { field: "ticketID".to_owned(), problem }])),
    }
}

/// Notifies the agent's own streams of a change.
fn publish(app: &App, resource: Resource, agent_id: &str) {
    app.live.publish(Change { resource, access: Access::OwnAgent, agent_id: Some(agent_id.to_owned()) });
}
