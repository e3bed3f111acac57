//! The list of definitions with how their last tests went.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApi, ListExternalApis};
use trunkline_api::list::SearchIndex;
use trunkline_api::text::visible_or;

use super::words::{millis, outcome, tone};
use crate::fetch::use_query;
use crate::i18n::{format, t};
use crate::parts::{Freshness, QueryError};
use crate::reactive::{dynamic, memo};
use crate::routes::Route;
use crate::routes::search::{Param, use_param};
use crate::ui::{
    Button, Cell, Column, DataTable, EmptyState, IconName, LinkButton, PageHeader, SearchField, Sort, SortKey, Toolbar,
    Variant,
};

/// The list page.
#[component]
pub fn ExternalApisPage() -> impl IntoView {
    let query = use_query(|| Some(ListExternalApis));
    let (q, sort) = (use_param("q"), use_param("sort"));
    let apis = memo(move || -> Vec<Arc<ExternalApi>> {
        query.data.get().map(|apis| apis.iter().cloned().map(Arc::new).collect()).unwrap_or_default()
    });
    let index = Memo::new_with_compare(move |_| Arc::new(apis.with(|apis| search_index(apis))), |_, _| true);
    let rows = memo(move || index.with(|index| apis.with(|apis| index.select(apis, &q.get(), |_| true))));
    let order = Signal::derive(move || Sort::parse(&sort.get()));
    let set_order = move |order: Option<Sort>| sort.show(&order.map(|order| order.to_string()).unwrap_or_default());
    view! {
        <div class="page">
            <PageHeader title=t::routes::external_apis hint=t::external_apis::page_hint>
                <LinkButton
                    label=t::routes::new_external_api
                    href=Route::NewExternalApi.path()
                    icon=IconName::Plus
                    variant=Variant::Primary
                />
            </PageHeader>
            <Toolbar>
                <SearchField
                    label=t::external_apis::search
                    value=q.value
                    on_input=move |text: String| q.type_in(&text)
                />
                <Freshness query />
            </Toolbar>
            <QueryError query />
            <Show when=move || query.error.with(Option::is_none) || query.data.with(Option::is_some)>
                <DataTable
                    name=t::routes::external_apis
                    rows
                    id=|api: &ExternalApi| api.id.clone()
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

/// By name, address, method and what it is for.
fn search_index(apis: &[Arc<ExternalApi>]) -> SearchIndex {
    SearchIndex::new(apis, |api, text| {
        text.add(&api.body.name).add(&api.body.url).add(api.body.method.as_str()).add(&api.body.description);
    })
}

/// No definition at all, or none that fits.
#[component]
fn Nothing(q: Param) -> impl IntoView {
    dynamic(move || {
        if q.get().is_empty() {
            view! {
                <EmptyState title=t::external_apis::none message=t::external_apis::none_hint icon=IconName::Api />
            }
            .into_any()
        } else {
            view! {
                <EmptyState title=t::external_apis::no_match icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| q.set("") />
                </EmptyState>
            }
            .into_any()
        }
    })
}

fn columns() -> Vec<Column<ExternalApi>> {
    let name = |api: &ExternalApi| visible_or(&api.body.name, || api.id.clone());
    vec![
        Column::link("name", t::external_apis::name, name, |api: &ExternalApi| {
            Route::ExternalApi(api.id.clone()).path()
        }),
        Column::text("method", t::external_apis::method, |api: &ExternalApi| api.body.method.to_string()).class("w-s"),
        Column::text("url", t::external_apis::url, |api: &ExternalApi| api.body.url.clone()).class("mono").wide_only(),
        Column::new("last_test", t::external_apis::last_test, last_test)
            .titled(|api| api.last_test.as_ref().map(|test| format::date_time_exact(test.at)).unwrap_or_default())
            .sort(|api| SortKey::number(api.last_test.as_ref().map(|test| test.at)))
            .class("w-xl"),
    ]
}

/// Status, duration and time of the newest test.
fn last_test(api: &ExternalApi) -> Cell {
    let Some(test) = &api.last_test else { return Cell::text(t::external_apis::never_tested()) };
    Cell::tag((tone(test), outcome(test))).and(format!("{} · {}", millis(test.millis), format::date_time(test.at)))
}
