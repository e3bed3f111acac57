//! Loading of chunks: the pages' code, split into files. The start script (`boot.js`) knows the files and instantiates
//! them into the running module. A build that was not split has all code from the start.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::transport;
use crate::browser::property;
use crate::browser::timers::sleep;

/// Milliseconds after start during which nothing is prefetched.
const FIRST_PAGE_MS: u32 = 2_000;
/// Milliseconds between two checks for requests in flight.
const BUSY_MS: u32 = 500;

/// Milliseconds between two checks, and their number, of whether the first view's data is here.
const TAIL_MS: u32 = 50;
const TAIL_CHECKS: u32 = 60;
/// Milliseconds until the tail is asked for again after a failure.
const RETRY_MS: u32 = 5_000;

/// The state of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkState {
    /// Requested.
    Loading,
    /// Instantiated: its functions may be called.
    Ready,
    /// Failed to load: a network error, or a deployment removed the file.
    Failed,
}

thread_local! {
    static CHUNKS: RefCell<Vec<(&'static str, ArcRwSignal<ChunkState>)>> = const { RefCell::new(Vec::new()) };
    static LOAD_ERROR: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The state of a chunk, tracked. The first call requests it.
pub fn state(chunk: &'static str) -> ChunkState {
    find(chunk).unwrap_or_else(|| request(chunk)).get()
}

/// `true` if the last chunk requested failed to load. Tracked.
pub fn has_load_error() -> bool {
    LOAD_ERROR.with(|missing| missing.get())
}

/// Requests a chunk, also again after a failure.
pub fn load(chunk: &'static str) {
    request(chunk);
}

/// Calls `run` once the chunk is loaded, or `failed` if it can't be.
pub fn with_chunk(chunk: &str, run: impl FnOnce() + 'static, failed: impl FnOnce() + 'static) {
    let Some(promise) = call_start_script("load", chunk) else { return run() };
    spawn_local(async move {
        let came = JsFuture::from(promise).await.is_ok();
        LOAD_ERROR.with(|missing| missing.set(!came));
        if came { run() } else { failed() }
    });
}

/// Calls `run` once the first page is done: after [`FIRST_PAGE_MS`], with no request in flight, so that it takes no
/// bandwidth from the page's data, and when the browser is idle.
pub fn when_idle(run: impl FnOnce() + 'static) {
    spawn_local(async move {
        sleep(FIRST_PAGE_MS).await;
        while !transport::is_idle() {
            sleep(BUSY_MS).await;
        }
        if let Some(idle) = call_start_script("idle", "") {
            let _ = JsFuture::from(idle).await;
        }
        run();
    });
}

/// Prefetches these chunks after the first page, in this order, then all others whose names begin with theirs.
pub fn prefetch(chunks: impl Iterator<Item = &'static str>) {
    let parts: js_sys::Array = chunks.map(JsValue::from_str).collect();
    let Some((script, later)) = start_script_function("later") else { return };
    when_idle(move || {
        // A chunk that can't be prefetched is requested again when it is needed.
        let _ = later.call1(&script, &parts);
    });
}

/// Loads the code that no page's first view calls (`scripts/split/profile.mjs`) once that view's data is here. Whoever calls
/// into it sooner waits for it.
pub fn load_tail_later() {
    spawn_local(async {
        for _ in 0..TAIL_CHECKS {
            sleep(TAIL_MS).await;
            if transport::is_idle() {
                break;
            }
        }
        while let Some(promise) = call_start_script("load", "tail") {
            if JsFuture::from(promise).await.is_ok() {
                break;
            }
            sleep(RETRY_MS).await;
        }
    });
}

/// Asks for the typefaces after the first page.
pub fn load_face_later() {
    when_idle(|| drop(start_script_function("face").map(|(script, face)| face.call0(&script))));
}

fn find(chunk: &str) -> Option<ArcRwSignal<ChunkState>> {
    CHUNKS.with_borrow(|parts| parts.iter().find(|(name, _)| *name == chunk).map(|(_, state)| state.clone()))
}

fn request(chunk: &'static str) -> ArcRwSignal<ChunkState> {
    let state = find(chunk).unwrap_or_else(|| {
        let state = ArcRwSignal::new(ChunkState::Loading);
        CHUNKS.with_borrow_mut(|parts| parts.push((chunk, state.clone())));
        state
    });
    let Some(promise) = call_start_script("load", chunk) else {
        state.set(ChunkState::Ready);
        return state;
    };
    state.set(ChunkState::Loading);
    let loaded = state.clone();
    spawn_local(async move {
        let came = JsFuture::from(promise).await.is_ok();
        loaded.set(if came { ChunkState::Ready } else { ChunkState::Failed });
        LOAD_ERROR.with(|missing| missing.set(!came));
    });
    state
}

/// Calls `trunkline.load(chunk)` or `trunkline.idle()`, which return a promise; `None` without a start script.
fn call_start_script(function: &str, argument: &str) -> Option<Promise> {
    let (script, function) = start_script_function(function)?;
    function.call1(&script, &JsValue::from_str(argument)).ok()?.dyn_into().ok()
}

/// The start script's object `trunkline` and one of its functions; `None` without a start script.
fn start_script_function(function: &str) -> Option<(JsValue, Function)> {
    let script = property(&js_sys::global(), "trunkline")?;
    let function = property(&script, function)?.dyn_into().ok()?;
    Some((script, function))
}
