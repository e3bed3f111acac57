//! The entry point of the WebAssembly module: loads the texts, the configuration and the session, then mounts the
//! console.

use futures_util::future::join;
use leptos::prelude::*;
use trunkline::app::App;
use trunkline::fetch::{config, sync};
use trunkline::i18n;
use trunkline::startup_error::StartupError;
use trunkline_api::Error;
use wasm_bindgen_futures::spawn_local;

/// Allocation takes a third of the time of parsing a long list. This allocator is faster than the standard one, and
/// smaller.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    console_error_panic_hook::set_once();
    // Leptos has no executor before anything is mounted.
    spawn_local(async {
        // Both are requested in parallel.
        let (texts, session) = join(i18n::start(), connect()).await;
        // Without texts no page can be shown; `boot.js` shows the error.
        if texts.is_err() {
            return;
        }
        let failure = session.err().map(|failed| match failed {
            ConnectError::Config(message) => message,
            ConnectError::Session(error) => trunkline::components::describe(&error).message,
        });
        match failure {
            None => mount_to_body(App),
            Some(message) => mount_to_body(move || view! { <StartupError message=message.clone() /> }),
        }
    });
}

/// An error that prevents the start.
enum ConnectError {
    Config(String),
    Session(Box<Error>),
}

/// Loads the configuration, then the session.
async fn connect() -> Result<(), ConnectError> {
    config::load().await.map_err(ConnectError::Config)?;
    sync::load_session().await.map_err(|error| ConnectError::Session(Box::new(error)))
}
