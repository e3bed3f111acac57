//! The list's filters, kept in the URL, and the searchable texts.

use std::sync::Arc;

use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::AcdEvent;
pub use trunkline_model::acd_events::NO_USER;
use trunkline_model::acd_events::{EventFilter, unlisted_ids};
use trunkline_model::search_index::SearchText;

use super::reference_data::{ReferenceData, ReferenceList};
use crate::routes::query_params::{Param, use_param};
use crate::ui::SelectOption;

/// The list's filters in the URL.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Ids of types.
    pub kind: Param,
    /// Status numbers.
    pub status: Param,
    /// Ids of groups.
    pub group: Param,
    /// Ids of users, or [`NO_USER`].
    pub user: Param,
    /// First day, `YYYY-MM-DD`, in the vendor's local time.
    pub from: Param,
    /// Last day, likewise.
    pub to: Param,
}

impl Filters {
    /// Binds the filters to the current URL.
    pub fn from_url() -> Self {
        Self {
            kind: use_param("type"),
            status: use_param("status"),
            group: use_param("group"),
            user: use_param("user"),
            from: use_param("from"),
            to: use_param("to"),
        }
    }

    /// The parameters.
    pub fn params(self) -> Vec<Param> {
        vec![self.kind, self.status, self.group, self.user, self.from, self.to]
    }

    /// The parameter of this name; `None` if the list has none.
    pub fn param(self, name: &str) -> Option<Param> {
        match name {
            "user" => Some(self.user),
            "from" => Some(self.from),
            "to" => Some(self.to),
            _ => None,
        }
    }

    /// Returns the predicate of matching events. Tracked.
    pub fn predicate(self) -> impl Fn(&AcdEvent) -> bool + use<> {
        self.filter(self.from.get(), self.to.get()).into_predicate()
    }

    /// Returns the predicate of events that match apart from their day. Tracked.
    pub fn predicate_of_any_day(self) -> impl Fn(&AcdEvent) -> bool + use<> {
        self.filter(String::new(), String::new()).into_predicate()
    }

    fn filter(self, from: String, to: String) -> EventFilter {
        let [type_id, status, group, user] = [self.kind, self.status, self.group, self.user].map(|param| param.get());
        EventFilter { type_id, status, group, user, from, to }
    }
}

/// Returns what adds the columns' texts and the ids of an event. Tracked.
pub fn index_texts(
    reference_data: ReferenceData,
    statuses: ReferenceList,
) -> impl Fn(&AcdEvent, &mut SearchText) + Send + Sync {
    let ReferenceData { types, groups, users } = reference_data;
    let [types, groups, users, statuses] = [types, groups, users, statuses].map(|list| list.names_now());
    move |event, text| {
        text.add_opt(event.subject.as_deref());
        let ids = [&event.id, &event.sender, &event.receiver, &event.user_data, &event.foreign_system_number];
        for id in ids.into_iter().flatten() {
            text.add(&id.to_string());
        }
        text.add(&types(event.type_id.as_ref()))
            .add(&groups(event.group_id.as_ref()))
            .add(&users(event.user_id.as_ref()))
            .add(&statuses(event.status_id.as_ref()));
    }
}

/// The options of a filter: the vendor's list in its order, then ids that only the events contain.
pub fn filter_options(
    listed: Vec<SelectOption>,
    events: &[Arc<AcdEvent>],
    id: impl Fn(&AcdEvent) -> Option<&LooseScalar>,
    name: impl Fn(&str) -> String,
) -> Vec<SelectOption> {
    let unlisted = unlisted_ids(events, id, |id| listed.iter().any(|option| option.value == id));
    let rest: Vec<SelectOption> = unlisted.into_iter().map(|id| SelectOption::new(id.clone(), name(&id))).collect();
    listed.into_iter().chain(rest).collect()
}
