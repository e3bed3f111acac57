//! Passes values from one page to the next outside the URL: telephone numbers and addresses must not appear in one.

use std::cell::RefCell;

use leptos::prelude::*;
use trunkline_api::sobot::CustomerQuery;
use trunkline_model::ticket_origin::TicketOrigin;

use crate::browser::clock::monotonic_ms;

/// Milliseconds after which a prefill that nobody took expires: the click led somewhere else.
const EXPIRES_AFTER_MS: f64 = 15_000.0;

/// Initial values for the form of a new ACD event. The event type is in the form's URL (`/events/new?type=3`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventPrefill {
    /// The customer's telephone number or address, as the vendor that knows it formats it.
    pub sender: String,
    /// The service number or address that was contacted.
    pub receiver: String,
    /// The initial subject.
    pub subject: String,
    /// For tickets, the number in the foreign system.
    pub user_data: String,
    /// A URL attached to the event.
    pub crm_url: String,
    /// The body, of a callback.
    pub body: String,
    /// The ticket that the event is about.
    pub ticket: Option<TicketOrigin>,
}

thread_local! {
    static STASH: RefCell<Option<(f64, EventPrefill)>> = const { RefCell::new(None) };
}

/// Stores values for the form that opens next in this tab. Call it in the click handler of a link to the form. A click
/// that opens another tab or window stores nothing, since that tab cannot read this memory.
pub fn stash_on_click(click: &web_sys::MouseEvent, prefill: EventPrefill) {
    if opens_here(click) {
        stash(prefill);
    }
}

/// True for a click that opens its link in this tab.
fn opens_here(click: &web_sys::MouseEvent) -> bool {
    click.button() == 0 && !click.ctrl_key() && !click.meta_key() && !click.shift_key()
}

/// The values of a form for an event about a ticket.
pub fn about_ticket(ticket: TicketOrigin) -> EventPrefill {
    let (subject, user_data) = (ticket.subject.clone(), ticket.number.clone());
    EventPrefill { subject, user_data, ticket: Some(ticket), ..EventPrefill::default() }
}

/// Stores values for the form that opens next in this tab. Call it before navigating there.
pub fn stash(prefill: EventPrefill) {
    STASH.replace(Some((monotonic_ms(), prefill)));
}

/// Takes the stored values, once. The form calls this when it is created.
pub fn take() -> Option<EventPrefill> {
    STASH.take().filter(|(at, _)| monotonic_ms() - at <= EXPIRES_AFTER_MS).map(|(_, prefill)| prefill)
}

thread_local! {
    static LOOKUP: ArcRwSignal<Option<CustomerQuery>> = ArcRwSignal::new(None);
}

/// Requests the look-up of a customer. The customers' page, which the caller opens if it is not open, takes it.
pub fn request_lookup(query: CustomerQuery) {
    LOOKUP.with(|lookup| lookup.set(Some(query)));
}

/// Requests the look-up of a customer in the click handler of a link to the customers' page; see [`stash_on_click`].
pub fn request_lookup_on_click(click: &web_sys::MouseEvent, query: CustomerQuery) {
    if opens_here(click) {
        request_lookup(query);
    }
}

/// Takes the requested look-up, once. Tracked.
pub fn take_lookup() -> Option<CustomerQuery> {
    LOOKUP.with(|lookup| {
        let query = lookup.get();
        if query.is_some() {
            lookup.update_untracked(|lookup| *lookup = None);
        }
        query
    })
}
