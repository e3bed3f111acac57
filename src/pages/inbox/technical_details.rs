//! What a ticket has for people who look into the systems behind it: ids, room, permissions, exact times. Folded.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value};
use trunkline_api::decode::LooseScalar;
use trunkline_api::oneview::{Customer, Metadata};
use trunkline_model::inbox::InboxTicket;

use super::json_tree::json_tree;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::{Definition, DefinitionList, TimeText};

/// The folded details of a ticket.
#[component]
pub fn TechnicalDetails(
    /// The ticket.
    item: Memo<Option<Arc<InboxTicket>>>,
) -> impl IntoView {
    view! {
        <details class="ticket-fold">
            <summary prop:textContent=catalogue(t::ticket::technical) />
            {move || item.get().map(|item| fields(&item))}
        </details>
    }
}

fn fields(item: &InboxTicket) -> AnyView {
    let ticket = item.ticket.ticket();
    let metadata = ticket.metadata.unwrap_or_default();
    let customer = ticket.customer.unwrap_or_default();
    let other = other_fields(&ticket.extra, &metadata, &customer);
    let priority = ticket.priority.map(|priority| priority.to_string()).unwrap_or_default();
    view! {
        <DefinitionList>
            <Definition term=t::inbox::id value=scalar(ticket.id.as_ref()) copy=true mono=true />
            <TimeField term=t::inbox::created epoch=ticket.created_at />
            <TimeField term=t::inbox::assigned epoch=ticket.assigned_time />
            <Definition term=t::inbox::reason value=text(&ticket.status_reason) />
            <Definition term=t::inbox::contact_reason value=text(&metadata.ccr) />
            <Definition term=t::inbox::priority value=priority />
            <Definition term=t::inbox::customer_id value=scalar(customer.id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::first_name value=text(&customer.first_name) />
            <Definition term=t::inbox::last_name value=text(&customer.last_name) />
            <Definition term=t::inbox::room value=text(&metadata.room_name) />
            <Definition term=t::inbox::room_id value=scalar(metadata.room_id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::accesses value=metadata.agent_accesses.unwrap_or_default().join(", ") />
        </DefinitionList>
        {other.map(|other| view! {
            <h4 prop:textContent=catalogue(t::inbox::other_fields) />
            {json_tree(&other)}
        })}
    }
    .into_any()
}

/// Date and time; a dash if there is none.
#[component]
fn TimeField(term: fn() -> String, epoch: Option<i64>) -> impl IntoView {
    match epoch {
        Some(_) => view! { <Definition term><TimeText epoch /></Definition> }.into_any(),
        None => view! { <Definition term value="" /> }.into_any(),
    }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn scalar(value: Option<&LooseScalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Undocumented fields, under the object in which they came. `None` if there are none.
fn other_fields(ticket: &Map<String, Value>, metadata: &Metadata, customer: &Customer) -> Option<Value> {
    let mut other = ticket.clone();
    for (name, fields) in [("metadata", &metadata.extra), ("customer", &customer.extra)] {
        if !fields.is_empty() {
            other.insert(name.to_owned(), Value::Object(fields.clone()));
        }
    }
    (!other.is_empty()).then_some(Value::Object(other))
}
