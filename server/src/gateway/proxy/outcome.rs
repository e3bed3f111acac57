//! Whether a vendor did what it was asked: its contract's own mapper says so, as in the console. 99digital and Sobot refuse
//! with status 200.

use bytes::Bytes;
use trunkline_api::registry::Entry;
use trunkline_api::{Answer, ErrorKind};

/// How a call ended: the status, and the body if it is short; or the gateway's word where there was no answer.
pub type Ended<'a> = Result<(u16, Option<Bytes>), &'a str>;

/// The word for a successful answer that is not what the contract says: nobody knows what came of the call.
const UNDECODABLE: &str = trunkline_api::gateway::UNDECODABLE;
/// The most characters of a vendor's code that are shown.
const CODE: usize = 40;

/// What a successful status hides.
#[derive(Clone, Debug, PartialEq)]
pub enum Complaint {
    /// The vendor refused, with its code, if it gave one.
    Refused(Option<String>),
    /// The answer is not what the contract says.
    Undecodable,
}

impl Complaint {
    /// The vendor's code, for the audit; empty if it gave none.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(code) => code.clone().unwrap_or_default(),
            Self::Undecodable => UNDECODABLE.to_owned(),
        }
    }

    /// In a word or two, for the health page.
    pub fn words(&self) -> String {
        match self {
            Self::Refused(Some(code)) => format!("refused {code}"),
            Self::Refused(None) => "refused".to_owned(),
            Self::Undecodable => UNDECODABLE.to_owned(),
        }
    }
}

/// What is wrong with an answer whose status is a success; `None` if nothing is, or if the status says it already.
pub fn complaint(entry: &Entry, status: u16, body: &[u8]) -> Option<Complaint> {
    if !(200..300).contains(&status) {
        return None;
    }
    let error = (entry.read)(&Answer { status, body, ..Answer::default() }).err()?;
    Some(match error.kind {
        ErrorKind::Refused => Complaint::Refused(error.code.as_deref().and_then(shown)),
        _ => Complaint::Undecodable,
    })
}

/// A code as far as it is one, and not a text.
fn shown(code: &str) -> Option<String> {
    let fits = |character: &char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let code: String = code.chars().filter(fits).take(CODE).collect();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use trunkline_api::{Vendor, registry};

    use super::*;

    fn of(vendor: Vendor, method: &str, path: &str, body: &str) -> Option<Complaint> {
        let (entry, _) = registry::find(vendor, method, path).unwrap();
        complaint(entry, 200, body.as_bytes())
    }

    #[test]
    fn a_refusal_in_a_success_is_one() {
        let refused = |code: &str| Some(Complaint::Refused(Some(code.to_owned())));
        let update = |body| of(Vendor::Digital99, "POST", "/online/updateAccount", body);
        assert_eq!(update(r#"{"status":"FAIL","reason":29}"#), refused("29"));
        assert_eq!(update(r#"{"status":"OK","reason":1,"account_id":8,"status":1}"#), None);
        assert_eq!(update("<html>"), Some(Complaint::Undecodable));
        let query = |body| of(Vendor::Sobot, "POST", "/customer/query", body);
        assert_eq!(query(r#"{"ret_code":"900002","ret_msg":"token expired"}"#), refused("900002"));
        assert_eq!(query(r#"{"ret_code":"<900 002>"}"#), refused("900002"));
        assert_eq!(query("null"), None);
        let create = |body| of(Vendor::Jtel, "POST", "/acd/events/create", body);
        assert_eq!(create(r#"{"status":409,"error":"Parameter Sender is missing"}"#), refused("409"));
    }

    #[test]
    fn another_status_speaks_for_itself() {
        let (entry, _) = registry::find(Vendor::Jtel, "GET", "/acd/events").unwrap();
        assert_eq!(complaint(entry, 500, b"<html>"), None);
    }
}
