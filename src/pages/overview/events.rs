//! ACD events by type and by day.

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::jtel::{ListAcdEventTypes, ListAcdEvents, event_type_name};
use trunkline_api::list::Names;
use trunkline_api::overview::{by_day, tally};

use super::bars;
use super::section::{Chart, Section};
use crate::browser::clock;
use crate::fetch::query::{Options, use_query_with};
use crate::fetch::use_query;
use crate::i18n::{format, t};
use crate::reactive::memo;
use crate::routes::Route;
use crate::routes::search::href;

/// How many days are shown.
const DAYS: usize = 14;

/// Types change seldom: seconds until they are read again.
const TYPES: Options = Options { stale_seconds: 300, poll_seconds: None };

/// The section.
#[component]
pub fn Events() -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let names = use_type_names();
    let by_type = Signal::derive(move || {
        let Some(events) = query.data.get() else { return Vec::new() };
        let tallies = tally(&events.records, |event| event.type_id.as_ref().map(ToString::to_string));
        bars(tallies, |id| names.with(|names| name(names, id)), |id| href(&Route::AcdEvents, &[("type", id)]))
    });
    let by_day = Signal::derive(move || {
        let Some(events) = query.data.get() else { return Vec::new() };
        let times = events.records.iter().filter_map(|event| event.created.as_deref());
        let tallies = by_day(times, &clock::today(), DAYS);
        bars(tallies, format::local_day, |day| href(&Route::AcdEvents, &[("from", day), ("to", day)]))
    });
    view! {
        <Section
            title=t::routes::acd_events
            vendor=Vendor::Jtel
            query
            is_empty=|events| events.records.is_empty()
            empty=t::overview::no_events
        >
            <Chart title=t::overview::by_type data=by_type />
            <Chart title=t::overview::by_day data=by_day upright=true />
        </Section>
    }
}

/// The vendor's names of the types, by id; empty while, or if, it has none to give.
fn use_type_names() -> Memo<Names> {
    let types = use_query_with(TYPES, || Some(ListAcdEventTypes));
    memo(move || {
        let types = types.data.get();
        let named = types.iter().flat_map(|types| &types.records);
        Names::new(named.filter_map(|kind| Some((kind.id.as_ref()?.to_string(), kind.label()))))
    })
}

/// What a type is called: by the vendor's list, else by its documents, else by its number.
fn name(names: &Names, id: &str) -> String {
    let published = || id.parse().ok().and_then(event_type_name);
    names.get(id).or_else(published).map_or_else(|| t::overview::event_type(id), str::to_owned)
}
