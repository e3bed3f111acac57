//! Yielding to the browser during long work (`scheduler.yield`).

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::browser::timers::sleep;

/// Milliseconds that work may take before it yields, so that input and frames never wait much longer.
pub const SLICE_MS: f64 = 8.0;

#[wasm_bindgen]
extern "C" {
    /// Continues before other queued tasks, unlike a timer. Not all browsers have it.
    #[wasm_bindgen(js_namespace = scheduler, js_name = "yield", catch)]
    fn scheduler_yield() -> Result<Promise, JsValue>;
}

/// Resumes after the browser has handled pending input and painting.
pub async fn yield_to_main() {
    match scheduler_yield() {
        Ok(turn) => {
            // The promise is never rejected: there is no signal to abort it.
            let _ = JsFuture::from(turn).await;
        }
        Err(_) => sleep(0).await,
    }
}
