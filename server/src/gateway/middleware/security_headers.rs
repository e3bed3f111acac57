//! Security headers of all responses.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::gateway::paths::is_api;

/// Allows own files, WebAssembly and requests to this origin: nothing inline, nothing from other origins, no framing.
/// The console's document adds the hash of its inline style sheet: see [`InlineStyleCsp`].
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                       img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
                       media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const SECURITY_HEADERS: [(HeaderName, &str); 6] = [
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

/// One year, so that browsers of rare visitors keep it too. No `includeSubDomains`: other hosts of the domain are not
/// this server's to decide for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The CSP of a response with an inline style sheet: it allows exactly that sheet.
#[derive(Clone)]
pub struct InlineStyleCsp(HeaderValue);

impl InlineStyleCsp {
    /// Returns the CSP of a document; `None` if it has no inline styles.
    pub fn of(document: &str) -> Option<Self> {
        let (_, rest) = document.split_once("<style>")?;
        let (styles, _) = rest.split_once("</style>")?;
        let hash = STANDARD.encode(Sha256::digest(styles));
        HeaderValue::try_from(CSP.replace("style-src 'self'", &format!("style-src 'self' 'sha256-{hash}'")))
            .ok()
            .map(Self)
    }
}

/// Adds the security headers to every response. Responses below `/api` are never stored.
pub async fn secure(request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let https = came_by_https(request.headers());
    let mut response = next.run(request).await;
    let inline = response.extensions_mut().remove::<InlineStyleCsp>();
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(InlineStyleCsp(csp)) = inline {
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

/// Returns true if any proxy reports TLS in `X-Forwarded-Proto`, as one scheme or a list, in any case. A forged header
/// only makes the response stricter, and browsers ignore HSTS without TLS.
fn came_by_https(headers: &HeaderMap) -> bool {
    let values = headers.get_all("x-forwarded-proto").into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_detected_in_forwarded_proto() {
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
