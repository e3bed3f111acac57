//! What the list shows: the accounts that fit search and filters. The table sorts them.

use std::sync::Arc;

use leptos::prelude::Memo;
use trunkline_api::comm100::ChannelAccount;
use trunkline_api::list::{SearchIndex, distinct};
use trunkline_api::text::is_blank;

use crate::routes::search::{Param, use_param};

/// All accounts of an answer.
pub type Accounts = Memo<Arc<Vec<Arc<ChannelAccount>>>>;

/// The accounts that fit search and filters.
pub type Rows = Memo<Vec<Arc<ChannelAccount>>>;

/// The list's URL parameters: the only truth for what is shown.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Words to search for.
    pub q: Param,
    /// A channel, such as `WeChat`; empty for all.
    pub channel: Param,
    /// `yes` or `no`; empty for all.
    pub enabled: Param,
    /// `yes` or `no`; empty for all.
    pub bot: Param,
    /// A column's key, with `-` before it for descending.
    pub sort: Param,
}

impl Filters {
    /// The parameters of the current URL.
    pub fn from_url() -> Self {
        Self {
            q: use_param("q"),
            channel: use_param("channel"),
            enabled: use_param("enabled"),
            bot: use_param("bot"),
            sort: use_param("sort"),
        }
    }

    /// Whether anything narrows the list. Tracked.
    pub fn any(&self) -> bool {
        [self.q, self.channel, self.enabled, self.bot].iter().any(|param| !param.get().is_empty())
    }

    /// Shows everything again.
    pub fn clear(&self) {
        [self.q, self.channel, self.enabled, self.bot].iter().for_each(|param| param.set(""));
    }
}

/// The search texts, built once per answer of the vendor.
pub fn index(accounts: &[Arc<ChannelAccount>]) -> SearchIndex {
    SearchIndex::new(accounts, |account, text| {
        text.add_some(account.name.as_deref())
            .add_some(account.screen_name.as_deref())
            .add_some(account.original_account_id.as_deref())
            .add_some(account.app_id.as_deref());
        if let Some(id) = &account.id {
            text.add(&id.to_string());
        }
    })
}

/// The accounts to show; tracks the filters.
pub fn select(accounts: &[Arc<ChannelAccount>], index: &SearchIndex, filters: Filters) -> Vec<Arc<ChannelAccount>> {
    let (channel, enabled, bot) = (filters.channel.get(), filters.enabled.get(), filters.bot.get());
    let fits = |wanted: &str, value: Option<bool>| match wanted {
        "yes" => value == Some(true),
        "no" => value != Some(true),
        _ => true,
    };
    index.select(accounts, &filters.q.get(), |account| {
        (channel.is_empty() || account.app_id.as_deref() == Some(&channel))
            && fits(&enabled, account.is_enabled)
            && fits(&bot, account.is_bot_enabled)
    })
}

/// The channels that occur, in the order of letters.
pub fn channels(accounts: &[Arc<ChannelAccount>]) -> Vec<String> {
    distinct(accounts.iter().filter_map(|account| account.app_id.as_deref()))
}

/// The accounts with these ids, in the list's order.
pub fn with_ids(accounts: &[Arc<ChannelAccount>], ids: &[String]) -> Vec<Arc<ChannelAccount>> {
    // Sorted: with thousands of ticked accounts each look-up must be quick.
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    accounts.iter().filter(|account| ids.binary_search(&id(account).as_str()).is_ok()).cloned().collect()
}

/// An account's id as text; empty if the vendor sent none.
pub fn id(account: &ChannelAccount) -> String {
    account.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// What an account is called: its name, else its display name, else its id.
pub fn name(account: &ChannelAccount) -> String {
    [&account.name, &account.screen_name]
        .into_iter()
        .flatten()
        .find(|name| !is_blank(name))
        .cloned()
        .unwrap_or_else(|| id(account))
}
