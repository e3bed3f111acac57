//! The inbox's keyboard shortcuts. Those of all pages are in the shell.

use leptos::ev;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::keymap::{Action, action, focus_search};
use crate::ui::{Cursor, Step};

/// The actions that the keys trigger.
#[derive(Clone, Copy)]
pub struct ShortcutActions {
    /// The current row.
    pub cursor: Cursor,
    /// The id of the open ticket.
    pub opened: Memo<Option<String>>,
    /// Opens the ticket with this id.
    pub open: Callback<String>,
    /// Closes the open ticket, if there is one.
    pub close: Callback<()>,
}

impl ShortcutActions {
    /// Moves to the next or the previous ticket. If the open one has left the list, the one in its place is the next.
    fn step(self, by: isize) {
        let (open, current) = (self.opened.get_untracked(), self.cursor.current.get_untracked());
        let has_left = by > 0 && open.is_some() && current.is_some() && open != current;
        self.cursor.step(Step::By(if has_left { 0 } else { by }));
    }
}

/// Listens for keys until the owner is disposed. Keys that a field, a dialog or the table handles are ignored.
pub fn listen(actions: ShortcutActions) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if run(actions, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Runs the key's action. False if the key has none.
fn run(actions: ShortcutActions, event: &KeyboardEvent) -> bool {
    match action(event) {
        Some(Action::NextTicket) => actions.step(1),
        Some(Action::PreviousTicket) => actions.step(-1),
        Some(Action::Close) => actions.close.run(()),
        Some(Action::Search) => return focus_search(),
        // The shell handles this key too, but its chunk may not be loaded yet.
        Some(Action::Help) => open_global(GlobalUi::Shortcuts),
        Some(Action::OpenTicket) => match actions.cursor.current.get_untracked() {
            Some(id) => actions.open.run(id),
            None => return false,
        },
        _ => return false,
    }
    true
}
