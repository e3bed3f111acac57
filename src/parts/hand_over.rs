//! What one page gives to the next beside the URL: telephone numbers and addresses must not stand in one.

use std::cell::RefCell;

use crate::browser::clock::monotonic_ms;

/// Milliseconds after which an offer that nobody took is forgotten: the click led somewhere else.
const KEPT_MS: f64 = 15_000.0;

/// What the form of a new ACD event starts with; the type stands in its URL (`/events/new?type=3`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventPrefill {
    /// The customer's telephone number or address, as the vendor that knows it writes it.
    pub sender: String,
    /// Where it was sent to: a service number or an address.
    pub receiver: String,
    /// A first subject.
    pub subject: String,
    /// For tickets the foreign system's number.
    pub user_data: String,
    /// A URL that goes with the event.
    pub crm_url: String,
}

thread_local! {
    static OFFER: RefCell<Option<(f64, EventPrefill)>> = const { RefCell::new(None) };
}

/// Offers values to the form that opens next in this tab. Call it on the click on a link to the form: a click that
/// opens another tab or window offers nothing, since memory doesn't reach there.
pub fn offer_on_click(click: &web_sys::MouseEvent, prefill: EventPrefill) {
    let here = click.button() == 0 && !click.ctrl_key() && !click.meta_key() && !click.shift_key();
    if here {
        OFFER.replace(Some((monotonic_ms(), prefill)));
    }
}

/// Takes the offer, once. The form calls it when it is made.
pub fn take() -> Option<EventPrefill> {
    OFFER.take().filter(|(at, _)| monotonic_ms() - at <= KEPT_MS).map(|(_, prefill)| prefill)
}
