//! Asks before a page with unsaved input is left: by a link, by closing the tab, by reloading.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, MouseEvent};

use crate::i18n::t;

thread_local! {
    /// The page is about to be loaded anew, and who typed something has agreed.
    static LET_GO: Cell<bool> = const { Cell::new(false) };
}

/// Guards the page for as long as the owner lives, whenever `dirty` says so; `left` is called when a person leaves it
/// all the same, by a link.
pub fn guard_leaving_then(dirty: impl Fn() -> bool + 'static, left: impl Fn() + 'static) {
    let dirty = Rc::new(dirty);
    let unload = window_event_listener(ev::beforeunload, {
        let dirty = Rc::clone(&dirty);
        move |event| {
            if untrack(|| dirty()) && !LET_GO.get() {
                event.prevent_default();
                // Some browsers ask only when the old property is set too.
                event.set_return_value("unsaved");
            }
        }
    });
    // In the capture phase, before the router takes the click.
    let click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if leads_away(&event) && untrack(|| dirty()) {
            if confirmed() {
                left();
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    let listener: JsValue = click.as_ref().clone();
    let target = document();
    // A listener that can't be added leaves the page unguarded, no more.
    let _ = target.add_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true);
    let kept = StoredValue::new_local(click);
    on_cleanup(move || {
        unload.remove();
        kept.try_with_value(|click| {
            let _ =
                document().remove_event_listener_with_callback_and_bool("click", click.as_ref().unchecked_ref(), true);
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
