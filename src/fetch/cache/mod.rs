//! The query cache: entries by key.
//!
//! - [`entry`]: an entry, its signals and its data
//! - [`load`]: how an entry is loaded, retried and refetched; a newer load aborts an older one, and only the newest one's
//!   response is shown
//! - [`store`]: the entries, by key
//! - [`refetch`]: which entries refetch, and when
//! - [`changes`]: the changes that the gateway has reported
//! - [`patches`]: the optimistic updates of an entry
//! - [`peers`]: requests and responses of the other tabs, so that one poll serves all of them

mod changes;
mod entry;
mod load;
mod patches;
mod peers;
mod refetch;
mod store;

pub use changes::for_each as for_each_change;
pub use entry::{Entry, EntrySignals, UnreadableNote};
pub use load::hold_refetches;
pub use patches::Patch;
pub use peers::{on_peer_request, on_peer_response};
pub use refetch::{invalidate, on_remote_change, poll_observed, refetch_older_than, retry_unauthenticated};
pub use store::{clear, entry, loaded, peek, put, stale_prefix};
