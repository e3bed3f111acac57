//! Letting the browser go first.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::browser::timers::sleep;

/// Milliseconds that work may take before it pauses: a key press or a frame never waits much longer.
pub const SLICE_MS: f64 = 8.0;

#[wasm_bindgen]
extern "C" {
    /// Comes back before anything new is begun; a timer, which not all browsers need, waits longer.
    #[wasm_bindgen(js_namespace = scheduler, js_name = "yield", catch)]
    fn yield_to_browser() -> Result<Promise, JsValue>;
}

/// Goes on after the browser has seen to input and painting, if there is any to do.
pub async fn pause() {
    match yield_to_browser() {
        Ok(turn) => {
            // It is never refused: there is no signal to abort it by.
            let _ = JsFuture::from(turn).await;
        }
        Err(_) => sleep(0).await,
    }
}
