//! Finds changes by content hashes of polled lists. The first poll compares with what a browser read before it, so a change between a
//! page's read and the opening of its stream is found.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use super::hub::Hub;
use super::poll_target::PollTarget;
use super::ticket_tracker::TicketTracker;
use crate::gateway::proxy::SharedResponse;

/// Above this number of bytes a first response is not parsed.
const LARGE_BODY: usize = 1 << 20;

/// Publishes the changes that differences between responses show.
pub struct ChangeDetector {
    hub: Arc<Hub>,
    tickets: Arc<TicketTracker>,
    fingerprints: Fingerprints,
}

impl ChangeDetector {
    /// Creates a detector without fingerprints.
    pub fn new(hub: Arc<Hub>, tickets: TicketTracker) -> Self {
        Self { hub, tickets: Arc::new(tickets), fingerprints: Fingerprints::default() }
    }

    /// Number of lists of tickets that were compared for the history.
    pub fn lists_observed(&self) -> u64 {
        self.tickets.observed()
    }

    /// Number of the last change.
    pub fn last(&self) -> u64 {
        self.hub.last()
    }

    /// Compares a complete response with the stored fingerprint and publishes a change if it is new and `may_publish`
    /// returns true. While the gateway polls the list, only its polls may publish changes: a list that differs at each
    /// read must not make browsers reload it in a loop.
    pub fn compare(
        self: &Arc<Self>,
        target: PollTarget,
        response: SharedResponse,
        may_publish: impl FnOnce() -> bool + Send + 'static,
    ) {
        let detector = Arc::clone(self);
        tokio::spawn(async move {
            let Self { hub, tickets, fingerprints } = &*detector;
            let (as_of, number) = (response.as_of(), response.number());
            let Ok((200, body)) = response.collect().await else { return };
            let bytes = hash_of(|hasher| hasher.write(&body));
            if let PollTarget::Tickets(agent) = &target {
                let (tickets, agent, body) = (Arc::clone(tickets), agent.clone(), body.clone());
                tokio::spawn(async move { tickets.observe(&agent, body, bytes, number).await });
            }
            if fingerprints.has_same_bytes(&target, bytes, as_of) {
                return;
            }
            let values = if body.len() > LARGE_BODY && fingerprints.is_first(&target) {
                None
            } else {
                // Parsing 10,000 tickets takes some 100 ms.
                tokio::task::spawn_blocking(move || values_hash(&body)).await.ok()
            };
            let change = target.change();
            let last = hub.last_of_resource(&change);
            let fingerprint = Fingerprint { bytes, values, as_of };
            if fingerprints.record(&target, fingerprint, last, may_publish()) == Comparison::NewChange {
                hub.publish(change);
            }
        });
    }
}

/// Fingerprints by poll target. The number of agents and vendors bounds the map.
#[derive(Debug, Default)]
struct Fingerprints(Mutex<HashMap<PollTarget, Fingerprint>>);

/// Fingerprint of a list when it was last read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fingerprint {
    /// Hash of the bytes.
    bytes: u64,
    /// Hash of the values, independent of the order of keys: jtel's order varies. `None` for a large first response,
    /// which arrives while a page opens and must not be delayed.
    values: Option<u64>,
    /// Number of the last change before it was read.
    as_of: u64,
}

/// Result of comparing a response with the stored fingerprint.
#[derive(Debug, PartialEq, Eq)]
enum Comparison {
    /// Unchanged, or read for the first time.
    Unchanged,
    /// Changed, and a change event was sent since the older of the two reads.
    AlreadySent,
    /// Changed, and no change event was sent.
    NewChange,
    /// As `NewChange`, but left to the next poll.
    Deferred,
}

impl Fingerprints {
    /// Returns true if the bytes are unchanged; then the fingerprint is valid as of this read too.
    fn has_same_bytes(&self, target: &PollTarget, bytes: u64, as_of: u64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = all.get_mut(target).filter(|stored| stored.bytes == bytes);
        stored.map(|stored| stored.as_of = stored.as_of.max(as_of)).is_some()
    }

    fn is_first(&self, target: &PollTarget) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(target)
    }

    /// Records a read. `last` is the number of the last change sent for the target. A change that this read may not
    /// report is left to the next poll.
    fn record(&self, target: &PollTarget, read: Fingerprint, last: u64, may_publish: bool) -> Comparison {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stored) = all.get_mut(target) else {
            all.insert(target.clone(), read);
            return Comparison::Unchanged;
        };
        let (older, newer) = (stored.as_of.min(read.as_of), stored.as_of.max(read.as_of));
        let comparison = match (stored.values.is_some() && stored.values == read.values, older < last && last <= newer)
        {
            (true, _) => Comparison::Unchanged,
            (false, true) => Comparison::AlreadySent,
            (false, false) if may_publish => Comparison::NewChange,
            (false, false) => return Comparison::Deferred,
        };
        if read.as_of >= stored.as_of {
            *stored = read;
        }
        comparison
    }
}

/// Hash of a response's values; of its bytes if it is not JSON.
fn values_hash(body: &Bytes) -> u64 {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => hash_of(|hasher| value.hash(hasher)),
        Err(_) => hash_of(|hasher| hasher.write(body)),
    }
}

fn hash_of(feed: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    feed(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use trunkline_api::Service;

    use super::*;

    fn read(text: &'static str, as_of: u64) -> Fingerprint {
        let body = Bytes::from(text);
        Fingerprint { bytes: hash_of(|hasher| hasher.write(&body)), values: Some(values_hash(&body)), as_of }
    }

    #[test]
    fn change_is_new_unless_one_was_sent_since_the_older_read() {
        let all = Fingerprints::default();
        let note = |read, last| all.record(&PollTarget::List(Service::Jtel), read, last, true);
        assert_eq!(note(read("[1]", 0), 0), Comparison::Unchanged, "the first reading");
        assert_eq!(note(read("[1]", 0), 0), Comparison::Unchanged);
        assert_eq!(note(read("[2]", 0), 0), Comparison::NewChange);
        assert_eq!(note(read("[2]", 1), 1), Comparison::Unchanged, "the page reads again");
        assert_eq!(note(read("[3]", 2), 2), Comparison::AlreadySent, "read after a write, which was sent as 2");
        assert_eq!(note(read("[4]", 2), 2), Comparison::NewChange, "and then somebody else changed it");
        assert_eq!(note(read("[0]", 1), 2), Comparison::AlreadySent, "a slow answer to a page that had received 2");
        assert_eq!(note(read("[4]", 3), 3), Comparison::Unchanged, "the slow one did not count as the newest");
    }

    #[test]
    fn while_polling_only_polls_report_changes() {
        let all = Fingerprints::default();
        let note = |read, may_publish| all.record(&PollTarget::List(Service::Jtel), read, 0, may_publish);
        assert_eq!(note(read("[1]", 0), true), Comparison::Unchanged);
        assert_eq!(note(read("[2]", 0), false), Comparison::Deferred, "a browser's reading");
        assert_eq!(note(read("[2]", 0), true), Comparison::NewChange, "the poll after it");
    }

    #[test]
    fn key_order_is_not_a_change() {
        let hash = |text: &'static str| values_hash(&Bytes::from(text));
        assert_eq!(hash(r#"{"a":1,"b":[2,{"x":0,"y":0}]}"#), hash(r#"{"b":[2,{"y":0,"x":0}],"a":1}"#));
        for (before, now) in [("[1,2]", "[2,1]"), ("<a>", "<b>"), ("<a>", "[]")] {
            assert_ne!(hash(before), hash(now), "{before} {now}");
        }
    }
}
