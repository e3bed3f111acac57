//! Search and filters above the table.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel::{AcdEvent, Records};
use trunkline_api::wire::Scalar;

use super::directory::{Directory, Names};
use super::filters::{Filters, NOBODY, choices};
use crate::fetch::Query;
use crate::i18n::t;
use crate::parts::Freshness;
use crate::reactive::{live_text, memo};
use crate::routes::search::Param;
use crate::ui::{Choice, FilterSelect, SearchField, Toolbar, unique_id, use_announcer};

/// What the vendor answers to the list.
type List = Records<Arc<AcdEvent>>;

/// Search, filters, and how fresh the list is.
#[component]
pub fn FilterBar(
    /// The URL's parameters.
    filters: Filters,
    /// The list.
    query: Query<List>,
    /// The names of types, groups and users.
    directory: Directory,
) -> impl IntoView {
    let named = move |names: Names, id: fn(&AcdEvent) -> Option<&Scalar>, after: fn() -> Vec<Choice>| {
        memo(move || {
            let mut all = vec![Choice::new("", t::common::all())];
            all.extend(after());
            query.data.with(|list| {
                let events = list.as_ref().map(|list| list.records.as_slice()).unwrap_or_default();
                all.extend(choices(names.choices(), events, id, |id| names.name(id)));
            });
            all
        })
    };
    let statuses = memo(move || {
        query.data.with(|list| {
            let events = list.as_ref().map(|list| list.records.as_slice()).unwrap_or_default();
            choices(vec![Choice::new("", t::common::all())], events, |event| event.status_id.as_ref(), str::to_owned)
        })
    });
    let nobody = || vec![Choice::new(NOBODY, t::acd_events::nobody())];
    let types = named(directory.types, |event| event.type_id.as_ref(), Vec::new);
    let groups = named(directory.groups, |event| event.group_id.as_ref(), Vec::new);
    let users = named(directory.users, |event| event.user_id.as_ref(), nobody);
    let set = |param: Param| move |value: String| param.set(&value);
    view! {
        <Toolbar>
            <SearchField
                label=t::acd_events::search
                value=filters.q.value
                on_input=move |text: String| filters.q.type_in(&text)
            />
            <FilterSelect label=t::acd_events::kind value=filters.kind.value choices=types on_change=set(filters.kind) />
            <FilterSelect
                label=t::acd_events::status
                value=filters.status.value
                choices=statuses
                on_change=set(filters.status)
            />
            <FilterSelect label=t::acd_events::group value=filters.group.value choices=groups on_change=set(filters.group) />
            <FilterSelect label=t::acd_events::user value=filters.user.value choices=users on_change=set(filters.user) />
            <div class="days">
                <DayFilter label=t::acd_events::from param=filters.from />
                <DayFilter label=t::acd_events::to param=filters.to />
            </div>
            <Freshness query />
        </Toolbar>
    }
}

/// A day of the vendor's local time.
#[component]
fn DayFilter(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// Where the day stands in the URL.
    param: Param,
) -> impl IntoView {
    let id = unique_id("day");
    let announcer = use_announcer();
    let change = move |event| {
        param.set(&event_target_value(&event));
        announcer.ask_count();
    };
    view! {
        <div class="filter" data-on=move || (!param.value.read().is_empty()).then_some("")>
            <label for=id.clone() prop:textContent=live_text(move || label.get()) />
            <input
                class="input"
                type="date"
                id=id
                title=t::acd_events::day_hint
                prop:value=move || param.get()
                on:change=change
            />
        </div>
    }
}
