//! What asks for attention, at the top: a few figures, each a link to the list it counts. They share their queries with the
//! sections below.

use leptos::prelude::*;
use trunkline_api::comm100::ListChannelAccounts;
use trunkline_api::gateway::ListExternalApis;
use trunkline_api::jtel::{self, AcdEvent, ListAcdEvents};
use trunkline_api::oneview::{ListTickets, TicketStatus};
use trunkline_model::account_bulk::bot_issue;
use trunkline_model::acd_events::{NO_USER, unassigned_callbacks};
use trunkline_model::overview::{VendorStatus, days_before, status_of};

use crate::browser::clock;
use crate::components::use_vendor_health;
use crate::fetch::{Query, config, use_query};
use crate::i18n::{count_of, format, number, t};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{Stat, Tone, use_coarse_now};

/// An event is looked for among those of so many days: an older one without a user is not waited for any more.
const DAYS: usize = 14;
/// A day in seconds: a ticket that waits longer is counted.
const LONG_WAIT: i64 = 86_400;
/// The priority that one-view documents as the most urgent.
const URGENT: i64 = 1;

/// The figures that the role may read.
#[component]
pub fn Stats(
    /// True if the user is an admin.
    admin: bool,
    /// The agentID of the user.
    agent_id: Option<String>,
) -> impl IntoView {
    let watched = admin && config::has_gateway();
    view! {
        <div class="overview-stats">
            {agent_id.map(|agent_id| view! { <TicketStats agent_id /> })}
            <EventStats />
            {admin.then(|| view! { <AccountStats /> })}
            {watched.then(|| view! { <ExternalApiStat /> <VendorStat /> })}
        </div>
    }
}

/// A count of a query: an ellipsis while it loads, a dash if it failed.
fn figure(count: Signal<Result<Option<usize>, ()>>) -> Signal<String> {
    Signal::derive(move || match count.get() {
        Ok(Some(count)) => number(count_of(count)),
        Ok(None) => "…".to_owned(),
        Err(()) => "–".to_owned(),
    })
}

/// Counts the records of a query's response: `None` while it loads, an error if it failed.
fn count<T, F>(query: Query<T>, count: F) -> Signal<Result<Option<usize>, ()>>
where
    T: Send + Sync + 'static,
    F: Fn(&T) -> usize + Send + Sync + 'static,
{
    Signal::derive(move || match query.data.with(|data| data.as_deref().map(&count)) {
        None if query.error.with(Option::is_some) => Err(()),
        counted => Ok(counted),
    })
}

/// The tone of a count of what should be none.
fn alarm(count: Signal<Result<Option<usize>, ()>>, tone: Tone) -> Signal<Tone> {
    Signal::derive(move || match count.get() {
        Ok(Some(0)) => Tone::Good,
        Ok(Some(_)) => tone,
        _ => Tone::Neutral,
    })
}

#[component]
fn TicketStats(agent_id: String) -> impl IntoView {
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let is = |status: TicketStatus| move |ticket: &str| ticket == status.as_str();
    let open = |status: &str| status != TicketStatus::Closed.as_str();
    let escalated = count(query, move |tickets| {
        tickets.iter().filter(|ticket| is(TicketStatus::Escalated)(ticket.status())).count()
    });
    let urgent = count(query, move |tickets| {
        tickets.iter().filter(|ticket| open(ticket.status()) && ticket.priority() == Some(URGENT)).count()
    });
    let waiting = count(query, move |tickets| {
        let since = clock::now() - LONG_WAIT;
        let is_long = |at: Option<i64>| at.is_some_and(|at| at < since);
        tickets.iter().filter(|ticket| open(ticket.status()) && is_long(ticket.assigned_time())).count()
    });
    let escalated_url = href(&Route::Inbox, &[("status", TicketStatus::Escalated.as_str())]);
    let inbox = move || Signal::stored(Route::Inbox.path());
    view! {
        <Stat label=t::overview::urgent value=figure(urgent) href=inbox() tone=alarm(urgent, Tone::Bad) />
        <Stat
            label=t::overview::escalated
            value=figure(escalated)
            href=Signal::stored(escalated_url)
            tone=alarm(escalated, Tone::Warn)
        />
        <Stat label=t::overview::waiting_day value=figure(waiting) href=inbox() tone=alarm(waiting, Tone::Warn) />
    }
}

