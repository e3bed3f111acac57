//! Sobot's failure bodies: four envelopes are in use across its APIs.

use serde_json::{Map, Value};

use crate::answer::Complaint;
use crate::wire::object;

/// Accepts `{ret_code, ret_msg}`, `{retCode, retMsg}` and `{code, msg | message}`.
pub fn read(body: &[u8]) -> Complaint {
    object(body).map(|top| complaint(&top)).unwrap_or_default()
}

/// The same, of an object that is already read. Codes are zero-padded strings: they stay text.
pub(super) fn complaint(top: &Map<String, Value>) -> Complaint {
    let first = |names: &[&str]| {
        names.iter().find_map(|name| match top.get(*name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    Complaint {
        code: first(&["ret_code", "retCode", "code"]),
        message: first(&["ret_msg", "retMsg", "msg", "message"]),
        field: None,
    }
}
