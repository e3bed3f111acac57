//! jtel: ACD events, and the types, groups and users they name.

mod create;

pub use create::event;

use serde_json::json;
use sqlx::SqlitePool;
use trunkline_api::jtel::{
    CreateAcdEvent, GetAcdEvent, GetAcdGroup, GetUser, ListAcdEventTypes, ListAcdEvents, ListAcdGroups, ListUsers,
};
use trunkline_api::{Endpoint, Method};

use super::Sandbox;
use super::records;
use crate::vendor_call::{Call, Reply};

/// Answers a call of this contract.
pub async fn answer(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    let pool = &sandbox.pool;
    let id = call.values.first().map(String::as_str).unwrap_or_default();
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListAcdEvents::PATH) => list_events(pool).await,
        (Method::Get, GetAcdEvent::PATH) => get_event(pool, id).await,
        (Method::Post, CreateAcdEvent::PATH) => create::answer(sandbox, &call.body).await,
        (Method::Get, ListAcdEventTypes::PATH) => list_directory(pool, TYPE, "ID").await,
        (Method::Get, ListAcdGroups::PATH) => list_directory(pool, GROUP, "Name").await,
        (Method::Get, GetAcdGroup::PATH) => get_directory(pool, GROUP, id).await,
        (Method::Get, ListUsers::PATH) => list_directory(pool, USER, "UID").await,
        (Method::Get, GetUser::PATH) => get_directory(pool, USER, id).await,
        // An endpoint that doesn't exist has no body; a record that doesn't has one.
        _ => Ok(Reply::empty(404)),
    }
}

/// A kind of the directory, and its name in an error.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The `kind` column.
    pub key: &'static str,
    /// As the vendor calls one.
    pub entity: &'static str,
}

/// Event types.
pub const TYPE: Kind = Kind { key: "type", entity: "AcdEventType" };
/// ACD groups.
pub const GROUP: Kind = Kind { key: "group", entity: "AcdGroup" };
/// Users.
pub const USER: Kind = Kind { key: "user", entity: "User" };

/// A failure body: `{status, error}`.
fn refuse(status: u16, error: &str) -> Reply {
    Reply::json(status, json!({"status": status, "error": error}).to_string())
}

/// The short envelope around one record.
fn one(record: &str) -> Reply {
    Reply::json(200, format!(r#"{{"records":[{record}],"count":1,"status":200}}"#))
}

/// The long envelope around all records. Filter and limits are reserved, says the document.
fn all(records: &str, count: usize, order_by: &str) -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"filter":"","limitStart":0,"limitPageSize":-1,"records":{records},"count":{count},"orderBy":"{order_by}","ascending":true,"status":200}}"#
        ),
    )
}

async fn list_events(pool: &SqlitePool) -> Result<Reply, sqlx::Error> {
    let rows = sqlx::query_scalar("SELECT record FROM sandbox_acd_events ORDER BY created, id").fetch(pool);
    let (records, count) = records::array(rows).await?;
    Ok(all(&records, count, "dtCreated"))
}

async fn get_event(pool: &SqlitePool, id: &str) -> Result<Reply, sqlx::Error> {
    let Some(id) = number(id) else { return Ok(refuse(400, "AcdEventsID is not a number")) };
    let record: Option<String> =
        sqlx::query_scalar("SELECT record FROM sandbox_acd_events WHERE id = $1").bind(id).fetch_optional(pool).await?;
    Ok(record.map_or_else(|| refuse(404, "AcdEvent not found"), |record| one(&record)))
}

async fn list_directory(pool: &SqlitePool, kind: Kind, order_by: &str) -> Result<Reply, sqlx::Error> {
    let order = if order_by == "ID" { "id" } else { "label, id" };
    let sql = format!("SELECT record FROM sandbox_acd_directory WHERE kind = $1 ORDER BY {order}");
    let rows = sqlx::query_scalar(&sql).bind(kind.key).fetch(pool);
    let (records, count) = records::array(rows).await?;
    Ok(all(&records, count, order_by))
}

async fn get_directory(pool: &SqlitePool, kind: Kind, id: &str) -> Result<Reply, sqlx::Error> {
    let Some(id) = number(id) else { return Ok(refuse(400, &format!("{}sID is not a number", kind.entity))) };
    let sql = "SELECT record FROM sandbox_acd_directory WHERE kind = $1 AND id = $2";
    let record: Option<String> = sqlx::query_scalar(sql).bind(kind.key).bind(id).fetch_optional(pool).await?;
    Ok(record.map_or_else(|| refuse(404, &format!("{} not found", kind.entity)), |record| one(&record)))
}

/// An id; one that is too long to be any record's is -1.
fn number(id: &str) -> Option<i64> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| id.parse().unwrap_or(-1))
}
