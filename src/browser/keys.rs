//! Interpretation of key presses: layouts, Caps Lock, input methods and the single-key preference.
//!
//! - [`pressed`]: the key of any press, for handlers of a focused component
//! - [`plain`]: a press without Ctrl, Alt or ⌘
//! - [`shortcut`]: a plain press that no field, dialog or other handler takes
//! - [`is_for_palette`], [`typed_text`]: Ctrl K, and the text that a press types
//!
//! While an input method composes, Enter and arrow keys belong to it, and these functions ignore them.

use std::cell::Cell;

use leptos::prelude::{document, window};
use trunkline_model::keyboard::shortcut_key;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::property;

pub use trunkline_model::keyboard::Key;

/// The key code of a press that an input method handles. Safari sends it with the Enter that ends a composition, when
/// `isComposing` is false already.
const COMPOSING: u32 = 229;

thread_local! {
    static SINGLE_KEYS: Cell<bool> = const { Cell::new(true) };
}

/// Enables or disables shortcuts of a single character (WCAG 2.1.4).
pub fn set_single_keys(on: bool) {
    SINGLE_KEYS.set(on);
}

/// The key that was pressed; `None` for keys without a meaning, and while an input method composes.
pub fn pressed(event: &KeyboardEvent) -> Option<Key> {
    if is_composing(event) {
        None
    } else {
        shortcut_key(&string_property(event, "key")?, &string_property(event, "code")?, event.shift_key())
    }
}

/// Like [`pressed`], without Ctrl, Alt or ⌘; a character only while single-key shortcuts are enabled.
pub fn plain(event: &KeyboardEvent) -> Option<Key> {
    if is_modified(event) {
        return None;
    }
    pressed(event).filter(|key| SINGLE_KEYS.get() || !matches!(key, Key::Char(_)))
}

/// Like [`plain`], unless a field, menu or dialog has the focus, or another handler has taken the press.
pub fn shortcut(event: &KeyboardEvent) -> Option<Key> {
    if event.default_prevented() || dialog_is_open() || is_in_field(event) { None } else { plain(event) }
}

/// `true` on an Apple device, whose keyboard has ⌘ in place of Ctrl.
pub fn is_apple() -> bool {
    window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
}

/// `true` for Ctrl K, or ⌘ K on a Mac.
pub fn is_for_palette(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && !event.alt_key() && pressed(event) == Some(Key::Char('k'))
}

/// The text that a press types; `None` for a command, and while an input method composes.
pub fn typed_text(event: &KeyboardEvent) -> Option<String> {
    // Names of keys, such as `Enter`, are ASCII and longer than one character.
    string_property(event, "key")
        .filter(|key| !is_composing(event) && !is_modified(event) && (key.len() == 1 || !key.is_ascii()))
}

/// `true` while a dialog is open, which then handles all keys.
pub fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// `true` if the event's target is inside an element that matches a selector.
pub fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

fn is_in_field(event: &KeyboardEvent) -> bool {
    is_within(event, "input, textarea, select, [contenteditable], [role=menu]")
}

/// A string property of the event. Form fillers send key events without `key` and `code`.
fn string_property(event: &KeyboardEvent, name: &str) -> Option<String> {
    property(event, name)?.as_string()
}

fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == COMPOSING
}

fn is_modified(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}
