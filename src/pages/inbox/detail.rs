//! One ticket beside the list: every documented field, and the rest as it came.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use serde_json::{Map, Value};
use trunkline_api::oneview::{Customer, Metadata};
use trunkline_api::wire::Scalar;

use super::actions::Actions;
use super::columns::status_badge;
use super::content::tree;
use crate::i18n::t;
use crate::reactive::memo;
use crate::ui::{
    Banner, Button, Definition, DefinitionList, EmptyState, Icon, IconName, Kind, SkeletonBlock, TimeText, Variant,
};
use trunkline_api::oneview::inbox::{Inbox, Item};

/// The pane of the ticket with this id.
#[component]
pub fn TicketPane(
    /// The ticket's id in the URL.
    id: String,
    /// The list.
    inbox: Memo<Arc<Inbox>>,
    /// Whether the first answer has come.
    loaded: Memo<bool>,
    /// Its heading, which takes the focus when a person opens it.
    heading: NodeRef<html::H2>,
    /// The list's address.
    #[prop(into)]
    list: Signal<String>,
    /// Closes the pane.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let listed = memo(move || inbox.with(|inbox| inbox.find(&id).cloned()));
    // A ticket that leaves the list while it is read stays readable.
    let item = Memo::new(move |before: Option<&Option<Arc<Item>>>| listed.get().or_else(|| before.cloned().flatten()));
    let gone = memo(move || item.with(Option::is_some) && listed.with(Option::is_none));
    let title = move || match item.get() {
        Some(item) => item.name.clone(),
        None if loaded.get() => t::inbox::not_found(),
        None => t::common::loading(),
    };
    let body = move || {
        match item.get() {
        Some(item) => view! { <Ticket item /> }.into_any(),
        None if loaded.get() => {
            view! { <EmptyState title=t::parts::not_found_title message=t::inbox::not_found_hint icon=IconName::Search /> }
                .into_any()
        }
        None => view! { <SkeletonBlock /> }.into_any(),
    }
    };
    view! {
        <section class="inbox-detail" aria-labelledby="ticket-title">
            <a class="inbox-back" href=move || list.get()><Icon name=IconName::ChevronStart />{t::inbox::back}</a>
            <div class="inbox-detail-head">
                <h2 id="ticket-title" tabindex="-1" node_ref=heading><bdi>{title}</bdi></h2>
                {move || item.get().map(|item| status_badge(&item))}
                <Button
                    label=t::inbox::close
                    icon=IconName::Close
                    icon_only=true
                    small=true
                    variant=Variant::Ghost
                    on_click=on_close
                />
            </div>
            {move || gone.get().then(|| view! { <Banner kind=Kind::Info text=t::inbox::gone /> })}
            {move || body()}
        </section>
    }
}

/// The ticket's fields.
#[component]
fn Ticket(item: Arc<Item>) -> impl IntoView {
    let ticket = Arc::clone(&item.ticket);
    let metadata = ticket.metadata.clone().unwrap_or_default();
    let customer = ticket.customer.clone().unwrap_or_default();
    let other = other_fields(&ticket.extra, &metadata, &customer);
    let priority = ticket.priority.map(|priority| priority.to_string()).unwrap_or_default();
    let content = match &ticket.content {
        Some(content) => tree(content),
        None => view! { <p class="muted">{t::inbox::no_content}</p> }.into_any(),
    };
    view! {
        <Actions item=Arc::clone(&item) />
        <DefinitionList>
            <Definition term=t::inbox::id value=scalar(ticket.id.as_ref()) copy=true mono=true />
            <Definition term=t::inbox::status value=item.status().to_owned() />
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
        <h3>{t::inbox::content}</h3>
        {content}
        {other.map(|other| view! {
            <h3>{t::inbox::other_fields}</h3>
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
