//! Keys that mean the same on every page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::keys::{Key, dialog_is_open, is_for_palette, shortcut};
use crate::parts::extras::{Extra, want};

/// Listens until the owner is gone. `palette` is whether the palette is open: the same keys close it.
pub fn listen(signed_in: Memo<bool>, palette: RwSignal<bool>) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if !event.default_prevented() && signed_in.get_untracked() && run(&event, palette) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what the key stands for; whether it stands for anything.
fn run(event: &KeyboardEvent, palette: RwSignal<bool>) -> bool {
    if is_for_palette(event) {
        // The browser tells later that it has closed a dialog: until then `palette` alone says nothing.
        if !dialog_is_open() {
            want(Extra::Palette);
        } else if palette.get_untracked() {
            palette.set(false);
        }
        return true;
    }
    match shortcut(event) {
        Some(Key::Char('?')) => want(Extra::Shortcuts),
        Some(Key::Char('/')) => return focus_search(),
        _ => return false,
    }
    true
}

/// Whether the page has a search field, which then has the focus.
fn focus_search() -> bool {
    let field = document().query_selector("main input[type=search]").ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<HtmlElement>().ok());
    field.is_some_and(|field| field.focus().is_ok())
}
