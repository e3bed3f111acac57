//! 99digital's failure bodies: `{status:"FAIL", reason:int}`, with any HTTP status.

use serde_json::Value;

use crate::decode::{code_text, parse_object};
use crate::vendor_error::VendorError;

/// Parses `{reason}` and an optional `message`. The vendor usually sends no message.
pub fn parse(body: &[u8]) -> VendorError {
    let Some(top) = parse_object(body) else { return VendorError::default() };
    let code = top.get("reason").and_then(code_text);
    let message = top.get("message").and_then(Value::as_str).map(str::to_owned);
    VendorError { code, message, field: None }
}

/// The documented meanings of reason codes. The update's own table is not published in full; these are the codes that
/// its sibling endpoints share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// 2: wrong credentials.
    WrongCredentials,
    /// 3: the access token is missing or expired.
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

/// The meaning of a reason code of the account endpoints. `None` if no document gives one.
pub fn reason_for_code(code: &str) -> Option<Reason> {
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
