//! The views of the inbox: open, snoozed, done and all tickets, by the agent's marks, or, until those are there, by what is
//! known from the last visit.

use std::sync::Arc;

use trunkline_api::gateway::TicketMark;
use trunkline_scan::fingerprint;

use crate::inbox::InboxTicket;
use crate::ticket_marks::{TicketMarks, is_snoozed};

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InboxView {
    /// Neither snoozed nor done.
    #[default]
    Open,
    /// Snoozed until a time that is yet to come.
    Snoozed,
    /// Done for the agent.
    Done,
    /// Every ticket.
    All,
}

impl InboxView {
    /// All views, in the order of the navigation.
    pub const ALL: [Self; 4] = [Self::Open, Self::Snoozed, Self::Done, Self::All];

    /// The value in the URL; empty for the default.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Snoozed => "snoozed",
            Self::Done => "done",
            Self::All => "all",
        }
    }

    /// The view of a URL's value; the default for an unknown one.
    #[must_use]
    pub fn parse(id: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.id() == id).unwrap_or_default()
    }

    /// The view, besides [`InboxView::All`], of a ticket with this mark at `now`, in epoch seconds.
    #[must_use]
    pub fn of(mark: Option<&TicketMark>, now: i64) -> Self {
        match mark {
            Some(mark) if mark.done_at.is_some() => Self::Done,
            Some(mark) if is_snoozed(mark, now) => Self::Snoozed,
            _ => Self::Open,
        }
    }

    /// The tickets of this view at `now`, in epoch seconds; `None` if it has all of them.
    #[must_use]
    pub fn select(self, tickets: &[Arc<InboxTicket>], marks: &TicketMarks, now: i64) -> Option<Vec<Arc<InboxTicket>>> {
        if self == Self::All || (self == Self::Open && marks.is_empty()) {
            return None;
        }
        let is_in = |ticket: &&Arc<InboxTicket>| Self::of(marks.get(ticket.id()), now) == self;
        Some(tickets.iter().filter(is_in).cloned().collect())
    }
}

/// The tickets that were snoozed, done or pinned when this was stored. A list that waited for the marks would come later than
/// the tickets; one that didn't would show for a moment what the agent has put away, and pinned tickets in other places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownViews {
    /// Hashes of ids in ascending order, in whose two lowest bits are [`SNOOZED`], [`DONE`] or [`PINNED`].
    hashes: Vec<u64>,
}

const SNOOZED: u64 = 0;
const DONE: u64 = 1;
const PINNED: u64 = 2;
/// The bits of a hash without these.
const HASH: u64 = !3;

/// The most tickets that are stored: 64 KB.
const MAX_KNOWN: usize = 4_000;
/// The digits of a stored hash.
const DIGITS: usize = 16;

impl KnownViews {
    /// The text to store: of the agent, and of those of the tickets that are snoozed, done or pinned at `now`, in epoch
    /// seconds.
    #[must_use]
    pub fn store(agent_id: &str, tickets: &[Arc<InboxTicket>], marks: &TicketMarks, now: i64) -> String {
        let hash = |ticket: &Arc<InboxTicket>| {
            let mark = marks.get(ticket.id())?;
            let kind = match InboxView::of(Some(mark), now) {
                InboxView::Snoozed => SNOOZED,
                InboxView::Done => DONE,
                _ if mark.pinned => PINNED,
                _ => return None,
            };
            Some((fingerprint(ticket.id().as_bytes()) & HASH) | kind)
        };
        let mut hashes: Vec<u64> = tickets.iter().filter_map(hash).take(MAX_KNOWN).collect();
        hashes.sort_unstable();
        hashes.insert(0, fingerprint(agent_id.as_bytes()));
        hashes.iter().map(|hash| format!("{hash:0DIGITS$x}")).collect()
    }

    /// What was stored; nothing if it is another agent's.
    #[must_use]
    pub fn load(agent_id: &str, text: &str) -> Self {
        let mut hashes = (0..text.len() / DIGITS)
            .map_while(|at| u64::from_str_radix(text.get(at * DIGITS..(at + 1) * DIGITS)?, 16).ok());
        let is_own = hashes.next() == Some(fingerprint(agent_id.as_bytes()));
        Self { hashes: if is_own { hashes.collect() } else { Vec::new() } }
    }

    /// The tickets that were in a view; `None` for all.
    #[must_use]
    pub fn select(&self, view: InboxView, tickets: &[Arc<InboxTicket>]) -> Option<Vec<Arc<InboxTicket>>> {
        if view == InboxView::All || (view == InboxView::Open && self.hashes.is_empty()) {
            return None;
        }
        Some(tickets.iter().filter(|ticket| self.view_of(ticket.id()) == view).cloned().collect())
    }

    fn view_of(&self, id: &str) -> InboxView {
        match self.kind_of(id) {
            Some(SNOOZED) => InboxView::Snoozed,
            Some(DONE) => InboxView::Done,
            _ => InboxView::Open,
        }
    }

    /// True if a ticket was pinned.
    #[must_use]
    pub fn is_pinned(&self, id: &str) -> bool {
        self.kind_of(id) == Some(PINNED)
    }

