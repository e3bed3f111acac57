//! Responds in place of the vendors, or with the faults that are set.

use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use tokio::sync::Semaphore;
use trunkline_api::Service;

use super::clock::Clock;
use super::config::SandboxConfig;
use super::context::Context;
use super::faults::{self, FaultKind, Faults};
use super::{comm100, demo, digital99, json_response, jtel, oneview, sobot};
use crate::vendor_request::{VendorRequest, VendorResponse};

/// Outcome of a request to the sandbox.
#[derive(Clone, Debug, PartialEq)]
pub enum SandboxResponse {
    /// A complete response.
    Complete(VendorResponse),
    /// A response that is truncated after this.
    Truncated(VendorResponse),
    /// No response: the connection is reset.
    Reset,
}

/// The sandbox backend.
#[derive(Clone, Debug)]
pub struct Sandbox {
    context: Context,
    latency: Duration,
    faults: Arc<Faults>,
    /// Limits concurrent writes, so that reads still get a connection while another process holds the database's lock.
    writers: Arc<Semaphore>,
}

/// Maximum of concurrent writes; must be below the pool's number of connections.
const MAX_WRITERS: usize = 4;

impl Sandbox {
    /// Opens the sandbox and fills a new database with demo data.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open(pool: SqlitePool, config: SandboxConfig) -> Result<Self, sqlx::Error> {
        Self::open_at(pool, config, Clock::system()).await
    }

    /// Like [`Sandbox::open`], with the provided clock.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open_at(pool: SqlitePool, config: SandboxConfig, clock: Clock) -> Result<Self, sqlx::Error> {
        demo::fill(&pool, &config, clock.now()).await?;
        let faults = Arc::new(Faults::new(&config.faults));
        Ok(Self {
            context: Context { pool, clock, ticket_seconds: config.ticket_seconds },
            latency: Duration::from_millis(config.latency_ms),
            faults,
            writers: Arc::new(Semaphore::new(MAX_WRITERS)),
        })
    }

    /// Returns the faults to inject.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Responds to a request, with a fault if one applies. A hanging request never completes: the caller times out.
    pub async fn respond(&self, call: &VendorRequest, reads: bool) -> SandboxResponse {
        let _permit = if reads { None } else { self.writers.acquire().await.ok() };
        let Some(fault) = self.faults.next_fault(call, reads) else {
            return SandboxResponse::Complete(self.handle(call).await);
        };
        let early_response = if fault.after { Some(self.handle(call).await) } else { None };
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
        let vendor = call.endpoint.service;
        match fault.fault {
            FaultKind::Hang => std::future::pending().await,
            FaultKind::Reset => SandboxResponse::Reset,
            FaultKind::Cut | FaultKind::CutLate => {
                SandboxResponse::Truncated(faults::response(vendor, &fault, self.context.clock.now()))
            }
            FaultKind::Delay => match early_response {
                Some(reply) => SandboxResponse::Complete(reply),
                None => SandboxResponse::Complete(self.handle(call).await),
            },
            _ => SandboxResponse::Complete(faults::response(vendor, &fault, self.context.clock.now())),
        }
    }

    /// Handles a request as the vendor would. A failure of the database becomes the vendor's internal error.
    pub async fn handle(&self, call: &VendorRequest) -> VendorResponse {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let context = &self.context;
        let response = match call.endpoint.service {
            Service::Comm100 => comm100::handle(context, call).await,
            Service::Jtel => jtel::handle(context, call).await,
            Service::Oneview => oneview::handle(context, call).await,
            Service::Sobot => sobot::handle(context, call).await,
            Service::Digital99 => digital99::handle(context, call).await,
            Service::Gateway => Ok(VendorResponse::empty(404)),
        };
        response.unwrap_or_else(|error| {
            tracing::error!(vendor = call.endpoint.service.key(), path = call.endpoint.path, %error, "sandbox");
            json_response::internal_error(call.endpoint.service)
        })
    }
}
