//! The filters above the table.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::{AcdEvent, RecordList};

use super::filters::{Filters, NO_USER, filter_options};
use super::reference_data::{ReferenceData, ReferenceList};
use crate::components::MultiFilter;
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::{live_text, memo};
use crate::routes::query_params::Param;
use crate::ui::{SelectOption, unique_id, use_announcer};

/// The vendor's response to the list request.
pub type EventList = RecordList<Arc<AcdEvent>>;

/// The filters: type, status, group, user, and a period. `reference_data` holds the names of types, groups and users.
pub fn filter_fields(
    filters: Filters,
    query: Query<EventList>,
    reference_data: ReferenceData,
    statuses: ReferenceList,
) -> impl IntoView {
    let named =
        move |names: ReferenceList, id: fn(&AcdEvent) -> Option<&LooseScalar>, after: fn() -> Vec<SelectOption>| {
            memo(move || {
                let mut all = after();
                query.data.with(|list| {
                    let events = list.as_ref().map(|list| list.records.as_slice()).unwrap_or_default();
                    all.extend(filter_options(names.options(), events, id, |id| names.name(id)));
                });
                all
            })
        };
    let statuses = named(statuses, |event| event.status_id.as_ref(), Vec::new);
    let nobody = || vec![SelectOption::new(NO_USER, t::acd_events::nobody())];
    let types = named(reference_data.types, |event| event.type_id.as_ref(), Vec::new);
    let groups = named(reference_data.groups, |event| event.group_id.as_ref(), Vec::new);
    let users = named(reference_data.users, |event| event.user_id.as_ref(), nobody);
    view! {
        <MultiFilter label=t::acd_events::kind param=filters.kind options=types shows_value=true />
        <MultiFilter label=t::acd_events::status param=filters.status options=statuses shows_value=true />
        <MultiFilter label=t::acd_events::group param=filters.group options=groups shows_value=true />
        <MultiFilter label=t::acd_events::user param=filters.user options=users shows_value=true />
        <div class="days">
            <DayFilter label=t::acd_events::from param=filters.from />
            <DayFilter label=t::acd_events::to param=filters.to />
        </div>
    }
}

/// A date field for a day in the vendor's local time.
#[component]
fn DayFilter(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The URL parameter for the day.
    param: Param,
) -> impl IntoView {
    let id = unique_id("day");
    let announcer = use_announcer();
    let change = move |event| {
        param.set(&event_target_value(&event));
        announcer.request_count();
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
