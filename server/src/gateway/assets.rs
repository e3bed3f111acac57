//! The built console.

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;
use trunkline_api::Endpoint;
use trunkline_api::endpoint::decode;
use trunkline_api::oneview::ListTickets;

use super::session::SignedIn;
use super::state::State;

/// The file's name changes with its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Asked for anew each time; unchanged it is a 304.
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
    let last = path.rsplit('/').next().unwrap_or("");
    let page = !last.contains('.') || path == "/index.html";
    let target = if page { Uri::from_static("/index.html") } else { request.uri().clone() };
    let preload = preload(&path, request.extensions().get::<SignedIn>());
    let (mut parts, _) = request.into_parts();
    parts.uri = target;
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let answer = match files.oneshot(Request::from_parts(parts, Body::empty())).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    if answer.status() == StatusCode::NOT_FOUND {
        return missing();
    }
    let mut response = answer.map(Body::new);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, if !page && is_hashed(&path) { FOREVER } else { FRESH });
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(preload) = preload {
        headers.insert(header::LINK, preload);
        // Whose it is stands in it: no cache that many share may keep it.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// On the inbox, the browser asks for an agent's tickets beside the WebAssembly, not after it.
fn preload(path: &str, who: Option<&SignedIn>) -> Option<HeaderValue> {
    if !wants_user(path) {
        return None;
    }
    let request = ListTickets { agent_id: who?.user.agent_id.clone()? };
    let link = format!("</api/oneview{}>; rel=preload; as=fetch; crossorigin", request.path());
    HeaderValue::try_from(link).ok()
}

/// Whether a page's answer depends on who asks.
pub fn wants_user(path: &str) -> bool {
    path == "/inbox" || path.starts_with("/inbox/")
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
