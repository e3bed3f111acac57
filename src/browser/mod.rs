//! Wrappers of browser APIs that hide their pitfalls. Every layer may use them; no other module calls these APIs
//! directly (`scripts/check-layers.mjs`).
//!
//! - [`clipboard`]: copying, also without `navigator.clipboard`
//! - [`clock`]: the server's time, and durations
//! - [`download`]: files that the browser saves
//! - [`history`]: what a page keeps with its entry of the history
//! - [`keys`]: key presses, in every keyboard layout
//! - [`languages`]: the browser's language tags that `Intl` supports
//! - [`media`]: media queries
//! - [`page`]: reloading the page
//! - [`storage`]: `localStorage` and `sessionStorage`, which may be forbidden
//! - [`timers`]: timers of any length

pub mod clipboard;
pub mod clock;
pub mod download;
pub mod history;
pub mod keys;
pub mod languages;
pub mod media;
pub mod page;
pub mod storage;
pub mod timers;

use wasm_bindgen::JsValue;

/// A property of a JavaScript object; `None` if it is undefined or null.
pub(crate) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}
