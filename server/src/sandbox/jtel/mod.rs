//! jtel: ACD events, and the types, groups and users that they reference.

mod create;
pub mod directory_kind;
mod envelope;
pub mod event;

use sqlx::SqlitePool;
use trunkline_api::jtel::{
    CreateAcdEvent, GetAcdEvent, GetAcdGroup, GetUser, ListAcdEventTypes, ListAcdEvents, ListAcdGroups, ListUsers,
};
use trunkline_api::{Endpoint, Method};

use super::context::Context;
use super::json_response;
use crate::vendor_request::{VendorRequest, VendorResponse};
use directory_kind::{DirectoryKind, GROUP, TYPE, USER};
use envelope::{error_response, list_envelope, single_envelope};

/// Handles a request of this contract.
pub async fn handle(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let pool = &context.pool;
    let id = call.path_params.first().map(String::as_str).unwrap_or_default();
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListAcdEvents::PATH) => list_events(pool).await,
        (Method::Get, GetAcdEvent::PATH) => get_event(pool, id).await,
        (Method::Post, CreateAcdEvent::PATH) => create::handle(context, &call.body).await,
        (Method::Get, ListAcdEventTypes::PATH) => list_directory(pool, TYPE, "ID").await,
        (Method::Get, ListAcdGroups::PATH) => list_directory(pool, GROUP, "Name").await,
        (Method::Get, GetAcdGroup::PATH) => get_directory(pool, GROUP, id).await,
        (Method::Get, ListUsers::PATH) => list_directory(pool, USER, "UID").await,
        (Method::Get, GetUser::PATH) => get_directory(pool, USER, id).await,
        // The 404 of an unknown endpoint has no body; that of an unknown record has one.
        _ => Ok(VendorResponse::empty(404)),
    }
}

async fn list_events(pool: &SqlitePool) -> Result<VendorResponse, sqlx::Error> {
    let rows = sqlx::query_scalar("SELECT record FROM sandbox_acd_events ORDER BY created, id").fetch(pool);
    let (records, count) = json_response::join_array(rows).await?;
    Ok(list_envelope(&records, count, "dtCreated"))
}

async fn get_event(pool: &SqlitePool, id: &str) -> Result<VendorResponse, sqlx::Error> {
    let Some(id) = parse_id(id) else { return Ok(error_response(400, "AcdEventsID is not a number")) };
    let record: Option<String> =
        sqlx::query_scalar("SELECT record FROM sandbox_acd_events WHERE id = $1").bind(id).fetch_optional(pool).await?;
    Ok(record.map_or_else(|| error_response(404, "AcdEvent not found"), |record| single_envelope(&record)))
}

async fn list_directory(pool: &SqlitePool, kind: DirectoryKind, order_by: &str) -> Result<VendorResponse, sqlx::Error> {
    let order = if order_by == "ID" { "id" } else { "label, id" };
    let sql = format!("SELECT record FROM sandbox_acd_directory WHERE kind = $1 ORDER BY {order}");
    let rows = sqlx::query_scalar(&sql).bind(kind.key).fetch(pool);
    let (records, count) = json_response::join_array(rows).await?;
    Ok(list_envelope(&records, count, order_by))
}

async fn get_directory(pool: &SqlitePool, kind: DirectoryKind, id: &str) -> Result<VendorResponse, sqlx::Error> {
    let Some(id) = parse_id(id) else { return Ok(error_response(400, &format!("{}sID is not a number", kind.entity))) };
    let sql = "SELECT record FROM sandbox_acd_directory WHERE kind = $1 AND id = $2";
    let record: Option<String> = sqlx::query_scalar(sql).bind(kind.key).bind(id).fetch_optional(pool).await?;
    Ok(record
        .map_or_else(|| error_response(404, &format!("{} not found", kind.entity)), |record| single_envelope(&record)))
}

/// Parses an ID. `None` if it is not a number; -1, which no record has, if it is out of range.
fn parse_id(id: &str) -> Option<i64> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| id.parse().unwrap_or(-1))
}
