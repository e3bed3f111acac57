//! The ticket from which an agent came to another page: its values for a form, and the way back.

use leptos::prelude::*;
use trunkline_api::oneview::ListTickets;
use trunkline_model::ticket_origin::TicketOrigin;

use crate::fetch::{cache, session};
use crate::i18n::t;
use crate::reactive::live_text;
use crate::routes::Route;

/// The ticket with this id, if the agent's tickets are in the cache; a URL's id is all there is otherwise.
pub fn ticket_origin(id: &str) -> TicketOrigin {
    let agent_id = untrack(session::user).and_then(|user| user.agent_id);
    let tickets = agent_id.and_then(|agent_id| cache::peek(&ListTickets { agent_id }));
    let listed = tickets.and_then(|tickets| {
        tickets.iter().find(|ticket| ticket.id() == id).map(|ticket| TicketOrigin::new(id, ticket))
    });
    listed.unwrap_or_else(|| TicketOrigin { id: id.to_owned(), ..TicketOrigin::default() })
}

/// A link back to the ticket, "‹ Ticket of Théo d'Aubigny".
#[component]
pub fn TicketBackLink(
    /// The ticket.
    origin: TicketOrigin,
) -> impl IntoView {
    let TicketOrigin { id, name, .. } = origin;
    let text = move || if name.is_empty() { t::ticket::back() } else { t::ticket::back_to(&name) };
    view! {
        <nav class="crumbs" aria-label=t::components::crumbs>
            <a href=Route::Ticket(id).path() prop:textContent=live_text(text) />
        </nav>
    }
}
