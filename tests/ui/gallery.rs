//! All components in all states: checks that apply to every component. Only with the feature `gallery`.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::gallery::Gallery;
use trunkline::ui::{AnnouncerRegion, ToastRegion, provide_announcer, provide_toasts};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlInputElement};

use crate::support::Stage;

fn gallery() -> Stage {
    Stage::new(|| {
        provide_toasts();
        provide_announcer();
        view! { <Gallery /> <ToastRegion /> <AnnouncerRegion /> }
    })
}

/// The accessible name of a field or button, as far as the markup tells.
fn name_of(element: &Element) -> String {
    let by_label = || {
        let input: &HtmlInputElement = element.unchecked_ref();
        let labels = input.labels().filter(|labels| labels.length() > 0);
        labels.and_then(|labels| labels.get(0)).and_then(|label| label.text_content())
    };
    let is_field = matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA");
    let label =
        element.get_attribute("aria-label").or_else(|| if is_field { by_label() } else { element.text_content() });
    label.unwrap_or_default().trim().to_owned()
}

#[wasm_bindgen_test]
async fn every_control_has_a_name() {
    let stage = gallery();
    tick().await;
    let controls = stage.all("button, a[href], input, select, textarea, summary, [role=switch]");
    assert!(controls.len() > 80, "{} controls", controls.len());
    for control in controls {
        assert_ne!(name_of(&control), "", "{}", control.outer_html());
    }
}

#[wasm_bindgen_test]
async fn every_id_reference_resolves_and_ids_are_unique() {
    let stage = gallery();
    tick().await;
    let mut ids: Vec<String> = stage.all("[id]").iter().map(Element::id).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for attribute in ["aria-describedby", "aria-labelledby", "aria-controls", "for", "list"] {
        for element in stage.all(&format!("[{attribute}]")) {
            for id in element.get_attribute(attribute).unwrap().split_whitespace() {
                // A closed menu's or tab's target may be missing, as may the title of a closed dialog.
                let closed = attribute == "aria-controls" || element.matches("dialog:not([open])").unwrap();
                assert!(closed || ids.iter().any(|known| known == id), "{id} of {}", element.outer_html());
            }
        }
    }
}

#[wasm_bindgen_test]
async fn invalid_fields_reference_their_error() {
    let stage = gallery();
    tick().await;
    let invalid = stage.all("[aria-invalid=true]");
    assert!(invalid.len() >= 5, "{} invalid fields", invalid.len());
    for field in invalid {
        let ids = field.get_attribute("aria-describedby").unwrap_or_default();
        let said = ids.split_whitespace().filter_map(|id| document().get_element_by_id(id));
        let said: Vec<String> =
            said.filter(|at| at.matches(".field-error").unwrap()).map(|at| at.text_content().unwrap()).collect();
        assert!(said.iter().any(|text| !text.trim().is_empty()), "{}", field.outer_html());
    }
}

#[wasm_bindgen_test]
async fn icons_are_hidden_from_assistive_technology() {
    let stage = gallery();
    tick().await;
    for drawing in stage.all("svg") {
        let silent = drawing.closest("[aria-hidden=true]").unwrap().is_some();
        assert!(silent, "{}", drawing.outer_html());
    }
}
