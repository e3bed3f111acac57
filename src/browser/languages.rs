//! The browser's language tags. Browsers also list invalid ones, such as `en-US@posix`, `C`, `*` or `zh_CN`, for which
//! `Intl` constructors throw. `boot.js` has removed those.

use js_sys::{Array, Function, Object, Reflect};
use trunkline_model::languages::regional_variant;
use wasm_bindgen::{JsCast, JsValue};

use super::property;

/// The locales for formatting in a language: the browser's regional variant, if any (`en-GB`, `fr-CH`), then the
/// language itself.
pub fn locales(language: &str) -> Array {
    let tags: Vec<String> = tags().iter().filter_map(|tag| tag.as_string()).collect();
    let regional = regional_variant(tags.iter().map(String::as_str), language);
    regional.into_iter().chain([language]).map(JsValue::from_str).collect()
}

/// A new `Intl` object, such as `NumberFormat`, for a language. If the browser supports neither the regional variant
/// nor the language, it uses the browser's default locale. `None` if the browser has no such class.
pub fn intl(class: &str, language: &str, options: &Object) -> Option<JsValue> {
    let class: Function = property(&property(&js_sys::global(), "Intl")?, class)?.dyn_into().ok()?;
    let construct = |locales: JsValue| Reflect::construct(&class, &Array::of2(&locales, options)).ok();
    construct(locales(language).into()).or_else(|| construct(language.into())).or_else(|| construct(JsValue::UNDEFINED))
}

/// The browser's valid tags, from the start script; empty without it.
fn tags() -> Array {
    let tags = property(&js_sys::global(), "trunkline").and_then(|script| property(&script, "tags"));
    tags.and_then(|tags| tags.dyn_into().ok()).unwrap_or_default()
}
