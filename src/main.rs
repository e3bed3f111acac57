//! The browser entry: reads the texts, the configuration and the session, then mounts the console.

use leptos::prelude::*;
use trunkline::app::App;
use trunkline::fetch::{config, session};
use trunkline::i18n;
use trunkline::start_screen::StartFailed;
use wasm_bindgen_futures::spawn_local;

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
