//! Vendor health as the gateway last saw it: no vendor is called for it.

use leptos::prelude::*;
use trunkline_api::gateway::{ListVendors, Mode, VendorHealth};
use trunkline_model::overview::{VendorStatus, status_of};

use super::query_view::QueryError;
use crate::fetch::Query;
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::i18n::{number, t};
use crate::reactive::{catalogue, fixed, live_text, memo};
use crate::ui::{Badge, SkeletonBlock, TimeText, Tone};

/// The gateway answers from memory, so polling is cheap.
const OPTIONS: QueryOptions = QueryOptions { stale_seconds: 0, poll_seconds: Some(10) };

/// Queries the vendors' health, polled every ten seconds.
pub fn use_vendor_health() -> Query<Vec<VendorHealth>> {
    use_query_with(OPTIONS, || Some(ListVendors))
}

/// The vendor health table, its skeleton, or its error with Retry.
#[component]
pub fn VendorHealthTable(
    /// The query, from [`use_vendor_health`].
    query: Query<Vec<VendorHealth>>,
) -> impl IntoView {
    let vendors = memo(move || query.data.get());
    let table = move || match vendors.get() {
        Some(vendors) => Some(view! { <HealthTable vendors=vendors.to_vec() /> }.into_any()),
        None if query.error.with(Option::is_some) => None,
        None => Some(view! { <SkeletonBlock lines=5 /> }.into_any()),
    };
    view! {
        <QueryError query />
        {move || table()}
    }
}

#[component]
fn HealthTable(vendors: Vec<VendorHealth>) -> impl IntoView {
    let rows = vendors.into_iter().map(|health| view! { <HealthRow health /> }.into_any()).collect_view();
    view! {
        <div class="connections-box" role="group" tabindex="0" aria-label=t::components::vendors>
            <table class="connections" aria-label=t::components::vendors>
                <thead>
                    <tr>
                        <th scope="col" prop:textContent=catalogue(t::components::vendor) />
                        <th scope="col" prop:textContent=catalogue(t::components::vendor_state) />
                        <th scope="col" prop:textContent=catalogue(t::components::vendor_from) />
                        <th scope="col" prop:textContent=catalogue(t::components::vendor_last_ok) />
                        <th scope="col" prop:textContent=catalogue(t::components::vendor_last_failure) />
                        <th scope="col" class="number" prop:textContent=catalogue(t::components::vendor_calls_left) />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn HealthRow(health: VendorHealth) -> impl IntoView {
    let (tone, label): (Tone, fn() -> String) = match status_of(&health) {
        VendorStatus::Unknown => (Tone::Neutral, t::components::vendor_not_asked),
        VendorStatus::Working => (Tone::Good, t::components::vendor_working),
        VendorStatus::Failing => (Tone::Bad, t::components::vendor_failing),
    };
    let from = match (health.mode, health.host) {
        (Mode::Sandbox, _) => view! { <span prop:textContent=catalogue(t::components::sandbox) /> }.into_any(),
        (Mode::Upstream, Some(host)) => {
            view! { <span class="mono break" dir="ltr" prop:textContent=fixed(host) /> }.into_any()
        }
        (Mode::Upstream, None) => {
            view! { <span prop:textContent=catalogue(t::components::vendor_upstream) /> }.into_any()
        }
    };
    let took = health.millis.and_then(|millis| i64::try_from(millis).ok());
    let failure = health.failure.unwrap_or_default();
    let calls_left = health.calls_left.map(i64::from);
    view! {
        <tr>
            <th scope="row" prop:textContent=fixed(health.vendor.name()) />
            <td><Badge tone text=label dot=true /></td>
            <td>{from}</td>
            <td>
                <LastTime epoch=health.last_ok />" "
                {took.filter(|_| health.last_ok.is_some()).map(|took| view! {
                    <span class="muted" prop:textContent=live_text(move || t::components::vendor_took(&number(took))) />
                }.into_any())}
            </td>
            <td>
                <LastTime epoch=health.last_failure />" "
                {(!failure.is_empty()).then(|| view! { <span class="muted mono" prop:textContent=fixed(failure.clone()) /> }.into_any())}
            </td>
            <td class="number" prop:textContent=live_text(move || calls_left.map_or_else(t::components::vendor_no_limit, number)) />
        </tr>
    }
}

/// Time since `epoch`; "never" if `None`.
#[component]
fn LastTime(epoch: Option<i64>) -> impl IntoView {
    match epoch {
        Some(_) => view! { <TimeText epoch relative=true /> }.into_any(),
        None => view! { <span class="muted" prop:textContent=catalogue(t::components::vendor_never) /> }.into_any(),
    }
}
