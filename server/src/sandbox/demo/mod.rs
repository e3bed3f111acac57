//! Demo data for a new database: a contact centre in five languages, with the documents' samples.
//!
//! The same on every machine, except that times are relative to the first start. As in a real centre, distributions are
//! skewed: two types of events, one queue and two channels dominate.

mod accounts;
mod chatbots;
mod conversation;
mod customers;
pub mod directory;
mod event_bodies;
mod events;
pub mod insert;
pub mod life;
mod locale_data;
mod people;
mod rng;
pub mod tickets;
mod traffic;
mod vendor_accounts;

use jiff::Timestamp;
use sqlx::SqlitePool;

use super::SandboxConfig;

/// Fills the database in one transaction, unless it was filled before.
///
/// # Errors
/// If the database fails.
pub async fn fill(pool: &SqlitePool, config: &SandboxConfig, now: Timestamp) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let db = &mut *transaction;
    // Write first: of two concurrent starts, the second waits here and then finds the row.
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
