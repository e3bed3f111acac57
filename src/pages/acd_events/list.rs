//! The list: every event the vendor gives, searched, filtered and sorted here, for the vendor does neither.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::jtel::{AcdEvent, ListAcdEvents};

use super::columns::columns;
use super::directory::{notes, use_directory};
use super::filter_bar::FilterBar;
use super::filters::{self, Filters};
use super::id_look_up::IdLookUp;
use crate::fetch::use_query;
use crate::i18n::t;
use crate::parts::{QueryError, SandboxBadge};
use crate::reactive::{dynamic, memo};
use crate::routes::Route;
use crate::ui::{Button, DataTable, EmptyState, IconName, LinkButton, PageHeader, Sort, Variant};

/// `/events`
#[component]
pub fn AcdEventsPage() -> impl IntoView {
    let query = use_query(|| Some(ListAcdEvents));
    let directory = use_directory();
    let filters = Filters::from_url();
    let index = Memo::new_with_compare(
        move |_| query.data.get().map(|list| Arc::new(filters::index(&list.records, directory))),
        |_, _| true,
    );
    let rows = Memo::new_with_compare(
        move |_| match (query.data.get(), index.get()) {
            (Some(list), Some(index)) => filters.select(&list.records, &index),
            _ => Vec::new(),
        },
        |_, _| true,
    );
    let sort = Signal::derive(move || filters.order());
    let set_sort = move |sort: Option<Sort>| filters.sort.show(&sort.map(|sort| sort.to_string()).unwrap_or_default());
    let shown = memo(move || query.error.with(Option::is_none) || query.data.with(Option::is_some));
    view! {
        <div class="page events-page">
            <PageHeader title=t::routes::acd_events>
                <SandboxBadge vendor=Vendor::Jtel />
                <IdLookUp />
                <LinkButton
                    label=t::routes::new_event
                    href=Route::NewAcdEvent.path()
                    icon=IconName::Plus
                    variant=Variant::Primary
                />
            </PageHeader>
            <FilterBar filters query directory />
            <QueryError query />
            {notes(directory)}
            <Show when=move || shown.get()>
                <DataTable
                    name=t::routes::acd_events
                    rows
                    id=row_id
                    columns=columns(directory)
                    sort
                    on_sort=set_sort
                    loading=Signal::derive(move || query.is_first_load())
                    empty=move || view! { <Nothing filters /> }
                />
            </Show>
        </div>
    }
}

/// The event's id; a record without one is known by where it is kept.
fn row_id(event: &AcdEvent) -> String {
    event.id.as_ref().map_or_else(|| format!("{event:p}"), ToString::to_string)
}

/// No event at all, or none that fits.
#[component]
fn Nothing(
    /// What narrows the list.
    filters: Filters,
) -> impl IntoView {
    let narrowed = memo(move || filters.any());
    dynamic(move || {
        if narrowed.get() {
            view! {
                <EmptyState title=t::acd_events::no_match message=t::acd_events::no_match_hint icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| filters.clear() />
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState title=t::acd_events::no_events message=t::acd_events::no_events_hint icon=IconName::Event>
                    <LinkButton label=t::routes::new_event href=Route::NewAcdEvent.path() icon=IconName::Plus />
                </EmptyState>
            }
            .into_any()
        }
    })
}
