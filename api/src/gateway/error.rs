//! The gateway's error bodies: `{error, message, requestId, fields?}` with the header `Trunkline-Error`.

use serde::Serialize;
use serde_json::Value;

use crate::decode::parse_object;
use crate::endpoint::Service;
use crate::validate::FieldError;
use crate::vendor_error::VendorError;

/// The body of an error response. Its code is also in the header `Trunkline-Error`, which vendor responses never have.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBody {
    /// `signed-out`, `forbidden`, `csrf`, `budget`, `unreachable`, `timeout`, `not-allowed`, `not-found`, `invalid`,
    /// `conflict`, `fault`.
    pub error: String,
    /// A message for developers.
    pub message: String,
    /// The request's id in the gateway's log.
    pub request_id: String,
    /// For `invalid`: the validation errors by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// For `unreachable`: the connection broke after a write was sent, so the write may have been done.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent: bool,
    /// For `budget`: the vendor that set the limit. `None` for the gateway's own limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<&'static str>,
}

/// Parses an error body's code and message.
pub fn parse(body: &[u8]) -> VendorError {
    let refusal = parse_object(body).unwrap_or_default();
    let text = |name: &str| refusal.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match text("error") {
        code if code.is_empty() => VendorError::default(),
        code => VendorError { code: Some(code), message: Some(text("message")), field: None },
    }
}

/// The service whose rate limit refused the call: a vendor or the gateway.
pub fn limited_by(body: &[u8]) -> Service {
    let refusal = parse_object(body).unwrap_or_default();
    refusal.get("vendor").and_then(Value::as_str).and_then(Service::from_key).unwrap_or(Service::Gateway)
}

/// True if a write was sent before the connection broke.
pub fn was_sent(body: &[u8]) -> bool {
    parse_object(body).unwrap_or_default().get("sent").and_then(Value::as_bool).unwrap_or_default()
}

/// Parses an error body's validation errors.
pub fn field_errors(body: &[u8]) -> Vec<FieldError> {
    let refusal = parse_object(body).unwrap_or_default();
    let fields = refusal.get("fields").and_then(Value::as_array);
    fields.into_iter().flatten().filter_map(FieldError::parse).collect()
}
