//! The service behind a vendor's endpoints: the sandbox, or the vendor itself. This is the only place that distinguishes
//! them.

use trunkline_api::gateway::Mode;

use super::sandbox_backend::SandboxBackend;
use super::shared_response::Writer;
use super::upstream::Upstream;
use crate::gateway::error::ApiError;
use crate::vendor_request::VendorRequest;

/// A vendor's backend.
pub enum Backend {
    /// The sandbox answers in the vendor's place.
    Sandbox(SandboxBackend),
    /// Calls are proxied to the vendor.
    Upstream(Box<Upstream>),
}

impl Backend {
    /// Makes a call and writes the response.
    ///
    /// # Errors
    /// If there is no complete response.
    pub async fn respond(&self, call: &VendorRequest, reads: bool, writer: &Writer) -> Result<(), ApiError> {
        match self {
            Self::Sandbox(sandbox) => sandbox.respond(call, reads, writer).await,
            Self::Upstream(upstream) => upstream.respond(call, writer).await,
        }
    }

    /// The mode, as the health page shows it.
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Sandbox(_) => Mode::Sandbox,
            Self::Upstream(_) => Mode::Upstream,
        }
    }

    /// The upstream's host and port; `None` for the sandbox.
    pub fn host(&self) -> Option<String> {
        match self {
            Self::Sandbox(_) => None,
            Self::Upstream(upstream) => Some(upstream.host()),
        }
    }

    /// Number of calls left in the budget; `None` without a budget.
    pub fn calls_left(&self) -> Option<u32> {
        match self {
            Self::Sandbox(sandbox) => sandbox.calls_left(),
            Self::Upstream(upstream) => upstream.calls_left(),
        }
    }

    /// Returns true if background calls should be skipped to save the budget.
    pub fn is_short(&self) -> bool {
        match self {
            Self::Sandbox(_) => false,
            Self::Upstream(upstream) => upstream.is_short(),
        }
    }
}
