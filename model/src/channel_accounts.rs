//! The list of channel accounts: filters, search texts, labels.

use std::sync::Arc;

use trunkline_api::comm100::ChannelAccount;
use trunkline_api::text::is_blank;

use crate::account_bulk::bot_issue;
use crate::filter_options::distinct;
use crate::multi_value::{Params, parse_values};
use crate::search_index::SearchText;

/// The list's filters, as in the URL. Empty values do not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Channels, such as `WeChat`, as in [`parse_values`].
    pub channel: String,
    /// `yes` or `no`: whether the account is enabled.
    pub enabled: String,
    /// `yes` or `no`: whether the bot is enabled. `idle`: it is, and gets no conversations.
    pub bot: String,
}

impl AccountFilter {
    /// The filters in a query.
    #[must_use]
    pub fn from_params(params: Params<'_>) -> Self {
        Self { channel: params("channel"), enabled: params("enabled"), bot: params("bot") }
    }

    /// The predicate of matching accounts. An absent flag counts as `no`; other values than `yes` and `no` don't filter.
    pub fn into_predicate(self) -> impl Fn(&ChannelAccount) -> bool + use<> {
        let is = |wanted: &str, value: Option<bool>| match wanted {
            "yes" => value == Some(true),
            "no" => value != Some(true),
            _ => true,
        };
        let channels = parse_values(&self.channel);
        let has_channel = move |channel: Option<&str>| {
            channels.is_empty() || channel.is_some_and(|channel| channels.iter().any(|wanted| wanted == channel))
        };
        move |account| {
            has_channel(account.app_id.as_deref())
                && is(&self.enabled, account.is_enabled)
                && is(&self.bot, account.is_bot_enabled)
                && (self.bot != "idle" || bot_issue(account).is_some())
        }
    }
}

/// Ids and labels of the accounts with this channel and this id in it, apart from the account itself. Case and outer
/// spaces don't count.
#[must_use]
pub fn duplicates(
    accounts: &[Arc<ChannelAccount>],
    channel: &str,
    original_id: &str,
    own_id: Option<&str>,
) -> Vec<(String, String)> {
    let same = |one: Option<&str>, other: &str| {
        one.is_some_and(|one| one.trim().to_lowercase() == other.trim().to_lowercase())
    };
    let is_other = |account: &&Arc<ChannelAccount>| {
        same(account.app_id.as_deref(), channel)
            && same(account.original_account_id.as_deref(), original_id)
            && own_id != Some(id_of(account).as_str())
    };
    accounts.iter().filter(is_other).map(|account| (id_of(account), label_of(account))).collect()
}

/// Adds the searchable values of an account.
pub fn index_texts(account: &ChannelAccount, text: &mut SearchText) {
    text.add_opt(account.name.as_deref())
        .add_opt(account.screen_name.as_deref())
        .add_opt(account.original_account_id.as_deref())
        .add_opt(account.app_id.as_deref());
    if let Some(id) = &account.id {
        text.add(&id.to_string());
    }
}

/// Channels in use, sorted alphabetically.
#[must_use]
pub fn channels(accounts: &[Arc<ChannelAccount>]) -> Vec<String> {
    distinct(accounts.iter().filter_map(|account| account.app_id.as_deref()))
}

/// The accounts with these ids, in list order.
#[must_use]
pub fn with_ids(accounts: &[Arc<ChannelAccount>], ids: &[String]) -> Vec<Arc<ChannelAccount>> {
    // Sort for binary search: a user may select thousands of accounts.
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    accounts.iter().filter(|account| ids.binary_search(&id_of(account).as_str()).is_ok()).cloned().collect()
}

