//! A customer's custom fields.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{LabelKind, ListLabels};
use trunkline_api::sobot::Customer;
use trunkline_model::acd_events::labelled;
use trunkline_model::name_map::NameMap;

use super::field_groups::custom_fields;
use crate::fetch::config;
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, memo};
use crate::ui::{Definition, DefinitionList};

/// The operator's names rarely change, so they are fresh for five minutes.
const LABELS_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 300, poll_seconds: None };

/// Custom fields, under the operator's names or their ids.
#[component]
pub fn CustomFields(
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let fields = custom_fields(&customer);
    let is_empty = fields.is_empty();
    let labels = use_query_with(LABELS_OPTIONS, move || {
        (!is_empty && config::has_gateway()).then_some(ListLabels { kind: LabelKind::CustomerField })
    });
    let names = memo(move || {
        let records = labels.data.with(|labels| labels.as_ref().map(|labels| labelled(&labels.records)));
        NameMap::new(records.unwrap_or_default())
    });
    let field = move |(id, value): (String, Option<String>)| {
        let term =
            Signal::derive(move || names.with(|names| names.get(&id).map(str::to_owned)).unwrap_or_else(|| id.clone()));
        view! {
            <Definition term><bdi dir="auto" class="break" prop:textContent=fixed(value.unwrap_or_else(|| "–".to_owned())) /></Definition>
        }
    };
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(t::customers::custom) />
            {is_empty.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::customers::no_custom) /> })}
            <DefinitionList>{fields.into_iter().map(field).collect_view()}</DefinitionList>
        </section>
    }
}
