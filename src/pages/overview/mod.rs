//! The overview: what the user's role may read, tallied. Each section asks for itself, so that one failing vendor never
//! blanks the others.

mod accounts;
mod events;
mod section;
mod stats;
mod tickets;
mod vendors;

use leptos::prelude::*;
use trunkline_api::Role;
use trunkline_api::overview::Tally;

use crate::fetch::{config, session};
use crate::i18n::t;
use crate::ui::{Datum, PageHeader};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let user = untrack(session::user);
    let admin = user.as_ref().is_some_and(|user| user.role == Role::Admin);
    let agent_id = user.and_then(|user| user.agent_id);
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

/// The bars of tallies: what a key is called, and the list behind it. What has no value leads nowhere.
fn bars(tallies: Vec<Tally>, name: impl Fn(&str) -> String, href: impl Fn(&str) -> String) -> Vec<Datum> {
    let bar = |Tally { key, count }: Tally| {
        let (label, href) =
            if key.is_empty() { (t::overview::none_given(), String::new()) } else { (name(&key), href(&key)) };
        Datum { label, value: count_of(count), href }
    };
    tallies.into_iter().map(bar).collect()
}

/// A count as the kit takes it.
fn count_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
