//! The customer of the open ticket, from Sobot: who it is, how to reach them, and what else the agent's lists hold about
//! them. Beside the ticket where there is room, else folded below it.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel::{AcdEvent, ListAcdEvents};
use trunkline_api::sobot::Customer;
use trunkline_model::inbox::InboxTicket;
use trunkline_model::ticket_origin::{customer_lookups, events_of_number};

use super::detail::OpenTicket;
use crate::browser::timers;
use crate::components::customer_lookup::{CustomerLookup, is_cached, use_customer_lookup};
use crate::components::customer_summary::{CustomerBadges, non_blank};
use crate::components::describe;
use crate::fetch::cache;
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text, memo};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{
    Avatar, Badge, CopyButton, Definition, DefinitionList, ErrorPanel, Icon, IconName, LinkButton, SkeletonBlock,
    Variant, aria_bool, unique_id,
};

/// Milliseconds for which a ticket is open before its customer is looked up: an agent who leafs through the tickets does
/// not use up the look-ups, of which there are 200 in ten minutes.
const PAUSE_MS: u32 = 400;
/// Other tickets and events that are listed at most.
const LISTED: usize = 6;

/// The card.
#[component]
pub fn CustomerCard(
    /// The open ticket.
    open: OpenTicket,
) -> impl IntoView {
    let keys = memo(move || {
        open.item.with(|item| item.as_ref().map(|item| customer_lookups(&item.ticket))).unwrap_or_default()
    });
    let due = RwSignal::new(keys.with_untracked(|keys| is_cached(keys)));
    let timer = StoredValue::new_local(Some(timers::after(PAUSE_MS, move || _ = due.try_set(true))));
    on_cleanup(move || drop(timer.try_update_value(Option::take)));
    let lookup = use_customer_lookup(Signal::derive(move || if due.get() { keys.get() } else { Vec::new() }));
    let customer = lookup.customer;
    let unfolded = RwSignal::new(false);
    let body_id = unique_id("customer");
    let controls = body_id.clone();
    let name = move || customer.get().map(|customer| customer.title()).unwrap_or_default();
    let has_keys = memo(move || keys.with(|keys| !keys.is_empty()));
    view! {
        <section class="ticket-customer" aria-label=t::ticket::customer data-open=move || unfolded.get().then_some("")>
            <h2 class="ticket-customer-title">
                <span class="wide-only" prop:textContent=catalogue(t::ticket::customer) />
                <button
                    type="button" aria-controls=controls aria-expanded=move || aria_bool(unfolded.get())
                    on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
                >
                    <Icon name=IconName::ChevronEnd />
                    <span prop:textContent=catalogue(t::ticket::customer) />
                    <bdi class="muted" prop:textContent=live_text(name) />
                </button>
            </h2>
            <div id=body_id class="ticket-customer-body">
                {dyn_view(move || if has_keys.get() {
                    view! { <LookedUp open lookup /> }.into_any()
                } else {
                    view! { <p class="muted small" prop:textContent=catalogue(t::ticket::no_customer_keys) /> }.into_any()
                })}
                {move || open.item.get().map(|item| view! { <OtherTickets open item /> }.into_any())}
            </div>
        </section>
    }
}

/// The result of the look-up.
#[component]
fn LookedUp(open: OpenTicket, lookup: CustomerLookup) -> impl IntoView {
    let CustomerLookup { query, customer, is_missing } = lookup;
    let is_loading =
        memo(move || customer.with(Option::is_none) && !is_missing.get() && query.error.with(Option::is_none));
    view! {
        {move || is_loading.get().then(|| view! { <SkeletonBlock lines=4 /> }.into_any())}
        {move || query.error.get().map(|error| {
            view! { <ErrorPanel problem=describe(&error) on_retry=move |()| query.refetch() retrying=query.loading /> }.into_any()
        })}
        <div role="status">
            {move || is_missing.get().then(|| view! {
                <p class="ticket-customer-none"><Icon name=IconName::Search /><span prop:textContent=catalogue(t::customers::none_title) /></p>
            }.into_any())}
        </div>
        {move || customer.get().map(|customer| view! { <Found open customer /> }.into_any())}
    }
}

