//! The gateway's refusals: `{error, message, requestId, fields?}` with the header `Trunkline-Error`.

use serde::Serialize;

use crate::answer::Complaint;
use crate::record::record;
use crate::validate::FieldError;

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

record!(Refusal {
    "error" => error,
    "message" => message,
    "requestId" => request_id,
    "fields" => fields,
    "sent" => sent,
});

/// Reads a refusal's words.
pub fn read(body: &[u8]) -> Complaint {
    match serde_json::from_slice::<Refusal>(body) {
        Ok(refusal) if !refusal.error.is_empty() => {
            Complaint { code: Some(refusal.error), message: Some(refusal.message), field: None }
        }
        _ => Complaint::default(),
    }
}

/// Whether a refused write had gone out.
pub fn was_sent(body: &[u8]) -> bool {
    serde_json::from_slice::<Refusal>(body).is_ok_and(|refusal| refusal.sent)
}

/// Reads a refusal's problems by field.
pub fn fields(body: &[u8]) -> Vec<FieldError> {
    serde_json::from_slice::<Refusal>(body).map(|refusal| refusal.fields).unwrap_or_default()
}
