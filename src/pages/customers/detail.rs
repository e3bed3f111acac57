//! A customer's record: name, badges, links to new events, and all fields.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel;
use trunkline_api::sobot::Customer;
use trunkline_model::phone::format_phone;

use super::field_groups::{Field, FieldGroup, ValueKind, groups};
use super::tools::CustomerTool;
use crate::components::customer_summary::{CustomerBadges, non_blank};
use crate::components::prefill::{self, EventPrefill, about_ticket};
use crate::components::ticket_origin::ticket_origin;
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{Avatar, Badge, CopyButton, Definition, DefinitionList, Icon, IconName, LinkButton};

/// A customer's record.
#[component]
pub fn CustomerRecord(
    /// The customer.
    customer: Arc<Customer>,
    /// The ticket from which the agent came; empty if from none.
    ticket_id: String,
    /// What comes after the first view.
    tools: fn(CustomerTool) -> AnyView,
) -> impl IntoView {
    let name = customer.title();
    let face = name.clone();
    let title = move || if name.is_empty() { t::customers::unnamed() } else { name.clone() };
    let (fields, records, custom) = (customer.clone(), customer.clone(), customer.clone());
    let cards = move || {
        let filled = groups(&fields).into_iter().map(|group| FieldGroup {
            fields: group.fields.into_iter().filter(|field| field.value.is_some()).collect(),
            ..group
        });
        filled
            .filter(|group| !group.fields.is_empty())
            .map(|group| view! { <GroupCard group /> }.into_any())
            .collect_view()
    };
    view! {
        <article class="stack">
            <header class="card customer-head">
                <span data-large=""><Avatar name=face /></span>
                <h2><bdi prop:textContent=live_text(move || title()) /></h2>
                <CustomerBadges customer=customer.clone() />
                <Reach customer=customer.clone() />
                <NewEventLinks customer=customer.clone() ticket_id />
            </header>
            <div class="customer-groups">
                {move || tools(CustomerTool::Records(records.clone()))}
                {move || cards()}
                <Tags customer=customer.clone() />
                {move || tools(CustomerTool::CustomFields(custom.clone()))}
            </div>
            <EmptyFields customer />
        </article>
    }
}

/// Telephone number and e-mail address, at the top: what the customer is called or written by.
#[component]
fn Reach(customer: Arc<Customer>) -> impl IntoView {
    let tel = non_blank(&customer.tel).map(|tel| format_phone(&tel).unwrap_or(tel));
    let value = |icon: IconName, value: String| {
        view! { <span class="customer-reach"><Icon name=icon /><bdi dir="ltr" prop:textContent=fixed(value) /></span> }
            .into_any()
    };
    view! {
        {tel.map(|tel| value(IconName::Phone, tel))}
        {non_blank(&customer.email).map(|email| value(IconName::Mail, email))}
    }
}

/// The fields without a value, folded.
#[component]
fn EmptyFields(customer: Arc<Customer>) -> impl IntoView {
    let empty: Vec<Field> =
        groups(&customer).into_iter().flat_map(|group| group.fields).filter(|field| field.value.is_none()).collect();
    let count = i64::try_from(empty.len()).ok().filter(|count| *count > 0)?;
    let fields = empty.into_iter().map(|field| view! { <FieldView field /> }.into_any()).collect_view();
    Some(view! {
        <details class="more-fields">
            <summary prop:textContent=live_text(move || t::acd_events::empty_fields(count)) />
            <DefinitionList>{fields}</DefinitionList>
        </details>
    })
}

/// Links to new events for this customer. Phone number and e-mail address are passed in memory, not in the URL.
#[component]
fn NewEventLinks(customer: Arc<Customer>, ticket_id: String) -> impl IntoView {
    let name = customer.title();
    let link = |label: fn() -> String, icon: IconName, type_id: i64, sender: String| {
        let href = href(&Route::NewAcdEvent, &[("type", &type_id.to_string()), ("ticket", &ticket_id)]);
        let (ticket_id, name) =
            (ticket_id.clone(), if type_id == jtel::CALLBACK { name.clone() } else { String::new() });
        view! { <LinkButton label icon href on:click=move |event| prefill_on_click(&event, &sender, &name, &ticket_id) /> }
    };
    let callback =
        non_blank(&customer.tel).map(|tel| link(t::customers::new_callback, IconName::Phone, jtel::CALLBACK, tel));
    let ticket =
        non_blank(&customer.email).map(|email| link(t::customers::new_ticket, IconName::Event, jtel::TICKET, email));
    view! { <div class="row customer-actions">{callback}{ticket}</div> }
}

/// Prefills the sender, and the ticket's values, in the form that opens in this tab; a form in another tab starts empty.
/// Without a ticket the subject of a callback is whom to call.
fn prefill_on_click(click: &web_sys::MouseEvent, sender: &str, name: &str, ticket_id: &str) {
    let about = if ticket_id.is_empty() { EventPrefill::default() } else { about_ticket(ticket_origin(ticket_id)) };
    let subject = match about.subject.as_str() {
        "" if !name.is_empty() => t::customers::call_back(name),
        subject => subject.to_owned(),
    };
    prefill::stash_on_click(click, EventPrefill { sender: sender.to_owned(), subject, ..about });
}

/// One group of fields.
#[component]
fn GroupCard(group: FieldGroup) -> impl IntoView {
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(group.title) />
            <DefinitionList>
                {group.fields.into_iter().map(|field| view! { <FieldView field /> }).collect_view()}
            </DefinitionList>
        </section>
    }
}

/// One field; ids have a copy button. Values from vendors are never translated and keep their own direction.
#[component]
fn FieldView(field: Field) -> impl IntoView {
    let Field { label, kind, value } = field;
    let Some(value) = value else { return view! { <Definition term=label /> }.into_any() };
    let copied = (kind == ValueKind::Code).then(|| value.clone());
    let direction = if kind == ValueKind::Code { "ltr" } else { "auto" };
    let name = move || t::ui::copy_value(&label());
    view! {
        <Definition term=label>
            <bdi dir=direction class="break" prop:textContent=fixed(value) />
            {copied.map(|value| view! { <CopyButton label=name value /> })}
        </Definition>
    }
    .into_any()
}

/// Tags by group, and their ids.
#[component]
fn Tags(customer: Arc<Customer>) -> impl IntoView {
    let ids = non_blank(&customer.user_label);
    let groups = customer.tags();
    let is_empty = ids.is_none() && groups.is_empty();
    let group = |(name, tags): (String, Vec<String>)| {
        let term = if name.is_empty() { t::customers::tag_group() } else { name };
        let pills = tags.into_iter().map(|tag| view! { <Badge text=tag /> }).collect_view();
        view! { <Definition term=term><span class="row">{pills}</span></Definition> }
    };
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(t::customers::tags) />
            {is_empty.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::customers::no_tags) /> })}
            <DefinitionList>
                {groups.into_iter().map(group).collect_view()}
                {ids.map(|ids| view! { <FieldView field=Field { label: t::customers::tag_ids, kind: ValueKind::Code, value: Some(ids) } /> })}
            </DefinitionList>
        </section>
    }
}
