//! An agent's tickets as an inbox works with them: keyed, shared, searchable.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, OnceLock};

use trunkline_fast::{Hasher, fold, fold_pieces};

use crate::list::{Query, distinct};
use crate::oneview::Listed;
use crate::text;

type Build = BuildHasherDefault<Hasher>;

/// A ticket of the list. What can be said of it when somebody asks is not kept: of thousands only a window full is shown.
#[derive(Debug)]
pub struct Item {
    /// The record, shared with the answer it came in.
    pub ticket: Arc<Listed>,
    /// The id it was given here, where its own is no good.
    given: Option<Box<str>>,
    /// What the ticket can be found by, folded once; an unchanged ticket keeps it from answer to answer.
    text: OnceLock<String>,
}

/// An unchanged ticket stays the same value from list to list: see [`Inbox::next`].
impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Item {
    fn new(id: Cow<'_, str>, ticket: &Arc<Listed>) -> Arc<Self> {
        let given = match id {
            Cow::Borrowed(_) => None,
            Cow::Owned(id) => Some(id.into_boxed_str()),
        };
        Arc::new(Self { ticket: Arc::clone(ticket), given, text: OnceLock::new() })
    }

    /// Unique in the list, and what stands in the URL: the ticket's id. One that came without, or twice, gets a mark.
    pub fn id(&self) -> &str {
        self.given.as_deref().unwrap_or_else(|| self.ticket.id())
    }

    /// What the ticket is called: the customer's name, else the id.
    pub fn name(&self) -> String {
        let title = self.ticket.title();
        if title.is_empty() { self.key() } else { title }
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let ticket = &self.ticket;
            fold_pieces(&[
                &self.name(),
                self.id(),
                ticket.status(),
                ticket.queue(),
                ticket.channel(),
                ticket.status_reason(),
                ticket.contact_reason(),
                ticket.order_id(),
                ticket.customer_id(),
            ])
        })
    }

    /// The id, for the table.
    pub fn key(&self) -> String {
        self.id().to_owned()
    }
}

/// The list of one answer, and what it can be searched and filtered by. Built once an answer, not once a keystroke.
#[derive(Debug, Default)]
pub struct Inbox {
    /// The tickets, in the vendor's order.
    pub items: Vec<Arc<Item>>,
    facets: OnceLock<Facets>,
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

    /// Whether every ticket that fits does so by another filter too, as when a letter more was typed than `before`.
    pub fn narrows(&self, before: &Self) -> bool {
        let same = |value: &str, before: &str| before.is_empty() || value == before;
        // A text that holds a word holds the word's beginning. Folded: a letter more can change the one before it.
        fold(&self.query).starts_with(&fold(&before.query))
            && !Query::parse(&self.query).has_number()
            && same(&self.status, &before.status)
            && same(&self.queue, &before.queue)
            && same(&self.channel, &before.channel)
    }

    /// Tells whether a ticket fits.
    pub fn fits(self) -> impl Fn(&Item) -> bool {
        let query = Query::parse(&self.query);
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        move |item| {
            is(&self.status, item.ticket.status())
                && is(&self.queue, item.ticket.queue())
                && is(&self.channel, item.ticket.channel())
                && query.fits(item.text())
        }
    }
}

