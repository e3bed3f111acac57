//! The browser entry: reads the texts, the configuration and the session, then mounts the console.

use leptos::prelude::*;
use trunkline::app::App;
use trunkline::fetch::{config, session};
use trunkline::i18n;
use trunkline::start_screen::StartFailed;
use wasm_bindgen_futures::spawn_local;

/// Reading a long list is to a third asking for memory; this is also smaller than the standard one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    console_error_panic_hook::set_once();
    // Before anything is mounted, Leptos has no executor of its own.
    spawn_local(async {
        // Without texts there is no screen to show: `boot.js` has one.
        if i18n::start().await.is_err() {
            return;
        }
        let failure = match config::load().await {
            Ok(()) => session::load().await.err().map(|error| trunkline::parts::words(&error).message),
            Err(message) => Some(message),
        };
        match failure {
            None => mount_to_body(App),
            Some(message) => mount_to_body(move || view! { <StartFailed message=message.clone() /> }),
        }
    });
}
