//! The vendors' connections and how their last calls went, as the gateway tells: no vendor's call is spent.

use leptos::prelude::*;
use trunkline_api::gateway::{ListVendors, Mode, VendorHealth};
use trunkline_api::overview::{State, state};

use super::loaded::QueryError;
use crate::fetch::Query;
use crate::fetch::query::{Options, use_query_with};
use crate::i18n::{number, t};
use crate::reactive::{catalogue, fixed, live_text, memo};
use crate::ui::{Badge, SkeletonBlock, TimeText, Tone};

/// The gateway only looks into its own memory, so it can be asked often.
const OPTIONS: Options = Options { stale_seconds: 0, poll_seconds: Some(10) };

/// The connections, asked again every few seconds.
pub fn use_vendors() -> Query<Vec<VendorHealth>> {
    use_query_with(OPTIONS, || Some(ListVendors))
}

/// The table of the connections, its skeleton, or its error with Retry.
#[component]
pub fn Connections(
    /// From [`use_vendors`].
    query: Query<Vec<VendorHealth>>,
) -> impl IntoView {
    let vendors = memo(move || query.data.get());
    let table = move || match vendors.get() {
        Some(vendors) => Some(view! { <Table vendors=vendors.to_vec() /> }.into_any()),
        None if query.error.with(Option::is_some) => None,
        None => Some(view! { <SkeletonBlock lines=5 /> }.into_any()),
    };
    view! {
        <QueryError query />
        {move || table()}
    }
}

#[component]
fn Table(vendors: Vec<VendorHealth>) -> impl IntoView {
    let rows = vendors.into_iter().map(|health| view! { <Row health /> }.into_any()).collect_view();
    view! {
        <div class="connections-box" role="group" tabindex="0" aria-label=t::parts::vendors>
            <table class="connections" aria-label=t::parts::vendors>
                <thead>
                    <tr>
                        <th scope="col" prop:textContent=catalogue(t::parts::vendor) />
                        <th scope="col" prop:textContent=catalogue(t::parts::vendor_state) />
                        <th scope="col" prop:textContent=catalogue(t::parts::vendor_from) />
                        <th scope="col" prop:textContent=catalogue(t::parts::vendor_last_ok) />
                        <th scope="col" prop:textContent=catalogue(t::parts::vendor_last_failure) />
                        <th scope="col" class="number" prop:textContent=catalogue(t::parts::vendor_calls_left) />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(health: VendorHealth) -> impl IntoView {
    let (tone, word): (Tone, fn() -> String) = match state(&health) {
        State::NotAsked => (Tone::Neutral, t::parts::vendor_not_asked),
        State::Working => (Tone::Good, t::parts::vendor_working),
        State::Failing => (Tone::Bad, t::parts::vendor_failing),
    };
    let from = match (health.mode, health.host) {
        (Mode::Sandbox, _) => view! { <span prop:textContent=catalogue(t::parts::sandbox) /> }.into_any(),
        (Mode::Upstream, Some(host)) => {
            view! { <span class="mono break" dir="ltr" prop:textContent=fixed(host) /> }.into_any()
        }
        (Mode::Upstream, None) => view! { <span prop:textContent=catalogue(t::parts::vendor_upstream) /> }.into_any(),
    };
    let took = health.millis.and_then(|millis| i64::try_from(millis).ok());
    let failure = health.failure.unwrap_or_default();
    let calls_left = health.calls_left.map(i64::from);
    view! {
        <tr>
            <th scope="row" prop:textContent=fixed(health.vendor.name()) />
            <td><Badge tone text=word dot=true /></td>
            <td>{from}</td>
            <td>
                <Moment epoch=health.last_ok />" "
                {took.filter(|_| health.last_ok.is_some()).map(|took| view! {
                    <span class="muted" prop:textContent=live_text(move || t::parts::vendor_took(&number(took))) />
                }.into_any())}
            </td>
            <td>
                <Moment epoch=health.last_failure />" "
                {(!failure.is_empty()).then(|| view! { <span class="muted mono" prop:textContent=fixed(failure.clone()) /> }.into_any())}
            </td>
            <td class="number" prop:textContent=live_text(move || calls_left.map_or_else(t::parts::vendor_no_limit, number)) />
        </tr>
    }
}

/// How long ago; "never" for none.
#[component]
fn Moment(epoch: Option<i64>) -> impl IntoView {
    match epoch {
        Some(_) => view! { <TimeText epoch relative=true /> }.into_any(),
        None => view! { <span class="muted" prop:textContent=catalogue(t::parts::vendor_never) /> }.into_any(),
    }
}
