//! The inbox by keyboard. What every page has, `?` among it, is the shell's.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::parts::extras::{Extra, want};
use crate::ui::{Cursor, Step};

/// What a key does.
#[derive(Clone, Copy)]
pub struct Commands {
    /// The row the agent is at.
    pub cursor: Cursor,
    /// Opens the ticket with this id.
    pub open: Callback<String>,
    /// Closes the open ticket, if there is one.
    pub close: Callback<()>,
}

/// Listens until the owner is gone. Keys that a field, a dialog or the table takes are left to them.
pub fn listen(commands: Commands) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.default_prevented() || event.is_composing() || dialog_is_open() || in_field(&event) {
            return;
        }
        if run(commands, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what the key stands for; whether it stands for anything.
fn run(commands: Commands, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "j" => commands.cursor.step(Step::By(1)),
        "k" => commands.cursor.step(Step::By(-1)),
        "Escape" => commands.close.run(()),
        "/" => focus_search(),
        // Before the shell's part of the code is here, too.
        "?" => want(Extra::Shortcuts),
        "Enter" if !on_control(event) => match commands.cursor.current.get_untracked() {
            Some(id) => commands.open.run(id),
            None => return false,
        },
        _ => return false,
    }
    true
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    target(event).is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Whether the key is typed into something.
fn in_field(event: &KeyboardEvent) -> bool {
    is_within(event, "input, textarea, select, [contenteditable], [role=menu]")
}

/// Whether Enter already means something where it is pressed.
fn on_control(event: &KeyboardEvent) -> bool {
    is_within(event, "a, button, summary, [role=switch]")
}

fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn focus_search() {
    let field = document().query_selector("main input[type=search]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A hidden field can't take the focus: the list is not on the screen then.
        let _ = field.focus();
    }
}
