//! The columns of the list.

use leptos::prelude::*;
use trunkline_model::activity::{Action, ActivityRow, Area, record_route};

use crate::components::activity_text::{action, area, outcome, record, user};
use crate::i18n::{count_of, format, number, t};
use crate::ui::{Cell, Column, CopyButton, Narrow, SortKey, Tone, use_coarse_now};

/// Time, user, area, action, record, changed fields, outcome and request id.
pub fn columns() -> Vec<Column<ActivityRow>> {
    let now = use_coarse_now();
    vec![
        Column::text("at", t::activity::at, move |row: &ActivityRow| format::ago(row.entry.at, now.get()))
            .time(|row| Some(row.entry.at))
            .class("w-s")
            .narrow(Narrow::Meta),
        Column::new("user", t::activity::user, |row: &ActivityRow| {
            Cell::text(user(&row.entry)).with_avatar(row.entry.user.as_deref().unwrap_or_default())
        })
        .sort(|row| SortKey::text(&user(&row.entry)))
        .class("w-m")
        .narrow(Narrow::Meta),
        Column::text("place", t::activity::place, |row: &ActivityRow| area(&Area::of(&row.entry))).class("w-m"),
        Column::text("deed", t::activity::deed, row_action).narrow(Narrow::Title),
        Column::link("record", t::activity::record, row_record, |row: &ActivityRow| {
            let route = record_route(&row.entry).filter(|_| row.others.is_empty());
            route.map(|route| route.path()).unwrap_or_default()
        })
        .narrow(Narrow::Meta),
        Column::text("fields", t::activity::fields, |row: &ActivityRow| row.fields().join(", ")).wide_only(),
        Column::new("outcome", t::activity::outcome, |row: &ActivityRow| Cell::badge(row_outcome(row)))
            .sort(|row| SortKey::number(Some(row.entry.status)))
            .class("w-m")
            .narrow(Narrow::Aside),
        Column::view("request", t::activity::request, |row: Signal<Option<ActivityRow>>| {
            let value = Signal::derive(move || row.get().unwrap_or_default().entry.request_id);
            view! { <CopyButton label=t::activity::copy_request value /> }.into_any()
        })
        .class("w-xs")
        .wide_only(),
    ]
}

/// The action; of a bulk run with its number of records.
pub fn row_action(row: &ActivityRow) -> String {
    let action = action(Action::of(&row.entry));
    match row.count() {
        1 => action,
        count => format!("{action} × {}", number(count_of(count))),
    }
}

/// The record's name; of a bulk run all of them; a dash for what changes no record, since the cell is the row's header.
pub fn row_record(row: &ActivityRow) -> String {
    let names: Vec<_> = row.entries().map(record).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// The outcome; of a bulk run how many of its requests succeeded, unless all did.
fn row_outcome(row: &ActivityRow) -> (Tone, String) {
    let (done, all) = (row.done(), row.count());
    if all == 1 || done == all {
        return outcome(&row.entry);
    }
    let count = |count: usize| number(count_of(count));
    (if done == 0 { Tone::Bad } else { Tone::Warn }, t::activity::done_of(&count(all), &count(done)))
}
