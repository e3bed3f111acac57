//! Read-only tables of a definition's headers, request parameters and output parameters.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApiBody, HeaderParam, OutputParam, ParamPlace, RequestParam, ValueType};

use super::labels::{kind_name, place_name};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text};

/// The three tables, without those that have no rows.
#[component]
pub fn ParamTables(body: Arc<ExternalApiBody>) -> impl IntoView {
    let headers = body.headers.iter().map(header_row).collect_view();
    let request = body.request.iter().map(|param| request_row(param, body.place_of(param))).collect_view();
    let output = body.output.iter().map(output_row).collect_view();
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
                    columns=vec![
                        t::external_apis::name,
                        t::external_apis::place,
                        t::external_apis::kind,
                        t::external_apis::default,
                    ]
                    rows=request.into_any()
                />
            })}
            {(!body.output.is_empty()).then(|| view! {
                <PlainTable
                    name=t::external_apis::output
                    columns=vec![t::external_apis::name, t::external_apis::path, t::external_apis::kind]
                    rows=output.into_any()
                />
            })}
        </div>
    }
}

fn header_row(header: &HeaderParam) -> impl IntoView + use<> {
    let value = value_cell(&header.value, header.secret);
    view! { <tr><th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(header.name.clone()) /></th><td>{value}</td></tr> }
}

/// A value, or the word that a secret one is stored.
fn value_cell(value: &str, is_secret: bool) -> AnyView {
    if is_secret && !value.is_empty() {
        return view! { <span class="muted" prop:textContent=catalogue(t::external_apis::secret_stored) /> }.into_any();
    }
    view! { <bdi class="mono break" prop:textContent=fixed(value) /> }.into_any()
}

/// A type, with the word that a value is required.
fn kind_text(kind: &ValueType, required: bool) -> String {
    let kind = kind_name(kind);
    if required { format!("{kind}, {}", t::external_apis::required_word()) } else { kind }
}

fn request_row(param: &RequestParam, place: ParamPlace) -> impl IntoView + use<> {
    let (kind, required) = (param.kind.clone(), param.required);
    let value = value_cell(&param.default, param.secret);
    view! {
        <tr>
            <th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(param.name.clone()) /></th>
            <td prop:textContent=live_text(move || place_name(&place)) />
            <td prop:textContent=live_text(move || kind_text(&kind, required)) />
            <td>{value}</td>
        </tr>
    }
}

fn output_row(param: &OutputParam) -> impl IntoView + use<> {
    let (kind, required) = (param.kind.clone(), param.required);
    view! {
        <tr>
            <th scope="row"><bdi class="mono" dir="ltr" prop:textContent=fixed(param.name.clone()) /></th>
            <td><bdi class="mono break" dir="ltr" prop:textContent=fixed(param.path.clone()) /></td>
            <td prop:textContent=live_text(move || kind_text(&kind, required)) />
        </tr>
    }
}

/// Short table with a heading. Every row is in the document (no virtual scrolling).
#[component]
pub fn PlainTable(
    /// Heading and accessible name.
    name: fn() -> String,
    /// Column headers.
    columns: Vec<fn() -> String>,
    /// Rows.
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
