//! The entries of the cache, by key.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use trunkline_api::endpoint::Endpoint;

use super::changes;
use super::entry::{Entry, EntrySignals};
use crate::fetch::request::QueryDef;

/// Maximum number of unobserved entries; the least recently used is dropped first.
const MAX_UNOBSERVED: usize = 40;

thread_local! {
    static ENTRIES: RefCell<Vec<Rc<Entry>>> = const { RefCell::new(Vec::new()) };
    static USE_COUNTER: Cell<u64> = const { Cell::new(0) };
}

/// The entry of a query; created if there is none.
pub fn entry(def: QueryDef) -> Rc<Entry> {
    let used = USE_COUNTER.replace(USE_COUNTER.get() + 1);
    if let Some(entry) = find(&def.key) {
        entry.last_used.set(used);
        return entry;
    }
    let entry = Rc::new(Entry::new(def));
    entry.last_used.set(used);
    ENTRIES.with_borrow_mut(|entries| entries.push(entry.clone()));
    trim();
    entry
}

/// Drops the least recently used unobserved entries.
fn trim() {
    let mut dropped = Vec::new();
    ENTRIES.with_borrow_mut(|entries| {
        loop {
            let idle = || entries.iter().enumerate().filter(|(_, entry)| !entry.is_observed());
            let oldest = idle().min_by_key(|(_, entry)| entry.last_used.get()).map(|(at, _)| at);
            let Some(oldest) = oldest.filter(|_| idle().count() > MAX_UNOBSERVED) else { break };
            dropped.push(entries.swap_remove(oldest));
        }
    });
    // Dropped after the borrow: what an entry holds may call the cache in its destructor.
    drop(dropped);
}

/// The entry with this key; `None` if it is not in the cache.
pub(super) fn find(key: &str) -> Option<Rc<Entry>> {
    ENTRIES.with_borrow(|entries| entries.iter().find(|entry| entry.def.key == key).cloned())
}

/// The entries whose key begins with `prefix`.
pub(super) fn matching(prefix: &str) -> Vec<Rc<Entry>> {
    ENTRIES.with_borrow(|entries| entries.iter().filter(|entry| entry.def.key.starts_with(prefix)).cloned().collect())
}

/// The entries that a page shows.
pub(super) fn observed() -> impl Iterator<Item = Rc<Entry>> {
    matching("").into_iter().filter(|entry| entry.is_observed())
}

/// The key prefix of the reads that a write makes stale: `comm100 /ticketing/channelAccounts` covers the list and each
/// account. Compiles only for requests that change records.
pub fn stale_prefix<W: Endpoint>() -> String {
    const { assert!(W::INVALIDATES.is_some(), "the request changes no records") };
    W::INVALIDATES.map(|resource| resource.key_prefix()).unwrap_or_default()
}

/// Puts the response of a mutation into the cache, as if it had been loaded.
pub fn put<E>(request: E, data: E::Response)
where
    E: Endpoint + 'static,
    E::Response: Send + Sync + 'static,
{
    entry(QueryDef::new(&request)).set_data(Arc::new(data));
}

/// The data of the last successful response; `None` if it is not in the cache.
pub fn peek<E>(request: &E) -> Option<Arc<E::Response>>
where
    E: Endpoint,
    E::Response: Send + Sync + 'static,
{
    find(&QueryDef::new(request).key)?.confirmed()?.downcast().ok()
}

/// The signals of an entry that is in the cache; nothing is loaded. They are of no more use once the entry is dropped.
pub fn loaded<E>(request: &E) -> Option<EntrySignals>
where
    E: Endpoint,
    E::Response: Send + Sync + 'static,
{
    find(&QueryDef::new(request).key).map(|entry| entry.signals.clone())
}

/// Drops all entries and changes, at sign-out.
pub fn clear() {
    changes::clear();
    let all = ENTRIES.take();
    drop(all);
}
