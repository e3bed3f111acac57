//! Ways from a ticket to an agent's next steps: call back, look up the customer, create a ticket event.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use trunkline_api::jtel::{CALLBACK, TICKET};
use trunkline_model::inbox::InboxTicket;
use trunkline_model::ticket_origin::TicketOrigin;

use super::detail::OpenTicket;
use crate::components::prefill::{self, about_ticket};
use crate::i18n::t;
use crate::routes::query_params::href;
use crate::routes::{Route, use_stored_navigate};
use crate::ui::{IconName, LinkButton, Variant};

/// Links to the customer and to a new event about the ticket. The URLs contain no phone number or e-mail address.
#[component]
pub fn TicketLinks(
    /// The ticket.
    item: std::sync::Arc<InboxTicket>,
) -> impl IntoView {
    let customer = item.ticket.customer_id();
    let look_up = (!customer.trim().is_empty()).then(|| {
        let href = href(&Route::Customers, &[("id", customer), ("ticket", item.id())]);
        view! { <LinkButton label=t::inbox::find_customer href icon=IconName::Customer small=true variant=Variant::Ghost /> }
    });
    let event = new_event_url(item.id(), TICKET);
    let prefill = about_ticket(TicketOrigin::new(item.id(), &item.ticket));
    view! {
        <nav class="row" aria-label=t::ticket::links>
            {look_up}
            <LinkButton
                label=t::inbox::new_ticket_event
                href=event
                icon=IconName::Event
                small=true
                variant=Variant::Ghost
                on:click=move |event| prefill::stash_on_click(&event, prefill.clone())
            />
        </nav>
    }
}

/// Opens the form for a callback about the ticket.
pub fn use_callback_form(open: OpenTicket) -> Callback<()> {
    let navigate = use_stored_navigate();
    Callback::new(move |()| {
        // While the vendor can't be asked, only the ticket's id is known.
        if let Some(item) = open.item.get_untracked() {
            prefill::stash(about_ticket(TicketOrigin::new(item.id(), &item.ticket)));
        }
        let url = open.id.with_value(|id| new_event_url(id, CALLBACK));
        navigate.try_with_value(|navigate| navigate(&url, NavigateOptions::default()));
    })
}

/// The URL of the form for a new event of this type about a ticket.
fn new_event_url(ticket_id: &str, type_id: i64) -> String {
    href(&Route::NewAcdEvent, &[("type", &type_id.to_string()), ("ticket", ticket_id)])
}
