//! Notifies browsers of changes: numbers and broadcasts them, finds those that only polling shows, and counts the open
//! streams.

mod agent_streams;
mod change_detector;
mod hub;
mod poll_target;
mod poller;
mod stream_slots;
mod ticket_tracker;

use std::sync::Arc;

use trunkline_api::gateway::{HISTORY, MARKS, SHIFT};
use trunkline_api::{Access, Service};

use agent_streams::{AgentStream, AgentStreams};
use change_detector::ChangeDetector;
pub use hub::{Change, Hub, Signal};
pub use poll_target::PollTarget;
use poller::PollGuard;
use poller::Poller;
pub use poller::Sources;
pub use stream_slots::StreamSlot;
use stream_slots::StreamSlots;
use ticket_tracker::TicketTracker;

use super::inbox::history::Changed;
use super::proxy::SharedResponse;
use super::session::CurrentUser;

/// What a stream keeps running while it is open.
pub struct StreamGuards {
    _polls: PollGuard,
    _agent: Option<AgentStream>,
}

/// Notifies agents' own streams of histories and marks that were written in the background.
pub fn publish_written(hub: &Hub, changed: &Changed) {
    let publish = |resource, agent_id: &Arc<str>| {
        hub.publish(Change { resource, access: Access::OwnAgent, agent_id: Some(agent_id.to_string()) });
    };
    for agent_id in changed.histories.iter().filter(|(_, rows)| **rows > 0).map(|(agent_id, _)| agent_id) {
        publish(HISTORY, agent_id);
        publish(SHIFT, agent_id);
    }
    changed.marks.iter().for_each(|agent_id| publish(MARKS, agent_id));
}

/// Open streams, pollers, and the changes sent to streams.
pub struct Live {
    hub: Arc<Hub>,
    slots: Arc<StreamSlots>,
    agents: Arc<AgentStreams>,
    detector: Arc<ChangeDetector>,
    poller: Arc<Poller>,
    streams_per_user: usize,
}

impl Live {
    /// Creates the state without streams.
    pub fn new(hub: Arc<Hub>, sources: Sources) -> Self {
        let streams_per_user = sources.config.streams_per_user;
        let tickets = TicketTracker::new(sources.pool.clone(), Arc::clone(&sources.write_behind));
        let detector = Arc::new(ChangeDetector::new(Arc::clone(&hub), tickets));
        let poller = Arc::new(Poller::new(sources, Arc::clone(&detector)));
        Self { hub, slots: Arc::default(), agents: Arc::new(AgentStreams::new()), detector, poller, streams_per_user }
    }

    /// The changes.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Broadcasts a change to all streams that have access.
    pub fn publish(&self, change: Change) {
        self.hub.publish(change);
    }

    /// Number of the last change: data read from now on is current as of it.
    pub fn last(&self) -> u64 {
        self.hub.last()
    }

    /// Formats a number as an event id, with the server's run.
    pub fn id(&self, number: u64) -> String {
        self.hub.id(number)
    }

    /// Opens a stream for a user, and polls what it needs. `None` if there are too many streams in total.
    pub fn open_stream(&self, user: &CurrentUser) -> Option<(StreamSlot, StreamGuards)> {
        let slot = self.slots.take(user, self.streams_per_user)?;
        let agent = user.user.agent_id.as_deref().map(|agent_id| self.agents.open(agent_id));
        Some((slot, StreamGuards { _polls: self.poller.start(user), _agent: agent }))
    }

    /// Compares a response with what its list was before, and publishes a change if the gateway does not poll the list.
    pub fn compare(&self, target: PollTarget, response: SharedResponse) {
        let (poller, polled) = (Arc::clone(&self.poller), target.clone());
        self.detector.compare(target, response, move || !poller.is_polled(&polled));
    }

    /// The agents' open streams.
    pub fn agents(&self) -> &AgentStreams {
        &self.agents
    }

    /// Number of lists of tickets that were compared for the history since the start.
    pub fn lists_observed(&self) -> u64 {
        self.detector.lists_observed()
    }

    /// Returns true if any vendor is being polled.
    pub fn is_polling(&self) -> bool {
        self.poller.is_polling()
    }

    /// Marks a vendor as in use: its list is polled from now on.
    pub fn mark_in_use(&self, vendor: Service) {
        self.poller.mark_in_use(vendor);
    }
}