/// A customer that was found.
#[component]
fn Found(open: OpenTicket, customer: Arc<Customer>) -> impl IntoView {
    let title = customer.title();
    let name = if title.is_empty() { t::customers::unnamed() } else { title };
    let avatar = name.clone();
    let tel = non_blank(&customer.tel);
    let place = [&customer.city_name, &customer.province_name, &customer.country_name];
    let place = place.into_iter().filter_map(non_blank).collect::<Vec<_>>().join(", ");
    let rows = [
        (t::customers::tel as fn() -> String, tel.clone(), true),
        (t::customers::email, non_blank(&customer.email), true),
        (t::customers::remark, non_blank(&customer.remark), false),
        (t::customers::user_status, non_blank(&customer.user_status_name), false),
        (t::customers::enterprise, non_blank(&customer.enterprise_name), false),
        (t::customers::liable, non_blank(&customer.liable_service_name), false),
        (t::customers::place, Some(place).filter(|place| !place.is_empty()), false),
        (t::customers::source, non_blank(&customer.source_name), false),
    ]
    .into_iter()
    .filter_map(|(label, value, is_code)| Some(field(label, value?, is_code)))
    .collect_view();
    let tags: Vec<String> = customer.tags().into_iter().flat_map(|(_, tags)| tags).collect();
    let tags = (!tags.is_empty()).then(|| {
        let tags = tags.into_iter().map(|tag| view! { <Badge text=tag /> }).collect_view();
        view! { <p class="row" aria-label=t::customers::tags>{tags}</p> }.into_any()
    });
    let id = non_blank(&customer.id).unwrap_or_default();
    let record = href(&Route::Customers, &[("id", &id), ("ticket", &open.id.get_value())]);
    view! {
        <div class="ticket-customer-head">
            <Avatar name=avatar />
            <h3><bdi prop:textContent=fixed(name) /></h3>
            <CustomerBadges customer />
        </div>
        {tags}
        <DefinitionList>{rows}</DefinitionList>
        {(!id.is_empty()).then(|| view! {
            <div class="row"><LinkButton label=t::ticket::whole_record href=record icon=IconName::Customer small=true variant=Variant::Ghost /></div>
        }.into_any())}
        {tel.map(|tel| view! { <EventsOfNumber tel /> }.into_any())}
    }
}

/// A value of the customer; numbers and addresses run left to right and have a copy button.
fn field(label: fn() -> String, value: String, is_code: bool) -> AnyView {
    let copied = is_code.then(|| value.clone());
    let direction = if is_code { "ltr" } else { "auto" };
    let name = move || t::ui::copy_value(&label());
    view! {
        <Definition term=label>
            <bdi dir=direction class="break" prop:textContent=fixed(value) />
            {copied.map(|value| view! { <CopyButton label=name value /> }.into_any())}
        </Definition>
    }
    .into_any()
}

/// The customer's other tickets in the agent's list.
#[component]
fn OtherTickets(open: OpenTicket, item: Arc<InboxTicket>) -> impl IntoView {
    let others = memo(move || {
        let (customer, id) = (item.ticket.customer_id(), item.id());
        open.inbox.with(|inbox| {
            let same = |other: &&Arc<InboxTicket>| other.ticket.customer_id() == customer && other.id() != id;
            if customer.trim().is_empty() { Vec::new() } else { inbox.tickets.iter().filter(same).cloned().collect() }
        })
    });
    dyn_view(move || {
        let others: Vec<Arc<InboxTicket>> = others.get();
        if others.is_empty() {
            return ().into_any();
        }
        let count = count_of(others.len());
        let rows = others.into_iter().take(LISTED).map(|other| {
            let reason = other.ticket.contact_reason();
            let text = if reason.is_empty() { other.row_key() } else { reason.to_owned() };
            let status = other.ticket.status().to_owned();
            let url = Route::Ticket(other.row_key()).path();
            view! { <li><a href=url dir="auto" prop:textContent=fixed(text) /><span class="muted" prop:textContent=fixed(status) /></li> }
                .into_any()
        });
        view! {
            <h3 prop:textContent=live_text(move || t::ticket::other_tickets(count)) />
            <ul class="ticket-customer-list" role="list">{rows.collect_view()}</ul>
        }
        .into_any()
    })
}

/// The latest events of the customer's number, if jtel's list is in the cache: it is not loaded for this.
#[component]
fn EventsOfNumber(tel: String) -> impl IntoView {
    let list = cache::peek(&ListAcdEvents)?;
    let events = events_of_number(list.records.iter().map(AsRef::as_ref), &tel);
    if events.is_empty() {
        return None;
    }
    let count = count_of(events.len());
    let row = |event: &AcdEvent| {
        let id = event.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let subject = event.subject.clone().filter(|subject| !subject.trim().is_empty()).unwrap_or_else(|| id.clone());
        let created = event.created.as_deref().map(format::local_date_time).unwrap_or_default();
        let url = Route::AcdEvent(id).path();
        view! { <li><a href=url dir="auto" prop:textContent=fixed(subject) /><span class="muted" prop:textContent=fixed(created) /></li> }
            .into_any()
    };
    let rows = events.into_iter().take(LISTED).map(row).collect_view();
    Some(view! {
        <h3 prop:textContent=live_text(move || t::ticket::events_of_number(count)) />
        <ul class="ticket-customer-list" role="list">{rows}</ul>
    })
}
