//! The columns of the list.

use leptos::prelude::Get;
use trunkline_api::gateway::ExternalApi;
use trunkline_api::text::visible_or;

use super::labels::{millis_text, outcome_text, outcome_tone};
use crate::i18n::{format, t};
use crate::routes::Route;
use crate::ui::{Cell, Column, Narrow, use_coarse_now};

/// Name, method, URL and last test.
pub fn columns() -> Vec<Column<ExternalApi>> {
    let now = use_coarse_now();
    let name = |api: &ExternalApi| visible_or(&api.body.name, || api.id.clone());
    vec![
        Column::link("name", t::external_apis::name, name, |api: &ExternalApi| {
            Route::ExternalApi(api.id.clone()).path()
        })
        .narrow(Narrow::Title),
        Column::text("method", t::external_apis::method, |api: &ExternalApi| api.body.method.to_string())
            .class("w-s")
            .narrow(Narrow::Meta),
        Column::text("url", t::external_apis::url, |api: &ExternalApi| api.body.url.clone()).class("mono").wide_only(),
        Column::new("last_test", t::external_apis::last_test, move |api: &ExternalApi| last_test(api, now.get()))
            .time(|api| api.last_test.as_ref().map(|test| test.at))
            .export(exported_test)
            .class("w-xl")
            .narrow(Narrow::Meta),
        Column::text("description", t::external_apis::description, |api: &ExternalApi| api.body.description.clone())
            .class("w-l")
            .optional(),
    ]
}

/// Status, duration and time of the last test, for a file.
fn exported_test(api: &ExternalApi) -> String {
    let Some(test) = &api.last_test else { return String::new() };
    format!("{} · {} · {}", outcome_text(test), millis_text(test.millis), format::utc(test.at))
}

/// Status, duration and time of the last test.
fn last_test(api: &ExternalApi, now: i64) -> Cell {
    let Some(test) = &api.last_test else { return Cell::text(t::external_apis::never_tested()) };
    Cell::badge((outcome_tone(test), outcome_text(test))).with_text(format!(
        "{} · {}",
        millis_text(test.millis),
        format::ago(test.at, now)
    ))
}
