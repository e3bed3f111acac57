//! A bulk run over accounts: what is sent for each, what was changed, and how that is undone.
//!
//! A run never overwrites another person's change unseen: a field that has neither the wanted value nor the one on which
//! the decision was based is left as it is. A replacement of a whole account reads the account first.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Error;
use trunkline_api::comm100::{
    ChannelAccount, ChannelAccountBody, EnableBot, ListChannelAccounts, RemoveChannelAccount, UpdateChannelAccount,
};
use trunkline_model::account_bulk::{AccountField, MadeChange, Step, next_step};

use super::bulk_action::BulkTask;
use super::filters::{self, Accounts};
use super::mutations;
use crate::fetch::bulk::{Bulk, ItemOutcome, SendOutcome, use_bulk};
use crate::fetch::mutation::{ReadBack, Write, write_optimistic};
use crate::fetch::{OptimisticUpdate, WriteOutcome, cache, send};

/// What is planned for one account.
#[derive(Clone)]
struct Planned {
    id: String,
    label: String,
    /// The value on which the decision was based.
    expected: AccountField,
    wanted: AccountField,
}

/// A run and its undo. Copies share their state.
#[derive(Clone, Copy)]
pub struct BulkRun {
    /// The requests and their outcomes.
    pub bulk: Bulk,
    /// The changes that can be undone.
    pub made: RwSignal<Vec<MadeChange>>,
    /// What the current or last run does; `None` before the first.
    pub task: RwSignal<Option<BulkTask>>,
    /// The current or last run undoes the one before.
    pub is_undo: RwSignal<bool>,
    accounts: Accounts,
}

/// A run's state, owned by the calling component.
pub fn use_bulk_run(accounts: Accounts) -> BulkRun {
    BulkRun {
        bulk: use_bulk(cache::stale_prefix::<EnableBot>),
        made: RwSignal::new(Vec::new()),
        task: RwSignal::new(None),
        is_undo: RwSignal::new(false),
        accounts,
    }
}

impl BulkRun {
    /// Does the task to these accounts. Does nothing while a run is active.
    pub fn start(self, task: BulkTask, targets: &[Arc<ChannelAccount>]) {
        if self.bulk.running.get_untracked() || targets.is_empty() {
            return;
        }
        self.made.set(Vec::new());
        self.is_undo.set(false);
        self.task.set(Some(task.clone()));
        match task {
            BulkTask::Remove => {
                let records = targets.iter().map(|account| (filters::id_of(account), filters::label_of(account)));
                self.bulk.start(records.collect(), Rc::new(|id| Box::pin(remove(id))));
            }
            BulkTask::Set(wanted) => {
                let plan = |account: &Arc<ChannelAccount>| Planned {
                    id: filters::id_of(account),
                    label: filters::label_of(account),
                    expected: wanted.of(account),
                    wanted: wanted.clone(),
                };
                self.send(targets.iter().map(plan).collect());
            }
        }
    }

    /// Restores what the last run changed.
    pub fn undo(self) {
        if self.bulk.running.get_untracked() {
            return;
        }
        self.is_undo.set(true);
        let plan = |change: &MadeChange| Planned {
            id: change.id.clone(),
            label: change.label.clone(),
            expected: change.after.clone(),
            wanted: change.before.clone(),
        };
        self.send(self.made.with_untracked(|made| made.iter().map(plan).collect()));
    }

    /// Forgets the ended run: nothing is left to undo.
    pub fn dismiss(self) {
        self.bulk.clear();
        self.made.set(Vec::new());
        self.task.set(None);
    }

    /// Names of accounts that have another value now than the run has set: another person has changed them since.
    /// Tracked.
    pub fn changed_since(self) -> Vec<String> {
        self.made.with(|made| {
            if made.is_empty() {
                return Vec::new();
            }
            self.accounts.with(|accounts| {
                let now: BTreeMap<String, &Arc<ChannelAccount>> =
                    accounts.iter().map(|account| (filters::id_of(account), account)).collect();
                let is_changed =
                    |change: &&MadeChange| now.get(&change.id).is_some_and(|account| !change.after.is_set(account));
                made.iter().filter(is_changed).map(|change| change.label.clone()).collect()
            })
        })
    }

