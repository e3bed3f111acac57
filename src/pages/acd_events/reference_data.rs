//! Reference data: the names of event types, groups and users, from the vendor's lists. If a list fails, the ids are
//! shown instead.

use leptos::prelude::*;
use trunkline_api::decode::LooseScalar;
use trunkline_api::gateway::{LabelKind, ListLabels};
use trunkline_api::jtel::{ListAcdEventTypes, ListAcdGroups, ListUsers, RecordList, ReferenceRecord, event_type_name};
use trunkline_model::acd_events::labelled;
use trunkline_model::name_map::NameMap;

use crate::components::unreadable::unreadable_note;
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::fetch::{Query, config, session};
use crate::i18n::t;
use crate::reactive::memo;
use crate::ui::SelectOption;

/// Reference data rarely changes, so it is fresh for five minutes.
const QUERY_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 300, poll_seconds: None };

/// The three lists.
#[derive(Clone, Copy)]
pub struct ReferenceData {
    /// Event types.
    pub types: ReferenceList,
    /// ACD groups.
    pub groups: ReferenceList,
    /// Users.
    pub users: ReferenceList,
}

/// Loads the lists for the calling component.
pub fn use_reference_data() -> ReferenceData {
    ReferenceData {
        types: ReferenceList::new(use_query_with(QUERY_OPTIONS, || Some(ListAcdEventTypes)), documented_type_name),
        groups: ReferenceList::new(use_query_with(QUERY_OPTIONS, || Some(ListAcdGroups)), |_| None),
        users: ReferenceList::new(use_query_with(QUERY_OPTIONS, || Some(ListUsers)), |_| None),
    }
}

/// Loads the operator's words for the status numbers. A number without a word is shown as a number.
pub fn use_statuses() -> ReferenceList {
    let request = || config::has_gateway().then_some(ListLabels { kind: LabelKind::EventStatus });
    ReferenceList::new(use_query_with(QUERY_OPTIONS, request), |_| None)
}

/// Notes about records of the three lists that can't be read.
pub fn unreadable_notes(reference_data: ReferenceData) -> AnyView {
    let ReferenceData { types, groups, users } = reference_data;
    [types, groups, users].map(|names| unreadable_note(names.query.unreadable).into_any()).collect_view().into_any()
}

/// The documented name of a type, for types that the vendor's list does not name.
fn documented_type_name(id: &str) -> Option<&'static str> {
    event_type_name(id.parse().ok()?)
}

/// The name of an id in these names, else its documented name, else the id.
fn name_in(names: &NameMap, documented: fn(&str) -> Option<&'static str>, id: &str) -> String {
    names.get(id).or_else(|| documented(id)).unwrap_or(id).to_owned()
}

/// The names of one list by id.
#[derive(Clone, Copy)]
pub struct ReferenceList {
    query: Query<RecordList<ReferenceRecord>>,
    by_id: Memo<NameMap>,
    documented: fn(&str) -> Option<&'static str>,
}

impl ReferenceList {
    fn new(query: Query<RecordList<ReferenceRecord>>, documented: fn(&str) -> Option<&'static str>) -> Self {
        let by_id = memo(move || {
            let labels = query.data.with(|data| data.as_ref().map(|data| labelled(&data.records)));
            NameMap::new(labels.unwrap_or_default())
        });
        Self { query, by_id, documented }
    }

    /// The name of an id, or the id if it has none; tracked.
    pub fn name(&self, id: &str) -> String {
        self.by_id.with(|names| name_in(names, self.documented, id))
    }

    /// [`Self::name_of`] with the names of this moment, for many records. Tracked once, not once per record.
    pub fn names_now(&self) -> impl Fn(Option<&LooseScalar>) -> String + Send + Sync + use<> {
        let (names, documented) = (self.by_id.with(Clone::clone), self.documented);
        move |id| id.map(|id| name_in(&names, documented, &id.to_string())).unwrap_or_default()
    }

    /// The name of a record's optional id; empty without an id. Tracked.
    pub fn name_of(&self, id: Option<&LooseScalar>) -> String {
        id.map(|id| self.name(&id.to_string())).unwrap_or_default()
    }

    /// The name of a record's optional id, with the id if that is another text; empty without an id. Tracked.
    pub fn name_and_id_of(&self, id: Option<&LooseScalar>) -> String {
        let name = self.name_of(id);
        match id.map(ToString::to_string) {
            Some(id) if id != name => t::acd_events::name_and_id(&id, &name),
            _ => name,
        }
    }

    /// The list as select options, in the vendor's order; empty until it is loaded. Tracked.
    pub fn options(&self) -> Vec<SelectOption> {
        named_options(self.query)
    }

    /// True if the list failed to load, so there is nothing to choose from. Tracked.
    pub fn failed(&self) -> bool {
        self.query.data.with(Option::is_none) && self.query.error.with(Option::is_some) && !session::is_expired()
    }
}

/// Options for all records that have an id.
fn named_options(query: Query<RecordList<ReferenceRecord>>) -> Vec<SelectOption> {
    query.data.with(|data| {
        let records = data.as_ref().map(|data| data.records.as_slice()).unwrap_or_default();
        labelled(records).into_iter().map(|(id, label)| SelectOption::new(id, label)).collect()
    })
}
