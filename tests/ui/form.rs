//! Form scaffold.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{ErrorMessage, FormShell, TextField};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stage, focused, until};

#[wasm_bindgen_test]
async fn form_focuses_the_first_invalid_field_and_submits_once() {
    static SENT: AtomicUsize = AtomicUsize::new(0);
    let (saving, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let (first, second) = (RwSignal::new("x".to_owned()), RwSignal::new(String::new()));
    let submit = move |()| {
        if second.read_untracked().is_empty() {
            error.set(Some("Missing".into()));
        } else {
            error.set(None);
            saving.set(true);
            SENT.fetch_add(1, Ordering::Relaxed);
        }
    };
    let problem = RwSignal::new(None::<ErrorMessage>);
    let stage = Stage::new(move || {
        view! {
            <FormShell title="New thing" error=problem saving on_submit=submit cancel_href="/things">
                <TextField label="First" value=first />
                <TextField label="Second" value=second error />
            </FormShell>
        }
    });
    let save = stage.one("button[type=submit]");
    assert_eq!(stage.texts("h1"), ["New thing"]);
    assert_eq!(save.text_content().as_deref(), Some("Save"));
    save.click();
    let wrong = stage.all("input")[1].clone();
    until("focus on the second field", || focused().as_ref() == Some(&wrong)).await;
    second.set("y".into());
    save.click();
    tick().await;
    save.click();
    let form: web_sys::HtmlFormElement = stage.one("form").unchecked_into();
    form.request_submit().unwrap();
    tick().await;
    assert_eq!(SENT.load(Ordering::Relaxed), 1, "a second submit while saving is ignored");
    // The vendor refuses it: the form's error is focused, since no field is invalid.
    problem.set(Some(ErrorMessage::new("Not saved", "The name is taken.")));
    saving.set(false);
    until("focus on the form's error", || {
        focused().is_some_and(|element| element.get_attribute("role").as_deref() == Some("alert"))
    })
    .await;
}
