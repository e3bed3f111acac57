//! A list that does not move under its reader: changed tickets stay in their place, gone ones stay visible, and new ones
//! wait until the reader lets them in.

use std::collections::HashMap;
use std::sync::Arc;

use crate::inbox::InboxTicket;

/// The rows of a list, and what waits to be shown.
#[derive(Clone, Debug, Default)]
pub struct HeldRows {
    /// The rows in the vendor's order, each as it is now.
    pub rows: Vec<Arc<InboxTicket>>,
    /// New tickets that are not among the rows.
    pub new: Vec<Arc<InboxTicket>>,
    /// Number of rows whose place may change, or that are gone.
    pub changed: usize,
}

impl HeldRows {
    /// All tickets as rows: nothing waits.
    pub fn released(tickets: &[Arc<InboxTicket>]) -> Self {
        Self { rows: tickets.to_vec(), ..Self::default() }
    }

    /// True if the rows are these tickets and nothing waits.
    #[must_use]
    pub fn are_all(&self, tickets: &[Arc<InboxTicket>]) -> bool {
        let is_same = |(row, ticket): (&Arc<InboxTicket>, &Arc<InboxTicket>)| Arc::ptr_eq(row, ticket);
        let waits = self.changed > 0 || !self.new.is_empty();
        !waits && self.rows.len() == tickets.len() && self.rows.iter().zip(tickets).all(is_same)
    }

    /// Updates these rows to the current `tickets` without moving any. `leaves` tells which rows are removed at once,
    /// because the reader's own action took them out of this view.
    #[must_use]
    pub fn update(&self, tickets: &[Arc<InboxTicket>], leaves: impl Fn(&InboxTicket) -> bool) -> Self {
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        let mut is_shown = vec![false; tickets.len()];
        let mut rows = Vec::with_capacity(self.rows.len());
        let (mut at, mut changed) = (0, 0);
        for row in &self.rows {
            // Most rows keep their position.
            let mut found = tickets.get(at).filter(|ticket| ticket.id() == row.id()).map(|_| at);
            if found.is_none() {
                if by_id.is_empty() {
                    by_id = tickets.iter().enumerate().map(|(at, ticket)| (ticket.id(), at)).collect();
                }
                found = by_id.get(row.id()).copied();
            }
            let row = match found.and_then(|found| tickets.get(found).zip(is_shown.get_mut(found)).zip(Some(found))) {
                Some(((ticket, shown), found)) => {
                    at = found + 1;
                    *shown = true;
                    // A version that the row has already, or the one that decided its place.
                    if Arc::ptr_eq(ticket, row) || (!row.is_gone() && Arc::ptr_eq(&ticket.ticket, &row.ticket)) {
                        Arc::clone(row)
                    } else if std::ptr::eq(&**ticket, row.placed()) {
                        Arc::clone(ticket)
                    } else {
                        ticket.in_place_of(row, false)
                    }
                }
                None if leaves(row) => continue,
                None if row.is_gone() => Arc::clone(row),
                None => row.in_place_of(row, true),
            };
            changed += usize::from(row.is_gone() || is_placed_otherwise(&row));
            rows.push(row);
        }
        let new = tickets.iter().zip(&is_shown).filter(|(_, shown)| !**shown).map(|(ticket, _)| Arc::clone(ticket));
        Self { rows, new: new.collect(), changed }
    }

    /// The number of new tickets that match.
    pub fn count_new(&self, matches: impl Fn(&InboxTicket) -> bool) -> usize {
        self.new.iter().filter(|ticket| matches(ticket)).count()
    }
}

