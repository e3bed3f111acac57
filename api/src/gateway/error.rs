//! The gateway's refusals: `{error, message, requestId, fields?}` with the header `Trunkline-Error`.

use serde::Serialize;
use serde_json::Value;

use crate::answer::Complaint;
use crate::endpoint::Vendor;
use crate::validate::FieldError;
use crate::wire::object;

/// The body of a refusal. Its word stands in the header `Trunkline-Error` too, which no vendor's answer ever has.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// `signed-out`, `forbidden`, `csrf`, `budget`, `unreachable`, `timeout`, `not-allowed`, `not-found`, `invalid`,
    /// `conflict`, `fault`.
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
    /// For `budget`: the vendor whose limit it is; none where it is the gateway's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<&'static str>,
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

/// Whose limit it is that refused the call: a vendor's, or the gateway's own.
pub fn limited_by(body: &[u8]) -> Vendor {
    let refusal = object(body).unwrap_or_default();
    refusal.get("vendor").and_then(Value::as_str).and_then(Vendor::from_key).unwrap_or(Vendor::Gateway)
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
