//! What narrows and orders the list: the URL's parameters, and the events that fit them.

use std::collections::BTreeMap;
use std::sync::Arc;

use trunkline_api::jtel::AcdEvent;
use trunkline_api::list::SearchIndex;
use trunkline_api::wire::Scalar;

use super::directory::Directory;
use crate::routes::search::{Param, use_param};
use crate::ui::{Choice, Sort};

/// The value of the user filter for events that no user is named for.
pub const NOBODY: &str = "none";

/// The list's URL parameters.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Words to search for.
    pub q: Param,
    /// A type's id.
    pub kind: Param,
    /// A status number.
    pub status: Param,
    /// A group's id.
    pub group: Param,
    /// A user's id, or [`NOBODY`].
    pub user: Param,
    /// First day, `YYYY-MM-DD`, in the vendor's local time.
    pub from: Param,
    /// Last day, likewise.
    pub to: Param,
    /// A column's key, with `-` before it for descending.
    pub sort: Param,
}

impl Filters {
    /// Those of the current URL.
    pub fn from_url() -> Self {
        Self {
            q: use_param("q"),
            kind: use_param("type"),
            status: use_param("status"),
            group: use_param("group"),
            user: use_param("user"),
            from: use_param("from"),
            to: use_param("to"),
            sort: use_param("sort"),
        }
    }

    /// All that narrow the list.
    const fn narrowing(&self) -> [Param; 7] {
        [self.q, self.kind, self.status, self.group, self.user, self.from, self.to]
    }

    /// Whether anything narrows the list; tracked.
    pub fn any(&self) -> bool {
        self.narrowing().iter().any(|param| !param.get().is_empty())
    }

    /// Shows everything again.
    pub fn clear(&self) {
        for param in self.narrowing() {
            param.set("");
        }
    }

    /// The order asked for; none: as the vendor gave it. Tracked.
    pub fn order(&self) -> Option<Sort> {
        Sort::parse(&self.sort.get())
    }

    /// The events to show, in the vendor's order; tracked.
    pub fn select(&self, events: &[Arc<AcdEvent>], index: &SearchIndex) -> Vec<Arc<AcdEvent>> {
        let (kind, status, group) = (self.kind.get(), self.status.get(), self.group.get());
        let (user, from, to) = (self.user.get(), date(self.from.get()), date(self.to.get()));
        let user_fits = |id: Option<&Scalar>| if user == NOBODY { id.is_none() } else { fits(&user, id) };
        let keep = |event: &Arc<AcdEvent>| {
            fits(&kind, event.type_id.as_ref())
                && fits(&status, event.status_id.as_ref())
                && fits(&group, event.group_id.as_ref())
                && user_fits(event.user_id.as_ref())
                && within(event.created.as_deref(), from.as_deref(), to.as_deref())
        };
        index.select(events, &self.q.get(), keep)
    }
}

/// Whether an id is the wanted one; nothing wanted fits all.
fn fits(wanted: &str, id: Option<&Scalar>) -> bool {
    wanted.is_empty()
        || id.is_some_and(|id| match id {
            Scalar::Text(text) => text == wanted,
            other => other.to_string() == wanted,
        })
}

/// Whether a time lies within days, both included. All are the vendor's local time, so that the texts compare.
fn within(time: Option<&str>, from: Option<&str>, to: Option<&str>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let day = time.and_then(|time| time.get(..10));
    day.is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
}

/// A day of the URL; what is none narrows nothing, as its empty field says.
fn date(text: String) -> Option<String> {
    let fits = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    (text.len() == 10 && text.bytes().enumerate().all(fits)).then_some(text)
}

/// The search texts, built once per answer: what the columns show, and the ids.
pub fn index(events: &[Arc<AcdEvent>], directory: Directory) -> SearchIndex {
    SearchIndex::new(events, |event, text| {
        text.add_some(event.subject.as_deref());
        let ids = [&event.id, &event.sender, &event.receiver, &event.user_data, &event.foreign_system_number];
        for id in ids.into_iter().flatten() {
            text.add(&id.to_string());
        }
        text.add(&directory.types.of(event.type_id.as_ref()))
            .add(&directory.groups.of(event.group_id.as_ref()))
            .add(&directory.users.of(event.user_id.as_ref()));
    })
}

/// The choices of a filter: the vendor's list in its order, then what only the events name.
pub fn choices(
    listed: Vec<Choice>,
    events: &[Arc<AcdEvent>],
    id: impl Fn(&AcdEvent) -> Option<&Scalar>,
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let mut seen = BTreeMap::<(Option<i64>, String), ()>::new();
    let mut last = None;
    for event in events {
        // Most events have the same few ids: the same as the last one needs no look-up.
        if let Some(id) = id(event).filter(|id| !id.is_blank() && last != Some(*id)) {
            last = Some(id);
            seen.insert((id.as_i64(), id.to_string()), ());
        }
    }
    let unlisted = seen.into_keys().map(|(_, id)| id).filter(|id| !listed.iter().any(|choice| choice.value == *id));
    let rest: Vec<Choice> = unlisted.map(|id| Choice::new(id.clone(), name(&id))).collect();
    listed.into_iter().chain(rest).collect()
}