    /// True if any ticket was pinned.
    #[must_use]
    pub fn has_pinned(&self) -> bool {
        self.hashes.iter().any(|hash| hash & !HASH == PINNED)
    }

    fn kind_of(&self, id: &str) -> Option<u64> {
        let hash = fingerprint(id.as_bytes()) & HASH;
        let at = self.hashes.partition_point(|known| *known < hash);
        self.hashes.get(at).filter(|known| *known & HASH == hash).map(|known| known & !HASH)
    }
}

/// The number of tickets of each view, in the order of [`InboxView::ALL`], at `now`, in epoch seconds.
#[must_use]
pub fn count_views(tickets: &[Arc<InboxTicket>], marks: &TicketMarks, now: i64) -> [usize; 4] {
    let mut counts = [0, 0, 0, tickets.len()];
    let [open, snoozed, done, _] = &mut counts;
    for ticket in tickets {
        match InboxView::of(marks.get(ticket.id()), now) {
            InboxView::Snoozed => *snoozed += 1,
            InboxView::Done => *done += 1,
            _ => *open += 1,
        }
    }
    counts
}

/// When the next snoozed ticket comes back after `now`, in epoch seconds.
#[must_use]
pub fn next_wake(marks: &TicketMarks, now: i64) -> Option<i64> {
    marks.iter().filter_map(|mark| mark.snoozed_until).filter(|until| *until > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::Inbox;

    fn tickets() -> Vec<Arc<InboxTicket>> {
        let json = r#"[{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]"#;
        Inbox::update(None, &serde_json::from_str::<Vec<Arc<_>>>(json).unwrap()).unwrap().tickets
    }

    /// b is snoozed until 100, c is done, d is both.
    fn marks() -> TicketMarks {
        let mark = |id: &str, snoozed_until, done_at| TicketMark {
            ticket_id: id.to_owned(),
            snoozed_until,
            done_at,
            ..TicketMark::default()
        };
        TicketMarks::new(&[mark("b", Some(100), None), mark("c", None, Some(5)), mark("d", Some(200), Some(5))])
    }

    fn ids(view: InboxView, now: i64) -> Option<Vec<String>> {
        let found = view.select(&tickets(), &marks(), now)?;
        Some(found.iter().map(|ticket| ticket.id().to_owned()).collect())
    }

    #[test]
    fn each_ticket_is_in_one_view_and_in_all() {
        assert_eq!(ids(InboxView::Open, 50).unwrap(), ["a"]);
        assert_eq!(ids(InboxView::Snoozed, 50).unwrap(), ["b"]);
        assert_eq!(ids(InboxView::Done, 50).unwrap(), ["c", "d"]);
        assert_eq!(ids(InboxView::All, 50), None);
        assert_eq!(count_views(&tickets(), &marks(), 50), [1, 1, 2, 4]);
        assert_eq!(InboxView::Open.select(&tickets(), &TicketMarks::default(), 50), None);
    }

    #[test]
    fn snoozed_tickets_come_back_when_their_time_is_over() {
        assert_eq!(next_wake(&marks(), 50), Some(100));
        assert_eq!(ids(InboxView::Open, 99).unwrap(), ["a"]);
        assert_eq!(ids(InboxView::Open, 100).unwrap(), ["a", "b"]);
        assert_eq!(next_wake(&marks(), 100), Some(200));
        assert_eq!(next_wake(&marks(), 200), None);
    }

    #[test]
    fn last_visit_is_known_until_the_marks_are() {
        let text = KnownViews::store("agent", &tickets(), &marks(), 50);
        let known = KnownViews::load("agent", &text);
        let ids = |known: &KnownViews, view| {
            let found = known.select(view, &tickets())?;
            Some(found.iter().map(|ticket| ticket.id().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(ids(&known, InboxView::Open).unwrap(), ["a"]);
        assert_eq!(ids(&known, InboxView::Snoozed).unwrap(), ["b"]);
        assert_eq!(ids(&known, InboxView::Done).unwrap(), ["c", "d"]);
        assert_eq!(ids(&known, InboxView::All), None);
        let pinned = TicketMark { ticket_id: "a".to_owned(), pinned: true, ..TicketMark::default() };
        let text = KnownViews::store("agent", &tickets(), &TicketMarks::new(&[pinned]), 50);
        let pinned = KnownViews::load("agent", &text);
        assert!(pinned.is_pinned("a") && !pinned.is_pinned("b") && !known.is_pinned("c"));
        assert_eq!(ids(&pinned, InboxView::Open).unwrap(), ["a", "b", "c", "d"]);
        for unusable in
            ["", "0123", "zzzzzzzzzzzzzzzz0123456789abcdef", "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"]
        {
            assert_eq!(KnownViews::load("agent", unusable), KnownViews::default());
        }
        let other = KnownViews::load("another", &text);
        assert_eq!(ids(&other, InboxView::Open), None);
        assert_eq!(ids(&other, InboxView::Done).unwrap(), [""; 0]);
    }

    #[test]
    fn views_are_kept_in_the_url() {
        for view in InboxView::ALL {
            assert_eq!(InboxView::parse(view.id()), view);
        }
        assert_eq!(InboxView::parse("nonsense"), InboxView::Open);
    }
}
