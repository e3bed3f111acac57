//! The list of ACD events: its filters, their options, and the names of reference data.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Number;
use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::{AcdEvent, CALLBACK, ReferenceRecord, is_telephone};
use trunkline_api::sobot::CustomerQuery;
use trunkline_api::validate::check_email;

use crate::multi_value::{Params, parse_values};
use crate::overview::{count_by, previous_day};
use crate::phone::format_phone;

/// The user filter's value for events without a user.
pub const NO_USER: &str = "none";

/// The list's filters, as in the URL; those by id take several, as in [`parse_values`]. Empty values do not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// A type's id.
    pub type_id: String,
    /// A status number.
    pub status: String,
    /// A group's id.
    pub group: String,
    /// A user's id, or [`NO_USER`].
    pub user: String,
    /// First day, `YYYY-MM-DD`, in the vendor's local time. An invalid day does not filter.
    pub from: String,
    /// Last day, likewise.
    pub to: String,
}

impl EventFilter {
    /// The filters in a query.
    #[must_use]
    pub fn from_params(params: Params<'_>) -> Self {
        Self {
            type_id: params("type"),
            status: params("status"),
            group: params("group"),
            user: params("user"),
            from: params("from"),
            to: params("to"),
        }
    }

    /// The predicate of matching events.
    pub fn into_predicate(self) -> impl Fn(&AcdEvent) -> bool + use<> {
        let (from, to) = (valid_day(self.from), valid_day(self.to));
        let [type_id, status, group, user] =
            [self.type_id, self.status, self.group, self.user].map(|text| WantedIds::new(parse_values(&text)));
        let is_unassigned = user.texts.iter().any(|user| user == NO_USER);
        move |event| {
            let user_id = event.user_id.as_ref();
            type_id.matches(event.type_id.as_ref())
                && status.matches(event.status_id.as_ref())
                && group.matches(event.group_id.as_ref())
                && (user.matches(user_id) || (is_unassigned && user_id.is_none()))
                && is_within_days(event.created.as_deref(), from.as_deref(), to.as_deref())
        }
    }
}

/// The ids that a filter wants, as texts and as numbers: writing the number of each of 100,000 events as text took a third
/// of a filter's time.
struct WantedIds {
    texts: Vec<String>,
    numbers: Vec<Number>,
}

impl WantedIds {
    fn new(texts: Vec<String>) -> Self {
        let number =
            |text: &String| serde_json::from_str(text).ok().filter(|number: &Number| number.to_string() == *text);
        Self { numbers: texts.iter().filter_map(number).collect(), texts }
    }

    /// True if the id is one of them, or if there are none.
    fn matches(&self, id: Option<&LooseScalar>) -> bool {
        self.texts.is_empty()
            || id.is_some_and(|id| match id {
                LooseScalar::Text(text) => self.texts.contains(text),
                LooseScalar::Number(number) => self.numbers.contains(number),
                LooseScalar::Bool(_) => self.texts.contains(&id.to_string()),
            })
    }
}

/// True if a time is within the days, both inclusive. All are in the vendor's local time, so they compare as text.
fn is_within_days(time: Option<&str>, from: Option<&str>, to: Option<&str>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let day = time.and_then(|time| time.get(..10));
    day.is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
}

/// A valid `YYYY-MM-DD`, else `None`: the browser shows an empty date field for it, so it filters nothing.
fn valid_day(text: String) -> Option<String> {
    let fits = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    (text.len() == 10 && text.bytes().enumerate().all(fits)).then_some(text)
}

/// A sender or receiver as people write it: a telephone number with "+" and spaces, anything else as it is.
#[must_use]
pub fn display_address(event: &AcdEvent, address: Option<&LooseScalar>) -> String {
    let text = address.map(ToString::to_string).unwrap_or_default();
    match event.type_id.as_ref().and_then(LooseScalar::as_i64) {
        Some(type_id) if is_telephone(type_id) => format_phone(&text).unwrap_or(text),
        _ => text,
    }
}

