//! An agent's tickets as an inbox works with them: keyed, shared, searchable.

use std::collections::HashMap;
use std::sync::Arc;

use crate::list::{SearchText, distinct};
use crate::oneview::{Metadata, Ticket, TicketStatus};
use crate::text::lower;

/// A ticket of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Unique in the list, and what stands in the URL: the ticket's id. One that came without, or twice, gets a mark.
    pub id: String,
    /// What the ticket is called: the customer's name, else the id.
    pub name: String,
    /// The record, shared with the answer it came in.
    pub ticket: Arc<Ticket>,
    /// What the ticket can be found by, in lower case; an unchanged ticket keeps it from answer to answer.
    text: String,
}

impl Item {
    fn new(id: String, ticket: &Arc<Ticket>) -> Self {
        let name = name(ticket, &id);
        let mut item = Self { id, name, ticket: Arc::clone(ticket), text: String::new() };
        item.text = item.search_text();
        item
    }

    fn search_text(&self) -> String {
        SearchText::of(|text| {
            let metadata = self.ticket.metadata.as_ref();
            let customer_id = self.ticket.customer.as_ref().and_then(|customer| customer.id.as_ref());
            text.add(&self.name)
                .add(&self.id)
                .add(self.status())
                .add_some(self.ticket.queue.as_deref())
                .add_some(self.ticket.channel.as_deref())
                .add_some(self.ticket.status_reason.as_deref())
                .add_some(self.contact_reason())
                .add_some(metadata.and_then(order_id).as_deref())
                .add_some(customer_id.map(ToString::to_string).as_deref());
        })
    }

    /// The id, for the table.
    pub fn key(&self) -> String {
        self.id.clone()
    }

    /// The contact reason, where the agent may see it.
    pub fn contact_reason(&self) -> Option<&str> {
        self.ticket.metadata.as_ref().and_then(|metadata| metadata.ccr.as_deref())
    }

    /// The status in the vendor's word; empty if it came without.
    pub fn status(&self) -> &str {
        self.ticket.ticket_status.as_ref().map(TicketStatus::as_str).unwrap_or_default()
    }
}

/// The list of one answer, and what it can be searched and filtered by. Built once an answer, not once a keystroke.
#[derive(Debug, Default)]
pub struct Inbox {
    /// The tickets, in the vendor's order.
    pub items: Vec<Arc<Item>>,
    /// Statuses, queues and channels that occur, in order.
    pub facets: Facets,
}

/// The values that occur in a column with few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Statuses in the vendor's words.
    pub statuses: Vec<String>,
    /// Names of queues.
    pub queues: Vec<String>,
    /// Channel types.
    pub channels: Vec<String>,
}

/// What the URL asks for; an empty text asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur.
    pub query: String,
    /// Exactly this status.
    pub status: String,
    /// Exactly this queue.
    pub queue: String,
    /// Exactly this channel.
    pub channel: String,
}

impl Filter {
    /// Whether anything is asked for.
    pub fn is_on(&self) -> bool {
        *self != Self::default()
    }
}

