//! one-view, an agent's tickets and online status (`pd-oneview-chat-ticket` v0.0.5).
//!
//! Times are epoch seconds. Only the ids of agent and ticket are promised.

mod endpoints;
pub mod error;
pub mod inbox;
mod listed;
mod picked;
mod types;

pub use endpoints::*;
pub use listed::Listed;
pub use types::*;
