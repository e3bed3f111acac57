//! The filters above the list, and the chips of what is chosen.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::inbox::{Facets, Inbox};

use super::filters::{Filters, HIDE};
use crate::components::{CheckFilter, FilterChips, MultiFilter};
use crate::i18n::t;
use crate::reactive::{catalogue, memo};
use crate::ui::{Icon, IconName, SelectOption, Sort, aria_bool};

/// The key of the column with the time of assignment.
const ASSIGNED: &str = "assigned";

/// The filters. They offer the values that occur in the tickets.
#[component]
pub fn FilterBar(
    /// The agent's tickets.
    inbox: Memo<Arc<Inbox>>,
    /// The URL parameters.
    filters: Filters,
) -> impl IntoView {
    let facets = memo(move || inbox.with(|inbox| inbox.facets().clone()));
    let options = move |values: fn(&Facets) -> &Vec<String>| {
        Signal::derive(move || {
            let option = |value: &String| SelectOption::new(value.clone(), value.clone());
            facets.with(|facets| values(facets).iter().map(option).collect::<Vec<_>>())
        })
    };
    let longest = Sort { key: ASSIGNED.to_owned(), descending: false };
    let is_longest = {
        let longest = longest.clone();
        memo(move || filters.params.order().as_ref() == Some(&longest))
    };
    let sort = move |_| {
        let order = (!is_longest.get_untracked()).then(|| longest.clone());
        match order {
            Some(order) => filters.params.set_order(Some(order)),
            None => filters.params.reset_order(),
        }
    };
    view! {
        <MultiFilter label=t::inbox::filter_status param=filters.status options=options(|facets| &facets.statuses) />
        <MultiFilter label=t::inbox::filter_queue param=filters.queue options=options(|facets| &facets.queues) />
        <MultiFilter label=t::inbox::filter_channel param=filters.channel options=options(|facets| &facets.channels) />
        <CheckFilter label=t::inbox_list::hide_closed param=filters.closed on=HIDE />
        <button
            type="button"
            class="filter sort-filter"
            data-on=move || is_longest.get().then_some("")
            aria-pressed=move || aria_bool(is_longest.get())
            on:click=sort
        >
            <Icon name=IconName::Clock />
            <span prop:textContent=catalogue(t::inbox_list::longest_waiting) />
        </button>
    }
}

/// The chips of the chosen filters.
#[component]
pub fn Chips(
    /// The URL parameters.
    filters: Filters,
) -> impl IntoView {
    let labelled: Vec<(fn() -> String, _)> = vec![
        (t::inbox::filter_status, filters.status),
        (t::inbox::filter_queue, filters.queue),
        (t::inbox::filter_channel, filters.channel),
    ];
    view! { <FilterChips params=filters.params filters=labelled /> }
}
