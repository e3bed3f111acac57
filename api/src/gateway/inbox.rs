//! What the gateway keeps per agent and ticket, because no vendor does: a note, pin, snooze, "done for me" and "seen", the
//! ticket's history as the console saw it, and the figures of a shift.
//!
//! Every request is for the agentID of the signed-in user; the gateway responds 403 to a user without one. Times are
//! epoch seconds by the gateway's clock.

use serde::{Deserialize, Deserializer, Serialize};

use crate::decode::{DecodeError, from_json, open_enum, to_json};
use crate::endpoint::{Access, Endpoint, Method, Resource, Service, fill_path};
use crate::text::{TextKind, clean, is_blank};
use crate::tolerant::tolerant_struct;
use crate::validate::{Checks, FieldError, ValidationError, check_max_chars, check_required};

/// The marks of an agent's tickets. Only the agent's own streams receive its changes.
pub const MARKS: Resource = Resource { service: Service::Gateway, path_prefix: "/inbox/marks" };
/// The histories of an agent's tickets.
pub const HISTORY: Resource = Resource { service: Service::Gateway, path_prefix: "/inbox/history" };
/// The figures of an agent's shift.
pub const SHIFT: Resource = Resource { service: Service::Gateway, path_prefix: "/inbox/shift" };

/// Maximum characters of a note, after cleaning.
pub const MAX_NOTE_CHARS: usize = 10_000;
/// Maximum characters of a ticket's id.
pub const MAX_TICKET_ID_CHARS: usize = 200;
/// Maximum tickets of one agent that have a mark.
pub const MAX_MARKS: usize = 20_000;
/// The last second of the year 9999, the latest end of a snooze.
const LAST_SECOND: i64 = 253_402_300_799;

/// What an agent has noted about a ticket. A ticket without any of it has no mark.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketMark {
    /// The ticket's id with one-view.
    pub ticket_id: String,
    /// The note; empty if there is none.
    pub note: String,
    /// When the note was saved.
    pub note_at: Option<i64>,
    /// True if the ticket is pinned to the top.
    pub pinned: bool,
    /// When a snoozed ticket comes back. It may have passed. Cleared when the ticket is escalated.
    pub snoozed_until: Option<i64>,
    /// When the agent called it done. Cleared when the ticket is escalated or its content changes.
    pub done_at: Option<i64>,
    /// When the agent last opened it. Cleared when the ticket is escalated or its content changes.
    pub seen_at: Option<i64>,
}

tolerant_struct!(TicketMark {
    "ticketId" => ticket_id,
    "note" => note,
    "noteAt" => note_at,
    "pinned" => pinned,
    "snoozedUntil" => snoozed_until,
    "doneAt" => done_at,
    "seenAt" => seen_at,
});

/// A change of a mark: only the members that change. Concurrent changes of different members don't overwrite each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TicketMarkChange {
    /// The new note, at most [`MAX_NOTE_CHARS`] characters; an empty one removes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Pins or unpins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Snoozes until a time in epoch seconds; `Some(None)`, null on the wire, wakes the ticket.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    pub snoozed_until: Option<Option<i64>>,
    /// Calls it done, or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// Marks it seen, or unread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<bool>,
}

/// Tells null, which clears, from an absent member, which changes nothing.
fn null_or_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl TicketMarkChange {
    /// Validates a change whose note is cleaned.
    ///
    /// # Errors
    /// By member: a note that is too long, a snooze that ends at no time.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut checks = Checks::new();
        checks.field("note", self.note.as_deref().and_then(|note| check_max_chars(note, MAX_NOTE_CHARS)));
        let until = self.snoozed_until.flatten().filter(|until| !(0..=LAST_SECOND).contains(until));
        checks.field("snoozedUntil", until.map(|_| ValidationError::NotAllowed));
        checks.finish()
    }
}

/// Cleans a note as typed or pasted: NFC, ordinary spaces and line breaks, no control characters but tabs and line breaks,
/// no blank ends. Empty if nothing visible is left.
pub fn clean_note(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let printable: String = lines.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    let note = clean(&printable, TextKind::Words);
    if is_blank(&note) { String::new() } else { note.trim().to_owned() }
}

/// Checks a ticket's id: not blank, at most [`MAX_TICKET_ID_CHARS`] characters, none of them a control character.
pub fn check_ticket_id(id: &str) -> Option<ValidationError> {
    let has_control = || id.chars().any(char::is_control).then_some(ValidationError::NotAllowed);
    check_required(id).or_else(|| check_max_chars(id, MAX_TICKET_ID_CHARS)).or_else(has_control)
}

/// Several tickets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketIds {
    /// Their ids, at most [`MAX_MARKS`].
    pub ticket_ids: Vec<String>,
}

open_enum! {
    /// What happened to a ticket in an agent's list.
    #[derive(Default)]
    TicketEvent {
        /// It appeared in the list.
        Came = "came",
        /// One of its fields changed.
        #[default]
        Changed = "changed",
        /// It left the list.
        Gone = "gone",
    }
}

