//! Links to records whose ids need escapes: `50%` is `/inbox/50%25`. The router writes a link's path to the address bar
//! decoded once, which then names another record, or none. Such links are followed here, as they are.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MouseEvent};

/// Links of this console that open in this tab and have an escape.
const LINKS: &str = "a[href^='/'][href*='%']:not([target], [download], [rel~=external])";

/// Follows them for as long as the app lives.
pub fn follow_encoded_links() {
    let navigate = use_navigate();
    let click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let has_key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.button() != 0 || has_key || event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest(LINKS).ok().flatten());
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        // A query is left alone by the router.
        if href.split(['?', '#']).next().is_some_and(|path| path.contains('%')) {
            event.prevent_default();
            navigate(&href, NavigateOptions::default());
        }
    });
    // At the document, before the router, which listens at the window. Without it only odd ids fail, and only on a reload.
    let _ = document().add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    click.forget();
}
