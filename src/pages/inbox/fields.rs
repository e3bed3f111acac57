//! One ticket: every documented field, and the rest as it came.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value};
use trunkline_api::oneview::inbox::Item;
use trunkline_api::oneview::{Customer, Metadata};
use trunkline_api::wire::Scalar;

use super::actions::Actions;
use super::content::tree;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::{Definition, DefinitionList, TimeText};

/// The ticket's fields.
#[component]
pub fn TicketFields(
    /// The ticket.
    item: Arc<Item>,
) -> impl IntoView {
    let ticket = item.ticket.ticket().clone();
    let metadata = ticket.metadata.unwrap_or_default();
    let customer = ticket.customer.unwrap_or_default();
    let other = other_fields(&ticket.extra, &metadata, &customer);
    let priority = ticket.priority.map(|priority| priority.to_string()).unwrap_or_default();
    let content = match &ticket.content {
        Some(content) => tree(content),
        None => view! { <p class="muted" prop:textContent=catalogue(t::inbox::no_content) /> }.into_any(),
    };
    view! {
        <Actions item=Arc::clone(&item) />
        <DefinitionList>
            <Definition term=t::inbox::id value=scalar(ticket.id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::status value=item.ticket.status().to_owned() />
            <Definition term=t::inbox::priority value=priority />
            <Definition term=t::inbox::queue value=text(&ticket.queue) />
            <Definition term=t::inbox::channel value=text(&ticket.channel) />
            <Definition term=t::inbox::reason value=text(&ticket.status_reason) />
            <Definition term=t::inbox::contact_reason value=text(&metadata.ccr) />
            <Moment term=t::inbox::created epoch=ticket.created_at />
            <Moment term=t::inbox::assigned epoch=ticket.assigned_time />
            <Definition term=t::inbox::customer_id value=scalar(customer.id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::first_name value=text(&customer.first_name) />
            <Definition term=t::inbox::last_name value=text(&customer.last_name) />
            <Definition term=t::inbox::order_id value=scalar(metadata.order_id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::room value=text(&metadata.room_name) />
            <Definition term=t::inbox::room_id value=scalar(metadata.room_id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::accesses value=metadata.agent_accesses.unwrap_or_default().join(", ") />
        </DefinitionList>
        <h3 prop:textContent=catalogue(t::inbox::content) />
        {content}
        {other.map(|other| view! {
            <h3 prop:textContent=catalogue(t::inbox::other_fields) />
            {tree(&other)}
        })}
    }
}

/// A moment: how long ago, with the exact time on hover; a dash for none.
#[component]
fn Moment(term: fn() -> String, epoch: Option<i64>) -> impl IntoView {
    match epoch {
        Some(_) => view! { <Definition term><TimeText epoch relative=true /></Definition> }.into_any(),
        None => view! { <Definition term value="" /> }.into_any(),
    }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn scalar(value: Option<&Scalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// What no document names, where it stood.
fn other_fields(ticket: &Map<String, Value>, metadata: &Metadata, customer: &Customer) -> Option<Value> {
    let mut other = ticket.clone();
    for (name, fields) in [("metadata", &metadata.extra), ("customer", &customer.extra)] {
        if !fields.is_empty() {
            other.insert(name.to_owned(), Value::Object(fields.clone()));
        }
    }
    (!other.is_empty()).then_some(Value::Object(other))
}
