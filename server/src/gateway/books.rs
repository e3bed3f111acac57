//! Book-keeping: when sessions were last used or ended, what one-view confirmed, the audit. It is noted in memory and
//! written by one task in the background, so that a locked or full database neither delays nor fails the request that it
//! belongs to. Whoever reads sees what is noted, written or not.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::SqlitePool;
use tokio::sync::{Notify, futures::Notified};
use trunkline_api::gateway::{Activity, AgentStatus};

/// Entries of the audit that may wait to be written; beyond that the oldest go, and the log says so.
const WAITING: usize = 10_000;
/// Entries written in one transaction.
const AT_ONCE: usize = 500;
/// The pauses after a failure.
const PAUSES: std::ops::RangeInclusive<u64> = 250..=5000;

/// What waits to be written.
#[derive(Default)]
pub struct Books {
    kept: Mutex<Kept>,
    /// Something is to be written.
    news: Notify,
    /// A round was written, or failed.
    round: Notify,
}

/// An entry of the audit.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Made in the order of time: it tells the entries of one second apart.
    pub id: String,
    /// What an admin reads.
    pub activity: Activity,
}

#[derive(Clone, Default)]
struct Kept {
    /// When sessions were last used, by their key.
    seen: HashMap<String, i64>,
    /// Sessions that are over.
    ended: HashSet<String>,
    /// By agentID.
    statuses: HashMap<String, AgentStatus>,
    audit: VecDeque<Arc<Entry>>,
}

impl Books {
    /// A session was used.
    pub fn touch(&self, session: &str, at: i64) {
        self.note(|kept| {
            let seen = kept.seen.entry(session.to_owned()).or_insert(at);
            *seen = at.max(*seen);
        });
    }

    /// A session is over, from now on.
    pub fn end(&self, session: &str) {
        self.note(|kept| {
            kept.ended.insert(session.to_owned());
        });
    }

    /// What one-view confirmed for an agent.
    pub fn keep_status(&self, agent_id: &str, status: AgentStatus) {
        self.note(|kept| {
            kept.statuses.insert(agent_id.to_owned(), status);
        });
    }

    /// An entry for the audit.
    pub fn audit(&self, activity: Activity) {
        let entry = Arc::new(Entry { id: uuid::Uuid::now_v7().to_string(), activity });
        let lost = self.note(|kept| {
            kept.audit.push_back(entry);
            (kept.audit.len() > WAITING).then(|| kept.audit.pop_front()).is_some()
        });
        if lost {
            tracing::error!("the audit could not be written for too long: its oldest unwritten entry is lost");
        }
    }

    /// When a session was last used, where that isn't written yet.
    pub fn seen(&self, session: &str) -> Option<i64> {
        self.lock().seen.get(session).copied()
    }

    /// Whether a session is over, where that isn't written yet.
    pub fn is_ended(&self, session: &str) -> bool {
        self.lock().ended.contains(session)
    }

    /// An agent's status, where it isn't written yet.
    pub fn status(&self, agent_id: &str) -> Option<AgentStatus> {
        self.lock().statuses.get(agent_id).copied()
    }

    /// The entries of the audit that aren't written yet. Ask before the table: what is written meanwhile stands in both.
    pub fn unwritten(&self) -> Vec<Arc<Entry>> {
        self.lock().audit.iter().cloned().collect()
    }

    /// Ready when all is written.
    pub async fn settled(&self) {
        loop {
            let round: Notified<'_> = self.round.notified();
            let mut round = std::pin::pin!(round);
            round.as_mut().enable();
            if self.lock().is_empty() {
                return;
            }
            round.await;
        }
    }

    /// Writes what is noted, until the future is dropped. `rows` is the most entries that the audit keeps.
    pub async fn write(&self, pool: &SqlitePool, rows: u32) {
        let mut pause = *PAUSES.start();
        let mut failed = false;
        loop {
            while self.lock().is_empty() {
                self.news.notified().await;
            }
            match self.write_round(pool, rows).await {
                Ok(()) => {
                    if failed {
                        tracing::info!("the book-keeping is written again");
                    }
                    (failed, pause) = (false, *PAUSES.start());
                }
                Err(error) => {
                    if !failed {
                        tracing::error!(%error, "the book-keeping can't be written; it is kept in memory until it can");
                    }
                    failed = true;
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                    pause = (pause * 2).min(*PAUSES.end());
                }
            }
            self.round.notify_waiters();
        }
    }

    /// Writes what is noted now, all or nothing.
    async fn write_round(&self, pool: &SqlitePool, rows: u32) -> Result<(), sqlx::Error> {
        let round = {
            let kept = self.lock();
            Kept { audit: kept.audit.iter().take(AT_ONCE).cloned().collect(), ..kept.clone() }
        };
        let mut work = pool.begin().await?;
        for (session, at) in &round.seen {
            let query = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1";
            sqlx::query(query).bind(at).bind(session).execute(&mut *work).await?;
        }
        for session in &round.ended {
            sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(session).execute(&mut *work).await?;
        }
        for (agent_id, status) in &round.statuses {
            super::session::store_status(&mut work, agent_id, *status).await?;
        }
        for entry in &round.audit {
            super::audit::insert(&mut work, entry).await?;
        }
        if !round.audit.is_empty() {
            super::audit::cap(&mut work, rows).await?;
        }
        work.commit().await?;
        let mut kept = self.lock();
        // What was noted meanwhile stays.
        kept.seen.retain(|session, at| round.seen.get(session) != Some(at));
        kept.ended.retain(|session| !round.ended.contains(session));
        kept.statuses.retain(|agent_id, status| round.statuses.get(agent_id) != Some(status));
        let written: HashSet<&str> = round.audit.iter().map(|entry| entry.id.as_str()).collect();
        kept.audit.retain(|entry| !written.contains(entry.id.as_str()));
        Ok(())
    }

    fn note<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        let result = change(&mut self.lock());
        self.news.notify_one();
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.ended.is_empty() && self.statuses.is_empty() && self.audit.is_empty()
    }
}
