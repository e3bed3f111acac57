//! Writes: sent once per click, never retried automatically, and never aborted by leaving the page.
//!
//! - *confirmed* ([`Mutation::run_verified`]): the screen changes when the response arrives; a second click meanwhile
//!   sends nothing, and the same write from another form waits for the first one's response
//! - *optimistic* ([`write_optimistic`] with an [`OptimisticUpdate`]): the screen changes at once, and back if the
//!   write is refused
//! - writes to one record are sent one after the other, in the order they were made
//! - after a response that is lost or can't be parsed the outcome is in doubt: [`Mutation::run_verified`] and
//!   [`write_optimistic`] read the record back to verify it

mod read_back;
mod state;
mod write;
mod write_queue;

use std::future::Future;
use std::pin::Pin;

pub use read_back::{ReadBack, WriteOutcome};
pub use state::{Mutation, orphaned_error, use_mutation};
pub use write::{Write, write_optimistic};
pub use write_queue::{has_pending_writes, is_writing, writes_done};

/// A boxed future of this thread.
pub type LocalBoxFuture<T = ()> = Pin<Box<dyn Future<Output = T>>>;
