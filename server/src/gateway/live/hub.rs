//! Numbers the changes. Every answer carries the number of the last change before its vendor was asked, so a browser can
//! tell which of its answers a change makes out of date, however late it hears of the change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use trunkline_api::{Access, Vendor};

/// What changed, and for whom.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose data.
    pub vendor: Vendor,
    /// Which: how the paths concerned begin, such as `/acd/events`.
    pub resource: &'static str,
    /// Who may know.
    pub access: Access,
    /// The agentID, where it is an agent's own.
    pub agent_id: Option<String>,
}

/// What an open stream hears.
#[derive(Clone, Debug)]
pub enum Signal {
    /// Something changed; its number.
    Changed(u64, Change),
    /// A session is over; its key.
    SignedOut(Arc<str>),
}

/// The changes since the server's start.
#[derive(Debug)]
pub struct Hub {
    /// Identifies this start of the server: another start's numbers mean other changes.
    start: String,
    changes: Mutex<Changes>,
    signals: broadcast::Sender<Signal>,
}

#[derive(Debug, Default)]
struct Changes {
    last: u64,
    /// The last change of each resource. There are as many as resources and agents, so it needs no limit of its own.
    latest: HashMap<Key, (u64, Change)>,
}

/// Vendor, resource, and whose.
type Key = (Vendor, &'static str, Option<String>);

impl Hub {
    /// Nothing has changed yet.
    pub fn new() -> Self {
        let start = uuid::Uuid::new_v4().simple().to_string().chars().take(12).collect();
        Self { start, changes: Mutex::default(), signals: broadcast::channel(256).0 }
    }

    /// Numbers a change and sends it to every stream.
    pub fn changed(&self, change: Change) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.last += 1;
        let number = changes.last;
        changes.latest.insert(change.key(), (number, change.clone()));
        // Within the lock, so that receivers get the numbers in order. Having no receiver is no failure.
        let _ = self.signals.send(Signal::Changed(number, change));
    }

    /// Tells a session's streams that it is over.
    pub fn signed_out(&self, session: &str) {
        let _ = self.signals.send(Signal::SignedOut(session.into()));
    }

    /// Subscribes from now on. Also gives the last number so far and the last change of each resource, oldest first.
    pub fn listen(&self) -> (broadcast::Receiver<Signal>, u64, Vec<(u64, Change)>) {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut latest: Vec<(u64, Change)> = changes.latest.values().cloned().collect();
        latest.sort_by_key(|(number, _)| *number);
        (self.signals.subscribe(), changes.last, latest)
    }

    /// The number of the last change.
    pub fn last(&self) -> u64 {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).last
    }

    /// The number of the last change of the same resource; 0 if there was none.
    pub fn last_like(&self, change: &Change) -> u64 {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.latest.get(&change.key()).map_or(0, |(number, _)| *number)
    }

    /// A number as browsers get it, with the server's start.
    pub fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.start)
    }
}

impl Change {
    fn key(&self) -> Key {
        (self.vendor, self.resource, self.agent_id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_of_each_resource_is_kept_in_order() {
        let hub = Hub::new();
        let change = |vendor, agent: Option<&str>| Change {
            vendor,
            resource: "/a",
            access: Access::Public,
            agent_id: agent.map(str::to_owned),
        };
        let events = change(Vendor::Jtel, None);
        let (one, other) = (change(Vendor::Oneview, Some("one")), change(Vendor::Oneview, Some("other")));
        assert_eq!((hub.last(), hub.last_like(&events)), (0, 0));
        for changed in [&events, &one, &events, &other] {
            hub.changed(changed.clone());
        }
        let (_, last, latest) = hub.listen();
        let latest: Vec<_> = latest.into_iter().map(|(number, change)| (number, change.agent_id)).collect();
        assert_eq!(latest, [(2, Some("one".to_owned())), (3, None), (4, Some("other".to_owned()))]);
        assert_eq!((last, hub.last()), (4, 4));
        assert_eq!((hub.last_like(&events), hub.last_like(&one), hub.last_like(&other)), (3, 2, 4));
    }

    #[test]
    fn two_starts_of_the_server_have_different_ids() {
        assert_ne!(Hub::new().id(1), Hub::new().id(1));
    }
}
