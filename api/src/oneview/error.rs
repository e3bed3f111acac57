//! one-view's failure bodies: `{errorCode, errorMessage}`.

use serde_json::Value;

use crate::decode::{code_text, parse_object};
use crate::vendor_error::VendorError;

/// Parses `{errorCode:int64, errorMessage:string}`. The code may also be a string.
pub fn parse(body: &[u8]) -> VendorError {
    let Some(top) = parse_object(body) else { return VendorError::default() };
    VendorError {
        code: top.get("errorCode").and_then(code_text),
        message: top.get("errorMessage").and_then(Value::as_str).map(str::to_owned),
        field: None,
    }
}
