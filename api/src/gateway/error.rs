//! The gateway's refusals: `{error, message, requestId, fields?}` with the header `Trunkline-Error`.

use serde::Serialize;
use serde_json::Value;

use crate::answer::Complaint;
use crate::validate::FieldError;
use crate::wire::object;

/// The body of a refusal. Its word stands in the header `Trunkline-Error` too, which no vendor's answer ever has.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// `signed-out`, `forbidden`, `csrf`, `budget`, `unreachable`, `timeout`, `not-allowed`, `not-found`, `invalid`,
    /// `fault`.
    pub error: String,
    /// In words.
    pub message: String,
    /// The request's id in the gateway's log.
    pub request_id: String,
    /// For `invalid`: the problems by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// For `unreachable`: a write had gone out when the connection broke. It may have been done.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent: bool,
}

/// Reads a refusal's words.
pub fn read(body: &[u8]) -> Complaint {
    let refusal = object(body).unwrap_or_default();
    let text = |name: &str| refusal.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match text("error") {
        code if code.is_empty() => Complaint::default(),
        code => Complaint { code: Some(code), message: Some(text("message")), field: None },
    }
}

/// Whether a refused write had gone out.
pub fn was_sent(body: &[u8]) -> bool {
    object(body).unwrap_or_default().get("sent").and_then(Value::as_bool).unwrap_or_default()
}

/// Reads a refusal's problems by field.
pub fn fields(body: &[u8]) -> Vec<FieldError> {
    let refusal = object(body).unwrap_or_default();
    let fields = refusal.get("fields").and_then(Value::as_array);
    fields.into_iter().flatten().filter_map(FieldError::read).collect()
}
