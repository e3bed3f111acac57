//! The vendors' health, by the gateway's last answers: no call is spent.

use leptos::prelude::*;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;

use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::parts::{Connections, use_vendors};
use crate::reactive::{catalogue, effect_from, memo};
use crate::ui::unique_id;

/// The section.
#[component]
pub fn Vendors(
    /// Whether the user is an admin.
    admin: bool,
    /// The agentID of the user.
    agent_id: Option<String>,
) -> impl IntoView {
    let query = use_vendors();
    let events = use_query(|| Some(ListAcdEvents));
    let accounts = use_query(move || admin.then_some(ListChannelAccounts { include: Some(Include::Chatbot) }));
    let tickets = use_query(move || agent_id.clone().map(|agent_id| ListTickets { agent_id }));
    // What the other sections just learnt is news here.
    let answers = memo(move || (outcome(events), outcome(accounts), outcome(tickets)));
    effect_from(move |before: Option<_>| {
        let now = answers.get();
        if before.is_some_and(|before| before != now) {
            query.refetch_quietly();
        }
        now
    });
    let id = unique_id("section");
    view! {
        <section class="card overview-section" aria-labelledby=id.clone()>
            <h2 id=id.clone() prop:textContent=catalogue(t::parts::vendors) />
            <Connections query />
        </section>
    }
}

/// Whether a query was ever answered, and whether its newest load failed. Not when: answers that come in by themselves,
/// from other tabs too, are what the connections are asked again for anyway.
fn outcome<T: Send + Sync + 'static>(query: Query<T>) -> (bool, bool) {
    (query.data.with(Option::is_some), query.error.with(Option::is_some))
}
