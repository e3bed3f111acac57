//! Headers, request and output parameters of a definition, as tables to read.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApiBody, HeaderParam, OutputParam, RequestParam};

use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text};

/// The three tables; empty lists are left out.
#[component]
pub fn ParamTables(body: Arc<ExternalApiBody>) -> impl IntoView {
    let headers = body.headers.iter().map(header).collect_view();
    let request = body.request.iter().map(request).collect_view();
    let output = body.output.iter().map(output).collect_view();
    view! {
        <div class="api-tables">
            {(!body.headers.is_empty()).then(|| view! {
                <PlainTable
                    name=t::external_apis::headers
                    columns=vec![t::external_apis::name, t::external_apis::value]
                    rows=headers.into_any()
                />
            })}
            {(!body.request.is_empty()).then(|| view! {
                <PlainTable
                    name=t::external_apis::request
                    columns=vec![t::external_apis::name, t::external_apis::kind, t::external_apis::default]
                    rows=request.into_any()
                />
            })}
            {(!body.output.is_empty()).then(|| view! {
                <PlainTable
                    name=t::external_apis::output
                    columns=vec![t::external_apis::name, t::external_apis::path]
                    rows=output.into_any()
                />
            })}
        </div>
    }
}

fn header(header: &HeaderParam) -> impl IntoView + use<> {
    let value = header.value.clone();
    let value = if header.secret {
        view! { <span class="muted" prop:textContent=catalogue(t::external_apis::secret_stored) /> }.into_any()
    } else {
        view! { <bdi class="mono break" prop:textContent=fixed(value) /> }.into_any()
    };
    view! { <tr><th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(header.name.clone()) /></th><td>{value}</td></tr> }
}

fn request(param: &RequestParam) -> impl IntoView + use<> {
    let (integer, required) = (param.integer, param.required);
    let kind = move || {
        let kind = if integer { t::external_apis::integer() } else { t::external_apis::text() };
        if required { format!("{kind}, {}", t::external_apis::required_word()) } else { kind }
    };
    view! {
        <tr>
            <th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(param.name.clone()) /></th>
            <td prop:textContent=live_text(move || kind()) />
            <td><bdi class="break" prop:textContent=fixed(param.default.clone()) /></td>
        </tr>
    }
}

fn output(param: &OutputParam) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(param.name.clone()) /></th>
            <td><bdi class="mono break" dir="ltr" prop:textContent=fixed(param.path.clone()) /></td>
        </tr>
    }
}

/// A short table under its heading; every row is in the document.
#[component]
pub fn PlainTable(
    /// Its heading and accessible name.
    name: fn() -> String,
    /// Headers of its columns.
    columns: Vec<fn() -> String>,
    /// Its rows.
    rows: AnyView,
) -> impl IntoView {
    view! {
        <section class="stack-s">
            <h2 prop:textContent=catalogue(name) />
            <table class="plain-table" aria-label=name>
                <thead>
                    <tr>{columns.into_iter().map(|column| view! { <th scope="col" prop:textContent=catalogue(column) /> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
