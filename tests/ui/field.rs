//! Text field.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::TextField;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{Stage, type_into};

#[wasm_bindgen_test]
async fn field_links_label_hint_and_error_to_its_control() {
    let error = RwSignal::new(None::<String>);
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || view! { <TextField label="Name" value error hint="As shown." required=true /> });
    let (label, input) = (stage.one("label"), stage.one("input").unchecked_into::<HtmlInputElement>());
    assert_eq!(label.text_content().as_deref(), Some("Name"), "the name alone");
    assert_eq!(label.get_attribute("for"), Some(input.id()));
    assert_eq!(input.get_attribute("aria-required").as_deref(), Some("true"));
    assert_eq!(input.get_attribute("aria-invalid"), None);
    error.set(Some("Missing".into()));
    tick().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described: Vec<_> = input
        .get_attribute("aria-describedby")
        .unwrap()
        .split(' ')
        .map(|id| document().get_element_by_id(id).unwrap().text_content().unwrap())
        .collect();
    assert_eq!(described, ["As shown.", "Missing"]);
    type_into(&input, "Ada");
    assert_eq!(value.get_untracked(), "Ada");
    value.set("Grace".into());
    tick().await;
    assert_eq!(input.value(), "Grace");
}
