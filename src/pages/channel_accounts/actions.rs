//! What writes to an account, and what the rest of the console learns of it.

use std::sync::Arc;

use trunkline_api::comm100::{ChannelAccount, GetChannelAccount, Include, ListChannelAccounts};

use super::model;
use crate::fetch::mutation::Look;
use crate::fetch::{Truth, cache, invalidate};

/// The request that every view of one account shares.
pub fn one(id: &str) -> GetChannelAccount {
    GetChannelAccount { id: id.to_owned(), include: Some(Include::Chatbot) }
}

/// An account has changed: its own view shows the vendor's answer at once, the list asks again.
///
/// The answer to a write doesn't include the chatbot, so views of it are loaded again too.
pub fn changed(account: ChannelAccount) {
    let id = model::id(&account);
    if !id.is_empty() {
        cache::put(one(&id), account);
    }
    stale();
}

/// Whether an account's bot is as it was to be; `done` gets the account if so.
pub fn look_for_bot(id: &str, on: bool, done: impl Fn(&ChannelAccount) + 'static) -> Look {
    Look::new(&one(id), move |account| {
        if account.is_bot_enabled != Some(on) {
            return Truth::NotDone;
        }
        done(&account);
        Truth::Done
    })
}

/// Whether an account is gone; `done` is called if so.
pub fn look_for_removal(id: &str, done: impl Fn() + 'static) -> Look {
    let id = id.to_owned();
    Look::new(
        &ListChannelAccounts { include: Some(Include::Chatbot) },
        move |accounts: Arc<Vec<Arc<ChannelAccount>>>| {
            if accounts.iter().any(|account| model::id(account) == id) {
                return Truth::NotDone;
            }
            done();
            Truth::Done
        },
    )
}

/// Accounts have changed in ways that only the vendor knows.
pub fn stale() {
    invalidate(&cache::prefix::<ListChannelAccounts>());
}
