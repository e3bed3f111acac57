//! What the console's other lists hold about a customer: the agent's tickets, and jtel's events.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel::{AcdEvent, ListAcdEvents};
use trunkline_api::oneview::ListTickets;
use trunkline_api::sobot::Customer;
use trunkline_model::customer_lookup::{events_of_customer, tickets_of_customer};

use crate::components::QueryView;
use crate::fetch::{cache, session, use_query};
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text};
use crate::routes::Route;
use crate::ui::{Button, IconName};

/// Records that are listed at most.
const LISTED: usize = 10;

/// The customer's tickets in the agent's list, if that is in memory; nothing without any.
#[component]
pub fn TicketsOfCustomer(
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let agent_id = untrack(session::user).and_then(|user| user.agent_id)?;
    let tickets = cache::peek(&ListTickets { agent_id })?;
    let found = tickets_of_customer(&tickets, &customer);
    let count = i64::try_from(found.len()).ok().filter(|count| *count > 0)?;
    let rows = found.into_iter().take(LISTED).map(|ticket| {
        let reason = ticket.contact_reason();
        let text = if reason.is_empty() { ticket.id() } else { reason };
        entry(Route::Ticket(ticket.id().to_owned()).path(), text, ticket.status().to_owned())
    });
    Some(view! {
        <section class="card stack-s">
            <h3 prop:textContent=live_text(move || t::customers::tickets(count)) />
            <ul class="ticket-customer-list" role="list">{rows.collect_view()}</ul>
        </section>
    })
}

/// The customer's events. jtel gives its list as a whole only, so it is loaded when somebody asks for it, unless it is in
/// memory.
#[component]
pub fn EventsOfCustomer(
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let is_asked = RwSignal::new(cache::peek(&ListAcdEvents).is_some());
    dyn_view(move || {
        let customer = customer.clone();
        let content = if is_asked.get() {
            view! { <LoadedEvents customer /> }.into_any()
        } else {
            view! {
                <h3 prop:textContent=catalogue(t::routes::acd_events) />
                <div class="row">
                    <Button label=t::customers::show_events icon=IconName::Event small=true on_click=move |()| is_asked.set(true) />
                </div>
            }
            .into_any()
        };
        view! { <section class="card stack-s">{content}</section> }.into_any()
    })
}

#[component]
fn LoadedEvents(customer: Arc<Customer>) -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let show = Callback::new(move |list: Arc<<ListAcdEvents as trunkline_api::endpoint::Endpoint>::Response>| {
        let found = events_of_customer(list.records.iter().map(AsRef::as_ref), &customer);
        let count = count_of(found.len());
        let rows = found.into_iter().take(LISTED).map(event_entry).collect_view();
        view! {
            <h3 prop:textContent=live_text(move || t::customers::events(count)) />
            <ul class="ticket-customer-list" role="list">{rows}</ul>
        }
        .into_any()
    });
    view! { <QueryView query children=show /> }
}

fn event_entry(event: &AcdEvent) -> AnyView {
    let id = event.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let subject = event.subject.clone().filter(|subject| !subject.trim().is_empty()).unwrap_or_else(|| id.clone());
    let created = event.created.as_deref().map(format::local_date_time).unwrap_or_default();
    entry(Route::AcdEvent(id).path(), &subject, created)
}

/// A link to a record, and what is said about it.
fn entry(url: String, text: &str, meta: String) -> AnyView {
    view! { <li><a href=url dir="auto" prop:textContent=fixed(text) /><span class="muted" prop:textContent=fixed(meta) /></li> }
        .into_any()
}
