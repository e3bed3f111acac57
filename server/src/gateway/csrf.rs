//! No other site writes in a user's name.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refused;

/// A page of another origin can't add it without asking first.
const OWN: HeaderName = HeaderName::from_static("x-trunkline");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Every method but GET and HEAD needs the console's own header and an origin that is this one.
pub async fn guard(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || !super::is_api(request.uri().path()) || is_own(request.headers()) {
        next.run(request).await
    } else {
        Refused::csrf().into_response()
    }
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if text(&OWN) != Some("1") {
        return false;
    }
    match text(&FETCH_SITE) {
        // The browser itself says where the request began; it also holds behind a proxy that changes `Host`.
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match (headers.get(header::ORIGIN), text(&header::HOST)) {
            (None, _) => true,
            (Some(origin), Some(host)) => {
                let origin = origin.to_str().unwrap_or("");
                origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
            }
            (Some(_), None) => false,
        },
    }
}
