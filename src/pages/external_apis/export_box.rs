//! Definitions to take elsewhere, without their secrets: as a file, a single one also as a curl command.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::ExternalApiBody;
use trunkline_model::curl::to_curl;
use trunkline_model::external_api_files::to_file;

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::CopyButton;

/// The texts, each to copy; the file also to download.
#[component]
pub fn ExportBox(
    /// The definitions.
    apis: Vec<Arc<ExternalApiBody>>,
) -> impl IntoView {
    let file = to_file(apis.iter().map(Arc::as_ref));
    let link = format!("data:application/json;charset=utf-8,{}", js_sys::encode_uri_component(&file));
    let curl = match apis.as_slice() {
        [api] => Some(to_curl(api)),
        _ => None,
    };
    view! {
        <section class="card stack" aria-label=t::external_apis::export>
            <p class="muted small" prop:textContent=catalogue(t::external_apis::export_hint) />
            {curl.map(|text| view! { <ExportText title=t::external_apis::export_curl text /> })}
            <ExportText title=t::external_apis::export_json text=file />
            <div class="row">
                <a class="button" href=link download="external-apis.json" prop:textContent=catalogue(t::external_apis::export_file) />
            </div>
        </section>
    }
}

#[component]
fn ExportText(title: fn() -> String, text: String) -> impl IntoView {
    view! {
        <div class="stack-s">
            <div class="row">
                <h3 prop:textContent=catalogue(title) />
                <CopyButton label=t::common::copy value=text.clone() label_shown=true />
            </div>
            <pre class="code-block" tabindex="0" dir="ltr" aria-label=title prop:textContent=fixed(text) />
        </div>
    }
}
