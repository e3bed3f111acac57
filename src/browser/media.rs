//! Media queries.

use leptos::prelude::{ArcRwSignal, Get, Set, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventTarget;

/// As in `style/ui/table.css`.
const NARROW: &str = "(width < 37.5rem)";

thread_local! { static IS_NARROW: ArcRwSignal<bool> = watch(NARROW); }

/// Returns `true` while the window is so narrow that lists have rows of two lines. Tracked.
pub fn is_narrow() -> bool {
    IS_NARROW.with(Get::get)
}

/// A signal that follows a query as long as the page lives.
fn watch(query: &str) -> ArcRwSignal<bool> {
    let Some(list) = window().match_media(query).ok().flatten() else { return ArcRwSignal::new(false) };
    let matches = ArcRwSignal::new(list.matches());
    let (followed, asked) = (matches.clone(), list.clone());
    let follow = Closure::<dyn Fn()>::new(move || followed.set(asked.matches()));
    // A valid event type; the list lives as long as its listener.
    let _ = EventTarget::add_event_listener_with_callback(&list, "change", follow.as_ref().unchecked_ref());
    follow.forget();
    matches
}
