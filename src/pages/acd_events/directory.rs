//! The names behind an event's numbers: types, groups and users, from the vendor's own lists. Where a list fails, the
//! numbers themselves stand in.

use std::collections::BTreeMap;

use leptos::prelude::*;
use trunkline_api::jtel::{ListAcdEventTypes, ListAcdGroups, ListUsers, Named, Records, event_type_name};
use trunkline_api::wire::Scalar;

use crate::fetch::query::{Options, use_query_with};
use crate::fetch::{Query, session};
use crate::reactive::memo;
use crate::ui::Choice;

/// Master data changes seldom: seconds until it is read again.
const OPTIONS: Options = Options { stale_seconds: 300, poll_seconds: None };

/// The three lists.
#[derive(Clone, Copy)]
pub struct Directory {
    /// Event types.
    pub types: Names,
    /// ACD groups.
    pub groups: Names,
    /// Users.
    pub users: Names,
}

/// Reads the lists for the calling component.
pub fn use_directory() -> Directory {
    Directory {
        types: Names::new(use_query_with(OPTIONS, || Some(ListAcdEventTypes)), published_type),
        groups: Names::new(use_query_with(OPTIONS, || Some(ListAcdGroups)), |_| None),
        users: Names::new(use_query_with(OPTIONS, || Some(ListUsers)), |_| None),
    }
}

/// The vendor's published word for a type, where its list gives none.
fn published_type(id: &str) -> Option<&'static str> {
    event_type_name(id.parse().ok()?)
}

/// One list.
#[derive(Clone, Copy)]
pub struct Names {
    query: Query<Records<Named>>,
    by_id: Memo<BTreeMap<String, String>>,
    published: fn(&str) -> Option<&'static str>,
}

impl Names {
    fn new(query: Query<Records<Named>>, published: fn(&str) -> Option<&'static str>) -> Self {
        let by_id = memo(move || entries(query).into_iter().map(|entry| (entry.value, entry.label)).collect());
        Self { query, by_id, published }
    }

    /// What an id is called, else the id; tracked.
    pub fn name(&self, id: &str) -> String {
        let published = || (self.published)(id).map(str::to_owned);
        self.by_id.with(|names| names.get(id).cloned()).or_else(published).unwrap_or_else(|| id.to_owned())
    }

    /// What an id of a record is called; empty without an id. Tracked.
    pub fn of(&self, id: Option<&Scalar>) -> String {
        id.map(|id| self.name(&id.to_string())).unwrap_or_default()
    }

    /// The list in the vendor's order; empty until it is there. Tracked.
    pub fn choices(&self) -> Vec<Choice> {
        entries(self.query)
    }

    /// Whether the list could not be read, so that there is nothing to choose from. Tracked.
    pub fn failed(&self) -> bool {
        self.query.data.with(Option::is_none) && self.query.error.with(Option::is_some) && !session::is_over()
    }
}

/// The named records that have an id. A name that two of them share gets its id beside it.
fn entries(query: Query<Records<Named>>) -> Vec<Choice> {
    query.data.with(|data| {
        let Some(data) = data else { return Vec::new() };
        let mut count = BTreeMap::<String, usize>::new();
        for record in &data.records {
            *count.entry(record.label()).or_default() += 1;
        }
        let entry = |record: &Named| {
            let (id, label) = (record.id.as_ref()?.to_string(), record.label());
            let shared = count.get(&label).is_some_and(|count| *count > 1);
            Some(Choice::new(id.clone(), if shared { format!("{label} ({id})") } else { label }))
        };
        data.records.iter().filter_map(entry).collect()
    })
}
