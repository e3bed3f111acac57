//! The built console.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;
use trunkline_api::endpoint::decode;

use super::headers::Inline;
use super::preload;
use super::state::State;

/// The file's name changes with its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
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
    let Some(path) = decode(request.uri().path()) else { return missing() };
    // A hidden file is never part of the console.
    if path.split('/').any(|segment| segment.starts_with('.')) {
        return missing();
    }
    let page = is_page(&path);
    let target = if page { Uri::from_static("/index.html") } else { request.uri().clone() };
    let console = if page { document(folder).await } else { String::new() };
    let link = page.then(|| preload::link(request.uri().path(), request.extensions().get(), &console)).flatten();
    let (mut parts, _) = request.into_parts();
    parts.uri = target;
    if page {
        // With a 304 a browser would keep the `Link` of who was signed in before.
        for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
            parts.headers.remove(name);
        }
    }
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let answer = match files.oneshot(Request::from_parts(parts, Body::empty())).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    if answer.status() == StatusCode::NOT_FOUND {
        return missing();
    }
    let mut response = answer.map(Body::new);
    if let Some(inline) = Inline::of(&console) {
        response.extensions_mut().insert(inline);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, if !page && is_hashed(&path) { FOREVER } else { FRESH });
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(link) = link {
        headers.insert(header::LINK, link);
        // Whose it is stands in it: no cache that many share may keep it.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// The console's one document. What can't be read is refused when it is sent.
async fn document(folder: &Path) -> String {
    tokio::fs::read_to_string(folder.join("index.html")).await.unwrap_or_default()
}

/// Whether a path outside `/api` is a page of the console: it has no file's ending.
pub fn is_page(path: &str) -> bool {
    path == "/index.html" || !path.rsplit('/').next().unwrap_or("").contains('.')
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