/// The account's id as text; empty if the vendor sent none.
#[must_use]
pub fn id_of(account: &ChannelAccount) -> String {
    account.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The account's label: its name, else its display name, else its id.
#[must_use]
pub fn label_of(account: &ChannelAccount) -> String {
    [&account.name, &account.screen_name]
        .into_iter()
        .flatten()
        .find(|name| !is_blank(name))
        .cloned()
        .unwrap_or_else(|| id_of(account))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search_index::{SearchIndex, SearchQuery};

    /// The account of the vendor's document, and variations of it.
    fn accounts() -> Vec<Arc<ChannelAccount>> {
        let account = ChannelAccount {
            app_id: Some("WeChat".to_owned()),
            original_account_id: Some("gh_be13d263test".to_owned()),
            name: Some("Comm100".to_owned()),
            id: Some("59c749f4-af8e-eb11-aacf-06c7a219a2ac".into()),
            is_enabled: Some(true),
            screen_name: Some("Comm100 WeChat".to_owned()),
            is_bot_enabled: Some(false),
            ..ChannelAccount::default()
        };
        let mail = ChannelAccount {
            app_id: Some("Email".to_owned()),
            name: Some(" ".to_owned()),
            screen_name: Some("Service Desk".to_owned()),
            id: Some("2".into()),
            is_enabled: None,
            is_bot_enabled: Some(true),
            ..ChannelAccount::default()
        };
        let bare = ChannelAccount { id: Some(3.into()), ..ChannelAccount::default() };
        [account, mail, bare].map(Arc::new).into()
    }

    fn found(filter: AccountFilter) -> Vec<String> {
        let matches = filter.into_predicate();
        accounts().iter().filter(|account| matches(account)).map(|account| label_of(account)).collect()
    }

    #[test]
    fn filters_treat_absent_flags_as_no() {
        let filter = |channel: &str, enabled: &str, bot: &str| AccountFilter {
            channel: channel.into(),
            enabled: enabled.into(),
            bot: bot.into(),
        };
        assert_eq!(found(AccountFilter::default()), ["Comm100", "Service Desk", "3"]);
        assert_eq!(found(filter("", "yes", "")), ["Comm100"]);
        assert_eq!(found(filter("", "no", "")), ["Service Desk", "3"]);
        assert_eq!(found(filter("", "", "yes")), ["Service Desk"]);
        assert_eq!(found(filter("", "maybe", "no")), ["Comm100", "3"]);
        assert_eq!(found(filter("WeChat", "", "")), ["Comm100"]);
        assert!(found(filter("wechat", "", "")).is_empty());
        assert_eq!(found(filter("Email,WeChat", "", "")), ["Comm100", "Service Desk"]);
        assert_eq!(found(filter("", "", "idle")), ["Service Desk"]);
    }

    #[test]
    fn duplicates_have_the_same_channel_and_id() {
        let accounts = accounts();
        let own = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
        let found = duplicates(&accounts, "wechat", " GH_be13d263test", None);
        assert_eq!(found, [(own.to_owned(), "Comm100".to_owned())]);
        assert!(duplicates(&accounts, "WeChat", "gh_be13d263test", Some(own)).is_empty());
        assert!(duplicates(&accounts, "Email", "", None).is_empty());
    }

    #[test]
    fn search_covers_names_ids_and_channel() {
        let accounts = accounts();
        let index = SearchIndex::new(&accounts, |account, text| index_texts(account, text));
        let count = |query: &str| index.select(&SearchQuery::parse(query), None).len();
        for query in ["comm100", "GH_BE13", "wechat", "59c749f4", "comm100 wechat"] {
            assert_eq!(count(query), 1, "{query}");
        }
        assert_eq!(count("service"), 1);
        assert_eq!(count("twitter"), 0);
    }

    #[test]
    fn channels_and_ids() {
        let accounts = accounts();
        assert_eq!(channels(&accounts), ["Email", "WeChat"]);
        let selected = with_ids(&accounts, &["3".to_owned(), "2".to_owned(), "9".to_owned()]);
        assert_eq!(selected.iter().map(|account| id_of(account)).collect::<Vec<_>>(), ["2", "3"]);
    }
}
