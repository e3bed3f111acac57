//! What a vendor's answer must not bring into a browser: the bearer secrets in one-view's tickets, and the gateway's own
//! credentials.

use bytes::Bytes;
use serde_json::Value;
use trunkline_api::gateway::MASK;

use crate::gateway::json_text;

/// Members that never leave the gateway, at any depth.
const SECRETS: [&str; 2] = ["agentJwt", "roomSubscriptionToken"];

/// The body without the secrets.
///
/// JSON that can't be read is cut before the first place that could hold one: it stays as unreadable as it was, and the
/// console can show what came. None where even that would not be safe.
pub fn tickets(body: Bytes) -> Option<Bytes> {
    match json_text::without(&body, |name| SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(name))) {
        Ok(None) => Some(body),
        Ok(Some(rest)) => Some(rest.into()),
        Err(_) => {
            let end = suspicious(&body).unwrap_or(body.len());
            let safe = body.slice(..end);
            // What is left must not read as another answer than the one that came.
            let readable = end < body.len() && serde_json::from_slice::<Value>(&safe).is_ok();
            (!readable).then_some(safe)
        }
    }
}

/// A shorter word than this is no credential, and would be found in any text.
const WORD: usize = 6;

/// How an answer may write a word: as it is, as JSON does (some escape the slash), as a URL does.
pub fn spellings(word: &str) -> [String; 4] {
    let json = trunkline_api::wire::to_json(&word).trim_matches('"').to_owned();
    let slashed = json.replace('/', "\\/");
    [word.to_owned(), json, slashed, url::form_urlencoded::byte_serialize(word.as_bytes()).collect()]
}

/// The body with a word masked; the same bytes if it isn't there.
pub fn word(body: Bytes, word: &str) -> Bytes {
    if word.len() < WORD {
        return body;
    }
    let text = String::from_utf8_lossy(&body);
    if text.contains(word) { Bytes::from(text.replace(word, MASK)) } else { body }
}

/// Where a secret's name begins, or an escape that could spell one.
fn suspicious(body: &[u8]) -> Option<usize> {
    (0..body.len()).find(|at| {
        let rest = body.get(*at..).unwrap_or_default();
        // A zero byte: text of two bytes a character, in which no name would be found.
        rest.starts_with(b"\\u")
            || rest.starts_with(b"\0")
            || SECRETS
                .iter()
                .any(|name| rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(text: &str) -> Option<String> {
        tickets(Bytes::copy_from_slice(text.as_bytes())).map(|body| String::from_utf8(body.to_vec()).unwrap())
    }

    #[test]
    fn secrets_go_and_the_rest_stays() {
        let text =
            r#"[{"id":"a","metadata":{"agentJwt":"J","roomId":"r","roomSubscriptionToken":"T"},"x":{"AGENTJWT":1}}]"#;
        assert_eq!(redacted(text).unwrap(), r#"[{"id":"a","metadata":{"roomId":"r"},"x":{}}]"#);
        assert_eq!(redacted("[ {\"id\": \"a\"} ]").unwrap(), "[ {\"id\": \"a\"} ]");
        assert_eq!(redacted(r#"[{"m":{"agentJwt":"J"},"m":{}}]"#).unwrap(), r#"[{"m":{},"m":{}}]"#);
        assert_eq!(redacted(r#"[{"\u0061gentJwt":[{}], "b" : 1}]"#).unwrap(), r#"[{"b":1}]"#);
    }

    #[test]
    fn broken_json_is_cut_before_a_secret() {
        assert_eq!(redacted(r#"[{"id":"a","metadata":{"agentJwt":"J"#).unwrap(), r#"[{"id":"a","metadata":{""#);
        assert_eq!(redacted(r#"[{"id":"a","m":{"\u0061gentJwt":"J"#).unwrap(), r#"[{"id":"a","m":{""#);
        assert_eq!(redacted("[\0\"\0a\0g\0e\0n\0t").unwrap(), "[");
        assert_eq!(redacted(r#"<html>"#).unwrap(), "<html>");
        assert_eq!(redacted(r#"[] agentJwt"#), None);
    }
}
