//! Sobot's look-up of a ticket's customer. It is shared by the card beside the ticket and the form for a callback, which
//! so ask once. The keys are sent in a body; none of them gets into a URL.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::sobot::{Customer, CustomerQuery, QueryCustomer};

use crate::fetch::query::{QueryOptions, use_query_with};
use crate::fetch::{Query, cache};
use crate::reactive::{effect, memo};

/// A customer rarely changes while an agent works on the ticket, and look-ups are limited.
const OPTIONS: QueryOptions = QueryOptions { stale_seconds: 600, poll_seconds: None };

/// A look-up. Copies share its state.
#[derive(Clone, Copy)]
pub struct CustomerLookup {
    /// The query of the current key.
    pub query: Query<Option<Customer>>,
    /// The customer, once found.
    pub customer: Memo<Option<Arc<Customer>>>,
    /// True if Sobot knows the customer by none of the keys.
    pub is_missing: Memo<bool>,
}

/// Looks a customer up by the first of these keys that finds one. Nothing is sent while the list is empty.
pub fn use_customer_lookup(keys: Signal<Vec<CustomerQuery>>) -> CustomerLookup {
    let attempt = RwSignal::new(0_usize);
    let query = use_query_with(OPTIONS, move || {
        keys.with(|keys| keys.get(attempt.get()).cloned()).map(|query| QueryCustomer { query })
    });
    let found_none = memo(move || query.data.with(|data| data.as_ref().is_some_and(|found| found.is_none())));
    let is_last = memo(move || keys.with(|keys| attempt.get() + 1 >= keys.len()));
    effect(move || {
        if found_none.get() && !is_last.get() {
            attempt.update(|attempt| *attempt += 1);
        }
    });
    let customer = memo(move || query.data.get().and_then(|found| Option::clone(&found)).map(Arc::new));
    CustomerLookup { query, customer, is_missing: memo(move || found_none.get() && is_last.get()) }
}

/// True if the look-up by the first of these keys is in the cache.
pub fn is_cached(keys: &[CustomerQuery]) -> bool {
    keys.first().is_some_and(|query| cache::peek(&QueryCustomer { query: query.clone() }).is_some())
}
