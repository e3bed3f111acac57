//! What changed, numbered, so that a browser that was away can be told what it missed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use trunkline_api::{Access, Vendor};

/// How many changes are remembered for who comes back.
const KEPT: usize = 512;

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

/// What happened while a browser was away.
#[derive(Debug)]
pub enum Missed {
    /// It has heard of everything up to here, but for these.
    These(Vec<(u64, Change)>),
    /// Nobody knows any more.
    Unknown,
}

/// The changes since the server's start.
#[derive(Debug)]
pub struct Hub {
    /// Tells this start of the server from others, whose numbers mean other changes.
    start: String,
    kept: Mutex<Kept>,
    signals: broadcast::Sender<Signal>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    changes: VecDeque<(u64, Change)>,
}

impl Hub {
    /// Nothing has changed yet.
    pub fn new() -> Self {
        let start = uuid::Uuid::new_v4().simple().to_string().chars().take(12).collect();
        Self { start, kept: Mutex::default(), signals: broadcast::channel(256).0 }
    }

    /// Tells every stream.
    pub fn changed(&self, change: Change) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let number = kept.last;
        kept.changes.push_back((number, change.clone()));
        if kept.changes.len() > KEPT {
            kept.changes.pop_front();
        }
        // Within the lock: whoever listens hears the numbers in their order. Nobody listening is no failure.
        let _ = self.signals.send(Signal::Changed(number, change));
    }

    /// Tells a session's streams that it is over.
    pub fn signed_out(&self, session: &str) {
        let _ = self.signals.send(Signal::SignedOut(session.into()));
    }

    /// Listens from now on. Also the last number so far, and what was missed since the id that a browser heard last.
    pub fn listen(&self, heard: Option<&str>) -> (broadcast::Receiver<Signal>, u64, Missed) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Who never listened may hold what has changed since.
        let number = heard.and_then(|id| id.strip_prefix(&self.start)?.strip_prefix('-'));
        let missed = kept.since(number);
        (self.signals.subscribe(), kept.last, missed)
    }

    /// The id of an event, by the last number that its reader knows of.
    pub fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.start)
    }
}

impl Kept {
    fn since(&self, number: Option<&str>) -> Missed {
        let Some(number) = number.and_then(|text| text.parse::<u64>().ok()).filter(|number| *number <= self.last)
        else {
            return Missed::Unknown;
        };
        let first = self.changes.front().map_or(self.last + 1, |(first, _)| *first);
        if number + 1 < first {
            return Missed::Unknown;
        }
        Missed::These(self.changes.iter().filter(|(change, _)| *change > number).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(hub: &Hub, heard: Option<&str>) -> Option<Vec<u64>> {
        match hub.listen(heard).2 {
            Missed::These(list) => Some(list.into_iter().map(|(number, _)| number).collect()),
            Missed::Unknown => None,
        }
    }

    #[test]
    fn who_comes_back_is_told_what_it_missed_as_long_as_anyone_knows() {
        let hub = Hub::new();
        let change = Change { vendor: Vendor::Jtel, resource: "/acd/events", access: Access::Public, agent_id: None };
        assert_eq!(missed(&hub, None), None);
        assert_eq!(missed(&hub, Some(&hub.id(0))), Some(vec![]));
        for _ in 0..3 {
            hub.changed(change.clone());
        }
        assert_eq!(missed(&hub, Some(&hub.id(1))), Some(vec![2, 3]));
        assert_eq!(missed(&hub, Some(&hub.id(3))), Some(vec![]));
        assert_eq!(missed(&hub, Some(&hub.id(4))), None, "a number that was never given out");
        assert_eq!(missed(&hub, Some("0123456789ab-1")), None, "another start of the server");
        for nonsense in ["", "-", "x", &format!("{}-x", hub.start)] {
            assert_eq!(missed(&hub, Some(nonsense)), None, "{nonsense}");
        }
        for _ in 0..KEPT {
            hub.changed(change.clone());
        }
        assert_eq!(missed(&hub, Some(&hub.id(2))), None, "too long ago");
        assert_eq!(missed(&hub, Some(&hub.id(3))).map(|list| list.len()), Some(KEPT));
    }
}
