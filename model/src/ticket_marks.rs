//! The marks of an agent's tickets: looked up by ticket, and changed before the gateway has confirmed the change.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use trunkline_api::gateway::{TicketMark, TicketMarkChange};

/// The marks by ticket id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketMarks {
    by_id: HashMap<String, TicketMark, FxBuildHasher>,
}

impl TicketMarks {
    /// The marks of a response.
    #[must_use]
    pub fn new(marks: &[TicketMark]) -> Self {
        Self { by_id: marks.iter().map(|mark| (mark.ticket_id.clone(), mark.clone())).collect() }
    }

    /// The mark of a ticket; `None` if it has none.
    #[must_use]
    pub fn get(&self, ticket_id: &str) -> Option<&TicketMark> {
        self.by_id.get(ticket_id)
    }

    /// True if no ticket has a mark.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// All marks, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &TicketMark> {
        self.by_id.values()
    }
}

/// True if a ticket is snoozed at a time in epoch seconds.
#[must_use]
pub fn is_snoozed(mark: &TicketMark, now: i64) -> bool {
    mark.snoozed_until.is_some_and(|until| until > now)
}

/// The marks after a change that is made at `now`, in epoch seconds.
#[must_use]
pub fn with_change(marks: &[TicketMark], ticket_id: &str, change: &TicketMarkChange, now: i64) -> Vec<TicketMark> {
    let mut marks = marks.to_vec();
    let at = marks.iter().position(|mark| mark.ticket_id == ticket_id).unwrap_or_else(|| {
        marks.push(TicketMark { ticket_id: ticket_id.to_owned(), ..TicketMark::default() });
        marks.len() - 1
    });
    if let Some(mark) = marks.get_mut(at) {
        apply(mark, change, now);
    }
    marks
}

/// The marks after tickets were seen at `now`, in epoch seconds.
#[must_use]
pub fn with_seen(marks: &[TicketMark], ticket_ids: &[String], now: i64) -> Vec<TicketMark> {
    let seen = TicketMarkChange { seen: Some(true), ..TicketMarkChange::default() };
    ticket_ids.iter().fold(marks.to_vec(), |marks, id| with_change(&marks, id, &seen, now))
}

fn apply(mark: &mut TicketMark, change: &TicketMarkChange, now: i64) {
    let TicketMarkChange { note, pinned, snoozed_until, done, seen } = change;
    if let Some(note) = note {
        note.clone_into(&mut mark.note);
        mark.note_at = (!note.is_empty()).then_some(now);
    }
    mark.pinned = pinned.unwrap_or(mark.pinned);
    mark.snoozed_until = snoozed_until.unwrap_or(mark.snoozed_until);
    let time = |is_set: &bool| is_set.then_some(now);
    mark.done_at = done.as_ref().map_or(mark.done_at, time);
    mark.seen_at = seen.as_ref().map_or(mark.seen_at, time);
}

/// True if a mark has the values of a change: the change was done.
#[must_use]
pub fn has_values_of(mark: &TicketMark, change: &TicketMarkChange) -> bool {
    let TicketMarkChange { note, pinned, snoozed_until, done, seen } = change;
    note.as_ref().is_none_or(|note| mark.note == *note)
        && pinned.is_none_or(|pinned| mark.pinned == pinned)
        && snoozed_until.is_none_or(|until| mark.snoozed_until == until)
        && done.is_none_or(|done| mark.done_at.is_some() == done)
        && seen.is_none_or(|seen| mark.seen_at.is_some() == seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change() -> TicketMarkChange {
        TicketMarkChange::default()
    }

    #[test]
    fn change_touches_only_its_members_and_its_ticket() {
        let marks = with_change(&[], "a", &TicketMarkChange { note: Some("call".into()), ..change() }, 5);
        let marks = with_change(&marks, "b", &TicketMarkChange { pinned: Some(true), ..change() }, 6);
        let marks = with_change(&marks, "a", &TicketMarkChange { snoozed_until: Some(Some(90)), ..change() }, 7);
        let marks = TicketMarks::new(&with_change(&marks, "a", &TicketMarkChange { done: Some(true), ..change() }, 8));
        let a = marks.get("a").unwrap();
        assert_eq!((a.note.as_str(), a.note_at, a.snoozed_until, a.done_at), ("call", Some(5), Some(90), Some(8)));
        assert!(!a.pinned && a.seen_at.is_none());
        assert!(marks.get("b").unwrap().pinned);
        assert_eq!(marks.get("c"), None);
    }

    #[test]
    fn changes_can_be_taken_back() {
        let set = TicketMarkChange {
            note: Some("x".into()),
            pinned: Some(true),
            snoozed_until: Some(Some(90)),
            done: Some(true),
            seen: Some(true),
        };
        let clear = TicketMarkChange {
            note: Some(String::new()),
            pinned: Some(false),
            snoozed_until: Some(None),
            done: Some(false),
            seen: Some(false),
        };
        let marks = with_change(&with_change(&[], "a", &set, 5), "a", &clear, 6);
        assert_eq!(marks, [TicketMark { ticket_id: "a".into(), ..TicketMark::default() }]);
        assert!(has_values_of(&marks[0], &clear) && !has_values_of(&marks[0], &set));
        assert!(has_values_of(&marks[0], &change()));
    }

    #[test]
    fn several_tickets_are_seen_at_once() {
        let marks = with_seen(&[], &["a".into(), "b".into()], 5);
        assert_eq!(marks.iter().map(|mark| mark.seen_at).collect::<Vec<_>>(), [Some(5), Some(5)]);
    }

    #[test]
    fn snooze_ends_at_its_time() {
        let mark = TicketMark { snoozed_until: Some(90), ..TicketMark::default() };
        assert!(is_snoozed(&mark, 89) && !is_snoozed(&mark, 90));
        assert!(!is_snoozed(&TicketMark::default(), 0));
    }
}
