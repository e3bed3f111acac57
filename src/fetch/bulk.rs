//! One write after the other over many records: an outcome per record, a stop, and another try of what failed.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;

use super::mutation::Job;

/// How a record fared.
#[derive(Clone, Default)]
pub enum Outcome {
    /// Not sent, or not yet.
    #[default]
    Waiting,
    /// Done.
    Done,
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

/// Sends the write of a record, by its id.
pub type Send = Rc<dyn Fn(String) -> Job<Result<(), Error>>>;

/// A run; a copy is the same.
#[derive(Clone, Copy)]
pub struct Bulk {
    /// The records, in their order.
    pub items: RwSignal<Vec<Item>, LocalStorage>,
    /// Whether writes are still going out.
    pub running: RwSignal<bool>,
    stop: RwSignal<bool>,
    send: StoredValue<Option<Send>, LocalStorage>,
    done: fn(),
}

/// A run, owned by the calling component; `done` is called at each end of it, also when the page was left.
pub fn use_bulk(done: fn()) -> Bulk {
    Bulk {
        items: RwSignal::new_local(Vec::new()),
        running: RwSignal::new(false),
        stop: RwSignal::new(false),
        send: StoredValue::new_local(None),
        done,
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
        let ids: Vec<String> = self.items.with_untracked(|items| items.iter().map(|item| item.id.clone()).collect());
        spawn_local(async move {
            for (at, id) in ids.into_iter().enumerate() {
                // Stopped, or left: what was not sent yet is not sent.
                if self.stop.try_get_untracked().unwrap_or(true) {
                    break;
                }
                let outcome = match send(id).await {
                    Ok(()) => Outcome::Done,
                    Err(error) => Outcome::Failed(Rc::new(error)),
                };
                self.items.try_update(|items| items.get_mut(at).map(|item| item.outcome = outcome));
            }
            self.running.try_set(false);
            (self.done)();
        });
    }
}