/// An entry of a ticket's history as the console saw it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketHistoryEntry {
    /// When the gateway saw it. For [`TicketEvent::Came`] the time of assignment, where the vendor gives one.
    pub at: i64,
    /// What happened.
    pub event: TicketEvent,
    /// The field that changed: `status`, `priority`, `queue`, `channel`, `customer` or `content`.
    pub field: Option<String>,
    /// The value before. Always `None` for `customer` and `content`, whose values are not stored.
    pub from: Option<String>,
    /// The value after, with the same exceptions.
    pub to: Option<String>,
}

tolerant_struct!(TicketHistoryEntry {
    "at" => at,
    "event" => event,
    "field" => field,
    "from" => from,
    "to" => to,
});

/// The figures of an agent's shift: the day from [`GetShift::from`] until now.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shift {
    /// The beginning, as requested.
    pub from: i64,
    /// Tickets that came.
    pub came: i64,
    /// Tickets that were closed by the vendor or called done by the agent, each counted once.
    pub done: i64,
    /// Tickets that left the list.
    pub gone: i64,
    /// The longest wait in seconds since the assignment: of the tickets that were done or left in this time, and of those
    /// that wait now. `None` if no ticket had a time of assignment.
    pub longest_wait_seconds: Option<i64>,
    /// The hours in which anything came or was done.
    pub hours: Vec<ShiftHour>,
    /// The queues in which anything came or was done, by name.
    pub queues: Vec<ShiftQueue>,
    /// The same weekday a week before, up to the same time of the day.
    pub last_week: LastWeek,
}

tolerant_struct!(Shift {
    "from" => from,
    "came" => came,
    "done" => done,
    "gone" => gone,
    "longestWaitSeconds" => longest_wait_seconds,
    "hours" => hours,
    "queues" => queues,
    "lastWeek" => last_week,
});

/// An hour of a shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShiftHour {
    /// Hours since the shift's beginning: 0 is the first.
    pub hour: i64,
    /// Tickets that came.
    pub came: i64,
    /// Tickets that were done.
    pub done: i64,
}

tolerant_struct!(ShiftHour { "hour" => hour, "came" => came, "done" => done });

/// A queue in a shift.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShiftQueue {
    /// The queue's name; empty for tickets without one.
    pub queue: String,
    /// Tickets that came.
    pub came: i64,
    /// Tickets that were done.
    pub done: i64,
}

tolerant_struct!(ShiftQueue { "queue" => queue, "came" => came, "done" => done });

/// The figures of a week before, as in [`Shift`]; the longest wait without the tickets that waited at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LastWeek {
    /// Tickets that came.
    pub came: i64,
    /// Tickets that were done.
    pub done: i64,
    /// The longest wait in seconds.
    pub longest_wait_seconds: Option<i64>,
}

tolerant_struct!(LastWeek {
    "came" => came,
    "done" => done,
    "longestWaitSeconds" => longest_wait_seconds,
});

/// List the marks of the agent's tickets: only tickets that have one, in no particular order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTicketMarks;

impl Endpoint for ListTicketMarks {
    type Response = Vec<TicketMark>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/inbox/marks";
    const ACCESS: Access = Access::OwnAgent;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Change the mark of a ticket. The response is the whole mark afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateTicketMark {
    /// The ticket's id.
    pub ticket_id: String,
    /// The change.
    pub change: TicketMarkChange,
}

impl Endpoint for UpdateTicketMark {
    type Response = TicketMark;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/inbox/marks/{ticketID}";
    const ACCESS: Access = Access::OwnAgent;
    const INVALIDATES: Option<Resource> = Some(MARKS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("ticketID", &self.ticket_id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&self.change))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Mark tickets as seen. Responds 204.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkTicketsSeen {
    /// The tickets' ids, at most [`MAX_MARKS`].
    pub ticket_ids: Vec<String>,
}

impl Endpoint for MarkTicketsSeen {
    type Response = ();
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/inbox/seen";
    const ACCESS: Access = Access::OwnAgent;
    const INVALIDATES: Option<Resource> = Some(MARKS);

    fn body(&self) -> Option<String> {
        Some(to_json(&TicketIds { ticket_ids: self.ticket_ids.clone() }))
    }
    fn decode(body: &[u8]) -> Result<(), DecodeError> {
        crate::decode::expect_empty(body)
    }
}

/// Get a ticket's history, oldest first. It is empty for a ticket that the gateway has not seen in the agent's list.
#[derive(Clone, Debug, PartialEq)]
pub struct GetTicketHistory {
    /// The ticket's id.
    pub ticket_id: String,
}

impl Endpoint for GetTicketHistory {
    type Response = Vec<TicketHistoryEntry>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/inbox/history/{ticketID}";
    const ACCESS: Access = Access::OwnAgent;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("ticketID", &self.ticket_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Get the figures of the shift since a time: the browser's local midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetShift {
    /// The beginning in epoch seconds.
    pub from: i64,
}

impl Endpoint for GetShift {
    type Response = Shift;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/inbox/shift";
    const ACCESS: Access = Access::OwnAgent;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("from", self.from.to_string())]
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::request_target;

