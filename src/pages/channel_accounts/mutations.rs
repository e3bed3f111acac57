//! Requests and writes that the views of channel accounts share, and what a write changes in the cache.

use std::rc::Rc;

use trunkline_api::Error;
use trunkline_api::comm100::{ChannelAccount, DisableBot, EnableBot, GetChannelAccount, Include, UpdateChannelAccount};

use super::filters;
use crate::fetch::mutation::{ReadBack, Write};
use crate::fetch::{WriteOutcome, cache, invalidate};

/// Request for one account. All views of an account use it, so they share one cache entry.
pub fn account_request(id: &str) -> GetChannelAccount {
    GetChannelAccount { id: id.to_owned(), include: Some(Include::Chatbot) }
}

/// Puts the vendor's response to a write into the cache and invalidates the list.
///
/// The response to a write doesn't include the chatbot, so the account itself is refetched too.
pub fn on_saved(account: ChannelAccount) {
    let id = filters::id_of(&account);
    if !id.is_empty() {
        cache::put(account_request(&id), account);
    }
    invalidate_all();
}

/// Switches an account's bot on or off. `done` gets the account once the vendor has confirmed it.
pub fn switch_bot(id: String, on: bool, done: Rc<dyn Fn(ChannelAccount)>, failed: fn()) -> Write {
    let verified = Rc::clone(&done);
    let read_back = ReadBack::new(&account_request(&id), move |account| {
        if account.is_bot_enabled != Some(on) {
            return WriteOutcome::NotDone;
        }
        verified(ChannelAccount::clone(&account));
        WriteOutcome::Done
    });
    let done = move |account| done(account);
    let failed = move |_: &Error| failed();
    if on {
        Write::new(EnableBot { id }, done, failed, read_back)
    } else {
        Write::new(DisableBot { id }, done, failed, read_back)
    }
}

/// Invalidates every cached list and record of accounts.
pub fn invalidate_all() {
    invalidate(&cache::stale_prefix::<UpdateChannelAccount>());
}
