//! The agent's own tickets, by queue, status and priority.

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::oneview::ListTickets;
use trunkline_api::overview::{tally, tally_numbers};

use super::bars;
use super::section::{Chart, Section};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::routes::Route;
use crate::routes::search::href;

/// The section.
#[component]
pub fn Tickets(
    /// Whose tickets.
    agent_id: String,
) -> impl IntoView {
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let rows = move || query.data.get().unwrap_or_default();
    let inbox = |name: &'static str| move |value: &str| href(&Route::Inbox, &[(name, value)]);
    let by_queue = Signal::derive(move || {
        bars(tally(&rows(), |ticket| Some(ticket.queue().to_owned())), str::to_owned, inbox("queue"))
    });
    let by_status = Signal::derive(move || {
        let status = tally(&rows(), |ticket| Some(ticket.status().to_owned()));
        bars(status, str::to_owned, inbox("status"))
    });
    // The inbox has no filter by priority: it is ordered by it.
    let by_priority = Signal::derive(move || {
        bars(tally_numbers(&rows(), |ticket| ticket.priority()), t::overview::priority, |_| String::new())
    });
    view! {
        <Section
            title=t::overview::tickets
            vendor=Vendor::Oneview
            query
            is_empty=|tickets| tickets.is_empty()
            empty=t::overview::no_tickets
        >
            <Chart title=t::overview::by_queue data=by_queue />
            <Chart title=t::overview::by_status data=by_status />
            <Chart title=t::overview::by_priority data=by_priority />
        </Section>
    }
}
