//! The pages' code, which comes page by page. The start script (`boot.js`) knows the files and puts them into the
//! running module; a build that was not taken apart has everything from the start.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether a page's code is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// On its way.
    Loading,
    /// Here.
    Ready,
    /// It didn't come: the network, or a deploy that took the file away.
    Failed,
}

/// The code of the sign-in form, which no route leads to.
pub const SIGN_IN: &str = "sign-in";

thread_local! {
    static PAGES: RefCell<Vec<(&'static str, ArcRwSignal<Code>)>> = const { RefCell::new(Vec::new()) };
}

/// The state of a page's code, tracked; the first question asks for it.
pub fn of(page: &'static str) -> Code {
    known(page).unwrap_or_else(|| request(page)).get()
}

/// Asks for a page's code, again after a failure.
pub fn load(page: &'static str) {
    request(page);
}

/// Has further pages' code fetched when there is nothing better to do, so that opening one never waits.
pub fn load_later(pages: impl Iterator<Item = &'static str>) {
    let pages: js_sys::Array = pages.map(JsValue::from_str).collect();
    if let Some((script, later)) = start_script("later") {
        // A page that doesn't come now is asked for again when it is opened.
        let _ = later.call1(&script, &pages);
    }
}

fn known(page: &str) -> Option<ArcRwSignal<Code>> {
    PAGES.with_borrow(|pages| pages.iter().find(|(name, _)| *name == page).map(|(_, state)| state.clone()))
}

fn request(page: &'static str) -> ArcRwSignal<Code> {
    let state = known(page).unwrap_or_else(|| {
        let state = ArcRwSignal::new(Code::Loading);
        PAGES.with_borrow_mut(|pages| pages.push((page, state.clone())));
        state
    });
    let Some(promise) = ask_start_script(page) else {
        state.set(Code::Ready);
        return state;
    };
    state.set(Code::Loading);
    let loaded = state.clone();
    spawn_local(async move {
        loaded.set(if JsFuture::from(promise).await.is_ok() { Code::Ready } else { Code::Failed });
    });
    state
}

/// `trunkline.load(page)`; nothing where there is nothing to load.
fn ask_start_script(page: &str) -> Option<Promise> {
    let (script, load) = start_script("load")?;
    load.call1(&script, &JsValue::from_str(page)).ok()?.dyn_into().ok()
}

/// The start script's object `trunkline`, and one of its functions.
fn start_script(function: &str) -> Option<(JsValue, Function)> {
    let script = Reflect::get(&js_sys::global(), &JsValue::from_str("trunkline")).ok()?;
    let function = Reflect::get(&script, &JsValue::from_str(function)).ok()?.dyn_into().ok()?;
    Some((script, function))
}
