//! Toasts.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{Severity, ToastRegion, provide_toasts};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::Stage;

#[wasm_bindgen_test]
async fn toasts_use_the_live_region_of_their_severity() {
    let slot = StoredValue::new(None);
    let stage = Stage::new(move || {
        slot.set_value(Some(provide_toasts()));
        view! { <ToastRegion /> }
    });
    let toasts = slot.get_value().unwrap();
    assert_eq!(stage.texts("[role]"), ["", ""], "regions stand ready and say nothing");
    toasts.push(Severity::Success, "Saved");
    toasts.push(Severity::Error, "Refused");
    tick().await;
    assert_eq!(stage.texts("[role=status] .toast > span"), ["Saved"]);
    assert_eq!(stage.texts("[role=alert] .toast > span"), ["Refused"]);
    stage.one("[role=alert] button").click();
    tick().await;
    assert_eq!(stage.texts("[role=alert]"), [""]);
}
