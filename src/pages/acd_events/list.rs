//! The list of all events. The vendor can't search, filter or sort, so the console does.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::jtel::{AcdEvent, ListAcdEvents};
use trunkline_model::saved_views::count_events;

use super::columns::columns;
use super::filter_bar::{EventList, filter_fields};
use super::filters::{Filters, index_texts};
use super::find_by_id::FindById;
use super::presets::Presets;
use super::reference_data::{unreadable_notes, use_reference_data, use_statuses};
use crate::components::view_counts::{count_in, count_views_of};
use crate::components::{EmptyStates, ListPage, ListSpec, SandboxBadge, use_list};
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::reactive::{after_paint, effect};
use crate::routes::Route;
use crate::ui::{EmptyState, IconName, LinkButton, Variant};

/// The order without a `sort` in the URL.
const NEWEST_FIRST: &str = "-created";

/// `/events`
#[component]
pub fn AcdEventsPage(
    /// The time line, once its chunk is loaded. Tracked.
    time_line: fn(Filters, Query<EventList>) -> AnyView,
) -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let (reference_data, statuses) = (use_reference_data(), use_statuses());
    let filters = Filters::from_url();
    count_views_of(&Route::AcdEvents, |params| count_in(&ListAcdEvents, |list| count_events(params, &list.records)));
    let spec = ListSpec::new_with(
        |list: Arc<EventList>| Arc::new(list.records.clone()),
        move || index_texts(reference_data, statuses),
    );
    let list = use_list(query, spec.filtered(filters.params(), move || filters.predicate()).sorted(NEWEST_FIRST));
    // After the rows: they are what somebody waits for.
    let is_due = RwSignal::new(false);
    effect(move || {
        if query.data.with(Option::is_some) {
            after_paint(move || _ = is_due.try_set(true));
        }
    });
    let actions = || {
        view! {
            <SandboxBadge vendor=Service::Jtel />
            <FindById />
            <LinkButton
                label=t::routes::new_event
                href=Route::NewAcdEvent.path()
                icon=IconName::Plus
                variant=Variant::Primary
            />
        }
    };
    view! {
        <ListPage
            list
            title=t::routes::acd_events
            class="events-page"
            actions
            search_label=t::acd_events::search
            filters=move || {
                view! {
                    {filter_fields(filters, query, reference_data, statuses)}
                    <Presets filters query />
                }
            }
            notes=move || {
                view! {
                    {unreadable_notes(reference_data)}
                    <div class="time-line-box">{move || is_due.get().then(|| time_line(filters, query))}</div>
                }
            }
            id=row_id
            columns=columns(reference_data, statuses)
            empty=EmptyStates::new(t::acd_events::no_match, no_events).with_hint(t::acd_events::no_match_hint)
        />
    }
}

/// The event's id; a record without one is identified by its memory address.
fn row_id(event: &AcdEvent) -> String {
    event.id.as_ref().map_or_else(|| format!("{event:p}"), ToString::to_string)
}

/// Empty state without any event.
fn no_events() -> impl IntoView {
    view! {
        <EmptyState title=t::acd_events::no_events message=t::acd_events::no_events_hint icon=IconName::Event>
            <LinkButton label=t::routes::new_event href=Route::NewAcdEvent.path() icon=IconName::Plus />
        </EmptyState>
    }
}
