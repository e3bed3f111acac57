//! Asks before a page with unsaved input is left: by a link, by Back and Forward, by closing the tab, by reloading.

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

/// What `boot.js` calls with each `popstate`.
const PASSED_ON: &str = "trunklineLeaving";

thread_local! {
    /// The page is about to be loaded anew, and who typed something has agreed.
    static LET_GO: Cell<bool> = const { Cell::new(false) };
    /// The history is on its way back to the page that was not to be left: its event is no news for anybody.
    static RETURNING: Cell<bool> = const { Cell::new(false) };
}

/// Guards the page for as long as the owner lives, whenever `dirty` says so; `left` is called when a person leaves it
/// all the same, by a link, Back or Forward. `page` is its path: the address may not have followed yet.
pub fn guard_leaving_then(page: String, dirty: impl Fn() -> bool + 'static, left: impl Fn() + 'static) {
    let dirty: Rc<dyn Fn() -> bool> = Rc::new(dirty);
    let left: Rc<dyn Fn()> = Rc::new(left);
    guard_history(page, Rc::clone(&dirty), Rc::clone(&left));
    let unload = window_event_listener(ev::beforeunload, {
        let dirty = Rc::clone(&dirty);
        move |event| {
            if untrack(|| dirty()) && !LET_GO.get() && !session::is_going() {
                event.prevent_default();
                // Some browsers ask only when the old property is set too.
                event.set_return_value("unsaved");
            }
        }
    });
    // In the capture phase, before the router takes the click.
    let click = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if event.dyn_ref().is_some_and(leads_away) && untrack(|| dirty()) {
            if confirmed() {
                left();
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    listen_first(&document(), "click", click);
    on_cleanup(move || unload.remove());
}

/// Back and Forward have moved the history by the time they are heard of: who stays is brought back, before the router
/// learns of it.
fn guard_history(page: String, dirty: Rc<dyn Fn() -> bool>, left: Rc<dyn Fn()>) {
    // The place of the page's own entry, which is made after the page.
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
        listen_first(&navigation, "currententrychange", Closure::<dyn Fn(Event)>::new(move |_: Event| note()));
    }
    let moved = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if RETURNING.take() {
            event.stop_immediate_propagation();
        } else if path() != page && !mutation::is_under_way() && untrack(|| dirty()) {
            // What is being saved is on the wire, and stays as a draft until the vendor has confirmed it.
            // Nobody is asked while the session is over: it is not the one who typed.
            if !untrack(session::is_locked) && confirmed() {
                left();
            } else {
                event.stop_immediate_propagation();
                go_back_to(&page, entry.get());
            }
        }
    });
    hear_before_the_router(moved);
}

/// Hears of each `popstate` before the router does, for as long as the owner lives: `boot.js`, which began to listen before
/// it, passes the event on. On a window, listeners are called in the order in which they came, capturing or not.
fn hear_before_the_router(moved: Closure<dyn Fn(Event)>) {
    // It fails only on a window that can't be written to; then the page is unguarded, no more.
    let _ = Reflect::set(&window(), &PASSED_ON.into(), moved.as_ref());
    let kept = StoredValue::new_local(moved);
    on_cleanup(move || {
        kept.try_with_value(|moved| {
            // The guard of the page that comes may have taken the place.
            if Reflect::get(&window(), &PASSED_ON.into()).is_ok_and(|now| now == *moved.as_ref()) {
                let _ = Reflect::set(&window(), &PASSED_ON.into(), &JsValue::UNDEFINED);
            }
        });
    });
}

/// Brings the history back to a page, whose entry is at this place. A browser that doesn't tell places gets a new entry.
fn go_back_to(page: &str, entry: Option<f64>) {
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

/// Where the address is.
fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The place of the current entry in the history, where the browser tells it.
fn entry_index() -> Option<f64> {
    let entry = Reflect::get(&navigation()?, &"currentEntry".into()).ok().filter(JsValue::is_object)?;
    Reflect::get(&entry, &"index".into()).ok()?.as_f64()
}

/// The browser's history as a list, where it has that.
fn navigation() -> Option<JsValue> {
    Reflect::get(&window(), &"navigation".into()).ok().filter(JsValue::is_object)
}

/// Hears of an event before anybody else, for as long as the owner lives.
fn listen_first(target: &EventTarget, event: &'static str, listener: Closure<dyn Fn(Event)>) {
    // A listener that can't be added leaves the page unguarded, no more.
    let _ = target.add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local((target.clone(), listener));
    on_cleanup(move || {
        kept.try_with_value(|(target, listener)| {
            let _ = target.remove_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
        });
    });
}

/// Whether a click follows a link in this tab.
fn leads_away(event: &MouseEvent) -> bool {
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

/// Whether a reload would be held back: every guard is asked as the browser would ask it. What is typed is kept by then.
pub fn would_lose() -> bool {
    let question = EventInit::new();
    question.set_cancelable(true);
    Event::new_with_event_init_dict("beforeunload", &question)
        .is_ok_and(|event| !window().dispatch_event(&event).unwrap_or(true))
}

/// Lets the page go without the browser's question: it was asked already.
pub fn let_go() {
    LET_GO.set(true);
}

/// Asks whether unsaved input may go. It is the browser's own question: it holds everything else back until it is
/// answered.
pub fn confirmed() -> bool {
    window().confirm_with_message(&t::parts::leave()).unwrap_or(true)
}
