//! Compares each list of an agent's tickets that passes the gateway with the one before, and records the differences.
//! It runs beside the reads: they neither wait for it nor fail with it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use sqlx::SqlitePool;

use crate::gateway::clock::now;
use crate::gateway::inbox::{HistoryEntry, KnownList, history};
use crate::gateway::write_behind::WriteBehind;

/// Seconds after which the time of an unchanged list is written again.
const SEEN_SECONDS: i64 = 60;

/// What the gateway knows of each agent's tickets.
pub struct TicketTracker {
    pool: SqlitePool,
    write_behind: Arc<WriteBehind>,
    /// By agentID. The number of agents bounds the map.
    lists: Mutex<HashMap<String, Arc<tokio::sync::Mutex<TrackedList>>>>,
    /// Number of lists that were compared.
    observed: AtomicU64,
}

#[derive(Default)]
struct TrackedList {
    /// `None` until it is loaded.
    known: Option<KnownList>,
    /// Hash of the last list's bytes.
    bytes: u64,
    /// [`crate::gateway::proxy::SharedResponse::number`] of the last list.
    number: u64,
    /// When the time of the list was last written.
    written_at: i64,
}

impl TicketTracker {
    /// Creates a tracker that knows no list yet.
    pub fn new(pool: SqlitePool, write_behind: Arc<WriteBehind>) -> Self {
        Self { pool, write_behind, lists: Mutex::default(), observed: AtomicU64::new(0) }
    }

    /// Records what is different in a list. `bytes` is the body's hash, `number` that of the response: an older response
    /// that arrives late is ignored.
    pub async fn observe(&self, agent_id: &str, body: Bytes, bytes: u64, number: u64) {
        self.compare(agent_id, body, bytes, number).await;
        self.observed.fetch_add(1, Ordering::Relaxed);
    }

    /// Number of lists that were compared since the start. What was different in them is recorded, if not yet written.
    pub fn observed(&self) -> u64 {
        self.observed.load(Ordering::Relaxed)
    }

    async fn compare(&self, agent_id: &str, body: Bytes, bytes: u64, number: u64) {
        let list = {
            let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(lists.entry(agent_id.to_owned()).or_default())
        };
        // One list after the other, in the order of their arrival.
        let mut list = list.lock_owned().await;
        if number < list.number {
            return;
        }
        let agent: Arc<str> = agent_id.into();
        let at = now();
        if list.known.is_some() && list.bytes == bytes {
            list.number = number;
            if at - list.written_at >= SEEN_SECONDS {
                list.written_at = at;
                self.write_behind.record_history([HistoryEntry::List { agent_id: agent, seen_at: at }]);
            }
            return;
        }
        if list.known.is_none() {
            match history::load_list(&self.pool, agent_id).await {
                Ok(known) => list.known = Some(known),
                Err(error) => {
                    // The next list is compared with the same state, so nothing is lost.
                    tracing::error!(%error, "the known tickets can't be loaded: the history waits for the next list");
                    return;
                }
            }
        }
        // Parsing 10,000 new tickets takes some 100 ms.
        let compared = tokio::task::spawn_blocking(move || {
            let differences = list.known.as_mut()?.compare(&body, at)?;
            (list.bytes, list.number) = (bytes, number);
            let is_due = !differences.is_empty() || at - list.written_at >= SEEN_SECONDS;
            if is_due {
                list.written_at = at;
            }
            // The list stays locked until its differences are queued.
            is_due.then_some((list, differences))
        })
        .await;
        let Ok(Some((_list, differences))) = compared else { return };
        let entries = differences
            .into_iter()
            .map(|difference| HistoryEntry::Ticket { agent_id: Arc::clone(&agent), difference })
            .chain([HistoryEntry::List { agent_id: Arc::clone(&agent), seen_at: at }]);
        self.write_behind.record_history(entries);
    }
}
