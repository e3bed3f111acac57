//! A few figures up top, each a link to the list it counts. They share their answers with the sections below.

use leptos::prelude::*;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::gateway::ListExternalApis;
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::{ListTickets, TicketStatus};
use trunkline_api::overview::percent;

use super::count_of;
use crate::browser::clock;
use crate::fetch::{Query, config, use_query};
use crate::i18n::{number, t};
use crate::routes::Route;
use crate::routes::search::href;
use crate::ui::Stat;

/// The figures that the role may read.
#[component]
pub fn Stats(
    /// Whether the user is an admin.
    admin: bool,
    /// The agentID of the user.
    agent_id: Option<String>,
) -> impl IntoView {
    let apis = admin && config::has_gateway();
    view! {
        <div class="overview-stats">
            {agent_id.map(|agent_id| view! { <TicketStats agent_id /> })}
            <EventStats />
            {admin.then(|| view! { <AccountStats /> })}
            {apis.then(|| view! { <ExternalApiStat /> })}
        </div>
    }
}

/// A figure of a query: dots while it is awaited, a dash where it failed.
fn figure<T, F>(query: Query<T>, figure: F) -> Signal<String>
where
    T: Send + Sync + 'static,
    F: Fn(&T) -> String + Send + Sync + 'static,
{
    Signal::derive(move || match query.data.with(|data| data.as_deref().map(&figure)) {
        Some(figure) => figure,
        None if query.error.with(Option::is_some) => "–".to_owned(),
        None => "…".to_owned(),
    })
}

fn counted(count: usize) -> String {
    number(count_of(count))
}

#[component]
fn TicketStats(agent_id: String) -> impl IntoView {
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let all = figure(query, |tickets| counted(tickets.len()));
    let assigned = figure(query, |tickets| {
        counted(tickets.iter().filter(|ticket| ticket.status() == TicketStatus::Assigned.as_str()).count())
    });
    let waiting = href(&Route::Inbox, &[("status", TicketStatus::Assigned.as_str())]);
    view! {
        <Stat label=t::overview::tickets value=all href=Signal::stored(Route::Inbox.path()) />
        <Stat label=t::overview::assigned value=assigned href=Signal::stored(waiting) />
    }
}

#[component]
fn EventStats() -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let all = figure(query, |events| counted(events.records.len()));
    let today = figure(query, |events| {
        let today = clock::today();
        let is_today = |time: &str| time.starts_with(&today);
        counted(events.records.iter().filter(|event| event.created.as_deref().is_some_and(is_today)).count())
    });
    // With a new answer it may be another day.
    let of_today = Signal::derive(move || {
        query.data.track();
        let today = clock::today();
        href(&Route::AcdEvents, &[("from", &today), ("to", &today)])
    });
    view! {
        <Stat label=t::routes::acd_events value=all href=Signal::stored(Route::AcdEvents.path()) />
        <Stat label=t::overview::events_today value=today href=of_today />
    }
}

#[component]
fn AccountStats() -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts { include: Some(Include::Chatbot) }));
    let all = figure(query, |accounts| counted(accounts.len()));
    let share = figure(query, |accounts| {
        let with_bot = accounts.iter().filter(|account| account.is_bot_enabled == Some(true)).count();
        t::ui::percent(&percent(with_bot, accounts.len()).to_string())
    });
    let with_bot = href(&Route::ChannelAccounts, &[("bot", "yes")]);
    view! {
        <Stat label=t::routes::channel_accounts value=all href=Signal::stored(Route::ChannelAccounts.path()) />
        <Stat label=t::overview::with_bot value=share href=Signal::stored(with_bot) />
    }
}

#[component]
fn ExternalApiStat() -> impl IntoView {
    let query = use_query(|| Some(ListExternalApis));
    let all = figure(query, |apis| counted(apis.len()));
    view! { <Stat label=t::routes::external_apis value=all href=Signal::stored(Route::ExternalApis.path()) /> }
}
