//! Drafts of forms.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline::components::draft::text;
use trunkline::components::{Draft, DraftNotice, use_draft};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stage, until};

/// The drafts in the tab's storage: without a session there is no key, so they are stored nowhere else.
fn stored_drafts() -> Vec<String> {
    let storage = window().session_storage().unwrap().unwrap();
    let names = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let drafts = names.filter(|name| name.starts_with("trunkline.draft."));
    drafts.map(|name| storage.get_item(&name).unwrap().unwrap()).collect()
}

/// A form with two values, one of them a secret.
fn draft_form() -> (Stage, RwSignal<String>, RwSignal<String>, Draft) {
    let (name, secret) = (RwSignal::new("as it was".to_owned()), RwSignal::new(String::new()));
    let made = Arc::new(std::sync::Mutex::new(None));
    let out = Arc::clone(&made);
    let stage = Stage::new(move || {
        let draft = use_draft("/test".to_owned(), vec![text("name", name), text("secret", secret).transient()]);
        *out.lock().unwrap() = Some(draft.clone());
        view! { <DraftNotice draft /> }
    });
    let draft = made.lock().unwrap().take().unwrap();
    (stage, name, secret, draft)
}

#[wasm_bindgen_test]
async fn draft_is_restored_without_secrets_until_discarded_or_saved() {
    trunkline::fetch::drafts::wipe_all();
    let (stage, name, secret, _) = draft_form();
    assert!(stage.all(".banner").is_empty(), "nothing was typed yet");
    name.set("typed".to_owned());
    secret.set("pass-word".to_owned());
    until("the draft is kept", || stored_drafts().len() == 1).await;
    assert!(stored_drafts()[0].contains("typed") && !stored_drafts()[0].contains("pass-word"));
    drop(stage);

    let (stage, name, secret, _) = draft_form();
    assert_eq!((name.get_untracked().as_str(), secret.get_untracked().as_str()), ("typed", ""));
    until("it says so", || stage.texts(".banner").len() == 1).await;
    stage.one(".banner button").click();
    until("the notice is gone", || stage.all(".banner").is_empty()).await;
    assert_eq!(name.get_untracked(), "as it was");
    assert!(stored_drafts().is_empty());

    name.set("typed again".to_owned());
    until("the draft is kept", || stored_drafts().len() == 1).await;
    drop(stage);
    let (stage, _, _, draft) = draft_form();
    draft.saved();
    assert!(stored_drafts().is_empty());
    drop(stage);
    assert!(stored_drafts().is_empty(), "leaving a saved form keeps nothing");
}
