//! The vendors' health by the gateway's last responses; showing it costs no call to a vendor.

use leptos::prelude::*;
use trunkline_api::comm100::ListChannelAccounts;
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;

use crate::components::{VendorHealthTable, use_vendor_health};
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::reactive::{catalogue, effect_with_previous, memo};
use crate::ui::unique_id;

/// The section.
#[component]
pub fn Vendors(
    /// True if the user is an admin.
    admin: bool,
    /// The agentID of the user.
    agent_id: Option<String>,
) -> impl IntoView {
    let query = use_vendor_health();
    let events = use_query(|| Some(ListAcdEvents));
    let accounts = use_query(move || admin.then_some(ListChannelAccounts::WITH_CHATBOTS));
    let tickets = use_query(move || agent_id.clone().map(|agent_id| ListTickets { agent_id }));
    // A response in another section changes the vendors' health, so it is loaded again.
    let outcomes = memo(move || (outcome(events), outcome(accounts), outcome(tickets)));
    effect_with_previous(move |before: Option<_>| {
        let now = outcomes.get();
        if before.is_some_and(|before| before != now) {
            query.refetch_quietly();
        }
        now
    });
    let id = unique_id("section");
    view! {
        <section class="card overview-section" aria-labelledby=id.clone()>
            <h2 id=id.clone() prop:textContent=catalogue(t::components::vendors) />
            <VendorHealthTable query />
        </section>
    }
}

/// Two flags: the query has data, its last load failed. The time of the response is left out on purpose: background
/// updates, from other tabs too, need no extra load of the vendors' health, which has an interval of its own.
fn outcome<T: Send + Sync + 'static>(query: Query<T>) -> (bool, bool) {
    (query.data.with(Option::is_some), query.error.with(Option::is_some))
}