    fn send(self, plan: Vec<Planned>) {
        let records = plan.iter().map(|planned| (planned.id.clone(), planned.label.clone())).collect();
        let plan: BTreeMap<String, Planned> = plan.into_iter().map(|planned| (planned.id.clone(), planned)).collect();
        let send = move |id: String| -> crate::fetch::mutation::LocalBoxFuture<Result<SendOutcome, Error>> {
            let planned = plan.get(&id).cloned();
            Box::pin(async move {
                match planned {
                    Some(planned) => self.set_field(planned).await,
                    None => Ok(SendOutcome::Already),
                }
            })
        };
        self.bulk.start(records, Rc::new(send));
    }

    /// Sets one account's field, updates its row optimistically and remembers the change.
    async fn set_field(self, planned: Planned) -> Result<SendOutcome, Error> {
        let Planned { id, label, expected, wanted } = planned;
        let now = if wanted.has_own_endpoint() {
            self.listed(&id)
        } else {
            Some(Arc::new(send(&mutations::account_request(&id), None).await?))
        };
        let step = now.as_ref().map_or(Step::Send, |now| next_step(&wanted, &expected, now));
        let is_undo = self.is_undo.try_get_untracked().unwrap_or(true);
        match step {
            Step::Send => {}
            Step::Already | Step::ChangedMeanwhile if is_undo => {
                // It is as it was, or another person's decision stands: either way nothing is left to undo.
                self.made.try_update(|made| made.retain(|change| change.id != id));
                let is_already = step == Step::Already;
                return Ok(if is_already { SendOutcome::Already } else { SendOutcome::ChangedMeanwhile });
            }
            Step::Already => return Ok(SendOutcome::Already),
            Step::ChangedMeanwhile => return Ok(SendOutcome::ChangedMeanwhile),
        }
        let (target, patch) = (id.clone(), wanted.clone());
        let update = OptimisticUpdate::new(&ListChannelAccounts::WITH_CHATBOTS, move |accounts| {
            let changed = |account: &Arc<ChannelAccount>| {
                let is_it = filters::id_of(account) == target;
                if is_it { Arc::new(patch.set(account)) } else { Arc::clone(account) }
            };
            accounts.iter().map(changed).collect()
        });
        // The run invalidates the list when it ends.
        let write = match (&wanted, now) {
            (AccountField::Bot(on), _) => mutations::switch_bot(id.clone(), *on, Rc::new(|_| {}), || {}),
            (_, now) => replace(&id, &wanted, &now.unwrap_or_default()),
        };
        write_optimistic(write, Some(update)).await?;
        self.made.try_update(|made| {
            made.retain(|change| change.id != id);
            if !is_undo {
                made.push(MadeChange { id, label, before: expected, after: wanted });
            }
        });
        Ok(SendOutcome::Done)
    }

    /// The account as it is in the list.
    fn listed(self, id: &str) -> Option<Arc<ChannelAccount>> {
        let find = |accounts: &Arc<Vec<Arc<ChannelAccount>>>| {
            accounts.iter().find(|account| filters::id_of(account) == id).cloned()
        };
        self.accounts.try_with_untracked(find).flatten()
    }
}

/// The replacement of an account by itself with another value.
fn replace(id: &str, wanted: &AccountField, now: &ChannelAccount) -> Write {
    let request = UpdateChannelAccount { id: id.to_owned(), account: ChannelAccountBody::echo(&wanted.set(now)) };
    let wanted = wanted.clone();
    let read_back = ReadBack::new(&mutations::account_request(id), move |account| {
        if wanted.is_set(&account) { WriteOutcome::Done } else { WriteOutcome::NotDone }
    });
    Write::new(request, |_| {}, |_| {}, read_back)
}

/// Removes one account. Its row stays until the run has ended.
async fn remove(id: String) -> Result<SendOutcome, Error> {
    let removed = id.clone();
    let read_back = ReadBack::new(&ListChannelAccounts::WITH_CHATBOTS, move |accounts| {
        let is_listed = accounts.iter().any(|account| filters::id_of(account) == removed);
        if is_listed { WriteOutcome::NotDone } else { WriteOutcome::Done }
    });
    write_optimistic(Write::new(RemoveChannelAccount { id }, |()| {}, |_| {}, read_back), None).await?;
    Ok(SendOutcome::Done)
}

/// `true` for a record that the run has changed.
pub fn is_done(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Done)
}

/// `true` for a record that was in the wanted state.
pub fn is_already(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Already)
}

/// `true` for a record that another person has changed meanwhile.
pub fn is_changed_meanwhile(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::ChangedMeanwhile)
}

/// `true` for a record whose write was refused or lost.
pub fn is_failed(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Failed(_))
}

/// `true` for a record for which nothing was sent.
pub fn is_waiting(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Waiting)
}
