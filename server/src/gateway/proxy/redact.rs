//! Removes what a vendor's response must not bring into a browser: the bearer secrets in one-view's tickets, and the
//! gateway's own credentials.

use bytes::Bytes;
use serde_json::Value;
use trunkline_api::Service;
use trunkline_api::gateway::MASK;
use trunkline_api::oneview::{SECRET_MEMBERS, is_secret_member};

use crate::gateway::error::ApiError;
use crate::gateway::json_text;

/// Returns true if a response is inspected before any of it is passed on: one-view's for its secrets, 99digital's for an
/// expired token. Sobot reports errors with status 200 too, and an error may quote the request.
pub fn must_inspect(vendor: Service, status: u16) -> bool {
    matches!(vendor, Service::Oneview | Service::Digital99 | Service::Sobot) || !(200..300).contains(&status)
}

/// Removes one-view's secrets from a body; other vendors' bodies stay unchanged.
///
/// # Errors
/// If the body can't be parsed and may hold secrets.
pub async fn strip_secrets(vendor: Service, body: Bytes) -> Result<Bytes, ApiError> {
    if vendor != Service::Oneview {
        return Ok(body);
    }
    let stripped = tokio::task::spawn_blocking(move || strip_ticket_secrets(body)).await;
    stripped.ok().flatten().ok_or_else(|| ApiError::unsafe_response(vendor))
}

/// Removes the secret members from tickets.
///
/// Invalid JSON is cut before the first position that could hold a secret: it stays invalid, and the console can show
/// what arrived. `None` if even that would not be safe.
fn strip_ticket_secrets(body: Bytes) -> Option<Bytes> {
    match json_text::strip_members(&body, is_secret_member) {
        Ok(None) => Some(body),
        Ok(Some(rest)) => Some(rest.into()),
        Err(_) => {
            let end = possible_secret(&body).unwrap_or(body.len());
            let safe = body.slice(..end);
            // The remaining text must not be valid JSON, or it would pass for a different response.
            let readable = end < body.len() && serde_json::from_slice::<Value>(&safe).is_ok();
            (!readable).then_some(safe)
        }
    }
}

/// A shorter text is no credential and would occur in any response.
const MIN_LENGTH: usize = 6;

/// The spellings of a text in a response: verbatim, as in JSON (also with escaped slashes), as in a URL.
pub fn spellings(word: &str) -> [String; 4] {
    let json = trunkline_api::decode::to_json(&word).trim_matches('"').to_owned();
    let slashed = json.replace('/', "\\/");
    [word.to_owned(), json, slashed, url::form_urlencoded::byte_serialize(word.as_bytes()).collect()]
}

/// Masks a word in a body; returns the same bytes if it does not occur.
pub fn mask_word(body: Bytes, word: &str) -> Bytes {
    if word.len() < MIN_LENGTH {
        return body;
    }
    let text = String::from_utf8_lossy(&body);
    if text.contains(word) { Bytes::from(text.replace(word, MASK)) } else { body }
}

/// Position of the first secret name, or of an escape that could spell one.
fn possible_secret(body: &[u8]) -> Option<usize> {
    (0..body.len()).find(|at| {
        let rest = body.get(*at..).unwrap_or_default();
        // A zero byte means UTF-16, in which no name would be found.
        rest.starts_with(b"\\u")
            || rest.starts_with(b"\0")
            || SECRET_MEMBERS
                .iter()
                .any(|name| rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(text: &str) -> Option<String> {
        strip_ticket_secrets(Bytes::copy_from_slice(text.as_bytes()))
            .map(|body| String::from_utf8(body.to_vec()).unwrap())
    }

    #[test]
    fn secret_members_are_removed() {
        let text =
            r#"[{"id":"a","metadata":{"agentJwt":"J","roomId":"r","roomSubscriptionToken":"T"},"x":{"AGENTJWT":1}}]"#;
        assert_eq!(redacted(text).unwrap(), r#"[{"id":"a","metadata":{"roomId":"r"},"x":{}}]"#);
        assert_eq!(redacted("[ {\"id\": \"a\"} ]").unwrap(), "[ {\"id\": \"a\"} ]");
        assert_eq!(redacted(r#"[{"m":{"agentJwt":"J"},"m":{}}]"#).unwrap(), r#"[{"m":{},"m":{}}]"#);
        assert_eq!(redacted(r#"[{"\u0061gentJwt":[{}], "b" : 1}]"#).unwrap(), r#"[{"b":1}]"#);
    }

    #[test]
    fn invalid_json_is_cut_before_a_secret() {
        assert_eq!(redacted(r#"[{"id":"a","metadata":{"agentJwt":"J"#).unwrap(), r#"[{"id":"a","metadata":{""#);
        assert_eq!(redacted(r#"[{"id":"a","m":{"\u0061gentJwt":"J"#).unwrap(), r#"[{"id":"a","m":{""#);
        assert_eq!(redacted("[\0\"\0a\0g\0e\0n\0t").unwrap(), "[");
        assert_eq!(redacted(r#"<html>"#).unwrap(), "<html>");
        assert_eq!(redacted(r#"[] agentJwt"#), None);
    }
}
