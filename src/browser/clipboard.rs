//! Copying text to the clipboard. Over plain http, as in many internal networks, there is no `navigator.clipboard`, and
//! the browser may also refuse it. The text is then copied from a temporary field with `document.execCommand`.

use js_sys::{Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlTextAreaElement};

use super::property;

/// Copies a text; `true` on success.
pub async fn copy(text: &str) -> bool {
    if let Some(written) = write(text)
        && JsFuture::from(written).await.is_ok()
    {
        return true;
    }
    copy_from_field(text).unwrap_or_default()
}

/// Writes with `navigator.clipboard`; `None` if there is none.
fn write(text: &str) -> Option<Promise> {
    let clipboard = property(&window().navigator(), "clipboard")?;
    let write: Function = property(&clipboard, "writeText")?.dyn_into().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

/// Copies from a visually hidden field, then restores the focus. `None` if the field can't be created.
fn copy_from_field(text: &str) -> Option<bool> {
    let document = document();
    let before = document.active_element();
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("visually-hidden");
    // Nothing outside an open modal dialog can be selected.
    let dialog = before.as_ref().and_then(|element| element.closest("dialog").ok().flatten());
    dialog.or_else(|| document.body().map(Element::from))?.append_child(&field).ok()?;
    focus(&field);
    field.select();
    let copied = exec_command(&document, "copy");
    field.remove();
    if let Some(before) = before.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus(&before);
    }
    Some(copied)
}

fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // If the element can't be focused, the focus stays where it is.
    let _ = element.focus_with_options(&options);
}

/// Calls `document.execCommand`, which is deprecated but exists in every browser; `true` on success.
fn exec_command(document: &JsValue, name: &str) -> bool {
    let execute = property(document, "execCommand").and_then(|execute| execute.dyn_into::<Function>().ok());
    let done = execute.and_then(|execute| execute.call1(document, &name.into()).ok());
    done.is_some_and(|done| done.is_truthy())
}
