//! The built console.

use std::path::Path;

use axum::extract::{Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use trunkline_api::endpoint::decode;

use super::files::{self, Name};
use super::headers::Inline;
use super::preload;
use super::state::State;

/// The file's name changes with its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The console's document.
const DOCUMENT: &str = "/index.html";
/// What the browser wants an answer for: a document, a script, a picture …
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
/// Asked for anew each time; a file that is unchanged is a 304.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");

/// A path outside `/api`: a file, or for a page of the console its one document.
pub async fn serve(Shared(state): Shared<State>, request: Request) -> Response {
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
        None => missing(),
    }
}

async fn file(folder: &Path, file: &Path, path: &str, request: &HeaderMap) -> Response {
    let hashed = is_hashed(path);
    let mut response = files::send(folder, file, if hashed { Name::Hashed } else { Name::Fixed }, request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, if hashed { FOREVER } else { FRESH });
    response
}

/// The console's one document, with what the page will ask for first.
async fn page(folder: &Path, request: Parts) -> Response {
    let Some(file) = files::find(folder, DOCUMENT).await else { return missing() };
    let console = tokio::fs::read_to_string(&file).await.unwrap_or_default();
    let link = preload::link(request.uri.path(), request.extensions.get(), &console);
    let mut asked = request.headers;
    // With a 304 a browser would keep the `Link` of who was signed in before.
    asked.remove(header::IF_NONE_MATCH);
    let mut response = files::send(folder, &file, Name::Fixed, &asked).await;
    if let Some(inline) = Inline::of(&console) {
        response.extensions_mut().insert(inline);
    }
    let headers = response.headers_mut();
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, FRESH);
    if let Some(link) = link {
        headers.insert(header::LINK, link);
        // Whose it is stands in it: no cache that many share may keep it.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// Whether a path outside `/api` is asked for as a page of the console, where there is no such file. The browser says what
/// for (`Sec-Fetch-Dest`, else `Accept`). A record's id may have a dot, but only below its list: at the root, and where
/// nobody says that a document is wanted, a name with an ending is a file's.
pub fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_document = match text(&FETCH_DEST) {
        Some("document") => true,
        Some("empty") | None => text(&header::ACCEPT).is_some_and(|accept| accept.contains("text/html")),
        Some(_) => return false,
    };
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    let is_inside = above.split('/').any(|segment| !segment.is_empty());
    // An escape may be broken in what was typed; then there is no such record, and the console says so.
    let has_ending = decode(last).is_none_or(|last| last.contains('.'));
    let is_hidden = above.split('/').any(|segment| decode(segment).is_none_or(|segment| segment.starts_with('.')));
    path == DOCUMENT || (!has_ending && !is_hidden) || (is_document && is_inside && !is_hidden && !is_hashed(path))
}

/// Whether a name holds a hash, as Trunk writes them: `app-0a1b2c3d4e5f6a7b.js`, `app-0a1b2c3d4e5f6a7b_bg.wasm`, and a
/// folder `snippets/name-0a1b2c3d4e5f6a7b/`.
fn is_hashed(path: &str) -> bool {
    path.split('/').any(|segment| {
        segment.split('-').skip(1).any(|part| {
            let digits = part.split(['.', '_']).next().unwrap_or("");
            (12..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    })
}

fn missing() -> Response {
    text(StatusCode::NOT_FOUND, "There is no such file.\n")
}

fn text(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], words).into_response()
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn hashes_are_told_from_names() {
        for hashed in [
            "/trunkline-2f9c1d7be34a5f60.js",
            "/trunkline-2f9c1d7be34a5f60_bg.wasm",
            "/snippets/dep-2f9c1d7be34a5f60/inline0.js",
        ] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["/config.json", "/locales/en-facade.json", "/favicon.svg", "/a-b.js"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
