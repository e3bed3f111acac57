//! Definitions of external APIs: what a draft may store, and how merged definitions are shown and decoded.

use serde_json::Value;
use trunkline_api::Endpoint;
use trunkline_api::decode::to_json;
use trunkline_api::gateway::{ExternalApiBody, GetExternalApi, HeaderParam, MASK, RequestParam};

use crate::merge::Members;

/// Substrings of header names that suggest a secret value.
const SECRET_NAME_PARTS: [&str; 7] = ["auth", "key", "token", "secret", "pass", "cookie", "credential"];

/// True if a header's name suggests a secret value, even if the user did not mark it as one.
#[must_use]
pub fn has_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAME_PARTS.iter().any(|part| name.contains(part))
}

/// A definition as JSON for a draft, without secret values. Placeholders of stored secrets stay.
#[must_use]
pub fn to_draft(mut body: ExternalApiBody) -> String {
    let secret = |header: &&mut HeaderParam| header.secret || has_secret_name(&header.name);
    let headers = body.headers.iter_mut().filter(secret).map(|header| &mut header.value);
    let secret = |param: &&mut RequestParam| param.secret || has_secret_name(&param.name);
    let values = body.request.iter_mut().filter(secret).map(|param| &mut param.default);
    for value in headers.chain(values).chain([&mut body.auth.secret]).filter(|value| *value != MASK) {
        value.clear();
    }
    // The gateway serialises definitions the same way, so the decoder of its responses reads them.
    let body = to_json(&body);
    format!(r#"{{"id":"","createdAt":0,"updatedAt":0,{}"#, body.strip_prefix('{').unwrap_or(&body))
}

/// Decodes a draft. `None` if it is malformed.
#[must_use]
pub fn from_draft(draft: &str) -> Option<ExternalApiBody> {
    GetExternalApi::decode(draft.as_bytes()).ok().map(|api| api.body)
}

/// Builds a definition from merged members. `None` if they don't decode.
#[must_use]
pub fn from_members(merged: &Members) -> Option<ExternalApiBody> {
    // The gateway serialises definitions the same way, so the decoder of its responses reads them.
    GetExternalApi::decode(to_json(merged).as_bytes()).ok().map(|api| api.body)
}

/// A list of parameters as one line of text: `name: value; …`, secrets masked. `None` if the value is not a list.
#[must_use]
pub fn parameter_line(list: &Value) -> Option<String> {
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let parameter = |row: &Value| {
        if row.get("path").is_none() && row.get("sample").is_some() {
            return format!("{}: {}", text(row, "name"), text(row, "sample"));
        }
        let is_secret = row.get("secret").and_then(Value::as_bool).unwrap_or_default();
        let value = ["value", "path", "default"].into_iter().map(|name| text(row, name)).find(|text| !text.is_empty());
        match if is_secret { Some(MASK.to_owned()) } else { value } {
            Some(value) => format!("{}: {value}", text(row, "name")),
            None => text(row, "name"),
        }
    };
    Some(list.as_array()?.iter().map(parameter).collect::<Vec<_>>().join("; "))
}

/// Authentication as one line of text, without its secret. `None` if the value is none.
#[must_use]
pub fn auth_line(auth: &Value) -> Option<String> {
    let text = |name: &str| auth.get(name).and_then(Value::as_str).unwrap_or_default();
    let parts = [text("kind"), text("name"), text("tokenUrl"), text("scope")];
    auth.is_object().then(|| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use trunkline_api::gateway::{OutputParam, RequestParam};

    use super::*;
    use crate::merge::members;

    fn header(name: &str, value: &str, secret: bool) -> HeaderParam {
        HeaderParam { name: name.to_owned(), value: value.to_owned(), secret }
    }

    fn definition(headers: Vec<HeaderParam>) -> ExternalApiBody {
        ExternalApiBody {
            name: "CRM".to_owned(),
            url: "https://crm.example/q".to_owned(),
            headers,
            request: vec![RequestParam { name: "tel".to_owned(), required: true, ..Default::default() }],
            output: vec![OutputParam {
                name: "vip".to_owned(),
                path: "data.vipLevel".to_owned(),
                ..Default::default()
            }],
            ..ExternalApiBody::default()
        }
    }

    #[test]
    fn drafts_contain_no_secret_values() {
        let body = definition(vec![
            header("X-Trace", "t1", false),
            header("Authorization", "Bearer 1", false),
            header("X-Custom", "s3cret", true),
            header("X-Stored", MASK, true),
        ]);
        let draft = to_draft(body.clone());
        assert!(!draft.contains("Bearer 1") && !draft.contains("s3cret"), "{draft}");
        let restored = from_draft(&draft).unwrap();
        let values: Vec<&str> = restored.headers.iter().map(|header| header.value.as_str()).collect();
        assert_eq!(values, ["t1", "", "", MASK]);
        assert_eq!((restored.request, restored.output), (body.request, body.output));
        assert_eq!(from_draft("{"), None);
    }

    #[test]
    fn secret_names_in_any_case() {
        for name in ["Authorization", "X-API-KEY", "sessionToken", "Set-Cookie", "db_password"] {
            assert!(has_secret_name(name), "{name}");
        }
        for name in ["Accept", "X-Trace", "Content-Type"] {
            assert!(!has_secret_name(name), "{name}");
        }
    }

    #[test]
    fn merged_members_decode_to_the_definition() {
        let body = definition(vec![header("X-Trace", "t1", false)]);
        assert_eq!(from_members(&members(&body)), Some(body.clone()));
        let mut broken = members(&body);
        broken.insert("headers".to_owned(), json!("x"));
        assert_eq!(from_members(&broken), None);
    }

    #[test]
    fn parameters_are_listed_with_secrets_masked() {
        let members =
            members(&definition(vec![header("A", "1", false), header("B", "2", true), header("C", "", false)]));
        assert_eq!(parameter_line(&members["headers"]), Some(format!("A: 1; B: {MASK}; C")));
        assert_eq!(parameter_line(&members["request"]).as_deref(), Some("tel"));
        assert_eq!(parameter_line(&members["output"]).as_deref(), Some("vip: data.vipLevel"));
        assert_eq!(parameter_line(&json!("x")), None);
    }
}
