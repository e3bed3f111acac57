//! Links to records whose ids need percent-encoding: `50%` is `/inbox/50%25`. The router decodes a link's path once
//! when it writes it to the address bar, which then names another record or none. This module navigates to such links
//! unchanged.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MouseEvent};

/// Links within this console that open in this tab and contain an escape.
const LINKS: &str = "a[href^='/'][href*='%']:not([target], [download], [rel~=external])";

/// Handles clicks on such links for the lifetime of the app.
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
        // The router does not touch the query.
        if href.split(['?', '#']).next().is_some_and(|path| path.contains('%')) {
            event.prevent_default();
            navigate(&href, NavigateOptions::default());
        }
    });
    // Listen on the document, to run before the router's listener on the window. If this fails, only ids with escapes
    // break, and only on a reload.
    let _ = document().add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    click.forget();
}
