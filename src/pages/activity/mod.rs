//! Who changed what through this gateway, newest first: its own record, for admins. No values stand in it.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{Activity, ListActivity, UNDECODABLE};
use trunkline_api::list::SearchIndex;

use crate::fetch::query::{Options, use_query_with};
use crate::i18n::{format, t};
use crate::parts::{Freshness, QueryError};
use crate::reactive::{dynamic, memo};
use crate::routes::search::{Param, use_param};
use crate::ui::{
    Button, Cell, Column, CopyButton, DataTable, EmptyState, IconName, PageHeader, SearchField, Sort, SortKey, Tone,
    Toolbar,
};

/// The record lies in the gateway itself, so it can be asked often; nothing tells of a new entry.
const OPTIONS: Options = Options { stale_seconds: 0, poll_seconds: Some(30) };

/// `/activity`
#[component]
pub fn ActivityPage() -> impl IntoView {
    let query = use_query_with(OPTIONS, || Some(ListActivity));
    let (q, sort) = (use_param("q"), use_param("sort"));
    let entries = memo(move || -> Vec<Arc<Activity>> {
        query.data.get().map(|entries| entries.iter().cloned().map(Arc::new).collect()).unwrap_or_default()
    });
    let index = Memo::new_with_compare(move |_| Arc::new(entries.with(|entries| search_index(entries))), |_, _| true);
    let rows = memo(move || index.with(|index| entries.with(|entries| index.select(entries, &q.get(), |_| true))));
    let order = Signal::derive(move || Sort::parse(&sort.get()));
    let set_order = move |order: Option<Sort>| sort.show(&order.map(|order| order.to_string()).unwrap_or_default());
    view! {
        <div class="page activity-page">
            <PageHeader title=t::routes::activity hint=t::activity::hint />
            <Toolbar>
                <SearchField label=t::activity::search value=q.value on_input=move |text: String| q.type_in(&text) />
                <Freshness query />
            </Toolbar>
            <QueryError query />
            <Show when=move || query.error.with(Option::is_none) || query.data.with(Option::is_some)>
                <DataTable
                    name=t::routes::activity
                    rows
                    id=|entry: &Activity| entry.request_id.clone()
                    columns=columns()
                    sort=order
                    on_sort=set_order
                    loading=Signal::derive(move || query.is_first_load())
                    empty=move || view! { <Nothing q /> }
                />
            </Show>
        </div>
    }
}

/// By everything that a row says.
fn search_index(entries: &[Arc<Activity>]) -> SearchIndex {
    SearchIndex::new(entries, |entry, text| {
        let status = entry.status.to_string();
        text.add(&user(entry)).add(&place(entry)).add(&deed(entry)).add(&status).add(&entry.request_id);
    })
}

/// No entry at all, or none that fits.
#[component]
fn Nothing(q: Param) -> impl IntoView {
    dynamic(move || {
        if q.get().is_empty() {
            view! { <EmptyState title=t::activity::none icon=IconName::Clock /> }.into_any()
        } else {
            view! {
                <EmptyState title=t::activity::no_match icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| q.set("") />
                </EmptyState>
            }
            .into_any()
        }
    })
}

fn columns() -> Vec<Column<Activity>> {
    vec![
        Column::text("at", t::activity::at, |entry: &Activity| format::date_time_seconds(entry.at))
            .sort(|entry| SortKey::number(Some(entry.at)))
            .class("w-l"),
        Column::text("user", t::activity::user, user).class("w-m"),
        Column::text("place", t::activity::place, place).class("w-l").wide_only(),
        Column::text("deed", t::activity::deed, deed),
        Column::new("outcome", t::activity::outcome, |entry: &Activity| Cell::tag(outcome(entry)))
            .sort(|entry| SortKey::number(Some(entry.status)))
            .class("w-m"),
        Column::view("request", t::activity::request, |entry: Signal<Option<Activity>>| {
            let value = Signal::derive(move || entry.get().unwrap_or_default().request_id);
            view! { <CopyButton label=t::activity::copy_request value /> }.into_any()
        })
        .class("w-m")
        .wide_only(),
    ]
}

/// Who asked, and from which address; for a failed sign-in the name that was typed.
fn user(entry: &Activity) -> String {
    let name = entry.user.clone().unwrap_or_else(t::activity::nobody);
    match &entry.address {
        Some(address) => format!("{name} · {address}"),
        None => name,
    }
}

/// The page that the change belongs to; what belongs to none, by its path.
fn place(entry: &Activity) -> String {
    let path = entry.path.strip_prefix("/api/").unwrap_or(&entry.path);
    match path.split('/').next() {
        Some("comm100") => t::routes::channel_accounts(),
        Some("jtel") => t::routes::acd_events(),
        Some("oneview") => t::routes::inbox(),
        Some("digital99") => t::routes::account(),
        Some("sobot") if path.starts_with("sobot/external-apis") => t::routes::external_apis(),
        Some("sobot") => t::routes::customers(),
        Some("session") => t::routes::sign_in(),
        Some("faults") => t::parts::sandbox(),
        _ => path.to_owned(),
    }
}

/// What was asked for.
fn deed(entry: &Activity) -> String {
    let is = |ending: &str| entry.path.ends_with(ending);
    match entry.method.as_str() {
        "POST" if is(":enableBot") => t::activity::bot_on(),
        "POST" if is(":disableBot") => t::activity::bot_off(),
        "POST" if is("/tests") => t::activity::test(),
        "POST" if is("/query") => t::activity::look_up(),
        "POST" if is("/session") => t::activity::sign_in(),
        "DELETE" if is("/session") => t::activity::sign_out(),
        "PUT" if is("/online") => t::activity::online(),
        "PUT" if is("/offline") => t::activity::offline(),
        "POST" if is("/updateAccount") => t::activity::change(),
        "POST" => t::activity::create(),
        "DELETE" => t::activity::remove(),
        _ => t::activity::change(),
    }
}

/// Whether it was done: a vendor or the gateway may have refused it, a vendor with a successful status too.
fn outcome(entry: &Activity) -> (Tone, String) {
    let status = entry.status.to_string();
    match (entry.status, entry.refusal.as_deref()) {
        (..400, None) => (Tone::Good, t::activity::done()),
        (..400, Some(UNDECODABLE)) => (Tone::Bad, t::activity::failed(UNDECODABLE)),
        (..400, Some("")) => (Tone::Warn, t::activity::refused(&status)),
        (..400, Some(code)) => (Tone::Warn, t::activity::refused(code)),
        (400..500, _) => (Tone::Warn, t::activity::refused(&status)),
        _ => (Tone::Bad, t::activity::failed(&status)),
    }
}
