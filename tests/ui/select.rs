//! Select.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{SelectField, SelectOption};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::Stage;

#[wasm_bindgen_test]
async fn select_shows_a_value_that_is_not_an_option() {
    let value = RwSignal::new("strange".to_owned());
    let choices = RwSignal::new(Vec::<SelectOption>::new());
    let stage = Stage::new(move || view! { <SelectField label="Type" value choices /> });
    let select: web_sys::HtmlSelectElement = stage.one("select").unchecked_into();
    assert_eq!(select.value(), "strange");
    choices.set(vec![SelectOption::new("", "None"), SelectOption::new("a", "Alpha")]);
    value.set("a".into());
    tick().await;
    assert_eq!((select.value().as_str(), select.length()), ("a", 2));
}
