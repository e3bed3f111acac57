//! The agent's own tickets, by queue, status and priority.

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::oneview::ListTickets;
use trunkline_model::overview::{count_by, count_by_number};

use super::bars::bars;
use super::section::{Chart, Section};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::routes::Route;
use crate::routes::query_params::href;

/// The section.
#[component]
pub fn Tickets(
    /// The agent whose tickets they are.
    agent_id: String,
) -> impl IntoView {
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let rows = move || query.data.get().unwrap_or_default();
    let inbox_url = |name: &'static str| move |value: &str| href(&Route::Inbox, &[(name, value)]);
    let by_queue = Signal::derive(move || {
        bars(count_by(&rows(), |ticket| Some(ticket.queue().to_owned())), str::to_owned, inbox_url("queue"))
    });
    // No links: the inbox is sorted by priority but has no filter for it.
    let by_priority = Signal::derive(move || {
        bars(count_by_number(&rows(), |ticket| ticket.priority()), t::overview::priority, |_| String::new())
    });
    view! {
        <Section
            title=t::overview::tickets
            vendor=Service::Oneview
            query
            is_empty=|tickets| tickets.is_empty()
            empty=t::overview::no_tickets
        >
            <Chart title=t::overview::by_queue data=by_queue />
            <Chart title=t::overview::by_priority data=by_priority />
        </Section>
    }
}
