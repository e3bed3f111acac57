//! How a definition's fields are called where two people have changed one.

use serde_json::Value;
use trunkline_api::Endpoint;
use trunkline_api::gateway::{ExternalApiBody, GetExternalApi, MASK};
use trunkline_api::merge::Members;
use trunkline_api::wire::to_json;

use super::words;
use crate::i18n::t;
use crate::parts::meanwhile::Words;

/// The form's words.
pub const WORDS: Words = Words { label, value };

fn label(field: &str) -> Option<String> {
    Some(match field {
        "name" => t::external_apis::name(),
        "description" => t::external_apis::description(),
        "method" => t::external_apis::method(),
        "url" => t::external_apis::url(),
        "format" => t::external_apis::format(),
        "headers" => t::external_apis::headers(),
        "request" => t::external_apis::request(),
        "output" => t::external_apis::output(),
        _ => return None,
    })
}

/// A list is one value: its rows, a line each, without secrets.
fn value(field: &str, value: &Value) -> Option<String> {
    if field == "format" {
        return words::formats()
            .into_iter()
            .find(|choice| Some(choice.value.as_str()) == value.as_str())
            .map(|choice| choice.label);
    }
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = |row: &Value| {
        let is_secret = row.get("secret").and_then(Value::as_bool).unwrap_or_default();
        let of = ["value", "path", "default"].into_iter().map(|name| text(row, name)).find(|text| !text.is_empty());
        let of = if is_secret { Some(MASK.to_owned()) } else { of };
        match of {
            Some(of) => format!("{}: {of}", text(row, "name")),
            None => text(row, "name"),
        }
    };
    Some(value.as_array()?.iter().map(line).collect::<Vec<_>>().join("; "))
}

/// The definition that merged members make.
pub fn of_members(merged: &Members) -> Option<ExternalApiBody> {
    // As the gateway writes definitions: its answers' decoder reads it.
    GetExternalApi::decode(to_json(merged).as_bytes()).ok().map(|api| api.body)
}
