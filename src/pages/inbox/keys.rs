//! The inbox by keyboard. What every page has, `?` among it, is the shell's.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::keys::{Key, is_within, shortcut};
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
        if run(commands, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what the key stands for; whether it stands for anything.
fn run(commands: Commands, event: &KeyboardEvent) -> bool {
    let Some(key) = shortcut(event) else { return false };
    match key {
        Key::Char('j') => commands.cursor.step(Step::By(1)),
        Key::Char('k') => commands.cursor.step(Step::By(-1)),
        Key::Escape => commands.close.run(()),
        Key::Char('/') => focus_search(),
        // Before the shell's part of the code is here, too.
        Key::Char('?') => want(Extra::Shortcuts),
        Key::Enter if !on_control(event) => match commands.cursor.current.get_untracked() {
            Some(id) => commands.open.run(id),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Whether Enter already means something where it is pressed.
fn on_control(event: &KeyboardEvent) -> bool {
    is_within(event, "a, button, summary, [role=switch]")
}

fn focus_search() {
    let field = document().query_selector("main input[type=search]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A hidden field can't take the focus: the list is not on the screen then.
        let _ = field.focus();
    }
}
