//! What a new database is filled with: a contact centre in five languages, and the documents' own samples.
//!
//! The same on every machine; only times are relative to the first start. As in a real centre a few of anything make most
//! of it: two types of events, one queue, two channels.

mod accounts;
mod chatbots;
mod customers;
mod dice;
mod directory;
mod event_bodies;
mod events;
mod hours;
pub mod insert;
mod people;
pub mod tickets;
mod vendor_accounts;
mod words;

use jiff::Timestamp;
use sqlx::SqlitePool;

use super::SandboxConfig;

/// Fills the database, whole or not at all, unless it was filled before.
///
/// # Errors
/// When the database fails.
pub async fn fill(pool: &SqlitePool, config: &SandboxConfig, now: Timestamp) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let db = &mut *transaction;
    // A write first: of two that start at once, the second waits here and then finds the row.
    let sql = "INSERT INTO sandbox_filled (filled_at) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM sandbox_filled)";
    if sqlx::query(sql).bind(now.as_second()).execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(());
    }
    chatbots::fill(db).await?;
    accounts::fill(db, config.channel_accounts, now).await?;
    directory::fill(db).await?;
    events::fill(db, config.events, config.customers, now).await?;
    customers::fill(db, config.customers).await?;
    tickets::fill(db, config.tickets, config.customers, now).await?;
    vendor_accounts::fill(db).await?;
    transaction.commit().await
}
