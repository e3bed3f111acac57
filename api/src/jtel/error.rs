//! jtel's failure bodies: `{status, error}` "if the server can", else empty.
//!
//! A 404 with an empty body means that the endpoint does not exist (a wrong URL in the configuration); one with a body
//! means that the record does not exist.

use serde_json::Value;

use crate::decode::{code_text, parse_object};
use crate::vendor_error::VendorError;

/// The code for a 404 without a body: the endpoint itself does not exist.
pub const NO_SUCH_ENDPOINT: &str = "no-such-endpoint";

/// Parses `{status:int, error:string}` or an empty body. An empty body means a missing endpoint only with a 404;
/// [`crate::response::parse_response`] drops the code for other statuses.
pub fn parse(body: &[u8]) -> VendorError {
    if body.iter().all(u8::is_ascii_whitespace) {
        return VendorError { code: Some(NO_SUCH_ENDPOINT.to_owned()), ..VendorError::default() };
    }
    let Some(top) = parse_object(body) else { return VendorError::default() };
    VendorError {
        code: top.get("status").and_then(code_text),
        message: top.get("error").and_then(Value::as_str).map(str::to_owned),
        field: None,
    }
}
