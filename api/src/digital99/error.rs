//! 99digital's failure bodies: `{status:"FAIL", reason:int}`, with any HTTP status.

use serde_json::Value;

use crate::answer::Complaint;
use crate::wire::{code, object};

/// Accepts `{reason}` beside whatever else; the vendor sends no words.
pub fn read(body: &[u8]) -> Complaint {
    let Some(top) = object(body) else { return Complaint::default() };
    let code = top.get("reason").and_then(code);
    let message = top.get("message").and_then(Value::as_str).map(str::to_owned);
    Complaint { code, message, field: None }
}

/// What a reason code means where a document says so. The update's own table is not published in full; these are the
/// codes its sibling endpoints share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// 2: wrong credentials.
    WrongCredentials,
    /// 3: the access token is missing or over.
    TokenExpired,
    /// 13: must be sent as POST.
    MustUsePost,
    /// 29 and 33: the account ID is invalid.
    AccountInvalid,
    /// 32: the account is suspended.
    Suspended,
    /// 34: the server is invalid.
    ServerInvalid,
}

/// The meaning of a reason code of the account endpoints; none if no document gives one.
pub fn reason(code: &str) -> Option<Reason> {
    match code {
        "2" => Some(Reason::WrongCredentials),
        "3" => Some(Reason::TokenExpired),
        "13" => Some(Reason::MustUsePost),
        "29" | "33" => Some(Reason::AccountInvalid),
        "32" => Some(Reason::Suspended),
        "34" => Some(Reason::ServerInvalid),
        _ => None,
    }
}
