//! The list: search, filters, table, and what stands in for no tickets.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::oneview::Listed;

use super::columns::columns;
use super::filters::Filters;
use super::presence::Presence;
use crate::fetch::Query;
use crate::i18n::t;
use crate::parts::Freshness;
use crate::parts::loaded::QueryError;
use crate::reactive::{dynamic, memo};
use crate::ui::{
    Button, Choice, Cursor, DataTable, EmptyState, FilterSelect, IconName, Keep, SearchField, Sort, Toolbar, Variant,
};
use trunkline_api::oneview::inbox::{Facets, Filter, Inbox, Item};

/// The agent's tickets.
#[component]
pub fn TicketList(
    /// The request.
    query: Query<Vec<Arc<Listed>>>,
    /// Its answer, as the page works with it.
    inbox: Memo<Arc<Inbox>>,
    /// What the URL asks for.
    filters: Filters,
    /// Whether tickets come in.
    presence: Presence,
    /// The row the agent is at.
    cursor: Cursor,
    /// A ticket's address, with the filters that stand in the URL.
    #[prop(into)]
    href: Callback<String, String>,
) -> impl IntoView {
    let filter = memo(move || filters.filter());
    let rows = Signal::derive(move || inbox.with(|inbox| inbox.items.clone()));
    let last = StoredValue::new(Filter::default());
    let keep = Callback::new(move |()| {
        let filter = filter.get();
        let narrows = last.with_value(|last| filter.narrows(last));
        last.set_value(filter.clone());
        filter.is_on().then(|| Keep { fits: Box::new(filter.fits()), narrows })
    });
    let order = memo(move || filters.order());
    let set_order = move |sort: Option<Sort>| filters.set_order(sort);
    let usable = move || query.data.with(Option::is_some) || query.error.with(Option::is_none);
    view! {
        <section class="inbox-list" aria-label=t::routes::inbox>
            <QueryError query />
            <Show when=usable>
                <DataTable
                    name=t::routes::inbox
                    rows
                    keep
                    id=Item::key
                    columns=columns(href)
                    sort=order
                    on_sort=set_order
                    loading=Signal::derive(move || query.is_first_load())
                    empty=move || view! { <Nothing filters presence /> }
                    cursor
                />
            </Show>
        </section>
    }
}

/// Search, filters and how fresh the list is.
#[component]
pub fn Bar(
    /// The request.
    query: Query<Vec<Arc<Listed>>>,
    /// Its answer: the filters offer what occurs in it.
    inbox: Memo<Arc<Inbox>>,
    /// What the URL asks for.
    filters: Filters,
    /// The rows are painted: what the filters offer can be looked for.
    painted: RwSignal<bool>,
) -> impl IntoView {
    let facets = memo(move || match painted.get() {
        true => inbox.with(|inbox| inbox.facets().clone()),
        false => Facets::default(),
    });
    let choices = move |any: fn() -> String, values: Vec<String>| {
        let values = values.into_iter().map(|value| Choice::new(value.clone(), value));
        std::iter::once(Choice::new("", any())).chain(values).collect::<Vec<_>>()
    };
    view! {
        <Toolbar>
            <SearchField label=t::inbox::search value=filters.q.value on_input=move |text: String| filters.q.type_in(&text) />
            <FilterSelect
                label=t::inbox::filter_status
                value=filters.status.value
                choices=Signal::derive(move || choices(t::inbox::any_status, facets.get().statuses))
                on_change=move |value: String| filters.status.set(&value)
            />
            <FilterSelect
                label=t::inbox::filter_queue
                value=filters.queue.value
                choices=Signal::derive(move || choices(t::inbox::any_queue, facets.get().queues))
                on_change=move |value: String| filters.queue.set(&value)
            />
            <FilterSelect
                label=t::inbox::filter_channel
                value=filters.channel.value
                choices=Signal::derive(move || choices(t::inbox::any_channel, facets.get().channels))
                on_change=move |value: String| filters.channel.set(&value)
            />
            <Freshness query />
        </Toolbar>
    }
}

/// No ticket fits, or there is none: and then it matters whether any can come.
#[component]
fn Nothing(filters: Filters, presence: Presence) -> impl IntoView {
    dynamic(move || {
        if filters.filter().is_on() {
            return view! {
                <EmptyState title=t::inbox::no_match message=t::inbox::no_match_hint icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| filters.clear() />
                </EmptyState>
            }
            .into_any();
        }
        if presence.is_online() {
            return view! { <EmptyState title=t::inbox::no_tickets message=t::inbox::waiting /> }.into_any();
        }
        view! {
            <EmptyState title=t::inbox::no_tickets message=t::inbox::go_online>
                <Button
                    label=t::inbox::go_online_button
                    variant=Variant::Primary
                    on_click=move |()| presence.ask(true)
                />
            </EmptyState>
        }
        .into_any()
    })
}
