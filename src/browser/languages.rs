//! The browser's language tags. What a browser offers is not always one: `en-US@posix`, `C`, `*`, `zh_CN`. Each makes a
//! constructor of `Intl` throw. `boot.js` has tried them all, and left those that `Intl` takes.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::property;

/// The locales to write a language in: as the browser's owner writes it, if that is known (`en-GB`, `fr-CH`), then the
/// language itself.
pub fn locales(language: &str) -> Array {
    let own = tags().iter().find(|tag| {
        tag.as_string().is_some_and(|tag| tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-')))
    });
    own.into_iter().chain([JsValue::from_str(language)]).collect()
}

/// An object of `Intl`, such as `NumberFormat`, in a language. Where the browser takes neither the owner's locale nor the
/// language it is one in the browser's own way; none where it has no such object.
pub fn intl(class: &str, language: &str, options: &Object) -> Option<JsValue> {
    let class: Function = property(&property(&js_sys::global(), "Intl")?, class)?.dyn_into().ok()?;
    let made = |locales: JsValue| Reflect::construct(&class, &Array::of2(&locales, options)).ok();
    made(locales(language).into()).or_else(|| made(language.into())).or_else(|| made(JsValue::UNDEFINED))
}

/// The browser's tags as the start script left them; none without it.
fn tags() -> Array {
    let tags = property(&js_sys::global(), "trunkline").and_then(|script| property(&script, "tags"));
    tags.and_then(|tags| tags.dyn_into().ok()).unwrap_or_default()
}
