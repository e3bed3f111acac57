//! The data that the vendors' modules share.

use sqlx::SqlitePool;

use super::clock::Clock;

/// Database, clock and settings, for the modules that handle a vendor's requests.
#[derive(Clone, Debug)]
pub struct Context {
    /// The sandbox's connections.
    pub pool: SqlitePool,
    /// The current time.
    pub clock: Clock,
    /// Seconds between new tickets while an agent is online; 0 disables them.
    pub ticket_seconds: u64,
}
