//! The table's columns.

use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::AcdEvent;
use trunkline_model::acd_events::{display_address, spreadsheet_time};

use super::reference_data::{ReferenceData, ReferenceList};
use super::{id_of, name_of};
use crate::i18n::{format, t};
use crate::routes::Route;
use crate::ui::{Cell, Column, IconName, Narrow, SortKey};

/// All columns, the optional ones last. Ids turn into names when the reference data is loaded.
pub fn columns(reference_data: ReferenceData, statuses: ReferenceList) -> Vec<Column<AcdEvent>> {
    let ReferenceData { types, groups, users } = reference_data;
    vec![
        Column::link("subject", t::acd_events::subject, name_of, |event: &AcdEvent| {
            Route::AcdEvent(id_of(event)).path()
        })
        .class("event-subject")
        .narrow(Narrow::Title),
        Column::new("type", t::acd_events::kind, move |event: &AcdEvent| {
            let name = types.name_of(event.type_id.as_ref());
            let glyph = match IconName::of_channel(&name) {
                IconName::Other => IconName::Event,
                channel => channel,
            };
            Cell::text(name).with_glyph(glyph)
        })
        .sort(move |event| SortKey::text(&types.name_of(event.type_id.as_ref())))
        .class("event-type")
        .narrow(Narrow::Meta),
        Column::text("status", t::acd_events::status, move |event: &AcdEvent| {
            statuses.name_of(event.status_id.as_ref())
        })
        .sort(|event| number_key(event.status_id.as_ref()))
        .tooltip(move |event| statuses.name_and_id_of(event.status_id.as_ref()))
        .class("event-status"),
        Column::text("created", t::acd_events::created_local, |event: &AcdEvent| {
            event.created.as_deref().map(format::local_date_time).unwrap_or_default()
        })
        .export(|event| spreadsheet_time(event.created.as_deref().unwrap_or_default()))
        // The vendor's notation of times sorts correctly as text.
        .sort(|event| SortKey::text(event.created.as_deref().unwrap_or_default()))
        .class("event-when digits")
        .narrow(Narrow::Meta),
        Column::text("group", t::acd_events::group, move |event: &AcdEvent| groups.name_of(event.group_id.as_ref()))
            .class("event-party")
            .wide_only(),
        Column::text("user", t::acd_events::user, move |event: &AcdEvent| users.name_of(event.user_id.as_ref()))
            .class("event-party")
            .wide_only(),
        address_column("sender", t::acd_events::sender, |event| event.sender.as_ref()),
        address_column("receiver", t::acd_events::receiver, |event| event.receiver.as_ref()),
        further("ID", t::acd_events::id, |event| text(event.id.as_ref())),
        further("UserData", t::acd_events::user_data, |event| text(event.user_data.as_ref())),
        further("CrmURL", t::acd_events::crm_url, |event| event.crm_url.clone().unwrap_or_default()),
        further("ForeignSystemNumber", t::acd_events::foreign_number, |event| {
            text(event.foreign_system_number.as_ref())
        }),
        further_time("dtModified", t::acd_events::modified, |event| event.modified.as_deref()),
        further_time("dtReceived", t::acd_events::received, |event| event.received.as_deref()),
        further_time("dtRemind", t::acd_events::remind, |event| event.remind.as_deref()),
    ]
}

/// An optional column with the value as the vendor sent it.
fn further(key: &'static str, header: fn() -> String, value: fn(&AcdEvent) -> String) -> Column<AcdEvent> {
    Column::text(key, header, value).class("event-party").optional()
}

/// An optional column of times in the vendor's local time.
fn further_time(key: &'static str, header: fn() -> String, value: fn(&AcdEvent) -> Option<&str>) -> Column<AcdEvent> {
    Column::text(key, header, move |event| value(event).map(format::local_date_time).unwrap_or_default())
        .export(move |event| spreadsheet_time(value(event).unwrap_or_default()))
        .sort(move |event| SortKey::text(value(event).unwrap_or_default()))
        .class("event-when digits")
        .optional()
}

/// A column of phone numbers or addresses, which run left to right in every language.
fn address_column(
    key: &'static str,
    header: fn() -> String,
    value: fn(&AcdEvent) -> Option<&LooseScalar>,
) -> Column<AcdEvent> {
    let cell = move |event: &AcdEvent| Cell::text(display_address(event, value(event))).left_to_right();
    Column::new(key, header, cell)
        .sort(move |event| SortKey::text(&text(value(event))))
        .class("event-party")
        .wide_only()
}

fn text(value: Option<&LooseScalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Sorts numbers by value, anything else as text.
fn number_key(value: Option<&LooseScalar>) -> SortKey {
    match value.and_then(LooseScalar::as_i64) {
        None => SortKey::text(&text(value)),
        number => SortKey::number(number),
    }
}
