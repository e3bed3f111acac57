//! Serves the built console.

use std::path::Path;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::gateway::files::{self, Naming};
use crate::gateway::middleware::InlineStyleCsp;
use crate::gateway::paths::{DOCUMENT, is_hashed, is_page};
use crate::gateway::preload;
use crate::gateway::state::AppState;

/// Cache policy of a file whose name changes with its content.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Cache policy of a file whose name is fixed: revalidated each time; 304 if unchanged.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Serves a path outside `/api`: a file, or the console's document for the path of a page.
pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let Some(folder) = &state.assets else {
        return text(
            StatusCode::SERVICE_UNAVAILABLE,
            "The console's files are not here: build them, or name their folder with --assets.\n",
        );
    };
    let (request, _) = request.into_parts();
    let path = request.uri.path();
    let found = if path == DOCUMENT { None } else { files::find(folder, path).await };
    match found {
        Some(found) => file(folder, &found, path, &request.headers).await,
        None if is_page(path, &request.headers) => page(folder, request).await,
        None => not_found(),
    }
}

async fn file(folder: &Path, file: &Path, path: &str, request: &HeaderMap) -> Response {
    let hashed = is_hashed(path);
    let mut response = files::send(folder, file, if hashed { Naming::Hashed } else { Naming::Fixed }, request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, if hashed { IMMUTABLE } else { REVALIDATE });
    response
}

/// Serves the console's document, with a `Link` header that names what the page requests first.
async fn page(folder: &Path, request: Parts) -> Response {
    let Some(file) = files::find(folder, DOCUMENT).await else { return not_found() };
    let console = tokio::fs::read_to_string(&file).await.unwrap_or_default();
    let link = preload::link(request.uri.path(), request.extensions.get(), &console);
    let mut headers = request.headers;
    // After a 304 the browser would keep the `Link` of whoever was signed in before.
    headers.remove(header::IF_NONE_MATCH);
    let mut response = files::send(folder, &file, Naming::Fixed, &headers).await;
    if let Some(inline) = InlineStyleCsp::of(&console) {
        response.extensions_mut().insert(inline);
    }
    let headers = response.headers_mut();
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    if let Some(link) = link {
        headers.insert(header::LINK, link);
        // The link depends on the user, so a shared cache must not store the response.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

fn not_found() -> Response {
    text(StatusCode::NOT_FOUND, "There is no such file.\n")
}

fn text(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], words).into_response()
}
