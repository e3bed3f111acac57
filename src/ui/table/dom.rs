//! Writes to the document without views.

use leptos::prelude::document;
use web_sys::Element;

/// Creates an element; `name` must be valid.
pub(super) fn element(name: &str) -> Option<Element> {
    document().create_element(name).ok()
}

/// Appends a new element; `name` must be valid.
pub(super) fn append(parent: &Element, name: &str) -> Option<Element> {
    let child = element(name)?;
    parent.append_child(&child).ok()?;
    Some(child)
}

/// Sets an attribute; `name` must be valid.
pub(super) fn set_attr(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
