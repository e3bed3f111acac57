//! The columns of the list, and the marks of its rows.

use leptos::prelude::*;
use trunkline_api::oneview::TicketStatus;
use trunkline_model::inbox::InboxTicket;
use trunkline_model::inbox_settings::Wait;

use crate::components::use_preferences;
use crate::i18n::{format, t};
use crate::reactive::memo;
use crate::ui::{Badge, Cell, Column, IconName, SortKey, Tone};

/// The seven columns; `href` returns the URL of the ticket with an id. What a row shows is the ticket as it is now; its
/// place is that of [`InboxTicket::placed`]. Where the list is narrow, a row has two lines (`at-…`).
pub fn columns(href: Callback<String, String>) -> Vec<Column<InboxTicket>> {
    let (clock, preferences) = (coarse_clock(), use_preferences());
    vec![
        Column::new("priority", t::inbox::priority, |item: &InboxTicket| priority_cell(item.ticket.priority()))
            .tooltip(|item| {
                item.ticket.priority().map(|number| t::ticket::priority_other(&number.to_string())).unwrap_or_default()
            })
            .sort(|item| SortKey::number(item.placed().ticket.priority()))
            .class("priority at-edge"),
        Column::new("status", t::inbox::status, |item: &InboxTicket| {
            Cell::badge((tone(item), item.ticket.status().to_owned()))
        })
        .sort(|item| SortKey::text(item.placed().ticket.status()))
        .class("status at-tag"),
        Column::link(
            "customer",
            t::inbox::customer,
            |item: &InboxTicket| item.name(),
            move |item: &InboxTicket| href.run(item.row_key()),
        )
        .sort(|item| SortKey::folded(item.placed().sort_name()))
        .class("at-lead"),
        Column::text("queue", t::inbox::queue, |item: &InboxTicket| item.ticket.queue().to_owned())
            .sort(|item| SortKey::text(item.placed().ticket.queue()))
            .class("w-m at-sub-end"),
        Column::text("channel", t::inbox::channel, |item: &InboxTicket| item.ticket.channel().to_owned())
            .content(|item| match item.ticket.channel() {
                "" => Cell::default(),
                channel => Cell::text(channel.to_owned()).with_glyph(IconName::of_channel(channel)),
            })
            .sort(|item| SortKey::text(item.placed().ticket.channel()))
            .class("w-s at-glyph"),
        Column::text("reason", t::inbox::reason, |item: &InboxTicket| item.preview().to_owned())
            .sort(|item| SortKey::text(item.placed().ticket.contact_reason()))
            .class("reason at-sub"),
        Column::new("assigned", t::inbox::assigned, move |item: &InboxTicket| {
            let Some(at) = item.ticket.assigned_time() else { return Cell::default() };
            let cell = Cell::text(format::ago(at, clock.get()));
            match preferences.wait_thresholds().classify(clock.get() - at) {
                Wait::Short => cell,
                _ if !is_waiting(item) => cell,
                Wait::Long => cell.with_tone(Tone::Warn),
                Wait::TooLong => cell.with_tone(Tone::Bad),
            }
        })
        .time(|item| item.ticket.assigned_time())
        .sort(|item| SortKey::number(item.placed().ticket.assigned_time()))
        .class("assigned at-end"),
        Column::text("order", t::inbox::order_id, |item: &InboxTicket| item.ticket.order_id().to_owned())
            .class("w-m")
            .optional(),
        Column::text("id", t::inbox::id, |item: &InboxTicket| item.row_key()).class("w-l").optional(),
    ]
}

/// The priority in words: 1 is the most urgent. Only what is urgent has a colour.
fn priority_cell(priority: Option<i64>) -> Cell {
    let Some(priority) = priority else { return Cell::default() };
    let (word, tone) = match priority {
        1 => (t::ticket::priority_urgent(), Some(Tone::Bad)),
        2 => (t::ticket::priority_high(), Some(Tone::Warn)),
        3 => (t::ticket::priority_normal(), None),
        4 => (t::ticket::priority_low(), None),
        5 => (t::ticket::priority_lowest(), None),
        other => (other.to_string(), None),
    };
    let cell = Cell::text(word);
    tone.map_or(cell.clone(), |tone| cell.with_tone(tone))
}

/// The marks of a row for the style sheet: its priority, and whether it has left the agent's tickets.
pub fn row_mark(item: &InboxTicket) -> String {
    let mut mark = match item.ticket.priority() {
        Some(1) => "p1".to_owned(),
        Some(2) => "p2".to_owned(),
        _ => String::new(),
    };
    if item.is_gone() {
        mark.push_str(" gone");
    }
    mark
}

/// A closed ticket's customer no longer waits.
fn is_waiting(item: &InboxTicket) -> bool {
    !item.is_gone() && TicketStatus::from(item.ticket.status()) != TicketStatus::Closed
}

/// A badge with the vendor's status text; nothing if the status is empty.
pub fn status_badge(item: &InboxTicket) -> impl IntoView + use<> {
    let (tone, status) = (tone(item), item.ticket.status().to_owned());
    (!status.is_empty()).then(|| view! { <Badge tone text=status /> })
}

fn tone(item: &InboxTicket) -> Tone {
    match TicketStatus::from(item.ticket.status()) {
        TicketStatus::Assigned => Tone::Accent,
        TicketStatus::Escalated => Tone::Warn,
        TicketStatus::Closed | TicketStatus::Other(_) => Tone::Neutral,
    }
}

/// Epoch seconds in steps of ten: one clock for all rows, at which most rows' texts stay the same.
fn coarse_clock() -> Memo<i64> {
    let now = crate::ui::use_now();
    memo(move || now.get() / 10 * 10)
}
