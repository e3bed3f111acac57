//! Comm100's failure bodies: `{code, message}`, and the spellings its other pages and its sign-in use.

use serde_json::Value;

use crate::answer::Complaint;
use crate::wire::{code, object};

/// Accepts `{code,message}`, `{Code,Message}`, `{error:{code,message,target}}` and `{error,error_description}`.
pub fn read(body: &[u8]) -> Complaint {
    let Some(top) = object(body) else { return Complaint::default() };
    let inner = top.get("error").and_then(Value::as_object).unwrap_or(&top);
    let first = |names: &[&str]| names.iter().find_map(|name| code(inner.get(*name)?));
    Complaint {
        code: first(&["code", "Code", "error"]),
        message: first(&["message", "Message", "error_description"]),
        field: first(&["target"]),
    }
}
