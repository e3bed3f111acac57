//! The names behind an event's numbers: types, groups and users, from the vendor's own lists. Where a list fails, the
//! numbers themselves stand in.

use leptos::prelude::*;
use trunkline_api::jtel::{ListAcdEventTypes, ListAcdGroups, ListUsers, Named, Records, event_type_name};
use trunkline_api::list;
use trunkline_api::overview::tally;
use trunkline_api::wire::Scalar;

use crate::fetch::query::{Options, use_query_with};
use crate::fetch::{Query, session};
use crate::parts::unreadable::unreadable_note;
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

/// A word about records of the three lists that can't be read.
pub fn notes(directory: Directory) -> AnyView {
    let Directory { types, groups, users } = directory;
    [types, groups, users].map(|names| unreadable_note(names.query.unreadable).into_any()).collect_view().into_any()
}

/// The vendor's published word for a type, where its list gives none.
fn published_type(id: &str) -> Option<&'static str> {
    event_type_name(id.parse().ok()?)
}

/// One list.
#[derive(Clone, Copy)]
pub struct Names {
    query: Query<Records<Named>>,
    by_id: Memo<list::Names>,
    published: fn(&str) -> Option<&'static str>,
}

impl Names {
    fn new(query: Query<Records<Named>>, published: fn(&str) -> Option<&'static str>) -> Self {
        let by_id = memo(move || list::Names::new(entries(query).into_iter().map(|entry| (entry.value, entry.label))));
        Self { query, by_id, published }
    }

    /// What an id is called, else the id; tracked.
    pub fn name(&self, id: &str) -> String {
        self.by_id.with(|names| names.get(id).or_else(|| (self.published)(id)).unwrap_or(id).to_owned())
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
        let count = tally(&data.records, |record| Some(record.label()));
        let entry = |record: &Named| {
            let (id, label) = (record.id.as_ref()?.to_string(), record.label());
            // Those that are shared come first.
            let shared = count.iter().take_while(|tally| tally.count > 1).any(|tally| tally.key == label);
            Some(Choice::new(id.clone(), if shared { format!("{label} ({id})") } else { label }))
        };
        data.records.iter().filter_map(entry).collect()
    })
}
