//! The table's columns.

use trunkline_api::jtel::AcdEvent;
use trunkline_api::wire::Scalar;

use super::directory::Directory;
use super::{id_of, name_of};
use crate::i18n::{format, t};
use crate::routes::Route;
use crate::ui::{Cell, Column, SortKey};

/// All of them; names come from the directory as soon as it is there.
pub fn columns(directory: Directory) -> Vec<Column<AcdEvent>> {
    let Directory { types, groups, users } = directory;
    vec![
        Column::link("subject", t::acd_events::subject, name_of, |event: &AcdEvent| {
            Route::AcdEvent(id_of(event)).path()
        })
        .class("event-subject"),
        Column::text("type", t::acd_events::kind, move |event: &AcdEvent| types.of(event.type_id.as_ref()))
            .class("event-type"),
        Column::text("status", t::acd_events::status, |event: &AcdEvent| text(event.status_id.as_ref()))
            .sort(|event| number(event.status_id.as_ref()))
            .class("event-status end"),
        Column::text("created", t::acd_events::created_local, |event: &AcdEvent| {
            event.created.as_deref().map(format::local_date_time).unwrap_or_default()
        })
        // The vendor's form sorts as it stands.
        .sort(|event| SortKey::text(event.created.as_deref().unwrap_or_default()))
        .class("event-when"),
        Column::text("group", t::acd_events::group, move |event: &AcdEvent| groups.of(event.group_id.as_ref()))
            .class("event-party")
            .wide_only(),
        Column::text("user", t::acd_events::user, move |event: &AcdEvent| users.of(event.user_id.as_ref()))
            .class("event-party")
            .wide_only(),
        address("sender", t::acd_events::sender, |event| event.sender.as_ref()),
        address("receiver", t::acd_events::receiver, |event| event.receiver.as_ref()),
    ]
}

/// A telephone number or an address, in the direction it is read.
fn address(key: &'static str, header: fn() -> String, value: fn(&AcdEvent) -> Option<&Scalar>) -> Column<AcdEvent> {
    let cell = move |event: &AcdEvent| Cell::text(text(value(event))).left_to_right();
    Column::new(key, header, cell)
        .sort(move |event| SortKey::text(&text(value(event))))
        .class("event-party")
        .wide_only()
}

fn text(value: Option<&Scalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Numbers by size, anything else by its letters.
fn number(value: Option<&Scalar>) -> SortKey {
    match value.and_then(Scalar::as_i64) {
        None => SortKey::text(&text(value)),
        number => SortKey::number(number),
    }
}
