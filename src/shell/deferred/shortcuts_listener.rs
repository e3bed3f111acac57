//! Global keyboard shortcuts.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::keys::{dialog_is_open, is_for_palette};
use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::keymap::{Action, action, focus_search};
use crate::components::unsaved_guard;
use crate::routes::{Route, use_stored_navigate};
use crate::shell::sections;

/// Listens until the owner is disposed. `palette` is true while the palette is open: the same keys close it.
pub fn listen(signed_in: Memo<bool>, palette: RwSignal<bool>) {
    let navigate = use_stored_navigate();
    let go = Callback::new(move |section: Route| {
        // Like a link, ask first if there is unsaved input.
        if !unsaved_guard::has_unsaved_changes() || unsaved_guard::confirm_discard() {
            navigate.with_value(|navigate| navigate(&section.path(), Default::default()));
        }
    });
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if !event.default_prevented() && signed_in.get_untracked() && run_shortcut(&event, palette, go) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Runs the shortcut of a key. Returns `false` if the key has none.
fn run_shortcut(event: &KeyboardEvent, palette: RwSignal<bool>, go: Callback<Route>) -> bool {
    if is_for_palette(event) {
        // The browser reports a closed dialog asynchronously, so `palette` alone may be outdated.
        if !dialog_is_open() {
            open_global(GlobalUi::Palette);
        } else if palette.get_untracked() {
            palette.set(false);
        }
        return true;
    }
    match action(event) {
        Some(Action::Help) => open_global(GlobalUi::Shortcuts),
        Some(Action::Search) => return focus_search(),
        Some(Action::GoInbox) => return go_to(Route::Inbox, go),
        Some(Action::GoEvents) => return go_to(Route::AcdEvents, go),
        Some(Action::Presence) => return open_presence(),
        _ => return false,
    }
    true
}

/// Goes to a section. Returns `false` if the user is not offered it.
fn go_to(section: Route, go: Callback<Route>) -> bool {
    let is_offered = untrack(sections).contains(&section);
    if is_offered {
        go.run(section);
    }
    is_offered
}

/// Moves the focus to the control for going online and offline, and opens its menu. Returns `false` if there is none:
/// only agents have it.
fn open_presence() -> bool {
    let control = document().query_selector(".top-bar .presence-button, main [role=switch]").ok().flatten();
    let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) else { return false };
    let is_focused = control.focus().is_ok();
    if control.has_attribute("aria-haspopup") {
        control.click();
    }
    is_focused
}
