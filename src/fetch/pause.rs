//! Letting the browser go first.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds that work may take before it pauses: a key press or a frame never waits much longer.
pub const SLICE_MS: f64 = 8.0;

/// Goes on after the browser has seen to input and painting, if there is any to do.
pub async fn pause() {
    match yielded() {
        Some(turn) => {
            // It is never refused: there is no signal to abort it by.
            let _ = JsFuture::from(turn).await;
        }
        None => TimeoutFuture::new(0).await,
    }
}

/// `scheduler.yield()`, which comes back before anything new; a timer, which not all browsers need, waits longer.
fn yielded() -> Option<Promise> {
    let scheduler = Reflect::get(&js_sys::global(), &JsValue::from_str("scheduler")).ok()?;
    let give = Reflect::get(&scheduler, &JsValue::from_str("yield")).ok()?.dyn_into::<Function>().ok()?;
    give.call0(&scheduler).ok()?.dyn_into().ok()
}
