//! one-view's failure bodies: `{errorCode, errorMessage}`.

use serde_json::Value;

use crate::answer::Complaint;
use crate::wire::{code, object};

/// Accepts `{errorCode:int64, errorMessage:string}`; a code in quotes too.
pub fn read(body: &[u8]) -> Complaint {
    let Some(top) = object(body) else { return Complaint::default() };
    Complaint {
        code: top.get("errorCode").and_then(code),
        message: top.get("errorMessage").and_then(Value::as_str).map(str::to_owned),
        field: None,
    }
}
