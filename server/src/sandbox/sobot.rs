//! Sobot: the customer look-up.

use serde_json::{Value, json};
use sqlx::QueryBuilder;

use super::Sandbox;
use crate::vendor_call::{Call, Reply};

/// Names of the look-up's keys; each but `id` is a `kind` of `sandbox_customer_keys`.
const KEYS: [&str; 4] = ["id", "tel", "email", "thirdAccountId"];

/// Answers the customer that every given key fits; `null`, with 200, if there is none or no key was given.
pub async fn answer(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    let Some(keys) = read(&call.body) else {
        let refusal = json!({"ret_code": "999999", "ret_msg": "the request is not a JSON object of texts"});
        return Ok(Reply::json(400, refusal.to_string()));
    };
    if keys.is_empty() {
        return Ok(Reply::json(200, "null"));
    }
    let mut query = QueryBuilder::new("SELECT record FROM sandbox_customers WHERE TRUE");
    for (kind, value) in keys {
        if kind == "id" {
            query.push(" AND id = ").push_bind(value);
        } else {
            query.push(" AND id IN (SELECT customer_id FROM sandbox_customer_keys WHERE kind = ").push_bind(kind);
            query.push(" AND value = ").push_bind(normal(kind, &value)).push(")");
        }
    }
    query.push(" ORDER BY number LIMIT 1");
    let record: Option<String> = query.build_query_scalar().fetch_optional(&sandbox.pool).await?;
    Ok(Reply::json(200, record.unwrap_or_else(|| "null".to_owned())))
}

/// The keys that are given: not absent, null or blank. None if the body isn't an object, or a key neither text nor
/// number.
fn read(body: &[u8]) -> Option<Vec<(&'static str, String)>> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Some(Vec::new());
    }
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return None };
    let mut keys = Vec::new();
    for kind in KEYS {
        let value = match fields.get(kind) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return None,
        };
        if !value.is_empty() {
            keys.push((kind, value));
        }
    }
    Some(keys)
}

/// A key's value in the form it is stored and compared in: a number's digits, an address in lower case.
pub fn normal(kind: &str, value: &str) -> String {
    match kind {
        "tel" => value.chars().filter(char::is_ascii_digit).collect(),
        "email" => value.to_lowercase(),
        _ => value.to_owned(),
    }
}