/// A local time (`2020-09-15T02:59:32.794`) as spreadsheets read and write it: `2020-09-15 02:59:32`. Anything else as it is.
#[must_use]
pub fn spreadsheet_time(time: &str) -> String {
    match (time.get(..10), time.get(10..11), time.get(11..19)) {
        (Some(day), Some("T"), Some(clock)) if !time.ends_with('Z') => format!("{day} {clock}"),
        _ => time.to_owned(),
    }
}

/// The look-up of the customer who wrote or called; `None` if the sender is neither a telephone number nor an e-mail
/// address.
#[must_use]
pub fn sender_lookup(event: &AcdEvent) -> Option<CustomerQuery> {
    let sender = event.sender.as_ref()?.to_string();
    let type_id = event.type_id.as_ref().and_then(LooseScalar::as_i64);
    if type_id.is_some_and(is_telephone) && format_phone(&sender).is_some() {
        return Some(CustomerQuery { tel: Some(sender), ..CustomerQuery::default() });
    }
    check_email(&sender).is_none().then(|| CustomerQuery { email: Some(sender), ..CustomerQuery::default() })
}

/// The callbacks from a day on (`2020-09-15`) that nobody has taken: their number, and the time of the oldest.
pub fn unassigned_callbacks<'a>(events: impl Iterator<Item = &'a AcdEvent>, from: &str) -> (usize, Option<&'a str>) {
    let is_callback = |event: &AcdEvent| event.type_id.as_ref().and_then(LooseScalar::as_i64) == Some(CALLBACK);
    events
        .filter(|event| event.user_id.is_none() && is_callback(event))
        .filter_map(|event| event.created.as_deref().filter(|created| *created >= from))
        .fold((0, None), |(count, oldest), created| {
            (count + 1, Some(oldest.map_or(created, |oldest: &str| oldest.min(created))))
        })
}

/// A preset of the list: a button that sets some of its filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Events of today.
    Today,
    /// Events of yesterday.
    Yesterday,
    /// Events without a user.
    Unassigned,
    /// Events of the signed-in person.
    Mine,
}

impl Preset {
    /// The filters that the preset sets, by parameter: what it is about. `today` is a day (`2020-09-15`), `me` the person's
    /// UsersID.
    #[must_use]
    pub fn values(self, today: &str, me: &str) -> Vec<(&'static str, String)> {
        let day = |day: String| vec![("from", day.clone()), ("to", day)];
        match self {
            Self::Today => day(today.to_owned()),
            Self::Yesterday => day(previous_day(today).unwrap_or_default()),
            Self::Unassigned => vec![("user", NO_USER.to_owned())],
            Self::Mine => vec![("user", me.to_owned())],
        }
    }
}

/// The distinct ids of events that `is_listed` rejects: texts first, then numbers in numeric order.
pub fn unlisted_ids(
    events: &[Arc<AcdEvent>],
    id: impl Fn(&AcdEvent) -> Option<&LooseScalar>,
    is_listed: impl Fn(&str) -> bool,
) -> Vec<String> {
    // There are few different ids: one of the last few is known without writing it as text.
    const LAST: usize = 16;
    let (mut ids, mut last) = (BTreeSet::<(Option<i64>, String)>::new(), Vec::<&LooseScalar>::new());
    for id in events.iter().filter_map(|event| id(event)) {
        if last.contains(&id) {
            continue;
        }
        if last.len() == LAST {
            last.clear();
        }
        last.push(id);
        if !id.is_blank() {
            ids.insert((id.as_i64(), id.to_string()));
        }
    }
    ids.into_iter().map(|(_, id)| id).filter(|id| !is_listed(id)).collect()
}

