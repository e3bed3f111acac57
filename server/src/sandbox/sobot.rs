//! Sobot: the customer look-up.

use serde_json::{Value, json};
use sqlx::QueryBuilder;

use super::context::Context;
use crate::vendor_request::{VendorRequest, VendorResponse};

/// Keys of the look-up; each but `id` is a `kind` in `sandbox_customer_keys`.
const KEYS: [&str; 4] = ["id", "tel", "email", "thirdAccountId"];

/// Responds with the customer that matches every provided key; with 200 and `null` if there is none or no key was
/// provided.
pub async fn handle(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let Some(keys) = parse_keys(&call.body) else {
        let refusal = json!({"ret_code": "999999", "ret_msg": "the request is not a JSON object of texts"});
        return Ok(VendorResponse::json(400, refusal.to_string()));
    };
    if keys.is_empty() {
        return Ok(VendorResponse::json(200, "null"));
    }
    let mut query = QueryBuilder::new("SELECT record FROM sandbox_customers WHERE TRUE");
    for (kind, value) in keys {
        if kind == "id" {
            query.push(" AND id = ").push_bind(value);
        } else {
            query.push(" AND id IN (SELECT customer_id FROM sandbox_customer_keys WHERE kind = ").push_bind(kind);
            query.push(" AND value = ").push_bind(normalise_key(kind, &value)).push(")");
        }
    }
    query.push(" ORDER BY number LIMIT 1");
    let record: Option<String> = query.build_query_scalar().fetch_optional(&context.pool).await?;
    Ok(VendorResponse::json(200, record.unwrap_or_else(|| "null".to_owned())))
}

/// Parses the provided keys, without those that are null or blank. `None` if the body is not an object, or a key is
/// neither a string nor a number.
fn parse_keys(body: &[u8]) -> Option<Vec<(&'static str, String)>> {
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

/// Normalises a key's value for storage and comparison: a telephone number's digits, an e-mail address in lower case.
pub fn normalise_key(kind: &str, value: &str) -> String {
    match kind {
        "tel" => value.chars().filter(char::is_ascii_digit).collect(),
        "email" => value.to_lowercase(),
        _ => value.to_owned(),
    }
}
