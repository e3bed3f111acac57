//! The vendors as the gateway calls them: each with its backend, the reads in flight and the results of recent calls.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use trunkline_api::Service;
use trunkline_api::gateway::{Mode, VendorHealth};

use super::backend::Backend;
use super::health::Health;
use super::hidden_error;
use super::sandbox_backend::SandboxBackend;
use super::shared_response::{self, SharedResponse};
use super::single_flight::{SingleFlight, read_key};
use super::upstream::Upstream;
use crate::config::Config;
use crate::sandbox::Sandbox;
use crate::vendor_request::VendorRequest;

/// All vendors.
pub struct Vendors(BTreeMap<Service, Arc<VendorProxy>>);

/// One vendor.
pub struct VendorProxy {
    vendor: Service,
    backend: Backend,
    reads_in_flight: SingleFlight,
    health: Health,
}

impl Vendors {
    /// Sets up the configured upstreams; the sandbox serves the other vendors.
    ///
    /// # Errors
    /// The vendor whose client can't be set up.
    pub fn new(config: &Config, sandbox: &Sandbox) -> Result<Self, Service> {
        let proxy = |vendor: Service| -> Result<_, Service> {
            let backend = match config.upstreams.get(&vendor) {
                Some(settings) => Backend::Upstream(Box::new(Upstream::new(vendor, settings).ok_or(vendor)?)),
                None => {
                    let budget = config.sandbox_budgets.get(&vendor).copied();
                    Backend::Sandbox(SandboxBackend::new(sandbox.clone(), budget, config.vendor_timeout.0))
                }
            };
            let (reads_in_flight, health) = (SingleFlight::default(), Health::default());
            Ok((vendor, Arc::new(VendorProxy { vendor, backend, reads_in_flight, health })))
        };
        Service::VENDORS.into_iter().map(proxy).collect::<Result<_, _>>().map(Self)
    }

    /// A vendor; `None` for the gateway itself.
    pub fn get(&self, vendor: Service) -> Option<&Arc<VendorProxy>> {
        self.0.get(&vendor)
    }

    /// Returns true if a vendor has an upstream.
    pub fn has_upstream(&self, vendor: Service) -> bool {
        self.get(vendor).is_some_and(|proxy| proxy.has_upstream())
    }

    /// The vendors that the sandbox serves.
    pub fn in_sandbox(&self) -> impl Iterator<Item = Service> {
        Service::VENDORS.into_iter().filter(|vendor| !self.has_upstream(*vendor))
    }

    /// The state of each vendor, with its upstream's host if `with_host`.
    pub fn health(&self, with_host: bool) -> impl Iterator<Item = VendorHealth> {
        Service::VENDORS.into_iter().filter_map(|vendor| self.get(vendor)).map(move |proxy| {
            let host = proxy.backend.host().filter(|_| with_host);
            proxy.health.describe(proxy.vendor, proxy.backend.mode(), host, proxy.backend.calls_left())
        })
    }
}

impl VendorProxy {
    /// Returns true if the vendor has an upstream.
    pub fn has_upstream(&self) -> bool {
        self.backend.mode() == Mode::Upstream
    }

    /// Returns true if background calls should be skipped to save the budget.
    pub fn is_short(&self) -> bool {
        self.backend.is_short()
    }

    /// Sends a call, or joins an equal read in flight. A call continues after the browser has disconnected, because a
    /// cancelled write could be in any state.
    pub fn send(self: &Arc<Self>, call: VendorRequest) -> SharedResponse {
        if call.endpoint.is_read_only {
            let key = read_key(&call);
            return self.reads_in_flight.join(key, || self.start(call));
        }
        self.start(call)
    }

    /// VendorRequest it when a write begins and when it has ended: later reads don't join those in flight.
    pub fn bump_generation(&self) {
        self.reads_in_flight.bump_generation();
    }

    fn start(self: &Arc<Self>, call: VendorRequest) -> SharedResponse {
        let (writer, response) = shared_response::channel(&call.origin);
        let proxy = Arc::clone(self);
        let begun = Instant::now();
        tokio::spawn(async move {
            let result = proxy.backend.respond(&call, call.endpoint.is_read_only, &writer).await;
            let ended = match &result {
                Ok(()) => shared_response::status_and_body(&writer).ok_or("fault"),
                Err(error) => Err(error.code),
            };
            proxy.record(&call, ended, begun);
            shared_response::finish(&writer, result);
            proxy.reads_in_flight.complete();
        });
        response
    }

    /// Records the result of a call: the status, and the body if it is short; or the gateway's error code.
    fn record(&self, call: &VendorRequest, ended: Result<(u16, Option<Bytes>), &str>, begun: Instant) {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let hidden = match &ended {
            Ok((status, Some(body))) => {
                hidden_error::detect(call.endpoint, *status, body).map(|error| error.describe())
            }
            _ => None,
        };
        self.health.record(hidden.as_deref().map_or(ended.map(|(status, _)| status), Err), millis);
    }
}
