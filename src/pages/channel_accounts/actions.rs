//! What writes to an account, and what the rest of the console learns of it.

use trunkline_api::comm100::{ChannelAccount, GetChannelAccount, Include, ListChannelAccounts};

use super::model;
use crate::fetch::{cache, invalidate};

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

/// Accounts have changed in ways that only the vendor knows.
pub fn stale() {
    invalidate(&cache::prefix::<ListChannelAccounts>());
}
