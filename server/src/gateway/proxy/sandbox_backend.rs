//! Calls that the sandbox answers, passed on exactly as an upstream's responses.

use std::time::Duration;

use super::budget::Budget;
use super::headers::passed_media;
use super::redact::{must_inspect, strip_secrets};
use super::shared_response::{self, Head, Writer};
use crate::config::BudgetConfig;
use crate::gateway::error::ApiError;
use crate::sandbox::{Sandbox, SandboxResponse};
use crate::vendor_request::VendorRequest;

/// The sandbox in the place of one vendor.
pub struct SandboxBackend {
    sandbox: Sandbox,
    budget: Option<Budget>,
    timeout: Duration,
}

impl SandboxBackend {
    /// Creates a backend with an optional call budget and a time-out.
    pub fn new(sandbox: Sandbox, budget: Option<BudgetConfig>, timeout: Duration) -> Self {
        Self { sandbox, budget: budget.map(Budget::new), timeout }
    }

    /// Number of calls left in the budget; `None` without a budget.
    pub fn calls_left(&self) -> Option<u32> {
        self.budget.as_ref().map(Budget::left)
    }

    /// Makes a call and writes the response.
    ///
    /// # Errors
    /// If the budget is used up, or there is no complete response in time.
    pub async fn respond(&self, call: &VendorRequest, reads: bool, writer: &Writer) -> Result<(), ApiError> {
        let vendor = call.endpoint.service;
        if let Some(budget) = &self.budget {
            budget.take().map_err(|seconds| ApiError::vendor_budget(vendor, seconds))?;
        }
        let outcome = tokio::time::timeout(self.timeout, self.sandbox.respond(call, reads)).await;
        let (reply, cut) = match outcome.map_err(|_| ApiError::timeout(vendor))? {
            SandboxResponse::Complete(reply) => (reply, false),
            SandboxResponse::Truncated(reply) => (reply, true),
            SandboxResponse::Reset => return Err(ApiError::connection_reset(vendor)),
        };
        if cut && must_inspect(vendor, reply.status) {
            return Err(ApiError::connection_reset(vendor));
        }
        let body = strip_secrets(vendor, reply.body).await?;
        let content_type = reply.content_type.map(passed_media);
        shared_response::write_head(
            writer,
            Head { status: reply.status, content_type, retry_after: reply.retry_after },
        );
        shared_response::write_chunk(writer, body)?;
        if cut { Err(ApiError::connection_reset(vendor)) } else { Ok(()) }
    }
}
