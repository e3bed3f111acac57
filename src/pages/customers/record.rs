//! A customer: name and marks, what one can do from here, and every field.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel;
use trunkline_api::sobot::Customer;

use super::fields::{Field, Group, Kind, custom, given, groups};
use crate::i18n::t;
use crate::parts::hand_over::{self, EventPrefill};
use crate::reactive::{catalogue, fixed, live_text};
use crate::routes::Route;
use crate::ui::{Badge, CopyButton, Definition, DefinitionList, IconName, LinkButton, Tone};

/// A customer's record.
#[component]
pub fn Record(
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let name = customer.title();
    let title = move || if name.is_empty() { t::customers::unnamed() } else { name.clone() };
    let fields = customer.clone();
    let cards = move || groups(&fields).into_iter().map(|group| view! { <GroupCard group /> }).collect_view();
    view! {
        <article class="stack">
            <header class="customer-head">
                <h2><bdi prop:textContent=live_text(move || title()) /></h2>
                <Marks customer=customer.clone() />
                <Actions customer=customer.clone() />
            </header>
            <div class="customer-groups">
                {move || cards()}
                <Tags customer=customer.clone() />
                <CustomFields customer />
            </div>
        </article>
    }
}

/// VIP and blacklist, as words.
#[component]
fn Marks(customer: Arc<Customer>) -> impl IntoView {
    let level = given(&customer.vip_level_name).or_else(|| given(&customer.vip_level));
    let vip = move || level.as_deref().map_or_else(t::customers::vip, t::customers::vip_level);
    view! {
        {customer.is_vip().then(|| view! { <Badge tone=Tone::Accent text=vip /> })}
        {customer.is_blacklisted().then(|| view! { <Badge tone=Tone::Bad text=t::customers::blacklisted /> })}
    }
}

/// The ways on: an event for this customer. Number and address go by hand, not by the URL.
#[component]
fn Actions(customer: Arc<Customer>) -> impl IntoView {
    let link = |type_id: i64| format!("{}?type={type_id}", Route::NewAcdEvent.path());
    let tel = given(&customer.tel);
    let email = given(&customer.email);
    let callback = tel.map(|sender| {
        view! {
            <LinkButton
                label=t::customers::new_callback
                icon=IconName::Phone
                href=link(jtel::CALLBACK)
                on:click=move |event| offer(&event, &sender)
            />
        }
    });
    let ticket = email.map(|sender| {
        view! {
            <LinkButton
                label=t::customers::new_ticket
                icon=IconName::Event
                href=link(jtel::TICKET)
                on:click=move |event| offer(&event, &sender)
            />
        }
    });
    view! { <div class="row customer-actions">{callback}{ticket}</div> }
}

/// Hands the sender to the form that opens in this tab; another tab's form begins empty.
fn offer(click: &web_sys::MouseEvent, sender: &str) {
    hand_over::offer_on_click(click, EventPrefill { sender: sender.to_owned(), ..EventPrefill::default() });
}

/// One group of fields.
#[component]
fn GroupCard(group: Group) -> impl IntoView {
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(group.title) />
            <DefinitionList>
                {group.fields.into_iter().map(|field| view! { <FieldView field /> }).collect_view()}
            </DefinitionList>
        </section>
    }
}

/// One field; what is an id can be copied. Vendors' values are never translated and keep their own direction.
#[component]
fn FieldView(field: Field) -> impl IntoView {
    let Field { label, kind, value } = field;
    let Some(value) = value else { return view! { <Definition term=label /> }.into_any() };
    let copied = (kind == Kind::Code).then(|| value.clone());
    let direction = if kind == Kind::Code { "ltr" } else { "auto" };
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
    let ids = given(&customer.user_label);
    let groups = customer.tags();
    let nothing = ids.is_none() && groups.is_empty();
    let group = |(name, tags): (String, Vec<String>)| {
        let term = if name.is_empty() { t::customers::tag_group() } else { name };
        let pills = tags.into_iter().map(|tag| view! { <Badge text=tag /> }).collect_view();
        view! { <Definition term=term><span class="row">{pills}</span></Definition> }
    };
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(t::customers::tags) />
            {nothing.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::customers::no_tags) /> })}
            <DefinitionList>
                {groups.into_iter().map(group).collect_view()}
                {ids.map(|ids| view! { <FieldView field=Field { label: t::customers::tag_ids, kind: Kind::Code, value: Some(ids) } /> })}
            </DefinitionList>
        </section>
    }
}

/// Custom fields by their ids.
#[component]
fn CustomFields(customer: Arc<Customer>) -> impl IntoView {
    let fields = custom(&customer);
    let nothing = fields.is_empty();
    let field = |(id, value): (String, Option<String>)| {
        view! {
            <Definition term=id><bdi dir="auto" class="break" prop:textContent=fixed(value.unwrap_or_else(|| "–".to_owned())) /></Definition>
        }
    };
    view! {
        <section class="card stack-s">
            <h3 prop:textContent=catalogue(t::customers::custom) />
            {nothing.then(|| view! { <p class="muted small" prop:textContent=catalogue(t::customers::no_custom) /> })}
            <DefinitionList>{fields.into_iter().map(field).collect_view()}</DefinitionList>
        </section>
    }
}