/// True if a row would stand elsewhere, or not match, if its place were decided now.
fn is_placed_otherwise(row: &InboxTicket) -> bool {
    let (now, then) = (&row.ticket, &row.placed().ticket);
    !Arc::ptr_eq(now, then)
        && (now.priority() != then.priority()
            || now.assigned_time() != then.assigned_time()
            || now.status() != then.status()
            || now.queue() != then.queue()
            || now.channel() != then.channel()
            || now.title() != then.title())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::Inbox;

    fn inbox(before: Option<&Inbox>, json: &str) -> Inbox {
        Inbox::update(before, &serde_json::from_str::<Vec<Arc<_>>>(json).unwrap()).unwrap()
    }

    const THREE: &str = r#"[{"id": "a", "priority": 1}, {"id": "b", "priority": 2}, {"id": "c", "priority": 3}]"#;

    fn rows(held: &HeldRows) -> Vec<String> {
        held.rows
            .iter()
            .map(|row| {
                let [now, then] = [&row.ticket, &row.placed().ticket].map(|ticket| ticket.priority().unwrap_or(0));
                format!("{}{now}@{then}{}", row.id(), if row.is_gone() { " gone" } else { "" })
            })
            .collect()
    }

    fn new(held: &HeldRows) -> Vec<&str> {
        held.new.iter().map(|ticket| ticket.id()).collect()
    }

    #[test]
    fn new_tickets_wait_and_others_stay_where_they_are() {
        let before = inbox(None, THREE);
        let held = HeldRows::released(&before.tickets);
        let after = inbox(Some(&before), r#"[{"id": "n"}, {"id": "c", "priority": 1}, {"id": "a", "priority": 1}]"#);
        let held = held.update(&after.tickets, |_| false);
        assert_eq!(rows(&held), ["a1@1", "b2@2 gone", "c1@3"]);
        assert_eq!((new(&held), held.changed), (vec!["n"], 2));
        assert_eq!(rows(&HeldRows::released(&after.tickets)), ["n0@0", "c1@1", "a1@1"]);
    }

    #[test]
    fn rows_that_did_not_change_are_the_same() {
        let before = inbox(None, THREE);
        let shown = HeldRows::released(&before.tickets);
        let after = inbox(Some(&before), &THREE.replace("\"priority\": 2", "\"priority\": 5"));
        let held = shown.update(&after.tickets, |_| false);
        assert!(Arc::ptr_eq(&held.rows[0], &shown.rows[0]) && Arc::ptr_eq(&held.rows[2], &shown.rows[2]));
        assert_eq!(rows(&held)[1], "b5@2");
        let again = held.update(&after.tickets, |_| false);
        assert!(again.rows.iter().zip(&held.rows).all(|(a, b)| Arc::ptr_eq(a, b)));
        // Later versions keep the first place, and the first version takes the row back.
        let later = inbox(Some(&after), &THREE.replace("\"priority\": 2", "\"priority\": 9"));
        assert_eq!(rows(&again.update(&later.tickets, |_| false))[1], "b9@2");
        assert_eq!(rows(&held.update(&before.tickets, |_| false)), ["a1@1", "b2@2", "c3@3"]);
    }

    #[test]
    fn rows_are_all_tickets_until_something_waits() {
        let before = inbox(None, THREE);
        let held = HeldRows::released(&before.tickets);
        assert!(held.are_all(&before.tickets));
        let after = inbox(Some(&before), &THREE.replace("\"c\"", "\"n\""));
        assert!(!held.are_all(&after.tickets));
        assert!(!held.update(&after.tickets, |_| false).are_all(&after.tickets));
    }

    #[test]
    fn ticket_that_comes_back_is_no_longer_gone() {
        let before = inbox(None, THREE);
        let without = inbox(Some(&before), r#"[{"id": "a", "priority": 1}]"#);
        let held = HeldRows::released(&before.tickets).update(&without.tickets, |_| false);
        assert_eq!(rows(&held), ["a1@1", "b2@2 gone", "c3@3 gone"]);
        let back = inbox(Some(&without), THREE);
        let held = held.update(&back.tickets, |_| false);
        assert_eq!((rows(&held), held.changed), (vec!["a1@1".into(), "b2@2".into(), "c3@3".into()], 0));
    }

    #[test]
    fn rows_leave_at_once_by_the_readers_own_action() {
        let before = inbox(None, THREE);
        let without = inbox(Some(&before), r#"[{"id": "c", "priority": 3}]"#);
        let held = HeldRows::released(&before.tickets).update(&without.tickets, |row| row.id() == "a");
        assert_eq!(rows(&held), ["b2@2 gone", "c3@3"]);
    }

    #[test]
    fn only_matching_new_tickets_are_counted() {
        let before = inbox(None, "[]");
        let after = inbox(Some(&before), r#"[{"id": "a", "queue": "VIP"}, {"id": "b"}]"#);
        let held = HeldRows::released(&before.tickets).update(&after.tickets, |_| false);
        assert_eq!(held.count_new(|ticket| ticket.ticket.queue() == "VIP"), 1);
        assert_eq!(held.count_new(|_| true), 2);
    }
}
