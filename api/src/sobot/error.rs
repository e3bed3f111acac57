//! Sobot's failure bodies: four envelopes are in use across its APIs.

use serde_json::{Map, Value};

use crate::decode::parse_object;
use crate::vendor_error::VendorError;

/// Parses `{ret_code, ret_msg}`, `{retCode, retMsg}` and `{code, msg | message}`.
pub fn parse(body: &[u8]) -> VendorError {
    parse_object(body).map(|top| from_object(&top)).unwrap_or_default()
}

/// The same for a parsed object. Codes are zero-padded strings, so they stay text.
pub(super) fn from_object(top: &Map<String, Value>) -> VendorError {
    let first = |names: &[&str]| {
        names.iter().find_map(|name| match top.get(*name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    VendorError {
        code: first(&["ret_code", "retCode", "code"]),
        message: first(&["ret_msg", "retMsg", "msg", "message"]),
        field: None,
    }
}
