//! The list of shortcuts: the global ones, and the inbox's on the inbox.

use leptos::prelude::*;
use trunkline_model::keymap::Keymap;

use crate::browser::keys::is_apple;
use crate::components::keymap::{self, Action};
use crate::components::use_preferences;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text};
use crate::routes::Route;
use crate::ui::Dialog;

/// The names of keys that are pressed, and what they do.
struct Row {
    keys: Vec<String>,
    /// Pressed one after the other, not alternatives.
    in_sequence: bool,
    text: fn() -> String,
}

/// The dialog that lists the shortcuts.
#[component]
pub fn Shortcuts(
    /// True while it is open.
    open: RwSignal<bool>,
    /// The current route.
    route: Memo<Route>,
) -> impl IntoView {
    let preferences = use_preferences();
    let single = move || preferences.single_keys();
    let note = move || if single() { t::shortcuts::single_on() } else { t::shortcuts::single_off() };
    view! {
        <Dialog open title=t::shortcuts::title>
            {move || (route.with(Route::section) == Route::Inbox)
                .then(|| shortcut_table(t::routes::inbox, rows(&keymap::keymap(), single(), false)))}
            {move || shortcut_table(t::shortcuts::everywhere, rows(&keymap::keymap(), single(), true))}
            <p class="muted small" prop:textContent=live_text(move || note()) />
        </Dialog>
    }
}

/// The shortcuts that work: on every page, or further ones in the inbox.
fn rows(keymap: &Keymap, single: bool, global: bool) -> Vec<Row> {
    let fixed = |keys: &[&str], text| Row {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        in_sequence: false,
        text,
    };
    let mut rows = Vec::new();
    if global {
        rows.push(fixed(&["Ctrl", "K"], t::shortcuts::palette));
    }
    for action in Action::ALL.into_iter().filter(|action| action.is_global() == global) {
        let keys = keymap.keys(action).filter(|keys| single || keys.is_named());
        let arrow = match action {
            Action::NextTicket => Some("↓"),
            Action::PreviousTicket => Some("↑"),
            _ => None,
        };
        let in_sequence = keys.is_some_and(|keys| keys.names().count() > 1);
        let keys: Vec<String> =
            keys.into_iter().flat_map(|keys| keys.names()).chain(arrow.map(str::to_owned)).collect();
        if !keys.is_empty() {
            rows.push(Row { keys, in_sequence, text: keymap::label(action) });
        }
    }
    if global {
        rows.push(fixed(&["Esc"], t::shortcuts::close));
    }
    rows
}

fn shortcut_table(title: fn() -> String, rows: Vec<Row>) -> impl IntoView {
    let row = |Row { keys, in_sequence, text }: Row| {
        let keys = (0..).zip(keys).map(|(place, key)| {
            let then = (in_sequence && place == 1)
                .then(|| view! { <span class="muted small" prop:textContent=catalogue(t::shortcuts::then) />" " });
            view! { {then}<kbd prop:textContent=live_text(move || key_label(&key)) />" " }
        });
        view! {
            <tr><th scope="row"><bdi dir="ltr">{keys.collect_view()}</bdi></th><td prop:textContent=live_text(move || text()) /></tr>
        }
    };
    view! {
        <table class="shortcuts">
            <caption prop:textContent=live_text(move || title()) />
            <thead class="visually-hidden">
                <tr><th scope="col" prop:textContent=catalogue(t::shortcuts::key) /><th scope="col" prop:textContent=catalogue(t::shortcuts::action) /></tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// The name of a key on this keyboard.
fn key_label(key: &str) -> String {
    match key {
        "Ctrl" if is_apple() => "⌘".to_owned(),
        "Ctrl" => t::shortcuts::ctrl(),
        key => key.to_owned(),
    }
}
