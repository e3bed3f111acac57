//! What the pane shows of one ticket below its heading, in the order in which an agent needs it: how urgent it is, what
//! the customer wants, the next steps, and at the end what only people behind the systems need.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::oneview::TicketStatus;
use trunkline_model::inbox::InboxTicket;
use trunkline_model::inbox_settings::Wait;
use trunkline_model::ticket_content::TicketContent;

use super::detail::OpenTicket;
use super::history::TicketHistory;
use super::json_tree::json_tree;
use super::labels::priority_name;
use super::message::Conversation;
use super::technical_details::TechnicalDetails;
use super::ticket_links::TicketLinks;
use super::toolbar::TicketToolbar;
use crate::components::use_preferences;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, fixed, live_text, memo};
use crate::ui::{Badge, CopyButton, use_now};

/// The ticket.
#[component]
pub fn TicketDetails(
    /// The open ticket.
    open: OpenTicket,
) -> impl IntoView {
    let item = open.item;
    view! {
        {move || item.get().map(|item| view! { <Summary item /> }.into_any())}
        <TicketToolbar open />
        {move || item.get().map(|item| view! { <Content item /> }.into_any())}
        {move || item.get().map(|item| view! { <TicketLinks item /> }.into_any())}
        <TicketHistory open />
        <TechnicalDetails item />
    }
}

/// One line: channel, queue, priority, and how long the customer has waited.
#[component]
fn Summary(item: Arc<InboxTicket>) -> impl IntoView {
    let ticket = &item.ticket;
    let part = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let vendor = [part(ticket.channel()), part(ticket.queue())].into_iter().flatten();
    // The dot after it stands in the page's direction, not in the text's.
    let vendor = vendor.map(|text| view! { <span><bdi prop:textContent=fixed(text) /></span> }.into_any());
    let priority = ticket.priority().map(|priority| {
        view! { <span class="ticket-priority" data-priority=priority.to_string() prop:textContent=live_text(move || priority_name(priority)) /> }
            .into_any()
    });
    let is_closed = TicketStatus::from(ticket.status()) == TicketStatus::Closed;
    let waiting = ticket.assigned_time().filter(|_| !is_closed).map(|since| view! { <Waiting since /> }.into_any());
    view! { <p class="ticket-summary">{vendor.chain(priority).chain(waiting).collect_view()}</p> }
}

/// How long a ticket has waited since it was assigned, in words; amber or red if that is long.
#[component]
fn Waiting(since: i64) -> impl IntoView {
    let now = use_now();
    let minutes = memo(move || (now.get() - since).max(0) / 60);
    let text = move || match minutes.get() {
        minutes @ 0..60 => t::ticket::waiting_minutes(minutes),
        minutes @ 60..1440 => t::ticket::waiting_hours(minutes / 60),
        minutes => t::ticket::waiting_days(minutes / 1440),
    };
    let preferences = use_preferences();
    let level = move || match preferences.wait_thresholds().classify(minutes.get() * 60) {
        Wait::Short => "neutral",
        Wait::Long => "warn",
        Wait::TooLong => "bad",
    };
    let title = move || crate::i18n::format::date_time_exact(since);
    view! { <span class="ticket-wait" data-tone=level title=title prop:textContent=live_text(text) /> }
}

/// The subject, the conversation, the order, and what else the content holds.
#[component]
fn Content(item: Arc<InboxTicket>) -> impl IntoView {
    let ticket = item.ticket.ticket();
    let content = TicketContent::parse(ticket.content.as_ref());
    let reason = Some(item.ticket.contact_reason().trim().to_owned()).filter(|reason| !reason.is_empty());
    let subject = content.subject.clone().or_else(|| reason.clone());
    let reason = reason.filter(|reason| subject.as_ref() != Some(reason));
    let order = Some(item.ticket.order_id().trim().to_owned()).filter(|order| !order.is_empty());
    let is_empty = content.messages.is_empty() && content.rest.is_none();
    let known = !content.messages.is_empty() || content.subject.is_some();
    let unread = content.unread;
    let TicketContent { messages, language, rest, .. } = content;
    view! {
        <div class="ticket-subject">
            {subject.map(|subject| view! { <h3 dir="auto" prop:textContent=fixed(subject) /> }.into_any())}
            {unread.map(|count| view! { <Badge text=move || t::ticket::unread(count) /> }.into_any())}
            {reason.map(|reason| view! { <p class="muted small" dir="auto" prop:textContent=fixed(reason) /> }.into_any())}
        </div>
        {(!messages.is_empty()).then(|| view! { <Conversation messages language /> }.into_any())}
        {is_empty.then(|| view! { <p class="muted" prop:textContent=catalogue(t::inbox::no_content) /> }.into_any())}
        {order.map(order_chip)}
        {rest.map(|rest| more(rest, !known))}
    }
}

/// The order's number, with a copy button.
fn order_chip(order: String) -> AnyView {
    let (shown, value) = (order.clone(), order.clone());
    let name = move || t::ui::copy_value(&t::inbox::order_id());
    view! {
        <p class="ticket-order">
            <span class="muted" prop:textContent=catalogue(t::ticket::order) />
            <bdi class="mono" prop:textContent=fixed(shown) />
            <CopyButton label=Signal::derive(name) value />
        </p>
    }
    .into_any()
}

/// What else the content holds, as names and values. It is open from the start if there is nothing but it, and else
/// drawn when it is first opened: it may be long.
fn more(rest: serde_json::Value, is_open: bool) -> AnyView {
    let drawn = RwSignal::new(is_open);
    let rest = StoredValue::new(rest);
    let tree = dyn_view(move || drawn.get().then(|| rest.with_value(json_tree)));
    view! {
        <details class="ticket-fold" open=is_open on:toggle=move |_| drawn.set(true)>
            <summary prop:textContent=catalogue(t::ticket::more) />
            {tree}
        </details>
    }
    .into_any()
}
