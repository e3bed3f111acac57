//! Protects against cross-site request forgery.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::gateway::error::ApiError;
use crate::gateway::paths::is_api;

/// A page of another origin can't add this header without a CORS preflight.
const CONSOLE_HEADER: HeaderName = HeaderName::from_static("x-trunkline");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Rejects every request below `/api` other than GET and HEAD that lacks the console's header or comes from another
/// origin.
pub async fn guard(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || !is_api(request.uri().path()) || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        ApiError::csrf().into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if text(&CONSOLE_HEADER) != Some("1") {
        return false;
    }
    match text(&FETCH_SITE) {
        // The browser itself states the origin, which also holds behind a proxy that changes `Host`.
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
