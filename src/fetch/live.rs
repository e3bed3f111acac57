//! What the gateway says has changed: an event stream, so that the vendors are asked once for everybody.

use serde::Deserialize;
use trunkline_api::Vendor;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::{cache, config};

/// One message of `/api/live`.
#[derive(Debug, Deserialize)]
struct Changed {
    /// Whose data.
    vendor: Vendor,
    /// The beginning of the paths concerned, such as `/acd/events`.
    resource: String,
}

thread_local! {
    static SOURCE: std::cell::RefCell<Option<EventSource>> = const { std::cell::RefCell::new(None) };
}

/// Closes the stream: at sign-out.
pub fn stop() {
    if let Some(source) = SOURCE.take() {
        source.close();
    }
}

/// Opens the stream until [`stop`]. The browser opens it again by itself when it breaks; what is on the
/// screen is then fetched again, since messages may have been missed.
pub fn start() {
    if !config::has_gateway() || SOURCE.with_borrow(Option::is_some) {
        return;
    }
    let url = format!("{}/live", config::base(Vendor::Gateway));
    let Ok(source) = EventSource::new(&url) else { return };
    let changed = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(changed) = serde_json::from_str::<Changed>(&text) {
            cache::invalidate(&format!("{} {}", changed.vendor.key(), changed.resource));
        }
    });
    // A listener that can't be added leaves the queries' own refetches.
    let _ = source.add_event_listener_with_callback("changed", changed.as_ref().unchecked_ref());
    changed.forget();
    let first = std::cell::Cell::new(true);
    let hello = Closure::<dyn Fn(MessageEvent)>::new(move |_| {
        if !first.replace(false) {
            cache::refetch_older_than(0);
        }
    });
    let _ = source.add_event_listener_with_callback("hello", hello.as_ref().unchecked_ref());
    hello.forget();
    SOURCE.set(Some(source));
}
