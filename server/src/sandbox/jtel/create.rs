//! Create an ACD event.

use serde_json::{Map, Value};
use sqlx::SqlitePool;
use trunkline_api::ValidationError;
use trunkline_api::decode::to_json;
use trunkline_api::jtel::{AcdEvent, NewAcdEvent};

use super::directory_kind::{DirectoryKind, GROUP, TYPE, USER};
use super::envelope::{error_response, single_envelope};
use super::event::build_event;
use crate::sandbox::clock;
use crate::sandbox::context::Context;
use crate::vendor_request::VendorResponse;

/// Responds 200 (not 201) with the event, 400 to a missing or wrong parameter, 409 if a referenced record does not
/// exist.
pub async fn handle(context: &Context, body: &[u8]) -> Result<VendorResponse, sqlx::Error> {
    let new = match parse(body) {
        Ok(new) => new,
        Err(error) => return Ok(error_response(400, &error)),
    };
    for (kind, id) in [(TYPE, Some(new.type_id)), (GROUP, Some(new.group_id)), (USER, new.user_id)] {
        if let Some(id) = id
            && !exists(&context.pool, kind, id).await?
        {
            return Ok(error_response(409, &format!("{} {id} does not exist", kind.entity)));
        }
    }
    let event = build_event(&new, &clock::jtel_local(context.clock.now()));
    Ok(single_envelope(&insert(&context.pool, event).await?))
}

fn parse(body: &[u8]) -> Result<NewAcdEvent, String> {
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(body) else {
        return Err("The body is not a JSON object".to_owned());
    };
    fields.retain(|_, value| !value.is_null());
    check_types(&fields)?;
    let new: NewAcdEvent = serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())?;
    match new.validate() {
        Ok(()) => Ok(new),
        Err(problems) => Err(problems.first().map_or_else(String::new, |first| match first.problem {
            ValidationError::Required => format!("Required parameter missing: {}", first.field),
            ValidationError::NotE164 => format!("{} is not a telephone number in E.164 format", first.field),
            _ => format!("{} is not valid", first.field),
        })),
    }
}

/// Checks the parameters' presence and types. The errors tell a missing parameter from one of a wrong type.
fn check_types(fields: &Map<String, Value>) -> Result<(), String> {
    for field in ["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"] {
        if !fields.contains_key(field) {
            return Err(format!("Required parameter missing: {field}"));
        }
    }
    for field in ["AcdEventTypesID", "AcdGroupsID", "UsersID"] {
        if fields.get(field).is_some_and(|value| !value.is_i64()) {
            return Err(format!("{field} is not an integer"));
        }
    }
    for field in ["Sender", "Receiver", "Subject", "Body", "CrmURL", "UserData"] {
        if fields.get(field).is_some_and(|value| !value.is_string()) {
            return Err(format!("{field} is not a string"));
        }
    }
    Ok(())
}

async fn exists(pool: &SqlitePool, kind: DirectoryKind, id: i64) -> Result<bool, sqlx::Error> {
    let sql = "SELECT 1 FROM sandbox_acd_directory WHERE kind = $1 AND id = $2";
    let found: Option<i64> = sqlx::query_scalar(sql).bind(kind.key).bind(id).fetch_optional(pool).await?;
    Ok(found.is_some())
}

/// Assigns the event's ID, stores the event and returns its JSON. Writes the counter first, so that two writers wait
/// for each other instead of reading the same number.
async fn insert(pool: &SqlitePool, mut event: AcdEvent) -> Result<String, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let sql = "UPDATE sandbox_counters SET value = value + 1 WHERE name = 'acd_events' RETURNING value";
    let id: i64 = sqlx::query_scalar(sql).fetch_one(&mut *transaction).await?;
    event.id = Some(id.into());
    let record = to_json(&event);
    sqlx::query("INSERT INTO sandbox_acd_events (id, created, record) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(event.created.as_deref().unwrap_or_default())
        .bind(&record)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(record)
}
