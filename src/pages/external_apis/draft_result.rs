//! The result of a test before saving. A click on a value of the response makes it an output.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{OutputParam, TestRun};
use trunkline_model::json_lines::{LineValue, json_lines};
use trunkline_model::pretty_json::pretty;

use super::form_state::{FormState, with_owner};
use super::run_result::RunResult;
use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::use_announcer;

/// The result; its body is the picker if it is JSON.
#[component]
pub fn DraftResult(fields: FormState, run: Arc<TestRun>, owner: StoredValue<Option<Owner>>) -> impl IntoView {
    let body = pretty(&run.body).map(|text| view! { <Picker text fields owner /> }.into_any());
    match body {
        Some(body) => view! { <RunResult run body /> }.into_any(),
        None => view! { <RunResult run /> }.into_any(),
    }
}

/// The response's body, each value of it a button.
#[component]
fn Picker(text: String, fields: FormState, owner: StoredValue<Option<Owner>>) -> impl IntoView {
    let announcer = use_announcer();
    let pick = move |value: &LineValue| {
        let LineValue { pointer, name, kind } = value.clone();
        let param = OutputParam { name: name.clone(), path: pointer, kind, required: false };
        with_owner(owner, || fields.add_output(&param));
        announcer.announce(t::external_apis::picked(&name));
    };
    let line = move |line: trunkline_model::json_lines::JsonLine| match line.value {
        Some(value) => {
            let label = t::external_apis::pick(&value.pointer);
            view! {
                <button type="button" class="json-line" title=label on:click=move |_| pick(&value) prop:textContent=fixed(line.text) />
            }
            .into_any()
        }
        None => view! { <span class="json-line" prop:textContent=fixed(line.text) /> }.into_any(),
    };
    view! {
        <div class="stack-s">
            <h3 prop:textContent=catalogue(t::external_apis::body) />
            <p class="muted small" prop:textContent=catalogue(t::external_apis::pick_hint) />
            <div class="code-block json-picker" role="group" dir="ltr" aria-label=t::external_apis::body>
                {json_lines(&text).into_iter().map(line).collect_view()}
            </div>
        </div>
    }
}
