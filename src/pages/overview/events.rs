//! ACD events by type and by day.

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::jtel::{ListAcdEventTypes, ListAcdEvents, event_type_name};
use trunkline_model::name_map::NameMap;
use trunkline_model::overview::{Count, change, count_by, count_by_day, is_weekend, last_weeks};

use super::bars::bars;
use super::section::{Chart, Section};
use crate::browser::clock;
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::fetch::use_query;
use crate::i18n::{count_of, format, t};
use crate::reactive::{live_text, memo};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{BarMark, Datum, IconName};

/// The number of days shown: two weeks, and today.
const DAYS: usize = 15;

/// The days before today whose events are counted by type.
const WEEK: usize = 7;

/// Types rarely change, so they are fresh for five minutes.
const TYPES_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 300, poll_seconds: None };

/// The section.
#[component]
pub fn Events() -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let names = use_type_names();
    let days = memo(move || {
        let Some(events) = query.data.get() else { return Vec::new() };
        count_by_day(events.records.iter().filter_map(|event| event.created.as_deref()), &clock::today(), DAYS)
    });
    let by_type = Signal::derive(move || {
        let Some(events) = query.data.get() else { return Vec::new() };
        let Some(from) = days.with(|days| days.iter().rev().nth(WEEK).map(|day| day.key.clone())) else {
            return Vec::new();
        };
        let recent = events.records.iter().filter(|event| event.created.as_deref().is_some_and(|at| at >= &*from));
        let recent: Vec<_> = recent.cloned().collect();
        let counts = count_by(&recent, |event| event.type_id.as_ref().map(ToString::to_string));
        let url = |id: &str| href(&Route::AcdEvents, &[("type", id), ("from", &from)]);
        let mut bars = bars(counts, |id| names.with(|names| type_name(names, id)), url);
        for bar in &mut bars {
            bar.mark = BarMark::Glyph(match IconName::of_channel(&bar.label) {
                IconName::Other => IconName::Event,
                channel => channel,
            });
        }
        bars
    });
    // A heading over no bars would say nothing.
    let has_types = memo(move || by_type.with(|bars| !bars.is_empty()));
    let by_day = Signal::derive(move || days.get().into_iter().enumerate().map(day_bar).collect::<Vec<_>>());
    let trend = move || {
        let (now, before) = days.with(|days| last_weeks(days, &clock::today()));
        let count = t::overview::last_week(count_of(now));
        match change(now, before) {
            None => count,
            Some(more) if more < 0 => format!("{count} {}", t::overview::fewer(&t::ui::percent(&(-more).to_string()))),
            Some(more) => format!("{count} {}", t::overview::more(&t::ui::percent(&more.to_string()))),
        }
    };
    view! {
        <Section
            title=t::routes::acd_events
            vendor=Service::Jtel
            query
            is_empty=|events| events.records.is_empty()
            empty=t::overview::no_events
        >
            <div class="stack-s overview-days">
                <Chart title=t::overview::by_day data=by_day upright=true />
                <p class="meta" prop:textContent=live_text(trend) />
            </div>
            {move || has_types.get().then(|| view! { <Chart title=t::overview::by_type data=by_type /> }.into_any())}
        </Section>
    }
}

/// A day's bar. The month is named once: on the first bar and on the first of a month.
fn day_bar((index, Count { key: day, count }): (usize, Count)) -> Datum {
    let label = if index == 0 || day.ends_with("-01") { format::local_day(&day) } else { format::local_weekday(&day) };
    let mark = match () {
        () if day == clock::today() => BarMark::Today,
        () if is_weekend(&day) => BarMark::Weekend,
        () => BarMark::None,
    };
    Datum { label, value: count_of(count), href: href(&Route::AcdEvents, &[("from", &day), ("to", &day)]), mark }
}

/// The vendor's names of the types by id; empty until they are loaded, or if that fails.
fn use_type_names() -> Memo<NameMap> {
    let types = use_query_with(TYPES_OPTIONS, || Some(ListAcdEventTypes));
    memo(move || {
        let types = types.data.get();
        let named = types.iter().flat_map(|types| &types.records);
        NameMap::new(named.filter_map(|kind| Some((kind.id.as_ref()?.to_string(), kind.label()))))
    })
}

/// A type's name from the vendor's list, else from its documents, else its number.
fn type_name(names: &NameMap, id: &str) -> String {
    let published = || id.parse().ok().and_then(event_type_name);
    names.get(id).or_else(published).map_or_else(|| t::overview::event_type(id), str::to_owned)
}
