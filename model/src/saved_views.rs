//! Counts the records of a loaded list that a saved view shows.

use std::sync::Arc;

use trunkline_api::comm100::ChannelAccount;
use trunkline_api::jtel::AcdEvent;

use crate::acd_events::EventFilter;
use crate::channel_accounts::{AccountFilter, index_texts};
use crate::multi_value::Params;
use crate::search_index::{SearchIndex, SearchQuery};

/// The number of accounts that match the view's search and filters.
#[must_use]
pub fn count_accounts(params: Params<'_>, accounts: &[Arc<ChannelAccount>]) -> usize {
    let matches = AccountFilter::from_params(params).into_predicate();
    let text = params("q");
    if text.trim().is_empty() {
        return accounts.iter().filter(|account| matches(account)).count();
    }
    let index = SearchIndex::new(accounts, |account, text| index_texts(account, text));
    let found = index.select(&SearchQuery::parse(&text), None);
    found.into_iter().filter_map(|row| accounts.get(row)).filter(|account| matches(account)).count()
}

/// The number of events that match the view's filters. `None` with a search, which also finds the names of types, groups
/// and users: only the page has those.
#[must_use]
pub fn count_events(params: Params<'_>, events: &[Arc<AcdEvent>]) -> Option<usize> {
    if !params("q").trim().is_empty() {
        return None;
    }
    let matches = EventFilter::from_params(params).into_predicate();
    Some(events.iter().filter(|event| matches(event)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parameters of a query without encoded characters.
    fn params(query: &'static str) -> impl Fn(&str) -> String {
        move |name| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
        }
    }

    fn accounts() -> Vec<Arc<ChannelAccount>> {
        let account = |app_id: &str, name: &str, enabled| ChannelAccount {
            app_id: Some(app_id.to_owned()),
            name: Some(name.to_owned()),
            is_enabled: Some(enabled),
            ..ChannelAccount::default()
        };
        let all = [
            account("WeChat", "Returns London", true),
            account("WeChat", "Returns Bern", false),
            account("Email", "Returns", true),
        ];
        all.map(Arc::new).into()
    }

    #[test]
    fn search_and_filters_of_a_view_count_accounts() {
        let count = |query| count_accounts(&params(query), &accounts());
        assert_eq!(count(""), 3);
        assert_eq!(count("channel=WeChat"), 2);
        assert_eq!(count("channel=WeChat&enabled=no&sort=name"), 1);
        assert_eq!(count("q=returns&channel=WeChat,Email"), 3);
        assert_eq!(count("q=london&enabled=no"), 0);
    }

    #[test]
    fn filters_of_a_view_count_events_and_a_search_is_left_to_the_page() {
        let event = |type_id: i64, created: &str| AcdEvent {
            type_id: Some(type_id.into()),
            created: Some(created.to_owned()),
            ..AcdEvent::default()
        };
        let events: Vec<_> =
            [event(3, "2026-11-01 08:00:00"), event(3, "2026-11-02 08:00:00"), event(2, "2026-11-02 09:00:00")]
                .map(Arc::new)
                .into();
        let count = |query| count_events(&params(query), &events);
        assert_eq!(count("type=3"), Some(2));
        assert_eq!(count("user=none&from=2026-11-02"), Some(2));
        assert_eq!(count("type=3&q=late"), None);
        assert_eq!(count("q= "), Some(3));
    }
}