#[component]
fn EventStats() -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let on = |day: String| move |event: &AcdEvent| event.created.as_deref().is_some_and(|time| time.starts_with(&day));
    let today = count(query, move |events| {
        let is_today = on(clock::today());
        events.records.iter().filter(|event| is_today(event)).count()
    });
    let note = move || {
        let a_week_ago = days_before(&clock::today(), 7)?;
        let is_then = on(a_week_ago);
        let then = query.data.with(|events| {
            let records = &events.as_deref()?.records;
            Some(records.iter().filter(|event| is_then(event)).count())
        })?;
        Some(t::overview::week_ago(count_of(then)))
    };
    let unassigned = count(query, |events| {
        let from = days_before(&clock::today(), DAYS).unwrap_or_default();
        unassigned_callbacks(events.records.iter().map(AsRef::as_ref), &from).0
    });
    let oldest = move || {
        let from = days_before(&clock::today(), DAYS)?;
        let oldest = query.data.with(|events| {
            let records = &events.as_deref()?.records;
            unassigned_callbacks(records.iter().map(AsRef::as_ref), &from).1.map(str::to_owned)
        })?;
        Some(t::overview::oldest(&format::local_date_time(&oldest)))
    };
    // By the time of a new response the day may have changed.
    let today_url = Signal::derive(move || {
        query.data.track();
        let today = clock::today();
        href(&Route::AcdEvents, &[("from", &today), ("to", &today)])
    });
    let unassigned_url = Signal::derive(move || {
        query.data.track();
        let from = days_before(&clock::today(), DAYS).unwrap_or_default();
        let kind = jtel::CALLBACK.to_string();
        href(&Route::AcdEvents, &[("type", &kind), ("user", NO_USER), ("from", &from), ("sort", "created")])
    });
    view! {
        <Stat
            label=t::overview::events_today
            value=figure(today)
            note=Signal::derive(move || note().unwrap_or_default())
            href=today_url
        />
        <Stat
            label=t::overview::unassigned
            value=figure(unassigned)
            note=Signal::derive(move || oldest().unwrap_or_else(t::overview::two_weeks))
            href=unassigned_url
            tone=alarm(unassigned, Tone::Warn)
        />
    }
}

#[component]
fn AccountStats() -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts::WITH_CHATBOTS));
    let without = count(query, |accounts| {
        let is_without = |enabled: Option<bool>, bot: Option<bool>| enabled == Some(true) && bot != Some(true);
        accounts.iter().filter(|account| is_without(account.is_enabled, account.is_bot_enabled)).count()
    });
    let idle = count(query, |accounts| {
        accounts.iter().filter(|account| account.is_enabled == Some(true) && bot_issue(account).is_some()).count()
    });
    let idle_url = href(&Route::ChannelAccounts, &[("enabled", "yes"), ("bot", "idle")]);
    let note = move || {
        let count = query.data.with(|accounts| accounts.as_deref().map(|accounts| accounts.len()))?;
        Some(t::overview::of_accounts(count_of(count)))
    };
    let url = href(&Route::ChannelAccounts, &[("enabled", "yes"), ("bot", "no")]);
    view! {
        <Stat
            label=t::overview::without_bot
            value=figure(without)
            note=Signal::derive(move || note().unwrap_or_default())
            href=Signal::stored(url)
        />
        <Stat
            label=t::overview::idle_bots
            value=figure(idle)
            note=t::overview::idle_bots_note
            href=Signal::stored(idle_url)
            tone=alarm(idle, Tone::Warn)
        />
    }
}

#[component]
fn ExternalApiStat() -> impl IntoView {
    let query = use_query(|| Some(ListExternalApis));
    let failing = count(query, |apis| {
        let has_failed = |status: Option<u16>| !status.is_some_and(|status| (200..300).contains(&status));
        apis.iter().filter(|api| api.last_test.as_ref().is_some_and(|test| has_failed(test.status))).count()
    });
    view! {
        <Stat
            label=t::overview::apis_failing
            value=figure(failing)
            href=Signal::stored(Route::ExternalApis.path())
            tone=alarm(failing, Tone::Bad)
        />
    }
}

#[component]
fn VendorStat() -> impl IntoView {
    let query = use_vendor_health();
    let failing =
        count(query, |vendors| vendors.iter().filter(|vendor| status_of(vendor) == VendorStatus::Failing).count());
    let now = use_coarse_now();
    let note = move || {
        let failing = query.data.with(|vendors| {
            let vendors = vendors.as_deref().map(Vec::as_slice).unwrap_or_default();
            let failing = vendors.iter().filter(|vendor| status_of(vendor) == VendorStatus::Failing);
            failing.filter_map(|vendor| Some((vendor.vendor.name(), vendor.last_failure?))).collect::<Vec<_>>()
        });
        let entry = |(name, at): (&str, i64)| t::overview::failed_at(&format::ago(at, now.get()), name);
        failing.into_iter().map(entry).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <Stat
            label=t::overview::vendors_failing
            value=figure(failing)
            note=Signal::derive(note)
            href=Signal::stored(Route::Settings.path())
            tone=alarm(failing, Tone::Bad)
        />
    }
}
