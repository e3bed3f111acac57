//! What the browser offers, each piece behind one module that knows its pitfalls. Every layer may use them; no other
//! module calls these parts of the browser itself (`scripts/check-layers.mjs`).
//!
//! - [`clipboard`]: copying, also where there is no clipboard
//! - [`clock`]: what time it is by the server, and how long something takes
//! - [`keys`]: what a key press means, in every keyboard layout
//! - [`languages`]: the browser's language tags, as far as `Intl` takes them
//! - [`timers`]: waiting, for any length of time

pub mod clipboard;
pub mod clock;
pub mod keys;
pub mod languages;
pub mod timers;

use wasm_bindgen::JsValue;

/// A property of an object of the browser; none where there is no such thing.
pub(crate) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}
