//! Texts made comparable.

/// A text in lower case, for search and order. ASCII, which is most of what comes, takes the short way; in a browser its
/// own `toLowerCase` does the rest, because Rust's tables for that would weigh 15 KB in the module.
#[must_use]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { lower_all(text) }
}

#[cfg(target_arch = "wasm32")]
fn lower_all(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn lower_all(text: &str) -> String {
    text.to_lowercase()
}
