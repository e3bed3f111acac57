//! The five vendors' contracts on the database: what answers for a vendor that has no upstream.
//!
//! - one module per vendor, each with `answer`: the calls of its contract, persistent
//! - [`demo`]: what a new database is filled with
//! - `records`: answers put together from stored JSON, and the form of each vendor's own failure

mod clock;
mod comm100;
mod config;
pub mod demo;
mod digital99;
mod jtel;
mod oneview;
mod records;
mod sobot;

use std::time::Duration;

use sqlx::SqlitePool;
use trunkline_api::Vendor;

use crate::vendor_call::{Call, Reply};

pub use clock::Clock;
pub use config::SandboxConfig;

/// The sandbox.
#[derive(Clone, Debug)]
pub struct Sandbox {
    pool: SqlitePool,
    config: SandboxConfig,
    clock: Clock,
}

impl Sandbox {
    /// Fills the database with demo data where it has none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(pool: SqlitePool, config: SandboxConfig) -> Result<Self, sqlx::Error> {
        Self::open_at(pool, config, Clock::system()).await
    }

    /// As [`Sandbox::open`], with a clock of one's own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_at(pool: SqlitePool, config: SandboxConfig, clock: Clock) -> Result<Self, sqlx::Error> {
        demo::fill(&pool, &config, clock.now()).await?;
        Ok(Self { pool, config, clock })
    }

    /// Answers a call as the vendor would. A failure of the database is the vendor's internal error.
    pub async fn answer(&self, call: &Call) -> Reply {
        if self.config.latency_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.config.latency_ms)).await;
        }
        let answer = match call.endpoint.vendor {
            Vendor::Comm100 => comm100::answer(self, call).await,
            Vendor::Jtel => jtel::answer(self, call).await,
            Vendor::Oneview => oneview::answer(self, call).await,
            Vendor::Sobot => sobot::answer(self, call).await,
            Vendor::Digital99 => digital99::answer(self, call).await,
            Vendor::Gateway => Ok(Reply::empty(404)),
        };
        answer.unwrap_or_else(|error| {
            tracing::error!(vendor = call.endpoint.vendor.key(), path = call.endpoint.path, %error, "sandbox");
            records::internal_error(call.endpoint.vendor)
        })
    }
}
