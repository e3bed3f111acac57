//! Bulk runs: one write after the other over many records, with an outcome per record, a stop, and a retry of what
//! failed. When a vendor's rate limit is reached, the run waits as long as the response says and goes on by itself.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::{Error, Service};
use trunkline_model::backoff::bulk_wait_seconds;

use super::cache;
use super::mutation::LocalBoxFuture;
use super::transport::mark_run;
use crate::browser::clock::now;
use crate::browser::timers;

/// Milliseconds between two checks while waiting: a stop takes effect at once, and a run goes on after the computer
/// slept.
const WAIT_CHECK_MS: u32 = 250;

/// The outcome of a record in a run.
#[derive(Clone, Default)]
pub enum ItemOutcome {
    /// Not sent yet, or not at all.
    #[default]
    Waiting,
    /// Done.
    Done,
    /// The record was in the wanted state already: nothing was sent.
    Already,
    /// Another person has changed it meanwhile: nothing was sent.
    ChangedMeanwhile,
    /// Refused, or the outcome is unknown.
    Failed(Rc<Error>),
}

/// A record of a run.
#[derive(Clone)]
pub struct BulkItem {
    /// Its id.
    pub id: String,
    /// Its name, for display.
    pub name: String,
    /// Its outcome.
    pub outcome: ItemOutcome,
}

/// The result of a record's write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// It was sent and done.
    Done,
    /// The record was in the wanted state already: nothing was sent.
    Already,
    /// Another person has changed it meanwhile: nothing was sent.
    ChangedMeanwhile,
}

/// Sends the write of the record with this id.
pub type SendItem = Rc<dyn Fn(String) -> LocalBoxFuture<Result<SendOutcome, Error>>>;

/// A rate limit that a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The vendor that set it.
    pub vendor: Service,
    /// Epoch seconds at which it ends.
    pub until: i64,
    /// Length of the whole wait in seconds.
    pub seconds: u32,
}

/// Handle of a run; copies share it.
#[derive(Clone, Copy)]
pub struct Bulk {
    /// The records, in their order.
    pub items: RwSignal<Vec<BulkItem>, LocalStorage>,
    /// `true` while writes are being sent.
    pub running: RwSignal<bool>,
    /// The rate limit that the run waits for, if any.
    pub limit: RwSignal<Option<RateLimit>>,
    stop: RwSignal<bool>,
    send: StoredValue<Option<SendItem>, LocalStorage>,
    key_prefix: fn() -> String,
}

/// A run, owned by the calling component. Lists whose key begins with the result of `key_prefix` refetch only when the run
/// ends, also if the page was left before.
pub fn use_bulk(key_prefix: fn() -> String) -> Bulk {
    Bulk {
        items: RwSignal::new_local(Vec::new()),
        running: RwSignal::new(false),
        limit: RwSignal::new(None),
        stop: RwSignal::new(false),
        send: StoredValue::new_local(None),
        key_prefix,
    }
}

impl Bulk {
    /// Starts with these ids and names. Does nothing while a run is active.
    pub fn start(self, records: Vec<(String, String)>, send: SendItem) {
        if self.running.get_untracked() || records.is_empty() {
            return;
        }
        self.send.set_value(Some(send));
        let item = |(id, name)| BulkItem { id, name, outcome: ItemOutcome::Waiting };
        self.items.set(records.into_iter().map(item).collect());
        self.run();
    }

    /// Sends again what failed, and nothing else.
    pub fn retry_failed(self) {
        if self.running.get_untracked() {
            return;
        }
        self.items.update(|items| {
            items.retain(|item| matches!(item.outcome, ItemOutcome::Failed(_)));
            items.iter_mut().for_each(|item| item.outcome = ItemOutcome::Waiting);
        });
        self.run();
    }

    /// Forgets an ended run.
    pub fn clear(self) {
        if !self.running.get_untracked() {
            self.items.set(Vec::new());
        }
    }

    /// Sends no further writes. The write in flight completes.
    pub fn stop(self) {
        self.stop.set(true);
    }

    /// Number of records with this outcome. Tracked.
    pub fn count(self, is: fn(&ItemOutcome) -> bool) -> usize {
        self.items.with(|items| items.iter().filter(|item| is(&item.outcome)).count())
    }

    fn run(self) {
        let Some(send) = self.send.get_value() else { return };
        self.running.set(true);
        self.stop.set(false);
        cache::hold_refetches(&(self.key_prefix)());
        let ids: Vec<String> = self.items.with_untracked(|items| items.iter().map(|item| item.id.clone()).collect());
        let is_one = ids.len() == 1;
        spawn_local(async move {
            mark_run(true);
            for (at, id) in ids.into_iter().enumerate() {
                let Some(outcome) = self.send_one(&send, id, is_one).await else { break };
                self.items.try_update(|items| items.get_mut(at).map(|item| item.outcome = outcome));
            }
            mark_run(false);
            self.running.try_set(false);
            cache::hold_refetches("");
            cache::invalidate(&(self.key_prefix)());
        });
    }

    /// Sends one record's write and waits for rate limits. `None` if the run was stopped or its page left before the
    /// write.
    async fn send_one(self, send: &SendItem, id: String, is_one: bool) -> Option<ItemOutcome> {
        while !self.is_stopped() {
            match send(id.clone()).await {
                Ok(SendOutcome::Done) => return Some(ItemOutcome::Done),
                Ok(SendOutcome::Already) => return Some(ItemOutcome::Already),
                Ok(SendOutcome::ChangedMeanwhile) => return Some(ItemOutcome::ChangedMeanwhile),
                Err(error) => match rate_limit(&error, is_one) {
                    Some(limit) => self.wait(limit).await,
                    None => return Some(ItemOutcome::Failed(Rc::new(error))),
                },
            }
        }
        None
    }

    /// Waits until a rate limit ends or the run is stopped.
    async fn wait(self, limit: RateLimit) {
        self.limit.try_set(Some(limit));
        while now() < limit.until && !self.is_stopped() {
            timers::sleep(WAIT_CHECK_MS).await;
        }
        self.limit.try_set(None);
    }

    /// `true` if the run was stopped or its page left: no further write is sent.
    fn is_stopped(self) -> bool {
        self.stop.try_get_untracked().unwrap_or(true)
    }
}

/// The rate limit to wait for after a refused write, if any.
fn rate_limit(error: &Error, is_one: bool) -> Option<RateLimit> {
    let seconds = bulk_wait_seconds(error, is_one)?;
    Some(RateLimit { vendor: error.service, until: now() + i64::from(seconds), seconds })
}
