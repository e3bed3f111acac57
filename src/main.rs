//! The browser entry: reads the texts, the configuration and the session, then mounts the console.

use futures_util::future::join;
use leptos::prelude::*;
use trunkline::app::App;
use trunkline::fetch::{config, session};
use trunkline::i18n;
use trunkline::start_screen::StartFailed;
use trunkline_api::Error;
use wasm_bindgen_futures::spawn_local;

/// Reading a long list is to a third asking for memory; this is also smaller than the standard one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    console_error_panic_hook::set_once();
    // Before anything is mounted, Leptos has no executor of its own.
    spawn_local(async {
        // Neither way over the line waits for the other.
        let (texts, session) = join(i18n::start(), connect()).await;
        // Without texts there is no screen to show: `boot.js` has one.
        if texts.is_err() {
            return;
        }
        let failure = session.err().map(|failed| match failed {
            Failed::Config(message) => message,
            Failed::Session(error) => trunkline::parts::words(&error).message,
        });
        match failure {
            None => mount_to_body(App),
            Some(message) => mount_to_body(move || view! { <StartFailed message=message.clone() /> }),
        }
    });
}

/// What there is no console without.
enum Failed {
    Config(String),
    Session(Box<Error>),
}

/// Reads where the gateway is, and who is signed in.
async fn connect() -> Result<(), Failed> {
    config::load().await.map_err(Failed::Config)?;
    session::load().await.map_err(|error| Failed::Session(Box::new(error)))
}
