//! Dialog and confirmation.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{Button, ConfirmDialog, Dialog};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{Stage, focused, type_into, until};

#[wasm_bindgen_test]
async fn dialog_has_a_name_and_restores_focus_on_close() {
    let open = RwSignal::new(false);
    let stage = Stage::new(move || {
        view! {
            <Button label="Open" on_click=move |()| open.set(true) />
            <Dialog open title="A question"><p>"Inside"</p></Dialog>
        }
    });
    let opener = stage.one("button");
    opener.focus().unwrap();
    opener.click();
    let dialog: web_sys::HtmlDialogElement = stage.one("dialog").unchecked_into();
    until("the dialog is open", || dialog.open()).await;
    let heading = document().get_element_by_id(&dialog.get_attribute("aria-labelledby").unwrap()).unwrap();
    assert_eq!(heading.text_content().as_deref(), Some("A question"));
    assert!(dialog.contains(focused().map(Into::into).as_ref()));
    dialog.close();
    until("the state follows", || !open.get_untracked()).await;
    assert_eq!(focused().as_ref(), Some(&*opener));
    assert!(stage.all("dialog p").is_empty(), "its children exist only while it is open");
}

#[wasm_bindgen_test]
async fn destructive_confirmation_requires_the_name() {
    static DONE: AtomicUsize = AtomicUsize::new(0);
    let open = RwSignal::new(true);
    let confirm = |()| {
        DONE.fetch_add(1, Ordering::Relaxed);
    };
    let stage = Stage::new(move || {
        view! {
            <ConfirmDialog
                open title="Disable Acme?" message="No more messages." confirm_label="Disable"
                type_to_confirm="Acme" on_confirm=confirm
            />
        }
    });
    tick().await;
    let button = stage.one("[data-variant=danger-solid]");
    let input: HtmlInputElement = stage.one("input").unchecked_into();
    assert_eq!(focused().as_ref(), Some(&**input), "not the cross");
    type_into(&input, "acme");
    button.click();
    tick().await;
    assert_eq!(DONE.load(Ordering::Relaxed), 0);
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    type_into(&input, "Acme");
    button.click();
    assert_eq!(DONE.load(Ordering::Relaxed), 1);
}
