//! Classifies request paths: the gateway's API, pages of the console, and its files.

use axum::http::{HeaderMap, HeaderName, header};
use trunkline_api::endpoint::percent_decode;

/// Path of the console's only HTML document.
pub const DOCUMENT: &str = "/index.html";
/// The browser's purpose for a request: a document, a script, an image.
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Returns true if a path belongs to the gateway's API, not to the console.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Returns true if a path outside `/api` is requested as a page of the console, given that no such file exists. The
/// browser states the purpose (`Sec-Fetch-Dest`, else `Accept`). A record's id may contain a dot, but only below its
/// list: at the root, and where the request does not ask for a document, a name with an extension is a file.
pub fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_document = match text(&FETCH_DEST) {
        Some("document") => true,
        Some("empty") | None => text(&header::ACCEPT).is_some_and(|accept| accept.contains("text/html")),
        Some(_) => return false,
    };
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    let is_inside = above.split('/').any(|segment| !segment.is_empty());
    // A typed address may hold an invalid escape. No record has it, and the console shows that.
    let has_ending = percent_decode(last).is_none_or(|last| last.contains('.'));
    let is_hidden =
        above.split('/').any(|segment| percent_decode(segment).is_none_or(|segment| segment.starts_with('.')));
    path == DOCUMENT || (!has_ending && !is_hidden) || (is_document && is_inside && !is_hidden && !is_hashed(path))
}

/// Returns true if a path holds a hash as Trunk writes them: `app-0a1b2c3d4e5f6a7b.js`, `app-0a1b2c3d4e5f6a7b_bg.wasm`,
/// or the folder `snippets/name-0a1b2c3d4e5f6a7b/`.
pub fn is_hashed(path: &str) -> bool {
    path.split('/').any(|segment| {
        segment.split('-').skip(1).any(|part| {
            let digits = part.split(['.', '_']).next().unwrap_or("");
            (12..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn hashed_file_names_are_detected() {
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
