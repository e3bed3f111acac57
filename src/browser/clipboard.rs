//! Copying a text. Over plain http, as in many a house's own network, a browser has no `navigator.clipboard`, and where it
//! has one it may refuse: then the text is copied out of a field, as browsers always could.

use js_sys::{Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlTextAreaElement};

use super::property;

/// Copies a text; whether the browser did so.
pub async fn copy(text: &str) -> bool {
    if let Some(written) = write(text)
        && JsFuture::from(written).await.is_ok()
    {
        return true;
    }
    copy_from_field(text).unwrap_or_default()
}

/// Hands the text to the clipboard; none where there is no clipboard to write to.
fn write(text: &str) -> Option<Promise> {
    let clipboard = property(&window().navigator(), "clipboard")?;
    let write: Function = property(&clipboard, "writeText")?.dyn_into().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

/// Selects the text in a field that nobody sees, and copies it from there. The focus then goes back to where it was.
fn copy_from_field(text: &str) -> Option<bool> {
    let document = document();
    let before = document.active_element();
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("visually-hidden");
    // Behind an open dialog nothing can be selected.
    let within = before.as_ref().and_then(|element| element.closest("dialog").ok().flatten());
    within.or_else(|| document.body().map(Element::from))?.append_child(&field).ok()?;
    focus(&field);
    field.select();
    let copied = command(&document, "copy");
    field.remove();
    if let Some(before) = before.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus(&before);
    }
    Some(copied)
}

fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that can't take it leaves it where it is.
    let _ = element.focus_with_options(&options);
}

/// `document.execCommand`: old, and there in every browser.
fn command(document: &JsValue, name: &str) -> bool {
    let execute = property(document, "execCommand").and_then(|execute| execute.dyn_into::<Function>().ok());
    let done = execute.and_then(|execute| execute.call1(document, &name.into()).ok());
    done.is_some_and(|done| done.is_truthy())
}
