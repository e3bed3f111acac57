//! Create an ACD event.

use serde_json::{Map, Value};
use sqlx::SqlitePool;
use trunkline_api::Problem;
use trunkline_api::jtel::{AcdEvent, CALLBACK, NewAcdEvent, TICKET, event_data_xml};
use trunkline_api::wire::to_json;

use super::{GROUP, Kind, TYPE, USER, one, refuse};
use crate::sandbox::{Sandbox, clock};
use crate::vendor_call::Reply;

/// Answers 200 with the event (not 201), 400 for a missing or wrong parameter, 409 where what it names isn't there.
pub async fn answer(sandbox: &Sandbox, body: &[u8]) -> Result<Reply, sqlx::Error> {
    let new = match read(body) {
        Ok(new) => new,
        Err(error) => return Ok(refuse(400, &error)),
    };
    for (kind, id) in [(TYPE, Some(new.type_id)), (GROUP, Some(new.group_id)), (USER, new.user_id)] {
        if let Some(id) = id
            && !exists(&sandbox.pool, kind, id).await?
        {
            return Ok(refuse(409, &format!("{} {id} does not exist", kind.entity)));
        }
    }
    let event = event(&new, &clock::jtel_local(sandbox.clock.now()));
    Ok(one(&insert(&sandbox.pool, event).await?))
}

fn read(body: &[u8]) -> Result<NewAcdEvent, String> {
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(body) else {
        return Err("The body is not a JSON object".to_owned());
    };
    fields.retain(|_, value| !value.is_null());
    types(&fields)?;
    let new: NewAcdEvent = serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())?;
    match new.validate() {
        Ok(()) => Ok(new),
        Err(problems) => Err(problems.first().map_or_else(String::new, |first| match first.problem {
            Problem::Required => format!("Required parameter missing: {}", first.field),
            Problem::NotE164 => format!("{} is not a telephone number in E.164 format", first.field),
            _ => format!("{} is not valid", first.field),
        })),
    }
}

/// Tells a missing parameter from one of a wrong type.
fn types(fields: &Map<String, Value>) -> Result<(), String> {
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

async fn exists(pool: &SqlitePool, kind: Kind, id: i64) -> Result<bool, sqlx::Error> {
    let sql = "SELECT 1 FROM sandbox_acd_directory WHERE kind = $1 AND id = $2";
    let found: Option<i64> = sqlx::query_scalar(sql).bind(kind.key).bind(id).fetch_optional(pool).await?;
    Ok(found.is_some())
}

/// The event as the vendor would make it, still without an ID.
pub fn event(new: &NewAcdEvent, now: &str) -> AcdEvent {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    // The Body is text and only a callback has one; the element it goes into holds HTML.
    let html = new.body.as_deref().filter(|_| new.type_id == CALLBACK).map(html).unwrap_or_default();
    let scalar = |value: &Option<String>| value.as_deref().map(Into::into);
    AcdEvent {
        type_id: Some(new.type_id.into()),
        status_id: Some(1.into()),
        group_id: Some(new.group_id.into()),
        user_id: new.user_id.map(Into::into),
        sender: Some(new.sender.as_str().into()),
        receiver: scalar(&new.receiver),
        subject: Some(new.subject.clone()),
        user_data: scalar(&new.user_data),
        crm_url: new.crm_url.clone(),
        event_data: Some(event_data_xml(&text(&new.crm_url), &text(&new.user_data), &html)),
        foreign_system_number: scalar(&new.user_data).filter(|_| new.type_id == TICKET),
        close_by_foreign_system: Some(false),
        last_agent_time: Some(0),
        created: Some(now.to_owned()),
        modified: Some(now.to_owned()),
        last_modified: Some(now.to_owned()),
        ..AcdEvent::default()
    }
}

/// Text as HTML, its line breaks as `<br>`.
fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace("\r\n", "\n").replace(['\r', '\n'], "<br>")
}

/// Numbers and stores the event; gives its JSON. The counter is written first, so that two writers wait for one
/// another instead of both reading the same number.
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
