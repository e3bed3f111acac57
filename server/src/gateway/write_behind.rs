//! Write-behind buffer for small records: when sessions were last used or ended, which agent status one-view confirmed,
//! the activity, and what happened in the lists of tickets. Records are kept in memory and written by one background task, so that a locked or full database
//! neither delays nor fails a request. Readers see buffered records too.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::SqlitePool;
use tokio::sync::{Notify, futures::Notified};
use trunkline_api::gateway::{Activity, AgentStatus};

use super::activity::{self, ActivityEntry};
use super::inbox::HistoryEntry;
use super::inbox::history::{self, Changed};
use super::session::agent_status;

/// Activity entries that may wait to be written. Beyond that the oldest are dropped, and the log says so.
const MAX_QUEUED: usize = 10_000;
/// Entries of the activity, and of the history, written in one transaction: a longer one would keep requests' writes
/// waiting.
const BATCH: usize = 500;
/// Entries of the history that may wait to be written. Beyond that the oldest are dropped, and the log says so.
const MAX_QUEUED_HISTORY: usize = 100_000;
/// Rows of an agent's history after which the oldest beyond the maximum are deleted.
const TRIM_EVERY: u64 = 1000;
/// Delay after a failed write, in milliseconds, doubled up to the end of the range.
const RETRY_DELAYS_MS: std::ops::RangeInclusive<u64> = 250..=5000;

/// Records that wait to be written.
#[derive(Default)]
pub struct WriteBehind {
    pending: Mutex<Pending>,
    /// Notified when there is something to write.
    wake: Notify,
    /// Notified when a round was written, or failed.
    round_done: Notify,
}

/// Maximum rows to keep.
#[derive(Clone, Copy, Debug)]
pub struct MaxRows {
    /// Entries of the activity.
    pub activity: u32,
    /// Rows of each agent's history.
    pub history: u32,
}

#[derive(Default)]
struct Pending {
    /// Epoch seconds when each session was last used, by its key.
    seen: HashMap<String, i64>,
    /// Keys of sessions that have ended.
    ended: HashSet<String>,
    /// Confirmed status by agentID.
    statuses: HashMap<String, AgentStatus>,
    activity: VecDeque<Arc<ActivityEntry>>,
    history: VecDeque<Arc<HistoryEntry>>,
    /// Number of entries that were taken off the front of `history`, written or dropped.
    history_taken: u64,
}

impl WriteBehind {
    /// Records that a session was used, at epoch seconds.
    pub fn touch_session(&self, session: &str, at: i64) {
        self.update(|pending| {
            let seen = pending.seen.entry(session.to_owned()).or_insert(at);
            *seen = at.max(*seen);
        });
    }

    /// Ends a session for every reader from now on.
    pub fn end_session(&self, session: &str) {
        self.update(|pending| {
            pending.ended.insert(session.to_owned());
        });
    }

    /// Stores the status that one-view confirmed for an agent.
    pub fn set_status(&self, agent_id: &str, status: AgentStatus) {
        self.update(|pending| {
            pending.statuses.insert(agent_id.to_owned(), status);
        });
    }

    /// Adds an activity entry.
    pub fn record_activity(&self, activity: Activity) {
        let entry = Arc::new(ActivityEntry { id: uuid::Uuid::now_v7().to_string(), activity });
        let lost = self.update(|pending| {
            pending.activity.push_back(entry);
            (pending.activity.len() > MAX_QUEUED).then(|| pending.activity.pop_front()).is_some()
        });
        if lost {
            tracing::error!("the activity could not be written for too long: its oldest unwritten entry is lost");
        }
    }

    /// Adds entries to the history.
    pub fn record_history(&self, entries: impl IntoIterator<Item = HistoryEntry>) {
        let dropped = self.update(|pending| {
            pending.history.extend(entries.into_iter().map(Arc::new));
            let over = pending.history.len().saturating_sub(MAX_QUEUED_HISTORY);
            pending.take_history(over);
            over
        });
        if dropped > 0 {
            tracing::error!(
                dropped,
                "the tickets' history could not be written for too long: its oldest entries are lost"
            );
        }
    }

    /// Epoch seconds when a session was last used; `None` if nothing is buffered.
    pub fn session_seen(&self, session: &str) -> Option<i64> {
        self.lock().seen.get(session).copied()
    }

    /// Returns true if the end of a session is buffered.
    pub fn is_session_ended(&self, session: &str) -> bool {
        self.lock().ended.contains(session)
    }

