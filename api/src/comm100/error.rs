//! Comm100's failure bodies: `{code, message}`, and the variants of its other documents and its sign-in.

use serde_json::Value;

use crate::decode::{code_text, parse_object};
use crate::vendor_error::VendorError;

/// Parses `{code,message}`, `{Code,Message}`, `{error:{code,message,target}}` and `{error,error_description}`.
pub fn parse(body: &[u8]) -> VendorError {
    let Some(top) = parse_object(body) else { return VendorError::default() };
    let inner = top.get("error").and_then(Value::as_object).unwrap_or(&top);
    let first = |names: &[&str]| names.iter().find_map(|name| code_text(inner.get(*name)?));
    VendorError {
        code: first(&["code", "Code", "error"]),
        message: first(&["message", "Message", "error_description"]),
        field: first(&["target"]),
    }
}
