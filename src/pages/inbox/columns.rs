//! The columns of the list.

use leptos::prelude::*;

use crate::i18n::{format, t};
use crate::reactive::memo;
use crate::ui::{Badge, Cell, Column, SortKey, Tone};
use trunkline_api::oneview::TicketStatus;
use trunkline_api::oneview::inbox::Item;

/// The seven columns; `href` gives a ticket's address.
pub fn columns(href: Callback<String, String>) -> Vec<Column<Item>> {
    let clock = ticking();
    vec![
        Column::text("priority", t::inbox::priority, |item: &Item| {
            item.ticket.priority().map(|priority| priority.to_string()).unwrap_or_default()
        })
        .sort(|item| SortKey::number(item.ticket.priority()))
        .class("priority"),
        Column::new("status", t::inbox::status, |item: &Item| Cell::tag((tone(item), item.ticket.status().to_owned())))
            .sort(|item| SortKey::text(item.ticket.status()))
            .class("status"),
        Column::link("customer", t::inbox::customer, Item::name, move |item: &Item| href.run(item.key())),
        Column::text("queue", t::inbox::queue, |item: &Item| item.ticket.queue().to_owned()).class("w-m roomy"),
        Column::text("channel", t::inbox::channel, |item: &Item| item.ticket.channel().to_owned()).class("w-s roomy"),
        Column::text("reason", t::inbox::reason, |item: &Item| item.ticket.status_reason().to_owned()).class("roomy"),
        Column::new("assigned", t::inbox::assigned, move |item: &Item| {
            item.ticket.assigned_time().map(|at| Cell::text(format::ago(at, clock.get()))).unwrap_or_default()
        })
        .titled(|item| item.ticket.assigned_time().map(format::date_time_exact).unwrap_or_default())
        .sort(|item| SortKey::number(item.ticket.assigned_time()))
        .class("assigned"),
    ]
}

/// The status in the vendor's word; nothing for none.
pub fn status_badge(item: &Item) -> impl IntoView + use<> {
    let (tone, word) = (tone(item), item.ticket.status().to_owned());
    (!word.is_empty()).then(|| view! { <Badge tone text=word /> })
}

fn tone(item: &Item) -> Tone {
    match TicketStatus::from(item.ticket.status()) {
        TicketStatus::Assigned => Tone::Accent,
        TicketStatus::Escalated => Tone::Warn,
        TicketStatus::Closed | TicketStatus::Other(_) => Tone::Neutral,
    }
}

/// Epoch seconds in steps of ten: one clock for all rows, and most rows' words stay the same.
fn ticking() -> Memo<i64> {
    let now = crate::ui::use_now();
    memo(move || now.get() / 10 * 10)
}
