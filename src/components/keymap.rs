//! The keyboard shortcuts: which action a key press triggers, by the defaults and the user's changes.
//!
//! The changes are kept in local storage, and other tabs follow at once. `trunkline_model::keymap` has the rules.

use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;
use trunkline_model::keymap::{Keymap, Keys, Sequence};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, KeyboardEvent, StorageEvent};

use crate::browser::clock::monotonic_ms;
use crate::browser::keys::{Key, is_within, shortcut};
use crate::browser::{property, storage};
use crate::i18n::t;

pub use trunkline_model::keymap::Action;

/// The local storage key of the user's changes.
const STORAGE_KEY: &str = "trunkline.keys";
/// A property of a handled event: the number of its action in [`Action::ALL`], or -1.
const HANDLED: &str = "trunklineAction";

thread_local! {
    static KEYMAP: ArcRwSignal<Keymap> = load();
    static SEQUENCE: RefCell<Sequence> = RefCell::default();
}

/// The action that a `keydown` event triggers; `None` for other keys, and while a field, menu, dialog or input method
/// has them, or another handler has called `prevent_default`. Several listeners may ask for the same event: each gets
/// the same result and runs the actions that are its own.
pub fn action(event: &KeyboardEvent) -> Option<Action> {
    if event.default_prevented() {
        return None;
    }
    // The second key of a sequence must count once, however many listeners ask.
    if let Some(handled) = property(event, HANDLED).and_then(|handled| handled.as_f64()) {
        return (0..).zip(Action::ALL).find(|(number, _)| f64::from(*number) == handled).map(|(_, action)| action);
    }
    let action = pressed_action(event);
    let number = (0..).zip(Action::ALL).find(|(_, listed)| Some(*listed) == action).map_or(-1, |(number, _)| number);
    // An event is extensible, so this does not fail.
    let _ = js_sys::Reflect::set(event, &HANDLED.into(), &JsValue::from(number));
    action
}

fn pressed_action(event: &KeyboardEvent) -> Option<Action> {
    let key = shortcut(event)?;
    // Enter has a meaning for these already.
    if key == Key::Enter && is_within(event, "a, button, summary, [role=switch]") {
        return None;
    }
    let action = KEYMAP.with(|keymap| {
        keymap.with_untracked(|keymap| SEQUENCE.with_borrow_mut(|keys| keys.press(keymap, key, monotonic_ms())))
    })?;
    (!event.repeat() || action.repeats()).then_some(action)
}

/// The current keys. Tracked.
pub fn keymap() -> Keymap {
    KEYMAP.with(|keymap| keymap.get())
}

/// Gives an action other keys, or with `None` switches it off, and stores that.
pub fn set_keys(action: Action, keys: Option<Keys>) {
    KEYMAP.with(|keymap| {
        keymap.update(|keymap| keymap.set(action, keys));
        storage::store(STORAGE_KEY, &keymap.read_untracked().store());
    });
}

/// Restores the default keys of all actions.
pub fn reset_keys() {
    KEYMAP.with(|keymap| keymap.set(Keymap::default()));
    storage::store(STORAGE_KEY, "");
}

/// Focuses the page's search field. Returns `false` if there is none.
pub fn focus_search() -> bool {
    let field = document().query_selector("main input[type=search]").ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<HtmlElement>().ok());
    // A hidden field can't take the focus: the list is not on screen then.
    field.is_some_and(|field| field.focus().is_ok())
}

/// Loads the stored keys, and follows changes in other tabs for as long as the app runs.
fn load() -> ArcRwSignal<Keymap> {
    let stored = storage::load(STORAGE_KEY);
    let keymap = ArcRwSignal::new(Keymap::load(&stored.unwrap_or_default()));
    let follower = keymap.clone();
    window_event_listener(ev::storage, move |event: StorageEvent| {
        // No key means that the storage was cleared.
        if event.key().is_none_or(|key| key == STORAGE_KEY) {
            follower.set(Keymap::load(&event.new_value().unwrap_or_default()));
        }
    });
    keymap
}

/// The words for an action.
pub const fn label(action: Action) -> fn() -> String {
    match action {
        Action::NextTicket => t::shortcuts::next,
        Action::PreviousTicket => t::shortcuts::previous,
        Action::OpenTicket => t::shortcuts::open,
        Action::Close => t::shortcuts::close_ticket,
        Action::Search => t::shortcuts::search,
        Action::Help => t::shortcuts::help,
        Action::GoInbox => t::shortcuts::go_inbox,
        Action::GoEvents => t::shortcuts::go_events,
        Action::Presence => t::shortcuts::presence,
        Action::Snooze => t::shortcuts::snooze,
        Action::Pin => t::shortcuts::pin,
        Action::Note => t::shortcuts::note,
        Action::Done => t::shortcuts::done,
        Action::Callback => t::shortcuts::callback,
    }
}