impl Inbox {
    /// The list of an answer. Tickets that did not change stay the same values as in `before`; none if nothing at all
    /// changed, so that a poll without news costs the page nothing.
    pub fn next(before: Option<&Self>, tickets: &[Arc<Listed>]) -> Option<Self> {
        let old = before.map(|list| list.items.as_slice()).unwrap_or_default();
        let mut known = None;
        let mut taken = HashMap::with_capacity_and_hasher(tickets.len(), Build::default());
        let mut at = 0;
        let items: Vec<Arc<Item>> = tickets
            .iter()
            .enumerate()
            .map(|(place, ticket)| {
                let id = unique(ticket, place, &mut taken);
                let same =
                    |item: &Arc<Item>| item.id() == id && (Arc::ptr_eq(&item.ticket, ticket) || item.ticket == *ticket);
                // Most stand where they stood.
                if let Some(item) = old.get(at).filter(|item| same(item)) {
                    at += 1;
                    return Arc::clone(item);
                }
                at += usize::from(old.get(at).is_some_and(|item| item.id() == id));
                let known = known.get_or_insert_with(|| by_id(old));
                match known.get(id.as_ref()) {
                    Some(item) if same(item) => Arc::clone(item),
                    _ => Item::new(id, ticket),
                }
            })
            .collect();
        let same = |before: &Self| {
            before.items.len() == items.len() && before.items.iter().zip(&items).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        if before.is_some_and(same) {
            return None;
        }
        Some(Self { items, facets: OnceLock::new() })
    }

    /// Statuses, queues and channels that occur, in order; looked for when they are first asked for.
    pub fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| facets(&self.items))
    }

    /// How many tickets there are that were not in an earlier list.
    pub fn new_since(&self, before: &Self) -> usize {
        let mut old = before.items.iter().peekable();
        let moved: Vec<_> =
            self.items.iter().filter(|item| old.next_if(|old| old.id() == item.id()).is_none()).collect();
        if moved.is_empty() {
            return 0;
        }
        let known = by_id(&before.items);
        moved.iter().filter(|item| !known.contains_key(item.id())).count()
    }

    /// Makes the search texts of so many tickets from place `at` on, ahead of the first search. Where to go on; none at
    /// the end.
    pub fn prepare(&self, at: usize, count: usize) -> Option<usize> {
        let next = at.saturating_add(count);
        let items = self.items.get(at..next.min(self.items.len()))?;
        items.iter().for_each(|item| {
            item.text();
        });
        (next < self.items.len()).then_some(next)
    }

    /// The ticket with an id.
    pub fn find(&self, id: &str) -> Option<&Arc<Item>> {
        self.items.iter().find(|item| item.id() == id)
    }
}

/// The tickets by their ids.
fn by_id(items: &[Arc<Item>]) -> HashMap<&str, &Arc<Item>, Build> {
    items.iter().map(|item| (item.id(), item)).collect()
}

/// The ticket's id; with its place where it has none, and a number where an earlier one has the same.
fn unique<'a>(ticket: &'a Listed, place: usize, taken: &mut HashMap<Cow<'a, str>, usize, Build>) -> Cow<'a, str> {
    let id = match ticket.id() {
        id if is_blank(id) => Cow::Owned(format!("#{}", place + 1)),
        id => Cow::Borrowed(id),
    };
    let times = taken.entry(id.clone()).or_default();
    *times += 1;
    if *times == 1 { id } else { Cow::Owned(format!("{id} ({times})")) }
}

/// Whether there is nothing to read; of most the first byte tells.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text::is_blank(text)
}

