//! The page: the figures at the top, and a section for each vendor.

use leptos::prelude::*;

use super::{accounts, events, stats, tickets, vendors};
use crate::fetch::{config, session};
use crate::i18n::t;
use crate::ui::PageHeader;

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let admin = untrack(session::is_admin);
    let agent_id = untrack(session::user).and_then(|user| user.agent_id);
    let tickets = agent_id.clone().map(|agent_id| view! { <tickets::Tickets agent_id /> });
    view! {
        <div class="page">
            <PageHeader title=t::routes::overview />
            <stats::Stats admin agent_id=agent_id.clone() />
            {tickets}
            <events::Events />
            {admin.then(|| view! { <accounts::Accounts /> })}
            {config::has_gateway().then(|| view! { <vendors::Vendors admin agent_id=agent_id.clone() /> })}
        </div>
    }
}
