//! one-view, an agent's tickets and online status (`pd-oneview-chat-ticket` v0.0.5).
//!
//! Times are epoch seconds. Only the ids of agents and tickets are guaranteed to be present.

mod endpoints;
pub mod error;
mod summary_scan;
mod ticket_record;
mod ticket_summary;
mod types;

pub use endpoints::*;
pub use ticket_summary::TicketSummary;
pub use types::*;
