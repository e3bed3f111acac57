//! A ticket's history as the console saw it, folded. It is requested when it is first opened.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{GetTicketHistory, TicketEvent, TicketHistoryEntry};

use super::detail::OpenTicket;
use super::labels::priority_name;
use crate::components::QueryView;
use crate::components::ticket_marks::has_ticket_marks;
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text};
use crate::ui::TimeText;

/// The folded history; nothing without a gateway, which keeps it.
#[component]
pub fn TicketHistory(
    /// The open ticket.
    open: OpenTicket,
) -> impl IntoView {
    if !untrack(has_ticket_marks) {
        return ().into_any();
    }
    let opened = RwSignal::new(false);
    let query = use_query(move || opened.get().then(|| GetTicketHistory { ticket_id: open.id.get_value() }));
    let entries = Callback::new(|history: Arc<Vec<TicketHistoryEntry>>| {
        if history.is_empty() {
            return view! { <p class="muted small" prop:textContent=catalogue(t::ticket::history_empty) /> }.into_any();
        }
        let rows = history.iter().rev().cloned().map(entry).collect_view();
        view! { <ol class="ticket-history" role="list">{rows}</ol> }.into_any()
    });
    let list = move || opened.get().then(|| view! { <QueryView query children=entries /> }.into_any());
    view! {
        <details class="ticket-fold" on:toggle=move |_| opened.set(true)>
            <summary prop:textContent=catalogue(t::ticket::history) />
            {list}
        </details>
    }
    .into_any()
}

fn entry(entry: TicketHistoryEntry) -> AnyView {
    let at = entry.at;
    view! { <li><span dir="auto" prop:textContent=live_text(move || words(&entry)) /><TimeText epoch=Some(at) relative=true /></li> }
        .into_any()
}

/// An entry in words.
fn words(entry: &TicketHistoryEntry) -> String {
    match entry.event {
        TicketEvent::Came => return t::ticket::came(),
        TicketEvent::Gone => return t::ticket::gone(),
        _ => {}
    }
    let field = entry.field.as_deref().unwrap_or_default();
    let name = match field {
        "content" => return t::ticket::content_changed(),
        "customer" => t::inbox::customer(),
        "status" => t::inbox::status(),
        "priority" => t::inbox::priority(),
        "queue" => t::inbox::queue(),
        "channel" => t::inbox::channel(),
        other => other.to_owned(),
    };
    let value = |value: &Option<String>| {
        let text = value.clone().unwrap_or_default();
        match text.parse() {
            Ok(priority) if field == "priority" => priority_name(priority),
            _ => text,
        }
    };
    match (value(&entry.from), value(&entry.to)) {
        (from, to) if from.is_empty() && to.is_empty() => t::ticket::field_changed(&name),
        (from, to) if from.is_empty() => t::ticket::changed_to(&name, &to),
        (from, to) => t::ticket::changed_from(&name, &from, &to),
    }
}
