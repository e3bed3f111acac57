//! Detects errors in successful responses with the contract's own mapper, as the console does. 99digital and Sobot
//! report errors with status 200.

use trunkline_api::registry::EndpointEntry;
use trunkline_api::{ErrorKind, HttpResponse};

/// Error code of a successful response that does not match the contract: the call's effect is unknown.
const UNDECODABLE: &str = trunkline_api::gateway::UNDECODABLE;
/// Maximum characters of a vendor's error code that are shown.
const MAX_CODE: usize = 40;

/// An error hidden behind a success status.
#[derive(Clone, Debug, PartialEq)]
pub enum HiddenError {
    /// The vendor refused, with its error code if there is one.
    Refused(Option<String>),
    /// The response does not match the contract.
    Undecodable,
}

impl HiddenError {
    /// The vendor's error code for the activity; empty if it gave none.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(code) => code.clone().unwrap_or_default(),
            Self::Undecodable => UNDECODABLE.to_owned(),
        }
    }

    /// A short description for the health page.
    pub fn describe(&self) -> String {
        match self {
            Self::Refused(Some(code)) => format!("refused {code}"),
            Self::Refused(None) => "refused".to_owned(),
            Self::Undecodable => UNDECODABLE.to_owned(),
        }
    }
}

/// The error hidden in a response with a success status; `None` if there is none or the status is an error itself.
pub fn detect(entry: &EndpointEntry, status: u16, body: &[u8]) -> Option<HiddenError> {
    if !(200..300).contains(&status) {
        return None;
    }
    let error = (entry.check_response)(&HttpResponse { status, body, ..HttpResponse::default() }).err()?;
    Some(match error.kind {
        ErrorKind::Refused => HiddenError::Refused(error.code.as_deref().and_then(sanitize_code)),
        _ => HiddenError::Undecodable,
    })
}

/// The vendor's code in a response with an error status; `None` if it has none.
pub fn vendor_code(entry: &EndpointEntry, status: u16, body: &[u8]) -> Option<String> {
    if status < 400 {
        return None;
    }
    let error = (entry.check_response)(&HttpResponse { status, body, ..HttpResponse::default() }).err()?;
    // A code that repeats the status says nothing; Comm100 adds three digits.
    let repeats = |code: &str| code == status.to_string() || code == format!("{status}000");
    error.code.as_deref().and_then(sanitize_code).filter(|code| !repeats(code))
}

/// Reduces an error code to its allowed characters; `None` if there are none.
fn sanitize_code(code: &str) -> Option<String> {
    let fits = |character: &char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let code: String = code.chars().filter(fits).take(MAX_CODE).collect();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use trunkline_api::{Service, registry};

    use super::*;

    fn of(vendor: Service, method: &str, path: &str, body: &str) -> Option<HiddenError> {
        let (entry, _) = registry::find(vendor, method, path).unwrap();
        detect(entry, 200, body.as_bytes())
    }

    #[test]
    fn error_in_successful_response_is_detected() {
        let refused = |code: &str| Some(HiddenError::Refused(Some(code.to_owned())));
        let update = |body| of(Service::Digital99, "POST", "/online/updateAccount", body);
        assert_eq!(update(r#"{"status":"FAIL","reason":29}"#), refused("29"));
        assert_eq!(update(r#"{"status":"OK","reason":1,"account_id":8,"status":1}"#), None);
        assert_eq!(update("<html>"), Some(HiddenError::Undecodable));
        let query = |body| of(Service::Sobot, "POST", "/customer/query", body);
        assert_eq!(query(r#"{"ret_code":"900002","ret_msg":"token expired"}"#), refused("900002"));
        assert_eq!(query(r#"{"ret_code":"<900 002>"}"#), refused("900002"));
        assert_eq!(query("null"), None);
        let create = |body| of(Service::Jtel, "POST", "/acd/events/create", body);
        assert_eq!(create(r#"{"status":409,"error":"Parameter Sender is missing"}"#), refused("409"));
    }

    #[test]
    fn vendors_code_is_kept_unless_it_repeats_the_status() {
        let (entry, _) = registry::find(Service::Comm100, "DELETE", "/ticketing/channelAccounts/1").unwrap();
        let code = |status, body: &str| vendor_code(entry, status, body.as_bytes());
        assert_eq!(code(404, r#"{"code":404000,"message":"x"}"#), None);
        assert_eq!(code(400, r#"{"code":400123,"message":"x"}"#).as_deref(), Some("400123"));
        assert_eq!(code(204, ""), None);
        assert_eq!(code(502, "<html>"), None);
    }

    #[test]
    fn error_status_is_not_inspected() {
        let (entry, _) = registry::find(Service::Jtel, "GET", "/acd/events").unwrap();
        assert_eq!(detect(entry, 500, b"<html>"), None);
    }
}