/// Id and label of all records that have an id, in the vendor's order. The id follows a label that several records share.
#[must_use]
pub fn labelled(records: &[ReferenceRecord]) -> Vec<(String, String)> {
    let counts = count_by(records, |record| Some(record.label()));
    let entry = |record: &ReferenceRecord| {
        let (id, label) = (record.id.as_ref()?.to_string(), record.label());
        // The counts are in descending order, so the shared labels come first.
        let shared = counts.iter().take_while(|count| count.count > 1).any(|count| count.key == label);
        Some((id.clone(), if shared { format!("{label} ({id})") } else { label }))
    };
    records.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: i64, type_id: &str, user: Option<&str>, created: &str) -> Arc<AcdEvent> {
        Arc::new(AcdEvent {
            id: Some(id.into()),
            type_id: Some(type_id.into()),
            user_id: user.map(LooseScalar::from),
            created: Some(created.to_owned()),
            ..AcdEvent::default()
        })
    }

    /// The types and times of the vendor's samples: a ticket of 2020-09-15, and callbacks.
    fn events() -> Vec<Arc<AcdEvent>> {
        vec![
            event(2039, "6", None, "2020-09-15T02:59:32.794"),
            event(2040, "3", Some("3"), "2020-09-15T23:59:59.999"),
            event(2041, "3", Some("235"), "2020-09-16T00:00:00"),
            Arc::new(AcdEvent { id: Some(2042.into()), type_id: Some(3.into()), ..AcdEvent::default() }),
        ]
    }

    fn found(filter: EventFilter) -> Vec<i64> {
        let matches = filter.into_predicate();
        events()
            .iter()
            .filter(|event| matches(event))
            .map(|event| event.id.as_ref().unwrap().as_i64().unwrap())
            .collect()
    }

    #[test]
    fn filters_match_ids_as_numbers_or_texts() {
        assert_eq!(found(EventFilter::default()), [2039, 2040, 2041, 2042]);
        assert_eq!(found(EventFilter { type_id: "3".into(), ..EventFilter::default() }), [2040, 2041, 2042]);
        assert_eq!(found(EventFilter { user: "3".into(), ..EventFilter::default() }), [2040]);
        assert_eq!(found(EventFilter { user: NO_USER.into(), ..EventFilter::default() }), [2039, 2042]);
        assert_eq!(found(EventFilter { user: format!("3,{NO_USER}"), ..EventFilter::default() }), [2039, 2040, 2042]);
        assert_eq!(found(EventFilter { type_id: "3".into(), user: "3".into(), ..EventFilter::default() }), [2040]);
        assert!(found(EventFilter { status: "1".into(), ..EventFilter::default() }).is_empty());
    }

    #[test]
    fn days_are_inclusive_and_events_without_a_time_are_outside() {
        let days = |from: &str, to: &str| EventFilter { from: from.into(), to: to.into(), ..EventFilter::default() };
        assert_eq!(found(days("2020-09-15", "2020-09-15")), [2039, 2040]);
        assert_eq!(found(days("2020-09-16", "")), [2041]);
        assert_eq!(found(days("", "2020-09-14")), [0; 0]);
    }

    #[test]
    fn invalid_days_do_not_filter() {
        for day in ["2020-9-15", "15.09.2020", "2020-09-15T", "today", "2020/09/15"] {
            let filter = EventFilter { from: day.into(), ..EventFilter::default() };
            assert_eq!(found(filter).len(), 4, "{day}");
        }
    }

    #[test]
    fn times_in_a_file_are_those_of_spreadsheets() {
        for (time, text) in [
            ("2020-09-15T02:59:32.794", "2020-09-15 02:59:32"),
            ("2020-09-15T02:59:32", "2020-09-15 02:59:32"),
            ("2020-09-15T02:59:32.794Z", "2020-09-15T02:59:32.794Z"),
            ("2020-09-15", "2020-09-15"),
            ("", ""),
        ] {
            assert_eq!(spreadsheet_time(time), text);
        }
    }

    #[test]
    fn telephone_numbers_are_written_with_plus_and_spaces() {
        let of = |type_id: &str, sender: &str| {
            let sender = Some(LooseScalar::from(sender));
            let event = AcdEvent { type_id: Some(type_id.into()), sender, ..AcdEvent::default() };
            (display_address(&event, event.sender.as_ref()), sender_lookup(&event))
        };
        let tel = |tel: &str| Some(CustomerQuery { tel: Some(tel.to_owned()), ..CustomerQuery::default() });
        let email = |email: &str| Some(CustomerQuery { email: Some(email.to_owned()), ..CustomerQuery::default() });
        assert_eq!(of("3", "49199123456789"), ("+49 199 123 456 789".to_owned(), tel("49199123456789")));
        assert_eq!(of("6", "info@example.com"), ("info@example.com".to_owned(), email("info@example.com")));
        // A ticket's sender may be any number.
        assert_eq!(of("6", "49199123456789"), ("49199123456789".to_owned(), None));
        assert_eq!(of("1", "anonymous"), ("anonymous".to_owned(), None));
    }

    #[test]
    fn unassigned_callbacks_are_counted_from_a_day_on() {
        let events = [
            event(1, "3", None, "2026-03-02T10:00:00"),
            event(2, "3", None, "2026-03-01T08:00:00"),
            event(3, "3", None, "2026-02-01T08:00:00"),
            event(4, "3", Some("7"), "2026-03-01T07:00:00"),
            event(5, "6", None, "2026-03-01T07:00:00"),
        ];
        let of = |from: &str| unassigned_callbacks(events.iter().map(AsRef::as_ref), from);
        assert_eq!(of("2026-03-01"), (2, Some("2026-03-01T08:00:00")));
        assert_eq!(of("2026-04-01"), (0, None));
    }

    #[test]
    fn presets_set_what_they_are_about() {
        let text = |values: Vec<(&str, String)>| {
            values.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
        };
        assert_eq!(text(Preset::Today.values("2026-03-01", "3")), "from=2026-03-01&to=2026-03-01");
        assert_eq!(text(Preset::Yesterday.values("2026-03-01", "3")), "from=2026-02-28&to=2026-02-28");
        assert_eq!(text(Preset::Unassigned.values("", "3")), "user=none");
        assert_eq!(text(Preset::Mine.values("", "3")), "user=3");
    }

    #[test]
    fn unlisted_ids_are_sorted_and_distinct() {
        let events: Vec<_> = ["10", "9", "10", "x", "9", " "].map(|user| event(1, "3", Some(user), "")).into();
        let ids = |listed: &[&str]| unlisted_ids(&events, |event| event.user_id.as_ref(), |id| listed.contains(&id));
        assert_eq!(ids(&[]), ["x", "9", "10"]);
        assert_eq!(ids(&["9", "x"]), ["10"]);
    }

    #[test]
    fn an_id_is_one_id_as_number_and_as_text() {
        let with = |user: LooseScalar| Arc::new(AcdEvent { user_id: Some(user), ..AcdEvent::default() });
        let events = [with(9.into()), with("9".into()), with("09".into()), with(LooseScalar::Bool(true))];
        assert_eq!(unlisted_ids(&events, |event| event.user_id.as_ref(), |_| false), ["true", "09", "9"]);
        let count = |user: &str| {
            let matches = EventFilter { user: user.into(), ..EventFilter::default() }.into_predicate();
            events.iter().filter(|event| matches(event)).count()
        };
        assert_eq!(["9", "09", "9.0", "true"].map(count), [2, 1, 0, 1]);
    }

    #[test]
    fn shared_labels_are_followed_by_the_id() {
        let record = |id: i64, name: &str| ReferenceRecord {
            id: Some(id.into()),
            name: Some(name.to_owned()),
            ..ReferenceRecord::default()
        };
        let records = [record(1, "Sales"), record(2, "Support"), record(3, "Sales"), ReferenceRecord::default()];
        let expected = [("1", "Sales (1)"), ("2", "Support"), ("3", "Sales (3)")];
        assert_eq!(labelled(&records), expected.map(|(id, label)| (id.to_owned(), label.to_owned())));
    }
}
