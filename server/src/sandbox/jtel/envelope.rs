//! The vendor's envelopes around records, and its error response.

use serde_json::json;

use crate::vendor_request::VendorResponse;

/// An error response: `{status, error}`.
pub fn error_response(status: u16, error: &str) -> VendorResponse {
    VendorResponse::json(status, json!({"status": status, "error": error}).to_string())
}

/// The short envelope around one record.
pub fn single_envelope(record: &str) -> VendorResponse {
    VendorResponse::json(200, format!(r#"{{"records":[{record}],"count":1,"status":200}}"#))
}

/// The long envelope around all records. The document reserves filter and limits for later use.
pub fn list_envelope(records: &str, count: usize, order_by: &str) -> VendorResponse {
    VendorResponse::json(
        200,
        format!(
            r#"{{"filter":"","limitStart":0,"limitPageSize":-1,"records":{records},"count":{count},"orderBy":"{order_by}","ascending":true,"status":200}}"#
        ),
    )
}
