//! Error panel.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use trunkline::ui::{ErrorMessage, ErrorPanel};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::Stage;

#[wasm_bindgen_test]
async fn error_panel_is_an_alert_with_retry() {
    static TRIES: AtomicUsize = AtomicUsize::new(0);
    let retry = |()| {
        TRIES.fetch_add(1, Ordering::Relaxed);
    };
    let problem = ErrorMessage { title: "No events".into(), message: "Timed out".into(), details: "GET /x".into() };
    let stage = Stage::new(move || view! { <ErrorPanel problem on_retry=retry /> });
    let panel = stage.one("[role=alert]");
    assert!(panel.text_content().unwrap().contains("Timed out"));
    assert_eq!(stage.texts("details pre"), ["GET /x"]);
    let buttons = stage.all("button");
    let button = buttons.iter().find(|button| button.text_content().as_deref() == Some("Retry")).unwrap();
    button.clone().unchecked_into::<HtmlElement>().click();
    assert_eq!(TRIES.load(Ordering::Relaxed), 1);
}
