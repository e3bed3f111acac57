//! jtel's failure bodies: `{status, error}` "if the server can", else nothing.
//!
//! An empty 404 means that the endpoint doesn't exist (a wrong address in the configuration); one with a body means
//! that the record doesn't.

use serde_json::Value;

use crate::answer::Complaint;
use crate::wire::{code, object};

/// The code for a 404 without a body: the endpoint itself is missing.
pub const NO_SUCH_ENDPOINT: &str = "no-such-endpoint";

/// Accepts `{status:int, error:string}` and an empty body. That an empty body means a missing endpoint holds for a 404
/// alone: [`crate::answer::read`] drops the code from any other.
pub fn read(body: &[u8]) -> Complaint {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Complaint { code: Some(NO_SUCH_ENDPOINT.to_owned()), ..Complaint::default() };
    }
    let Some(top) = object(body) else { return Complaint::default() };
    Complaint {
        code: top.get("status").and_then(code),
        message: top.get("error").and_then(Value::as_str).map(str::to_owned),
        field: None,
    }
}