impl Inbox {
    /// The list of an answer. Tickets that did not change stay the same values as in `before`; none if nothing at all
    /// changed, so that a poll without news costs the page nothing.
    pub fn next(before: Option<&Self>, tickets: &[Arc<Ticket>]) -> Option<Self> {
        let known: HashMap<&str, &Arc<Item>> =
            before.iter().flat_map(|list| &list.items).map(|item| (item.id.as_str(), item)).collect();
        let mut taken = HashMap::with_capacity(tickets.len());
        let items: Vec<Arc<Item>> = tickets
            .iter()
            .enumerate()
            .map(|(place, ticket)| {
                let id = unique(ticket, place, &mut taken);
                match known.get(id.as_str()) {
                    Some(item) if item.ticket == *ticket => Arc::clone(item),
                    _ => Arc::new(Item::new(id, ticket)),
                }
            })
            .collect();
        let same = |before: &Self| {
            before.items.len() == items.len() && before.items.iter().zip(&items).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        if before.is_some_and(same) {
            return None;
        }
        Some(Self { facets: facets(&items), items })
    }

    /// How many tickets there are that were not in an earlier list.
    pub fn new_since(&self, before: &Self) -> usize {
        let mut old = before.items.iter().peekable();
        // Most stand in the same order; only the rest has to be looked up.
        let moved: Vec<_> = self.items.iter().filter(|item| old.next_if(|old| old.id == item.id).is_none()).collect();
        if moved.is_empty() {
            return 0;
        }
        let known: HashMap<&str, &Arc<Item>> = before.items.iter().map(|item| (item.id.as_str(), item)).collect();
        moved.iter().filter(|item| !known.contains_key(item.id.as_str())).count()
    }

    /// The tickets that fit, in the vendor's order.
    pub fn select(&self, filter: &Filter) -> Vec<Arc<Item>> {
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let text = |value: &Option<String>, wanted: &str| is(wanted, value.as_deref().unwrap_or_default());
        let query = lower(&filter.query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |item: &&Arc<Item>| {
            words.iter().all(|word| item.text.contains(word))
                && is(&filter.status, item.status())
                && text(&item.ticket.queue, &filter.queue)
                && text(&item.ticket.channel, &filter.channel)
        };
        self.items.iter().filter(fits).cloned().collect()
    }

    /// The ticket with an id.
    pub fn find(&self, id: &str) -> Option<&Arc<Item>> {
        self.items.iter().find(|item| item.id == id)
    }
}

fn order_id(metadata: &Metadata) -> Option<String> {
    metadata.order_id.as_ref().map(ToString::to_string)
}

/// The ticket's id; with its place where it has none, and a number where an earlier one has the same.
fn unique(ticket: &Ticket, place: usize, taken: &mut HashMap<String, usize>) -> String {
    let id = match &ticket.id {
        Some(id) if !id.is_blank() => id.to_string(),
        _ => format!("#{}", place + 1),
    };
    let times = taken.entry(id.clone()).or_default();
    *times += 1;
    if *times == 1 { id } else { format!("{id} ({times})") }
}

fn name(ticket: &Ticket, id: &str) -> String {
    let title = ticket.title();
    if title.trim().is_empty() { id.to_owned() } else { title }
}

fn facets(items: &[Arc<Item>]) -> Facets {
    let values =
        |value: fn(&Item) -> &str| distinct(items.iter().map(|item| value(item)).filter(|value| !value.is_empty()));
    Facets {
        statuses: values(Item::status),
        queues: values(|item| item.ticket.queue.as_deref().unwrap_or_default()),
        channels: values(|item| item.ticket.channel.as_deref().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tickets(json: &str) -> Vec<Arc<Ticket>> {
        serde_json::from_str(json).unwrap()
    }

    fn ids(items: &[Arc<Item>]) -> Vec<&str> {
        items.iter().map(|item| item.id.as_str()).collect()
    }

    const TWO: &str = r#"[
        {"id": "t1", "queue": "VIP", "channel": "chat", "ticketStatus": "ASSIGNED", "customer": {"firstName": "Alma", "lastName": "Öberg"}},
        {"id": 2, "queue": "Basic", "ticketStatus": "PARKED", "metadata": {"ccr": "delivery - late", "orderId": "sdw-1"}}]"#;

    #[test]
    fn found_by_name_id_order_and_reason() {
        let inbox = Inbox::next(None, &tickets(TWO)).unwrap();
        let found = |query: &str| {
            inbox
                .select(&Filter { query: query.into(), ..Filter::default() })
                .iter()
                .map(|i| i.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("öberg alma"), ["t1"]);
        assert_eq!(found("SDW-1"), ["2"]);
        assert_eq!(found("late"), ["2"]);
        assert_eq!(found("parked"), ["2"]);
        assert_eq!(found(""), ["t1", "2"]);
        assert!(found("late alma").is_empty());
    }

    #[test]
    fn filters_are_exact_and_offer_what_occurs() {
        let inbox = Inbox::next(None, &tickets(TWO)).unwrap();
        assert_eq!(inbox.facets.statuses, ["ASSIGNED", "PARKED"]);
        assert_eq!(inbox.facets.channels, ["chat"]);
        let filter = Filter { queue: "Basic".into(), ..Filter::default() };
        assert_eq!(ids(&inbox.select(&filter)), ["2"]);
        assert!(inbox.select(&Filter { queue: "basic".into(), ..Filter::default() }).is_empty());
    }

    #[test]
    fn an_answer_without_news_changes_nothing() {
        let inbox = Inbox::next(None, &tickets(TWO)).unwrap();
        assert!(Inbox::next(Some(&inbox), &tickets(TWO)).is_none());
        let changed = Inbox::next(Some(&inbox), &tickets(&TWO.replace("PARKED", "CLOSED"))).unwrap();
        assert!(Arc::ptr_eq(&changed.items[0], &inbox.items[0]));
        assert_eq!(changed.items[1].status(), "CLOSED");
        assert!(Inbox::next(Some(&inbox), &[]).unwrap().items.is_empty());
        assert!(Inbox::next(None, &[]).is_some());
    }

    #[test]
    fn tickets_that_came_are_counted_wherever_they_stand() {
        let list = |text: &str| Inbox::next(None, &tickets(text)).unwrap();
        let before = list(r#"[{"id": 1}, {"id": 2}, {"id": 3}]"#);
        for (text, came) in [
            (r#"[{"id": 1}, {"id": 2}, {"id": 3}]"#, 0),
            (r#"[{"id": 3}, {"id": 1}]"#, 0),
            (r#"[{"id": 4}, {"id": 1}, {"id": 2}, {"id": 3}, {"id": 5}]"#, 2),
            ("[]", 0),
        ] {
            assert_eq!(list(text).new_since(&before), came, "{text}");
        }
        assert_eq!(before.new_since(&list("[]")), 3);
    }

    #[test]
    fn ids_are_unique_whatever_comes() {
        let inbox = Inbox::next(None, &tickets(r#"[{"id": 7}, {"id": "7"}, {}, {"id": " "}]"#)).unwrap();
        assert_eq!(ids(&inbox.items), ["7", "7 (2)", "#3", "#4"]);
        assert_eq!(inbox.items[2].name, "#3");
    }
}
