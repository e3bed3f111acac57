//! Numbers changes and broadcasts them. Every response carries the number of the last change before its vendor was
//! requested, so a browser can tell which responses a change makes outdated, however late the event arrives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use trunkline_api::Access;
use trunkline_api::endpoint::Resource;

/// A change of a resource.
#[derive(Clone, Debug)]
pub struct Change {
    /// The changed records.
    pub resource: Resource,
    /// Access required to receive it.
    pub access: Access,
    /// The agentID, if the resource belongs to one agent.
    pub agent_id: Option<String>,
}

/// A message to open streams.
#[derive(Clone, Debug)]
pub enum Signal {
    /// A change and its number.
    Changed(u64, Change),
    /// A session has ended; its key.
    SignedOut(Arc<str>),
}

/// Changes since the server's start.
#[derive(Debug)]
pub struct Hub {
    /// Identifies this run of the server: numbers of another run mean other changes.
    run_id: String,
    changes: Mutex<Changes>,
    signals: broadcast::Sender<Signal>,
}

#[derive(Debug, Default)]
struct Changes {
    last: u64,
    /// The last change of each resource. The number of resources and agents bounds the map.
    latest: HashMap<Key, (u64, Change)>,
}

/// Resource and agentID.
type Key = (Resource, Option<String>);

impl Hub {
    /// Creates a hub without changes.
    pub fn new() -> Self {
        let run_id = uuid::Uuid::new_v4().simple().to_string().chars().take(12).collect();
        Self { run_id, changes: Mutex::default(), signals: broadcast::channel(256).0 }
    }

    /// Numbers a change and broadcasts it to all streams.
    pub fn publish(&self, change: Change) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.last += 1;
        let number = changes.last;
        changes.latest.insert(change.key(), (number, change.clone()));
        // Sent under the lock, so that receivers get the numbers in order. Having no receiver is no error.
        let _ = self.signals.send(Signal::Changed(number, change));
    }

    /// Notifies a session's streams that it has ended.
    pub fn signed_out(&self, session: &str) {
        let _ = self.signals.send(Signal::SignedOut(session.into()));
    }

    /// Subscribes to messages. Also returns the number of the last change and the last change of each resource, oldest
    /// first.
    pub fn subscribe(&self) -> (broadcast::Receiver<Signal>, u64, Vec<(u64, Change)>) {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut latest: Vec<(u64, Change)> = changes.latest.values().cloned().collect();
        latest.sort_by_key(|(number, _)| *number);
        (self.signals.subscribe(), changes.last, latest)
    }

    /// Number of the last change.
    pub fn last(&self) -> u64 {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).last
    }

    /// Number of the last change of the same resource; 0 if there was none.
    pub fn last_of_resource(&self, change: &Change) -> u64 {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.latest.get(&change.key()).map_or(0, |(number, _)| *number)
    }

    /// Formats a number as an event id, with the server's run.
    pub fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.run_id)
    }
}

impl Change {
    fn key(&self) -> Key {
        (self.resource, self.agent_id.clone())
    }
}

#[cfg(test)]
mod tests {
    use trunkline_api::jtel::ACD_EVENTS;
    use trunkline_api::oneview::TICKETS;

    use super::*;

    #[test]
    fn last_change_of_each_resource_is_stored_in_order() {
        let hub = Hub::new();
        let change = |resource, agent: Option<&str>| Change {
            resource,
            access: Access::Public,
            agent_id: agent.map(str::to_owned),
        };
        let events = change(ACD_EVENTS, None);
        let (one, other) = (change(TICKETS, Some("one")), change(TICKETS, Some("other")));
        assert_eq!((hub.last(), hub.last_of_resource(&events)), (0, 0));
        for changed in [&events, &one, &events, &other] {
            hub.publish(changed.clone());
        }
        let (_, last, latest) = hub.subscribe();
        let latest: Vec<_> = latest.into_iter().map(|(number, change)| (number, change.agent_id)).collect();
        assert_eq!(latest, [(2, Some("one".to_owned())), (3, None), (4, Some("other".to_owned()))]);
        assert_eq!((last, hub.last()), (4, 4));
        assert_eq!(
            (hub.last_of_resource(&events), hub.last_of_resource(&one), hub.last_of_resource(&other)),
            (3, 2, 4)
        );
    }

    #[test]
    fn event_ids_differ_between_server_runs() {
        assert_ne!(Hub::new().id(1), Hub::new().id(1));
    }
}
