//! The five vendors' contracts on the database: what answers for a vendor that has no upstream.
//!
//! - one module per vendor, each with `answer`: the calls of its contract, persistent
//! - [`demo`]: what a new database is filled with
//! - [`faults`]: what goes wrong on purpose
//! - `records`: answers put together from stored JSON, and the form of each vendor's own failure

mod clock;
mod comm100;
mod config;
pub mod demo;
mod digital99;
pub mod faults;
mod jtel;
mod oneview;
mod records;
mod sobot;

use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use tokio::sync::Semaphore;
use trunkline_api::Vendor;

use crate::vendor_call::{Call, Reply};

pub use clock::Clock;
pub use config::SandboxConfig;
use faults::{Faults, Kind};

/// What comes of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An answer.
    Whole(Reply),
    /// An answer that breaks off after this.
    Cut(Reply),
    /// None: the connection breaks.
    Reset,
}

/// The sandbox.
#[derive(Clone, Debug)]
pub struct Sandbox {
    pool: SqlitePool,
    config: SandboxConfig,
    clock: Clock,
    faults: Arc<Faults>,
    /// Writes at once: some connections are left for reading while another process holds the database's lock.
    writers: Arc<Semaphore>,
}

/// Fewer than the pool has connections.
const WRITERS: usize = 4;

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
        let faults = Arc::new(Faults::new(&config.faults));
        Ok(Self { pool, config, clock, faults, writers: Arc::new(Semaphore::new(WRITERS)) })
    }

    /// What goes wrong on purpose.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Answers a call, unless a fault hits it. A hanging call stays without an end: whoever waits gives up.
    pub async fn respond(&self, call: &Call, reads: bool) -> Outcome {
        let _place = if reads { None } else { self.writers.acquire().await.ok() };
        let Some(fault) = self.faults.strike(call, reads) else { return Outcome::Whole(self.answer(call).await) };
        let done = if fault.after { Some(self.answer(call).await) } else { None };
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
        let vendor = call.endpoint.vendor;
        match fault.fault {
            Kind::Hang => std::future::pending().await,
            Kind::Reset => Outcome::Reset,
            Kind::Cut | Kind::CutLate => Outcome::Cut(faults::reply(vendor, &fault, self.clock.now())),
            Kind::Delay => match done {
                Some(reply) => Outcome::Whole(reply),
                None => Outcome::Whole(self.answer(call).await),
            },
            _ => Outcome::Whole(faults::reply(vendor, &fault, self.clock.now())),
        }
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