fn facets(items: &[Arc<Item>]) -> Facets {
    let values =
        |value: fn(&Item) -> &str| distinct(items.iter().map(|item| value(item)).filter(|value| !value.is_empty()));
    Facets {
        statuses: values(|item| item.ticket.status()),
        queues: values(|item| item.ticket.queue()),
        channels: values(|item| item.ticket.channel()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tickets(json: &str) -> Vec<Arc<Listed>> {
        serde_json::from_str(json).unwrap()
    }

    fn ids(items: &[Arc<Item>]) -> Vec<&str> {
        items.iter().map(|item| item.id()).collect()
    }

    fn found(inbox: &Inbox, filter: Filter) -> Vec<&str> {
        let fits = filter.fits();
        inbox.items.iter().filter(|item| fits(item)).map(|item| item.id()).collect()
    }

    const TWO: &str = r#"[
        {"id": "t1", "queue": "VIP", "channel": "chat", "ticketStatus": "ASSIGNED", "customer": {"firstName": "Alma", "lastName": "Öberg"}},
        {"id": 2, "queue": "Basic", "ticketStatus": "PARKED", "metadata": {"ccr": "delivery - late", "orderId": "sdw-1"}}]"#;

    #[test]
    fn found_by_name_id_order_and_reason() {
        let inbox = Inbox::next(None, &tickets(TWO)).unwrap();
        let found = |query: &str| found(&inbox, Filter { query: query.into(), ..Filter::default() });
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
        assert_eq!(inbox.facets().statuses, ["ASSIGNED", "PARKED"]);
        assert_eq!(inbox.facets().channels, ["chat"]);
        let filter = Filter { queue: "Basic".into(), ..Filter::default() };
        assert_eq!(found(&inbox, filter), ["2"]);
        assert!(found(&inbox, Filter { queue: "basic".into(), ..Filter::default() }).is_empty());
    }

    #[test]
    fn a_letter_more_narrows_and_one_less_does_not() {
        let filter =
            |query: &str, queue: &str| Filter { query: query.into(), queue: queue.into(), ..Filter::default() };
        for (now, before, narrows) in [
            (filter("al", ""), filter("a", ""), true),
            (filter("AL", ""), filter("a", ""), true),
            (filter("a b", ""), filter("a", ""), true),
            // Fewer digits are no number, and may be found nowhere.
            (filter("+4919912", ""), filter("+491991", ""), false),
            (filter("zoe\u{308}", ""), filter("zoe", ""), false),
            (filter("a", ""), filter("", ""), true),
            (filter("a", "VIP"), filter("a", ""), true),
            (filter("a", ""), filter("al", ""), false),
            (filter("b", ""), filter("a", ""), false),
            (filter("al", ""), filter("a", "VIP"), false),
            (filter("al", "Basic"), filter("a", "VIP"), false),
            // A sigma ends a word in another form.
            (filter("ΟΔΟΣΑ", ""), filter("ΟΔΟΣ", ""), false),
        ] {
            assert_eq!(now.narrows(&before), narrows, "{now:?} after {before:?}");
        }
    }

    #[test]
    fn an_answer_without_news_changes_nothing() {
        let inbox = Inbox::next(None, &tickets(TWO)).unwrap();
        assert!(Inbox::next(Some(&inbox), &tickets(TWO)).is_none());
        let changed = Inbox::next(Some(&inbox), &tickets(&TWO.replace("PARKED", "CLOSED"))).unwrap();
        assert!(Arc::ptr_eq(&changed.items[0], &inbox.items[0]));
        assert_eq!(changed.items[1].ticket.status(), "CLOSED");
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
    fn what_is_prepared_is_found_as_what_is_not() {
        let (prepared, fresh) = (Inbox::next(None, &tickets(TWO)).unwrap(), Inbox::next(None, &tickets(TWO)).unwrap());
        assert_eq!(prepared.prepare(0, 1), Some(1));
        assert_eq!(prepared.prepare(1, 5), None);
        assert_eq!(prepared.prepare(9, 1), None);
        let filter = Filter { query: "ÖBERG".into(), ..Filter::default() };
        assert_eq!(found(&prepared, filter.clone()), ["t1"]);
        assert_eq!(found(&fresh, filter), ["t1"]);
    }

    #[test]
    fn ids_are_unique_whatever_comes() {
        let inbox = Inbox::next(None, &tickets(r#"[{"id": 7}, {"id": "7"}, {}, {"id": " "}]"#)).unwrap();
        assert_eq!(ids(&inbox.items), ["7", "7 (2)", "#3", "#4"]);
        assert_eq!(inbox.items[2].name(), "#3");
        let blank = r#"[{"id": "TCK-1", "customer": {"firstName": "\u200b", "lastName": "\u3164"}}]"#;
        let inbox = Inbox::next(None, &tickets(blank)).unwrap();
        assert_eq!(inbox.items[0].name(), "TCK-1");
    }
}
