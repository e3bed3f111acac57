//! The life of a ticket that arrived while an agent is online: further messages, a changed priority or queue, an
//! escalation, its closing, and its leaving the list. It depends on the ticket's seed alone, so it can be computed for any
//! moment. All ages are counted in the sandbox's pace, the seconds between two new tickets.

use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;
use trunkline_api::decode::to_json;
use trunkline_api::oneview::{Ticket, TicketStatus};

use super::conversation::Conversation;
use super::insert::TicketRow;
use super::locale_data::locale;
use super::people::Person;
use super::rng::{pick, weighted};

/// Age at which every ticket has left the list.
pub const MAX_AGE: i64 = 120;
/// Ages of events. None comes soon after the arrival, and no ticket leaves before the age of 60.
const MESSAGES: std::ops::Range<i64> = 3..16;
const PRIORITY: std::ops::Range<i64> = 5..30;
const QUEUE: std::ops::Range<i64> = 4..20;
const ESCALATION: std::ops::Range<i64> = 10..40;
const CLOSING: std::ops::Range<i64> = 45..90;
const LEAVING: std::ops::Range<i64> = 60..MAX_AGE;
const AFTER_CLOSING: std::ops::RangeInclusive<i64> = 15..=30;
/// Number of further messages, with their share of the tickets in percent.
const MESSAGE_COUNTS: [(i64, u32); 4] = [(0, 45), (1, 30), (2, 15), (3, 10)];

/// What happens to a ticket, and at which age.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Further messages: age, and whether the customer wrote it.
    messages: Vec<(i64, bool)>,
    /// A change of the priority by this number.
    priority: Option<(i64, i64)>,
    /// A move to this language's queue.
    queue: Option<(i64, u64)>,
    escalated: Option<(i64, &'static str)>,
    closed: Option<(i64, &'static str)>,
    /// Age at which it leaves the list.
    gone: i64,
}

impl Life {
    /// Draws a ticket's life.
    pub fn new(rng: &mut StdRng) -> Self {
        let chance = |rng: &mut StdRng, percent: u32| rng.random_range(0..100) < percent;
        let mut age = 0;
        let messages = (0..weighted(rng, &MESSAGE_COUNTS)).map(|_| {
            age += rng.random_range(MESSAGES);
            (age, chance(rng, 50))
        });
        let messages = messages.collect();
        let priority = chance(rng, 25).then(|| {
            let step = if chance(rng, 80) { -1 } else { 1 };
            (rng.random_range(PRIORITY), step)
        });
        let queue = chance(rng, 6).then(|| (rng.random_range(QUEUE), rng.random_range(0..5)));
        let escalated = chance(rng, 12)
            .then(|| (rng.random_range(ESCALATION), pick(rng, &["Handed to second line", "Supervisor asked for"])));
        let closed = chance(rng, 75)
            .then(|| (rng.random_range(CLOSING), pick(rng, &["Solved by agent", "Customer left the chat"])));
        let gone = match closed {
            Some((age, _)) => age + rng.random_range(AFTER_CLOSING),
            None => rng.random_range(LEAVING),
        };
        Self { messages, priority, queue, escalated, closed, gone: gone.min(MAX_AGE) }
    }

    /// Returns true if anything happens after one age and up to another.
    pub fn has_event(&self, after: i64, until: i64) -> bool {
        let ages = self.messages.iter().map(|(age, _)| *age).chain([self.gone]);
        let others = [self.priority.map(|(age, _)| age), self.queue.map(|(age, _)| age)];
        let ends = [self.escalated.map(|(age, _)| age), self.closed.map(|(age, _)| age)];
        ages.chain(others.into_iter().chain(ends).flatten()).any(|age| after < age && age <= until)
    }

    /// Returns true if the ticket has left the list at an age.
    pub const fn is_over(&self, age: i64) -> bool {
        age >= self.gone
    }

    /// Applies what has happened by an age to a ticket as it arrived at `since`.
    pub fn apply(
        &self,
        rng: &mut StdRng,
        (row, conversation): (TicketRow, Option<Conversation>),
        person: &Person,
        pace: i64,
        age: i64,
    ) -> TicketRow {
        let since = row.assigned_time;
        let mut ticket: Ticket = serde_json::from_str(&row.record).unwrap_or_default();
        let closed = self.closed.filter(|(at, _)| *at <= age);
        if let Some(mut conversation) = conversation {
            let end = closed.map_or(age, |(at, _)| at);
            for (at, from_customer) in self.messages.iter().filter(|(at, _)| *at <= end) {
                conversation.add(rng, person, *from_customer, since + at * pace);
            }
            let mut content = conversation.to_json();
            if closed.is_some()
                && let Some(unread) = content.get_mut("unread")
            {
                *unread = json!(0);
            }
            ticket.content = Some(content);
        }
        if let Some((_, step)) = self.priority.filter(|(at, _)| *at <= age) {
            ticket.priority = ticket.priority.map(|priority| (priority + step).clamp(1, 5));
        }
        if let Some((_, language)) = self.queue.filter(|(at, _)| *at <= age) {
            ticket.queue = Some(locale(language).queue.to_owned());
        }
        if let Some((_, reason)) = self.escalated.filter(|(at, _)| *at <= age) {
            ticket.priority = Some(1);
            (ticket.ticket_status, ticket.status_reason) = (Some(TicketStatus::Escalated), Some(reason.to_owned()));
        }
        if let Some((_, reason)) = closed {
            (ticket.ticket_status, ticket.status_reason) = (Some(TicketStatus::Closed), Some(reason.to_owned()));
        }
        TicketRow { record: to_json(&ticket), ..row }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rng::rng_for;
    use super::*;

    #[test]
    fn lives_end_in_time_and_differ() {
        let lives: Vec<Life> = (0..1000).map(|number| Life::new(&mut rng_for(7, number))).collect();
        assert!(lives.iter().all(|life| (60..=MAX_AGE).contains(&life.gone)));
        assert!(lives.iter().all(|life| !life.has_event(0, 2)), "nothing happens at once");
        let share = |has: fn(&Life) -> bool| lives.iter().filter(|life| has(life)).count() / 10;
        assert!((70..=80).contains(&share(|life| life.closed.is_some())));
        assert!((8..=16).contains(&share(|life| life.escalated.is_some())));
        assert!((20..=30).contains(&share(|life| life.priority.is_some())));
        assert!((3..=9).contains(&share(|life| life.queue.is_some())));
        assert!((50..=60).contains(&share(|life| !life.messages.is_empty())));
        assert_eq!(Life::new(&mut rng_for(7, 3)), lives[3], "the same on every machine");
    }
}
