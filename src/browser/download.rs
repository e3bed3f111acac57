//! Files that the browser saves. They are blobs: a `data:` URL would stay in the browser's list of downloads with all that is
//! in it.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::timers;

/// Milliseconds after which the browser has surely begun to read the file.
const READ_MS: u32 = 60_000;

/// A text as a file.
///
/// # Errors
/// If there is no memory for it.
pub fn text_file(text: &str) -> Result<Blob, JsValue> {
    Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text)))
}

/// Has the browser save a file under a name.
///
/// # Errors
/// If the browser has no room for it.
pub fn save(file: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    timers::after(READ_MS, move || drop(Url::revoke_object_url(&url))).detach();
    Ok(())
}
