//! The headers that keep a browser in bounds.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Own files, WebAssembly and own requests; nothing inline, nothing foreign, no frame around it. With the console's
/// document comes the hash of the sheet in it: see [`Inline`].
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                       img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
                       media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// For a year: long enough that a browser which comes now and then keeps it. The host's siblings are not ours to speak for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The CSP of an answer whose styles stand in it: these very ones, and no other.
#[derive(Clone)]
pub struct Inline(HeaderValue);

impl Inline {
    /// That of a document; none without styles in it.
    pub fn of(document: &str) -> Option<Self> {
        let (_, rest) = document.split_once("<style>")?;
        let (styles, _) = rest.split_once("</style>")?;
        let hash = STANDARD.encode(Sha256::digest(styles));
        HeaderValue::try_from(CSP.replace("style-src 'self'", &format!("style-src 'self' 'sha256-{hash}'")))
            .ok()
            .map(Self)
    }
}

/// Adds them to every answer; what comes from `/api` is never stored.
pub async fn secure(request: Request, next: Next) -> Response {
    let api = super::is_api(request.uri().path());
    let https = came_by_https(request.headers());
    let mut response = next.run(request).await;
    let inline = response.extensions_mut().remove::<Inline>();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(Inline(csp)) = inline {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Whether any proxy says that it was asked by TLS: in `X-Forwarded-Proto`, one word or a list, in any case. Who only pretends
/// to gets stricter answers, which browsers pass over where there is no TLS.
fn came_by_https(headers: &HeaderMap) -> bool {
    let values = headers.get_all("x-forwarded-proto").into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_proxy_may_say_that_it_was_asked_by_tls() {
        for (value, https) in [
            ("https", true),
            ("HTTPS", true),
            (" Https , http", true),
            ("http, https", true),
            ("http", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static("x-forwarded-proto"),
                HeaderValue::try_from(value).unwrap(),
            )]);
            assert_eq!(came_by_https(&headers), https, "{value}");
        }
    }
}
