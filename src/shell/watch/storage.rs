//! What the watch keeps in local storage, by agent: the known tickets, the unseen ones, and when the tickets were last
//! known to be current. All are hashes and times; no vendor data. They outlive a sign-out, so that nothing is announced
//! twice, and the time away can be told.

use trunkline_model::inbox_watch::{Unseen, agent_key};

use crate::browser::storage::{load, local, store};

/// Begins the keys of this module.
const PREFIX: &str = "trunkline.watch.";
/// Most agents whose tickets are kept; the ones not used for longest go.
const MAX_AGENTS: usize = 8;

/// The storage of one agent. Without local storage nothing is kept over a reload.
#[derive(Clone)]
pub struct AgentStorage {
    key: String,
}

impl AgentStorage {
    /// The storage of an agent; that of agents not seen for long is deleted.
    pub fn of(agent_id: &str) -> Self {
        let storage = Self { key: format!("{PREFIX}{}", agent_key(agent_id)) };
        storage.drop_oldest();
        storage
    }

    /// The key that all keys of the agent begin with.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The known tickets, as text.
    pub fn known(&self) -> Option<String> {
        load(&self.key)
    }

    /// Keeps the known tickets.
    pub fn set_known(&self, text: &str) {
        store(&self.key, text);
    }

    /// The unseen tickets.
    pub fn unseen(&self) -> Unseen {
        Unseen::load(&load(&self.unseen_key()).unwrap_or_default())
    }

    /// Keeps the unseen tickets; other tabs follow.
    pub fn set_unseen(&self, unseen: &Unseen) {
        store(&self.unseen_key(), &unseen.store());
    }

    /// The key of the unseen tickets, for events of the storage.
    pub fn unseen_key(&self) -> String {
        format!("{}.unseen", self.key)
    }

    /// Epoch seconds when the tickets were last known to be current.
    pub fn current_at(&self) -> Option<i64> {
        load(&self.time_key())?.parse().ok()
    }

    /// Keeps when the tickets were last known to be current.
    pub fn set_current_at(&self, seconds: i64) {
        store(&self.time_key(), &seconds.to_string());
    }

    fn time_key(&self) -> String {
        format!("{}.at", self.key)
    }

    fn drop_oldest(&self) {
        let Some(storage) = local() else { return };
        let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
        let mut others: Vec<(i64, String)> = names
            .filter_map(|name| name.strip_prefix(PREFIX)?.strip_suffix(".at").map(str::to_owned))
            .map(|agent| format!("{PREFIX}{agent}"))
            .filter(|key| *key != self.key)
            .map(|key| (load(&format!("{key}.at")).and_then(|at| at.parse().ok()).unwrap_or_default(), key))
            .collect();
        others.sort_unstable();
        let excess = (others.len() + 1).saturating_sub(MAX_AGENTS);
        for (_, key) in others.into_iter().take(excess) {
            for name in ["", ".unseen", ".at"] {
                // Removing fails only if the storage is gone.
                let _ = storage.remove_item(&format!("{key}{name}"));
            }
        }
    }
}
