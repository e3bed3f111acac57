//! Vendors send no events, so the gateway polls each of them once for all open streams.
//!
//! An agent's tickets are polled while a stream of that agent is open. The list of a vendor with an upstream is polled
//! while a user with access to it has a stream open, from the first time that anyone reads it. The sandbox's lists change
//! through the gateway only, which reports changes at once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use sqlx::SqlitePool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::digital99::ListAccounts;
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;
use trunkline_api::{Endpoint, Service, registry};

use super::change_detector::ChangeDetector;
use super::poll_target::PollTarget;
use crate::config::LiveConfig;
use crate::gateway::proxy::Vendors;
use crate::gateway::session::CurrentUser;
use crate::gateway::write_behind::WriteBehind;
use crate::vendor_request::{RequestOrigin, VendorRequest};

/// Seconds between two polls of tickets: in the sandbox or of an agent who is online, and of others.
const TICKET_SECONDS: (u64, u64) = (5, 15);
/// Maximum doublings of the interval while a vendor fails.
const MAX_DOUBLINGS: u32 = 3;

/// The parts of the gateway that a poller needs.
pub struct Sources {
    /// The intervals.
    pub config: LiveConfig,
    /// The vendors to poll.
    pub vendors: Arc<Vendors>,
    /// The database, for the agents' status.
    pub pool: SqlitePool,
    /// Statuses that are not written yet.
    pub write_behind: Arc<WriteBehind>,
    /// Ends all polling.
    pub shutdown: CancellationToken,
}

/// Running pollers, and the number of streams that need each.
pub struct Poller {
    sources: Sources,
    detector: Arc<ChangeDetector>,
    running: Mutex<HashMap<PollTarget, (usize, CancellationToken)>>,
    /// Vendors that someone has read from since a stream needs them.
    in_use: Mutex<HashSet<Service>>,
    use_changed: Notify,
}

/// A stream's share in its pollers. A poller stops when its last share is dropped.
pub struct PollGuard {
    poller: Arc<Poller>,
    targets: Vec<PollTarget>,
}

impl Poller {
    /// Creates a poller for no streams.
    pub fn new(sources: Sources, detector: Arc<ChangeDetector>) -> Self {
        Self { sources, detector, running: Mutex::default(), in_use: Mutex::default(), use_changed: Notify::new() }
    }

    /// Marks a vendor as in use.
    pub fn mark_in_use(&self, vendor: Service) {
        if self.in_use.lock().unwrap_or_else(PoisonError::into_inner).insert(vendor) {
            self.use_changed.notify_waiters();
        }
    }

    /// Returns true if anything is being polled.
    pub fn is_polling(&self) -> bool {
        !self.running.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Returns true if a target is being polled.
    pub fn is_polled(&self, target: &PollTarget) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).contains_key(target)
    }

    /// Starts the pollers that a user's stream needs.
    pub fn start(self: &Arc<Self>, user: &CurrentUser) -> PollGuard {
        let tickets = user.user.agent_id.clone().map(PollTarget::Tickets);
        let lists = [Service::Comm100, Service::Jtel, Service::Digital99].into_iter().filter(|vendor| {
            let is_polled = self.sources.config.lists_seconds > 0 && self.sources.vendors.has_upstream(*vendor);
            is_polled && user.authorize(PollTarget::List(*vendor).access(), None).is_ok()
        });
        let targets: Vec<PollTarget> = tickets.into_iter().chain(lists.map(PollTarget::List)).collect();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        for target in &targets {
            let (streams, _) = running.entry(target.clone()).or_insert_with(|| {
                let stop = CancellationToken::new();
                tokio::spawn(Arc::clone(self).run(target.clone(), stop.clone()));
                (0, stop)
            });
            *streams += 1;
        }
        drop(running);
        PollGuard { poller: Arc::clone(self), targets }
    }

    async fn run(self: Arc<Self>, target: PollTarget, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.sources.shutdown.cancelled() => {}
            () = self.poll_loop(&target) => {}
        }
    }

    async fn poll_loop(&self, target: &PollTarget) {
        let mut failures = 0_u32;
        loop {
            if let PollTarget::List(vendor) = target {
                self.wait_until_in_use(*vendor).await;
            }
            failures = if self.poll(target).await { 0 } else { (failures + 1).min(MAX_DOUBLINGS) };
            tokio::time::sleep(self.interval(target).await * 2_u32.pow(failures)).await;
        }
    }

    async fn wait_until_in_use(&self, vendor: Service) {
        loop {
            let changed = self.use_changed.notified();
            if self.in_use.lock().unwrap_or_else(PoisonError::into_inner).contains(&vendor) {
                return;
            }
            changed.await;
        }
    }

    async fn interval(&self, target: &PollTarget) -> Duration {
        let Sources { config, vendors, pool, write_behind, .. } = &self.sources;
        let seconds = match (target, config.tickets_seconds) {
            (PollTarget::List(_), _) => config.lists_seconds.into(),
            (PollTarget::Tickets(_), Some(seconds)) => seconds.into(),
            (PollTarget::Tickets(agent), None) => {
                // An unknown status only makes polling less frequent.
                let status = write_behind.agent_status(pool, agent).await.ok().flatten();
                let is_frequent = !vendors.has_upstream(Service::Oneview) || status.is_some_and(|status| status.online);
                if is_frequent { TICKET_SECONDS.0 } else { TICKET_SECONDS.1 }
            }
        };
        Duration::from_secs(seconds.max(1))
    }

    /// Polls a target with the same request as the console's pages, so that concurrent polls and reads share one call.
    /// Returns false without a successful response.
    async fn poll(&self, target: &PollTarget) -> bool {
        match target {
            PollTarget::Tickets(agent) => self.request(&ListTickets { agent_id: agent.clone() }).await,
            PollTarget::List(Service::Comm100) => {
                self.request(&ListChannelAccounts { include: Some(Include::Chatbot) }).await
            }
            PollTarget::List(Service::Digital99) => self.request(&ListAccounts).await,
            PollTarget::List(_) => self.request(&ListAcdEvents).await,
        }
    }

    /// Sends a poll. Returns false without a successful response, or if calls are short.
    async fn request<E: Endpoint>(&self, request: &E) -> bool {
        let path = request.path();
        let Some((endpoint, values)) = registry::find(E::SERVICE, E::METHOD.as_str(), &path) else { return false };
        let Some(vendor) = self.sources.vendors.get(E::SERVICE).filter(|vendor| !vendor.is_short()) else {
            return false;
        };
        let query = request.query().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let origin = RequestOrigin { change: self.detector.last(), user: Arc::default() };
        let call = VendorRequest { endpoint, path, path_params: values, query, body: Bytes::new(), origin };
        let target = PollTarget::for_call(&call, vendor.has_upstream());
        let response = vendor.send(call);
        if let Some(target) = target {
            self.detector.compare(target, response.clone(), || true);
        }
        matches!(response.status().await, Ok(200))
    }
}

impl Drop for PollGuard {
    fn drop(&mut self) {
        let mut running = self.poller.running.lock().unwrap_or_else(PoisonError::into_inner);
        for target in &self.targets {
            let Some((streams, stop)) = running.get_mut(target) else { continue };
            *streams -= 1;
            if *streams == 0 {
                stop.cancel();
                running.remove(target);
                if let PollTarget::List(vendor) = target {
                    self.poller.in_use.lock().unwrap_or_else(PoisonError::into_inner).remove(vendor);
                }
            }
        }
    }
}
