//! The state of the list of accounts, which decides how an account is selected.

use leptos::prelude::*;
use trunkline_api::digital99::AccountList;

use crate::fetch::Query;

/// State of the list of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListState {
    /// The first response is pending.
    Loading,
    /// It has at least one account.
    Some,
    /// It has none.
    Empty,
    /// It could not be loaded.
    Failed,
}

impl ListState {
    /// The state of a query for the list. Tracked.
    pub fn from_query(query: Query<AccountList>) -> Self {
        match query.data.with(|data| data.as_ref().map(|list| list.list.is_empty())) {
            Some(true) => Self::Empty,
            Some(false) => Self::Some,
            None if query.error.with(Option::is_some) => Self::Failed,
            None => Self::Loading,
        }
    }
}
