//! The pages' code, which comes part by part. The start script (`boot.js`) knows the files and puts them into the
//! running module; a build that was not taken apart has everything from the start.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{property, transport};
use crate::browser::timers::sleep;

/// Milliseconds that the first page has to itself.
const FIRST_PAGE_MS: u32 = 2_000;
/// Milliseconds until it is looked again whether answers are on their way.
const BUSY_MS: u32 = 500;

/// Whether a part is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// On its way.
    Loading,
    /// Here.
    Ready,
    /// It didn't come: the network, or a deploy that took the file away.
    Failed,
}

thread_local! {
    static PARTS: RefCell<Vec<(&'static str, ArcRwSignal<Code>)>> = const { RefCell::new(Vec::new()) };
    static MISSING: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The state of a part, tracked; the first question asks for it.
pub fn of(part: &'static str) -> Code {
    known(part).unwrap_or_else(|| request(part)).get()
}

/// Whether some part didn't come. Tracked.
pub fn is_missing() -> bool {
    MISSING.with(|missing| missing.get())
}

/// Asks for a part, again after a failure.
pub fn load(part: &'static str) {
    request(part);
}

/// Runs what needs a part as soon as it is here; `failed`, if it doesn't come.
pub fn run(part: &str, run: impl FnOnce() + 'static, failed: impl FnOnce() + 'static) {
    let Some(promise) = ask_start_script("load", part) else { return run() };
    spawn_local(async move {
        let came = JsFuture::from(promise).await.is_ok();
        MISSING.with(|missing| missing.set(!came));
        if came { run() } else { failed() }
    });
}

/// Runs something when the first page has had its time, no answer is on its way, so that it takes nothing of the line
/// from the page's data, and nobody waits for the page.
pub fn after_first_page(run: impl FnOnce() + 'static) {
    spawn_local(async move {
        sleep(FIRST_PAGE_MS).await;
        while !transport::is_quiet() {
            sleep(BUSY_MS).await;
        }
        if let Some(idle) = ask_start_script("idle", "") {
            let _ = JsFuture::from(idle).await;
        }
        run();
    });
}

/// Has further parts fetched after the first page, in this order; then what else bears their names.
pub fn load_later(parts: impl Iterator<Item = &'static str>) {
    let parts: js_sys::Array = parts.map(JsValue::from_str).collect();
    let Some((script, later)) = start_script("later") else { return };
    after_first_page(move || {
        // A part that doesn't come now is asked for again when it is needed.
        let _ = later.call1(&script, &parts);
    });
}

fn known(part: &str) -> Option<ArcRwSignal<Code>> {
    PARTS.with_borrow(|parts| parts.iter().find(|(name, _)| *name == part).map(|(_, state)| state.clone()))
}

fn request(part: &'static str) -> ArcRwSignal<Code> {
    let state = known(part).unwrap_or_else(|| {
        let state = ArcRwSignal::new(Code::Loading);
        PARTS.with_borrow_mut(|parts| parts.push((part, state.clone())));
        state
    });
    let Some(promise) = ask_start_script("load", part) else {
        state.set(Code::Ready);
        return state;
    };
    state.set(Code::Loading);
    let loaded = state.clone();
    spawn_local(async move {
        let came = JsFuture::from(promise).await.is_ok();
        loaded.set(if came { Code::Ready } else { Code::Failed });
        MISSING.with(|missing| missing.set(!came));
    });
    state
}

/// `trunkline.load(part)`, `trunkline.idle()`: a promise; nothing where there is no start script.
fn ask_start_script(function: &str, part: &str) -> Option<Promise> {
    let (script, function) = start_script(function)?;
    function.call1(&script, &JsValue::from_str(part)).ok()?.dyn_into().ok()
}

/// The start script's object `trunkline`, and one of its functions.
fn start_script(function: &str) -> Option<(JsValue, Function)> {
    let script = property(&js_sys::global(), "trunkline")?;
    let function = property(&script, function)?.dyn_into().ok()?;
    Some((script, function))
}
