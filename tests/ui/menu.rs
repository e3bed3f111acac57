//! Menu.

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{Menu, MenuItem};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stage, focused, press, until};

#[wasm_bindgen_test]
async fn menu_is_operable_by_keyboard_and_restores_focus() {
    let item = |label: &'static str| MenuItem {
        label: label.into(),
        icon: None,
        danger: false,
        action: Callback::new(|()| ()),
    };
    let stage = Stage::new(move || view! { <Menu label="More" items=vec![item("Edit"), item("Remove")] /> });
    let button = stage.one("button");
    button.click();
    until("focus on the first entry", || focused().and_then(|it| it.text_content()).as_deref() == Some("Edit")).await;
    let menu = stage.one("[role=menu]");
    press(&menu, "ArrowDown");
    assert_eq!(focused().unwrap().text_content().as_deref(), Some("Remove"));
    press(&menu, "Escape");
    tick().await;
    assert!(stage.all("[role=menu]").is_empty());
    assert_eq!(focused().as_ref(), Some(&*button));
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
}
