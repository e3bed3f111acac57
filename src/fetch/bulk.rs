//! One write after the other over many records: an outcome per record, a stop, and another try of what failed. Where the
//! calls that a vendor allows are used up, it waits as long as the refusal says, and goes on by itself.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::{Error, ErrorKind, Vendor};

use super::cache;
use super::mutation::Job;
use crate::browser::clock::now;
use crate::browser::timers;

/// Seconds to wait where a refusal does not say how long.
const WAIT_SECONDS: u32 = 30;
/// Milliseconds between two looks at the clock while waiting: a stop is heeded at once, a computer that slept goes on.
const TICK_MS: u32 = 250;

/// How a record fared.
#[derive(Clone, Default)]
pub enum Outcome {
    /// Not sent, or not yet.
    #[default]
    Waiting,
    /// Done.
    Done,
    /// It was so already: nothing was sent.
    Already,
    /// Refused, or unknown.
    Failed(Rc<Error>),
}

/// A record of a run.
#[derive(Clone)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How it fared.
    pub outcome: Outcome,
}

/// What became of a record's write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It was sent, and done.
    Done,
    /// The record was so already: nothing was sent.
    Already,
}

/// Sends the write of a record, by its id.
pub type Send = Rc<dyn Fn(String) -> Job<Result<Sent, Error>>>;

/// A limit that a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whose it is.
    pub vendor: Vendor,
    /// Epoch seconds until when.
    pub until: i64,
    /// How many seconds that were.
    pub seconds: u32,
}

/// A run; a copy is the same.
#[derive(Clone, Copy)]
pub struct Bulk {
    /// The records, in their order.
    pub items: RwSignal<Vec<Item>, LocalStorage>,
    /// Whether writes are still going out.
    pub running: RwSignal<bool>,
    /// The limit that is waited for, if any.
    pub limit: RwSignal<Option<Limit>>,
    stop: RwSignal<bool>,
    send: StoredValue<Option<Send>, LocalStorage>,
    list: fn() -> String,
}

/// A run, owned by the calling component. The lists whose keys begin as `list` gives are not read again before its end,
/// and at each end of it, also when the page was left.
pub fn use_bulk(list: fn() -> String) -> Bulk {
    Bulk {
        items: RwSignal::new_local(Vec::new()),
        running: RwSignal::new(false),
        limit: RwSignal::new(None),
        stop: RwSignal::new(false),
        send: StoredValue::new_local(None),
        list,
    }
}

impl Bulk {
    /// Begins with these ids and names; refused while one is under way.
    pub fn start(self, records: Vec<(String, String)>, send: Send) {
        if self.running.get_untracked() || records.is_empty() {
            return;
        }
        self.send.set_value(Some(send));
        let item = |(id, name)| Item { id, name, outcome: Outcome::Waiting };
        self.items.set(records.into_iter().map(item).collect());
        self.run();
    }

    /// Sends what failed again, and nothing else.
    pub fn again(self) {
        if self.running.get_untracked() {
            return;
        }
        self.items.update(|items| {
            items.retain(|item| matches!(item.outcome, Outcome::Failed(_)));
            items.iter_mut().for_each(|item| item.outcome = Outcome::Waiting);
        });
        self.run();
    }

    /// Sends no more. What is on the wire comes to its end.
    pub fn stop(self) {
        self.stop.set(true);
    }

    /// How many records have this outcome; tracked.
    pub fn count(self, is: fn(&Outcome) -> bool) -> usize {
        self.items.with(|items| items.iter().filter(|item| is(&item.outcome)).count())
    }

    fn run(self) {
        let Some(send) = self.send.get_value() else { return };
        self.running.set(true);
        self.stop.set(false);
        cache::hold(&(self.list)());
        let ids: Vec<String> = self.items.with_untracked(|items| items.iter().map(|item| item.id.clone()).collect());
        let is_one = ids.len() == 1;
        spawn_local(async move {
            for (at, id) in ids.into_iter().enumerate() {
                let Some(outcome) = self.send_one(&send, id, is_one).await else { break };
                self.items.try_update(|items| items.get_mut(at).map(|item| item.outcome = outcome));
            }
            self.running.try_set(false);
            cache::hold("");
            cache::invalidate(&(self.list)());
        });
    }

    /// Sends one record's write, after the limits in its way. None: stopped, or left; it was not done.
    async fn send_one(self, send: &Send, id: String, is_one: bool) -> Option<Outcome> {
        while !self.is_stopped() {
            match send(id.clone()).await {
                Ok(Sent::Done) => return Some(Outcome::Done),
                Ok(Sent::Already) => return Some(Outcome::Already),
                Err(error) => match limit(&error, is_one) {
                    Some(limit) => self.wait(limit).await,
                    None => return Some(Outcome::Failed(Rc::new(error))),
                },
            }
        }
        None
    }

    /// Waits for a limit, until it is over or the run is stopped.
    async fn wait(self, limit: Limit) {
        self.limit.try_set(Some(limit));
        while now() < limit.until && !self.is_stopped() {
            timers::sleep(TICK_MS).await;
        }
        self.limit.try_set(None);
    }

    /// Stopped, or left: what was not sent yet is not sent.
    fn is_stopped(self) -> bool {
        self.stop.try_get_untracked().unwrap_or(true)
    }
}

/// The limit that refused a write. A vendor's own refusal of a single record is told at once, as that of any click is:
/// there is no run that could go on. What the gateway holds back has not been sent, and is waited for in any case.
fn limit(error: &Error, is_one: bool) -> Option<Limit> {
    let ErrorKind::RateLimited(seconds) = error.kind else { return None };
    let is_gateways = error.code.as_deref() == Some("budget");
    let seconds = seconds.unwrap_or(WAIT_SECONDS).max(1);
    (is_gateways || !is_one).then(|| Limit { vendor: error.vendor, until: now() + i64::from(seconds), seconds })
}
