//! Button.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::Button;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stage, focused};

#[wasm_bindgen_test]
async fn busy_button_keeps_focus_and_ignores_clicks() {
    static CLICKS: AtomicUsize = AtomicUsize::new(0);
    let busy = RwSignal::new(false);
    let click = |()| {
        CLICKS.fetch_add(1, Ordering::Relaxed);
    };
    let stage = Stage::new(move || view! { <Button label="Test" busy on_click=click /> });
    let button = stage.one("button");
    button.focus().unwrap();
    button.click();
    busy.set(true);
    tick().await;
    button.click();
    assert_eq!(CLICKS.load(Ordering::Relaxed), 1);
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(!button.has_attribute("disabled"));
    assert_eq!(focused().as_ref(), Some(&*button));
}
