//! The list, searched by the texts of its columns.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{Activity, ListActivity};
use trunkline_model::activity::{ActivityRow, Area, rows};
use trunkline_model::search_index::SearchText;

use super::columns::{columns, row_action, row_record};
use super::filters::{FilterBar, Filters};
use crate::components::activity_text::{area, user};
use crate::components::{EmptyStates, ListPage, ListSpec, use_list};
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::i18n::t;
use crate::ui::{EmptyState, IconName};

/// Polls often: the log is in the gateway's own database, and no live event announces a new entry.
const QUERY_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 0, poll_seconds: Some(30) };

/// `/activity`
#[component]
pub fn ActivityPage() -> impl IntoView {
    let query = use_query_with(QUERY_OPTIONS, || Some(ListActivity));
    let filters = Filters::from_url();
    let spec = ListSpec::new(records, index_texts).filtered(filters.params(), move || filters.predicate());
    let list = use_list(query, spec);
    let none = || view! { <EmptyState title=t::activity::none icon=IconName::Clock /> };
    view! {
        <ListPage
            list
            title=t::routes::activity
            hint=t::activity::hint
            class="activity-page"
            search_label=t::activity::search
            filters=move || view! { <FilterBar filters query /> }
            id=|row: &ActivityRow| row.entry.request_id.clone()
            columns=columns()
            empty=EmptyStates::new(t::activity::no_match, none)
        />
    }
}

fn records(entries: Arc<Vec<Activity>>) -> Arc<Vec<Arc<ActivityRow>>> {
    Arc::new(rows(&entries).into_iter().map(Arc::new).collect())
}

/// Adds every text of a row.
fn index_texts(row: &ActivityRow, text: &mut SearchText) {
    text.add(&row_action(row)).add(&row_record(row)).add(&area(&Area::of(&row.entry))).add(&row.fields().join(" "));
    for entry in row.entries() {
        text.add(&user(entry)).add(&entry.status.to_string()).add(&entry.request_id);
        text.add_opt(entry.record_id.as_deref());
    }
}
