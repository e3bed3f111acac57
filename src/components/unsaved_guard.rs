//! Asks for confirmation before a page with unsaved input is left: by a link, by Back and Forward, by closing the tab,
//! by reloading.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, EventTarget, MouseEvent};

use crate::fetch::{mutation, session};
use crate::i18n::t;

/// Name of the global function that `boot.js` calls on each `popstate`.
const POPSTATE_HOOK: &str = "trunklineLeaving";

thread_local! {
    /// Set when the user has agreed to a reload, so that the browser does not ask again.
    static UNLOAD_ALLOWED: Cell<bool> = const { Cell::new(false) };
    /// Set while the history is being moved back to the guarded page: the resulting event must be ignored.
    static RETURNING: Cell<bool> = const { Cell::new(false) };
}

/// Guards the page until the owner is disposed, while `dirty` returns `true`. Calls `left` when the user leaves it all
/// the same by a link, Back or Forward. `page` is the page's path: the address bar may not show it yet.
pub fn use_unsaved_guard(page: String, dirty: impl Fn() -> bool + 'static, on_leave: impl Fn() + 'static) {
    let dirty: Rc<dyn Fn() -> bool> = Rc::new(dirty);
    let left: Rc<dyn Fn()> = Rc::new(on_leave);
    guard_history(page, Rc::clone(&dirty), Rc::clone(&left));
    let unload = window_event_listener(ev::beforeunload, {
        let dirty = Rc::clone(&dirty);
        move |event| {
            if untrack(|| dirty()) && !UNLOAD_ALLOWED.get() && !session::is_reloading() {
                event.prevent_default();
                // Some browsers prompt only if the legacy property is set too.
                event.set_return_value("unsaved");
            }
        }
    });
    // Use the capture phase to run before the router.
    let click = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if event.dyn_ref().is_some_and(is_link_click) && untrack(|| dirty()) {
            if confirm_discard() {
                left();
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    listen_capturing(&document(), "click", click);
    on_cleanup(move || unload.remove());
}

/// Guards against Back and Forward. The history has already moved when the event arrives, so a user who stays is moved
/// back before the router sees the event.
fn guard_history(page: String, dirty: Rc<dyn Fn() -> bool>, left: Rc<dyn Fn()>) {
    // The index of the page's history entry, which is created after the page.
    let entry = Rc::new(Cell::new(None));
    let note = {
        let (page, entry) = (page.clone(), Rc::clone(&entry));
        move || {
            if path() == page {
                entry.set(entry_index());
            }
        }
    };
    note();
    if let Some(navigation) = navigation().and_then(|found| found.dyn_into::<EventTarget>().ok()) {
        listen_capturing(&navigation, "currententrychange", Closure::<dyn Fn(Event)>::new(move |_: Event| note()));
    }
    let moved = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if RETURNING.take() {
            event.stop_immediate_propagation();
        } else if path() != page && !mutation::has_pending_writes() && untrack(|| dirty()) {
            // A save in progress is already sent, and stays stored as a draft until the vendor confirms it. While the
            // session is over, do not ask: the person at the screen may not be the one who typed.
            if !untrack(session::is_locked) && confirm_discard() {
                left();
            } else {
                event.stop_immediate_propagation();
                restore_entry(&page, entry.get());
            }
        }
    });
    on_popstate_before_router(moved);
}

/// Handles each `popstate` before the router, until the owner is disposed. `boot.js`, whose listener is older than the
/// router's, forwards the event: a window calls its listeners in the order they were added, capturing or not.
fn on_popstate_before_router(moved: Closure<dyn Fn(Event)>) {
    // Fails only if the window is read-only; then the page is merely unguarded.
    let _ = Reflect::set(&window(), &POPSTATE_HOOK.into(), moved.as_ref());
    let kept = StoredValue::new_local(moved);
    on_cleanup(move || {
        kept.try_with_value(|moved| {
            // The next page's guard may already have replaced this one.
            if Reflect::get(&window(), &POPSTATE_HOOK.into()).is_ok_and(|now| now == *moved.as_ref()) {
                let _ = Reflect::set(&window(), &POPSTATE_HOOK.into(), &JsValue::UNDEFINED);
            }
        });
    });
}

/// Moves the history back to a page whose entry has this index. Browsers without history indices get a new entry.
fn restore_entry(page: &str, entry: Option<f64>) {
    let Ok(history) = window().history() else { return };
    let steps = entry.zip(entry_index()).map(|(was, is)| was - is).filter(|steps| *steps != 0.0);
    #[allow(clippy::cast_possible_truncation, reason = "a browser keeps some fifty entries")]
    let done = match steps {
        Some(steps) => {
            RETURNING.set(true);
            history.go_with_delta(steps as i32)
        }
        None => history.push_state_with_url(&JsValue::NULL, "", Some(page)),
    };
    if done.is_err() {
        RETURNING.set(false);
    }
}

/// The current path.
fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The index of the current history entry, in browsers with the Navigation API.
fn entry_index() -> Option<f64> {
    let entry = Reflect::get(&navigation()?, &"currentEntry".into()).ok().filter(JsValue::is_object)?;
    Reflect::get(&entry, &"index".into()).ok()?.as_f64()
}

/// The Navigation API's object, if the browser has it.
fn navigation() -> Option<JsValue> {
    Reflect::get(&window(), &"navigation".into()).ok().filter(JsValue::is_object)
}

/// Adds a capturing listener until the owner is disposed.
fn listen_capturing(target: &EventTarget, event: &'static str, listener: Closure<dyn Fn(Event)>) {
    // If the listener can't be added, the page is merely unguarded.
    let _ = target.add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local((target.clone(), listener));
    on_cleanup(move || {
        kept.try_with_value(|(target, listener)| {
            let _ = target.remove_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
        });
    });
}

/// Returns `true` if a click follows a link in this tab.
fn is_link_click(event: &MouseEvent) -> bool {
    let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
    let event: &Event = event;
    let link = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten());
    plain
        && link.is_some_and(|link| {
            !link.has_attribute("target")
                && !link.has_attribute("download")
                && !link.get_attribute("href").is_some_and(|href| href.starts_with('#'))
        })
}

/// Returns `true` if a reload would be blocked: dispatches a synthetic `beforeunload` to every guard. This also stores
/// the drafts.
pub fn has_unsaved_changes() -> bool {
    let question = EventInit::new();
    question.set_cancelable(true);
    Event::new_with_event_init_dict("beforeunload", &question)
        .is_ok_and(|event| !window().dispatch_event(&event).unwrap_or(true))
}

/// Lets the page unload without the browser's prompt: the user has already agreed.
pub fn allow_unload() {
    UNLOAD_ALLOWED.set(true);
}

/// Asks whether unsaved input may be discarded. Uses the browser's own blocking prompt.
pub fn confirm_discard() -> bool {
    window().confirm_with_message(&t::components::leave()).unwrap_or(true)
}
