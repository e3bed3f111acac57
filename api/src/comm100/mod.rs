//! Comm100, ticketing channel accounts (API v4).
//!
//! Source: `server-api-ticketing-channel-account`. Times are UTC. The rate limit is 300 calls in 5 minutes per IP
//! address; beyond it the vendor responds 403 or 429.

mod endpoints;
pub mod error;
mod identity;
mod types;

pub use endpoints::*;
pub use identity::*;
pub use types::*;