    fn change(json: &str) -> Result<TicketMarkChange, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn change_holds_only_the_members_that_change() {
        let note = TicketMarkChange { note: Some("call back".to_owned()), ..TicketMarkChange::default() };
        assert_eq!(to_json(&note), r#"{"note":"call back"}"#);
        let wake = TicketMarkChange { snoozed_until: Some(None), ..TicketMarkChange::default() };
        assert_eq!(to_json(&wake), r#"{"snoozedUntil":null}"#);
        let snooze = TicketMarkChange { snoozed_until: Some(Some(7)), ..TicketMarkChange::default() };
        assert_eq!(to_json(&snooze), r#"{"snoozedUntil":7}"#);
        for each in [TicketMarkChange::default(), note, wake, snooze] {
            assert_eq!(change(&to_json(&each)), Ok(each));
        }
        assert!(change(r#"{"pined":true}"#).is_err(), "a misspelt member must not pass for no change");
    }

    #[test]
    fn note_and_snooze_are_bounded() {
        let problems = |change: TicketMarkChange| {
            change.validate().err().unwrap_or_default().into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        let note = |length: usize| TicketMarkChange { note: Some("é".repeat(length)), ..TicketMarkChange::default() };
        assert_eq!(problems(note(10_000)), [""; 0]);
        assert_eq!(problems(note(10_001)), ["note"]);
        let snooze = |until| TicketMarkChange { snoozed_until: Some(until), ..TicketMarkChange::default() };
        assert_eq!(problems(snooze(None)), [""; 0]);
        assert_eq!(problems(snooze(Some(1_800_000_000))), [""; 0]);
        assert_eq!(problems(snooze(Some(-1))), ["snoozedUntil"]);
        assert_eq!(problems(snooze(Some(i64::MAX))), ["snoozedUntil"]);
    }

    #[test]
    fn typed_note_is_cleaned() {
        for (typed, note) in [
            ("call back", "call back"),
            ("  one\r\ntwo\rthree\n\n", "one\ntwo\nthree"),
            ("a\u{a0}b", "a b"),
            ("e\u{301}te\u{301}", "été"),
            ("\u{202b}שלום\u{202c}", "שלום"),
            ("a\u{0}\u{7}\tb", "a\tb"),
            (" \u{200b}\n", ""),
            ("👩\u{200d}🔧", "👩\u{200d}🔧"),
        ] {
            assert_eq!(clean_note(typed), note, "{typed:?}");
        }
    }

    #[test]
    fn ticket_ids_are_bounded_text() {
        for fine in ["7", "60b4cf6b-5a3a-4e3c", "票", "a b/c", &"x".repeat(200)] {
            assert_eq!(check_ticket_id(fine), None, "{fine}");
        }
        for wrong in ["", " ", "\u{200b}", "a\u{0}b", "a\nb", &"x".repeat(201)] {
            assert!(check_ticket_id(wrong).is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn requests_have_their_paths() {
        let mark = UpdateTicketMark { ticket_id: "a b/ü".to_owned(), change: TicketMarkChange::default() };
        assert_eq!(request_target(&mark), "/inbox/marks/a%20b%2F%C3%BC");
        assert_eq!(request_target(&GetTicketHistory { ticket_id: "7".to_owned() }), "/inbox/history/7");
        assert_eq!(request_target(&GetShift { from: 1_772_582_400 }), "/inbox/shift?from=1772582400");
        let seen = MarkTicketsSeen { ticket_ids: vec!["a".to_owned()] };
        assert_eq!(seen.body().as_deref(), Some(r#"{"ticketIds":["a"]}"#));
    }

    #[test]
    fn responses_decode_with_absent_and_unknown_members() {
        let marks = ListTicketMarks::decode(br#"[{"ticketId":"7","note":"x","noteAt":5,"newer":1},{"ticketId":"8"}]"#);
        let [first, second] = &marks.unwrap()[..] else { panic!("two marks") };
        assert_eq!((first.note.as_str(), first.note_at, first.pinned), ("x", Some(5), false));
        assert_eq!(second, &TicketMark { ticket_id: "8".to_owned(), ..TicketMark::default() });
        let history = br#"[{"at":1,"event":"came"},{"at":2,"event":"changed","field":"priority","from":"3","to":"1"},
            {"at":3,"event":"gone"},{"at":4,"event":"newer"}]"#;
        let history = GetTicketHistory::decode(history).unwrap();
        let events: Vec<&str> = history.iter().map(|entry| entry.event.as_str()).collect();
        assert_eq!(events, ["came", "changed", "gone", "newer"]);
        assert_eq!((history[1].field.as_deref(), history[1].to.as_deref()), (Some("priority"), Some("1")));
        let shift = Shift {
            from: 1,
            came: 3,
            longest_wait_seconds: Some(60),
            hours: vec![ShiftHour { hour: 9, came: 3, done: 0 }],
            queues: vec![ShiftQueue { queue: "deutsch".to_owned(), came: 3, done: 0 }],
            last_week: LastWeek { came: 2, done: 1, longest_wait_seconds: None },
            ..Shift::default()
        };
        assert_eq!(GetShift::decode(to_json(&shift).as_bytes()).unwrap(), shift);
    }
}
