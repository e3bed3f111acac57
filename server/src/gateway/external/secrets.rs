//! Secrets of a definition: stored and sent, but never shown again.

use trunkline_api::gateway::{ExternalApiBody, ExternalAuth, HeaderParam, MASK, RequestParam};
use trunkline_api::{FieldError, ValidationError};
use url::{Origin, Url};

/// Masks the secrets of a definition.
pub fn hide(mut body: ExternalApiBody) -> ExternalApiBody {
    for secret in body.secrets_mut() {
        MASK.clone_into(secret);
    }
    body
}

/// Replaces masked values by the stored ones.
///
/// # Errors
/// If nothing is stored under that name, or it would be sent to another origin: otherwise a user who can't see a secret
/// could have it sent to a server of their own.
pub fn restore(body: &mut ExternalApiBody, stored: Option<&ExternalApiBody>) -> Result<(), Vec<FieldError>> {
    let stored = stored.filter(|stored| origin(&stored.url) == origin(&body.url));
    let mut missing = Vec::new();
    for (index, header) in body.headers.iter_mut().enumerate().filter(|(_, header)| header.value == MASK) {
        let same = |old: &&HeaderParam| old.secret && old.name.eq_ignore_ascii_case(&header.name);
        match stored.and_then(|stored| stored.headers.iter().find(same)) {
            Some(old) => {
                header.value.clone_from(&old.value);
                header.secret = true;
            }
            None => missing.push(format!("headers.{index}.value")),
        }
    }
    for (index, param) in body.request.iter_mut().enumerate().filter(|(_, param)| param.default == MASK) {
        let same = |old: &&RequestParam| old.secret && !old.default.is_empty() && old.name == param.name;
        match stored.and_then(|stored| stored.request.iter().find(same)) {
            Some(old) => {
                param.default.clone_from(&old.default);
                param.secret = true;
            }
            None => missing.push(format!("request.{index}.default")),
        }
    }
    if body.auth.secret == MASK {
        let same = |old: &&ExternalAuth| {
            old.kind == body.auth.kind
                && !old.secret.is_empty()
                && origin(&old.token_url) == origin(&body.auth.token_url)
        };
        match stored.map(|stored| &stored.auth).filter(same) {
            Some(old) => body.auth.secret.clone_from(&old.secret),
            None => missing.push("auth.secret".to_owned()),
        }
    }
    let problem = |field| FieldError { field, problem: ValidationError::Required };
    if missing.is_empty() { Ok(()) } else { Err(missing.into_iter().map(problem).collect()) }
}

/// The origin of a URL. Unlike those of two unequal addresses, two addresses that are none have the same: none.
fn origin(url: &str) -> Option<Origin> {
    Url::parse(url.trim()).ok().map(|url| url.origin())
}

#[cfg(test)]
mod tests {
    use trunkline_api::gateway::AuthKind;

    use super::*;

    fn body(url: &str, auth: ExternalAuth) -> ExternalApiBody {
        ExternalApiBody { url: url.into(), auth, ..Default::default() }
    }

    fn oauth(secret: &str, token_url: &str) -> ExternalAuth {
        let token_url = token_url.into();
        ExternalAuth {
            kind: AuthKind::OAuth,
            name: "id".into(),
            secret: secret.into(),
            token_url,
            scope: String::new(),
        }
    }

    #[test]
    fn a_client_secret_is_kept_for_its_own_servers_only() {
        let stored = body("https://a.example/x", oauth("s3cret", "https://login.example/token"));
        for (url, token_url, kept) in [
            ("https://a.example/y", "https://login.example/other", true),
            ("https://a.example/y", "https://evil.example/token", false),
            ("https://evil.example/y", "https://login.example/token", false),
        ] {
            let mut edited = body(url, oauth(MASK, token_url));
            assert_eq!(restore(&mut edited, Some(&stored)).is_ok(), kept, "{url} {token_url}");
            assert_eq!(edited.auth.secret == "s3cret", kept);
        }
        let mut other = body("https://a.example/x", ExternalAuth { kind: AuthKind::Bearer, ..oauth(MASK, "") });
        assert!(restore(&mut other, Some(&stored)).is_err(), "a secret of another kind");
        assert!(restore(&mut body("https://a.example/x", oauth(MASK, "https://login.example/")), None).is_err());
    }

    #[test]
    fn a_secret_parameter_is_kept_and_stays_secret() {
        let param = |default: &str, secret| RequestParam {
            name: "key".into(),
            default: default.into(),
            secret,
            ..Default::default()
        };
        let with =
            |param| ExternalApiBody { url: "https://a.example/".into(), request: vec![param], ..Default::default() };
        let mut edited = with(param(MASK, false));
        restore(&mut edited, Some(&with(param("s3cret", true)))).unwrap();
        assert!(edited.request[0].secret && edited.request[0].default == "s3cret");
        assert!(restore(&mut with(param(MASK, true)), Some(&with(param("open", false)))).is_err());
        assert_eq!(hide(edited).request[0].default, MASK);
    }
}