    /// The status that one-view last confirmed for an agent, buffered or stored; `None` if there is none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn agent_status(&self, pool: &SqlitePool, agent_id: &str) -> Result<Option<AgentStatus>, sqlx::Error> {
        let buffered = self.lock().statuses.get(agent_id).copied();
        match buffered {
            Some(status) => Ok(Some(status)),
            None => agent_status::load(pool, agent_id).await,
        }
    }

    /// The status that one-view last confirmed for each agent, by agentID.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn agent_statuses(&self, pool: &SqlitePool) -> Result<HashMap<String, AgentStatus>, sqlx::Error> {
        let buffered = self.lock().statuses.clone();
        let mut all = agent_status::load_all(pool).await?;
        all.extend(buffered);
        Ok(all)
    }

    /// The activity entries that are not written yet. Call it before reading the table: an entry written in between is
    /// then in both.
    pub fn unwritten_activity(&self) -> Vec<Arc<ActivityEntry>> {
        self.lock().activity.iter().cloned().collect()
    }

    /// Resolves when everything is written.
    pub async fn flushed(&self) {
        loop {
            let round: Notified<'_> = self.round_done.notified();
            let mut round = std::pin::pin!(round);
            round.as_mut().enable();
            if self.lock().is_empty() {
                return;
            }
            round.await;
        }
    }

    /// Writes buffered records until the future is dropped, and reports whose history and marks a round has changed.
    pub async fn run(&self, pool: &SqlitePool, rows: MaxRows, on_written: impl Fn(&Changed)) {
        let mut untrimmed: HashMap<Arc<str>, u64> = HashMap::new();
        let mut pause = *RETRY_DELAYS_MS.start();
        let mut failed = false;
        loop {
            while self.lock().is_empty() {
                self.wake.notified().await;
            }
            match self.flush(pool, rows, &mut untrimmed).await {
                Ok(changed) => {
                    on_written(&changed);
                    if failed {
                        tracing::info!("the book-keeping is written again");
                    }
                    (failed, pause) = (false, *RETRY_DELAYS_MS.start());
                }
                Err(error) => {
                    if !failed {
                        tracing::error!(%error, "the book-keeping can't be written; it is kept in memory until it can");
                    }
                    failed = true;
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                    pause = (pause * 2).min(*RETRY_DELAYS_MS.end());
                }
            }
            self.round_done.notify_waiters();
        }
    }

    /// Writes what is buffered now in one transaction. `untrimmed` counts each agent's rows since the last deletion.
    async fn flush(
        &self,
        pool: &SqlitePool,
        rows: MaxRows,
        untrimmed: &mut HashMap<Arc<str>, u64>,
    ) -> Result<Changed, sqlx::Error> {
        let round = self.lock().round();
        let mut work = pool.begin().await?;
        for (session, at) in &round.seen {
            let query = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1";
            sqlx::query(query).bind(at).bind(session).execute(&mut *work).await?;
        }
        for session in &round.ended {
            sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(session).execute(&mut *work).await?;
        }
        for (agent_id, status) in &round.statuses {
            agent_status::store(&mut work, agent_id, *status).await?;
        }
        for entry in &round.activity {
            activity::insert(&mut work, entry).await?;
        }
        if !round.activity.is_empty() {
            activity::delete_oldest(&mut work, rows.activity).await?;
        }
        let mut changed = Changed::default();
        for entry in &round.history {
            history::write(&mut work, entry, &mut changed).await?;
        }
        for (agent_id, new) in &changed.histories {
            let count = untrimmed.entry(Arc::clone(agent_id)).or_default();
            *count += new;
            if *count >= TRIM_EVERY {
                history::trim(&mut work, agent_id, rows.history).await?;
                *count = 0;
            }
        }
        work.commit().await?;
        let mut pending = self.lock();
        // Records that were added or changed in the meantime stay buffered.
        pending.seen.retain(|session, at| round.seen.get(session) != Some(at));
        pending.ended.retain(|session| !round.ended.contains(session));
        pending.statuses.retain(|agent_id, status| round.statuses.get(agent_id) != Some(status));
        let written: HashSet<&str> = round.activity.iter().map(|entry| entry.id.as_str()).collect();
        pending.activity.retain(|entry| !written.contains(entry.id.as_str()));
        // Some of the round may have been dropped meanwhile.
        let end = round.history_taken + round.history.len() as u64;
        let left = usize::try_from(end.saturating_sub(pending.history_taken)).unwrap_or(0);
        pending.take_history(left);
        Ok(changed)
    }

    fn update<T>(&self, change: impl FnOnce(&mut Pending) -> T) -> T {
        let result = change(&mut self.lock());
        self.wake.notify_one();
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pending {
    fn is_empty(&self) -> bool {
        let Self { seen, ended, statuses, activity, history, history_taken: _ } = self;
        seen.is_empty() && ended.is_empty() && statuses.is_empty() && activity.is_empty() && history.is_empty()
    }

    /// The records of one transaction.
    fn round(&self) -> Self {
        Self {
            seen: self.seen.clone(),
            ended: self.ended.clone(),
            statuses: self.statuses.clone(),
            activity: self.activity.iter().take(BATCH).cloned().collect(),
            history: self.history.iter().take(BATCH).cloned().collect(),
            history_taken: self.history_taken,
        }
    }

    /// Takes entries off the front of the history.
    fn take_history(&mut self, count: usize) {
        self.history.drain(..count.min(self.history.len()));
        self.history_taken += count as u64;
    }
}
