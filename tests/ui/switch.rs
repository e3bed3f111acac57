//! Switch.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::Switch;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::Stage;

#[wasm_bindgen_test]
async fn switch_is_controlled_and_exposes_its_state() {
    let (checked, asked) = (RwSignal::new(false), RwSignal::new(None));
    let stage = Stage::new(move || view! { <Switch label="Online" checked on_change=move |to| asked.set(Some(to)) /> });
    let switch = stage.one("[role=switch]");
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("false"));
    assert_eq!(switch.text_content().as_deref(), Some("Online"));
    switch.click();
    tick().await;
    assert_eq!(asked.get_untracked(), Some(true));
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("false"), "nobody has changed it yet");
    checked.set(true);
    tick().await;
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("true"));
}
