//! What a key press means: one place for layouts, Caps Lock, input methods and the single-key preference.
//!
//! - [`pressed`]: a press that is the console's, in a part that has the focus
//! - [`plain`]: one without Ctrl, Alt or ⌘
//! - [`shortcut`]: one that no field, dialog or other handler takes
//! - [`is_for_palette`], [`typed`]: Ctrl K, and what a press types
//!
//! While an input method composes, Enter and arrows choose among its proposals: none of these sees them.

use std::cell::Cell;

use leptos::prelude::document;
use trunkline_api::keys::meaning;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::property;

pub use trunkline_api::keys::Key;

/// The key code of a press that an input method takes. Safari sends it with the Enter that ends a composition, when
/// `isComposing` is false already.
const COMPOSING: u32 = 229;

thread_local! {
    static SINGLE_KEYS: Cell<bool> = const { Cell::new(true) };
}

/// Switches shortcuts of a single letter or sign on or off (WCAG 2.1.4).
pub fn set_single_keys(on: bool) {
    SINGLE_KEYS.set(on);
}

/// What a press means; nothing while an input method composes.
pub fn pressed(event: &KeyboardEvent) -> Option<Key> {
    if is_composing(event) { None } else { meaning(&text(event, "key")?, &text(event, "code")?, event.shift_key()) }
}

/// As [`pressed`], without Ctrl, Alt or ⌘; a letter or sign only while single-key shortcuts are on.
pub fn plain(event: &KeyboardEvent) -> Option<Key> {
    if is_modified(event) {
        return None;
    }
    pressed(event).filter(|key| SINGLE_KEYS.get() || !matches!(key, Key::Char(_)))
}

/// As [`plain`], unless the press is for a field, a menu or a dialog, or another handler has taken it.
pub fn shortcut(event: &KeyboardEvent) -> Option<Key> {
    if event.default_prevented() || dialog_is_open() || is_in_field(event) { None } else { plain(event) }
}

/// Whether it is Ctrl K, ⌘ K on a Mac.
pub fn is_for_palette(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && !event.alt_key() && pressed(event) == Some(Key::Char('k'))
}

/// The text that a press types; none for a command, and while an input method composes.
pub fn typed(event: &KeyboardEvent) -> Option<String> {
    // The names of keys are longer, and ASCII.
    text(event, "key").filter(|key| !is_composing(event) && !is_modified(event) && (key.len() == 1 || !key.is_ascii()))
}

/// Whether a dialog is open: it has the keys then.
pub fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Whether a press happens in an element that fits a selector.
pub fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

fn is_in_field(event: &KeyboardEvent) -> bool {
    is_within(event, "input, textarea, select, [contenteditable], [role=menu]")
}

/// A text of the event. What fills in forms sends key presses that have none.
fn text(event: &KeyboardEvent, name: &str) -> Option<String> {
    property(event, name)?.as_string()
}

fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == COMPOSING
}

fn is_modified(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}
