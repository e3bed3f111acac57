//! The inbox's list of an agent's tickets: with unique ids, shared between responses, searchable.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;
use trunkline_api::oneview::TicketSummary;
use trunkline_api::oneview::{TicketStatus, is_secret_member};
use trunkline_api::text;
use trunkline_scan::{fold, fold_record, json_strings};

use crate::filter_options::distinct;
use crate::search_index::{SearchQuery, select};
use crate::ticket_preview::preview;

/// A ticket of the inbox. Derived values are computed on demand: of thousands of tickets only one screen is shown.
#[derive(Debug)]
pub struct InboxTicket {
    /// The record, shared with the response.
    pub ticket: Arc<TicketSummary>,
    /// The id that the inbox assigned, if the ticket has none or a duplicate.
    assigned_id: Option<Box<str>>,
    /// The folded search text. Computed once; an unchanged ticket keeps it across responses.
    search_text: OnceLock<String>,
    /// The folded name, by which the list is sorted. Computed with the search text: decoding and folding ten thousand
    /// names took a third of the first sort.
    sort_name: OnceLock<Arc<str>>,
    /// The second line of its row. Computed once, when the row is first shown.
    preview: OnceLock<String>,
    /// The earlier version that decides its place and whether it matches the filters, while the list is held still.
    placed_as: Option<Arc<Self>>,
    /// It has left the agent's tickets, but its row stays until the list may move.
    is_gone: bool,
}

/// Compares by identity: [`Inbox::update`] reuses the values of unchanged tickets.
impl PartialEq for InboxTicket {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl InboxTicket {
    fn new(id: Cow<'_, str>, ticket: &Arc<TicketSummary>) -> Arc<Self> {
        let assigned_id = match id {
            Cow::Borrowed(_) => None,
            Cow::Owned(id) => Some(id.into_boxed_str()),
        };
        Arc::new(Self {
            ticket: Arc::clone(ticket),
            assigned_id,
            search_text: OnceLock::new(),
            sort_name: OnceLock::new(),
            preview: OnceLock::new(),
            placed_as: None,
            is_gone: false,
        })
    }

    /// This version of a ticket in the place of an earlier one.
    pub(crate) fn in_place_of(self: &Arc<Self>, shown: &Arc<Self>, is_gone: bool) -> Arc<Self> {
        let placed_as = shown.placed_as.as_ref().unwrap_or(shown);
        Arc::new(Self {
            ticket: Arc::clone(&self.ticket),
            assigned_id: self.assigned_id.clone(),
            search_text: OnceLock::new(),
            sort_name: OnceLock::new(),
            preview: self.preview.clone(),
            placed_as: Some(Arc::clone(placed_as)),
            is_gone,
        })
    }

    /// The version that decides its place in the list, and whether it matches the filters.
    pub fn placed(&self) -> &Self {
        self.placed_as.as_deref().unwrap_or(self)
    }

    /// True if it has left the agent's tickets.
    pub fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// The id in the URL, unique in the list: the ticket's id, or a generated one if that is blank or a duplicate.
    pub fn id(&self) -> &str {
        self.assigned_id.as_deref().unwrap_or_else(|| self.ticket.id())
    }

    /// The display name: the customer's name, else the id.
    pub fn name(&self) -> String {
        let title = self.ticket.title();
        if title.is_empty() { self.row_key() } else { title }
    }

    /// The folded name, to sort by.
    pub fn sort_name(&self) -> &Arc<str> {
        self.sort_name.get_or_init(|| fold(&self.name()).into())
    }

    /// What the customer wants, in one line: the contact reason, the subject, and the beginning of the last message.
    pub fn preview(&self) -> &str {
        self.preview.get_or_init(|| preview(self.ticket.contact_reason(), &self.ticket.content_json()))
    }

    /// Everything that a search finds it by: what its row shows, its ids, and the texts of its content.
    fn search_text(&self) -> &str {
        self.search_text.get_or_init(|| {
            let ticket = &self.ticket;
            let mut text = String::with_capacity(256);
            let mut add = |piece: &str| {
                if !piece.is_empty() {
                    text.push_str(piece);
                    text.push('\n');
                }
            };
            let name = self.name();
            self.sort_name.get_or_init(|| fold(&name).into());
            add(&name);
            for piece in [
                self.id(),
                ticket.status(),
                ticket.queue(),
                ticket.channel(),
                ticket.contact_reason(),
                ticket.order_id(),
                ticket.customer_id(),
            ] {
                add(piece);
            }
            json_strings(&ticket.content_json(), &mut |name, value| {
                if !is_secret_member(name) {
                    add(value);
                }
            });
            fold_record(&text)
        })
    }

    /// The id as the table's row key.
    pub fn row_key(&self) -> String {
        self.id().to_owned()
    }
}

/// The tickets of one response with their filter options. Built once per response, not once per keystroke.
#[derive(Debug, Default)]
pub struct Inbox {
    /// The tickets, in the vendor's order.
    pub tickets: Vec<Arc<InboxTicket>>,
    facets: OnceLock<Facets>,
}

/// The filter options: the distinct values of the filterable columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Statuses, as sent by the vendor.
    pub statuses: Vec<String>,
    /// Names of queues.
    pub queues: Vec<String>,
    /// Channel types.
    pub channels: Vec<String>,
}

/// The inbox's filter, as stored in the URL. Empty fields do not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Words that must all occur.
    pub query: String,
    /// Any of these statuses.
    pub statuses: Vec<String>,
    /// Any of these queues.
    pub queues: Vec<String>,
    /// Any of these channels.
    pub channels: Vec<String>,
    /// Closed tickets are left out.
    pub hides_closed: bool,
}

impl InboxFilter {
    /// True if any field filters.
    pub fn is_active(&self) -> bool {
        *self != Self::default()
    }

    /// True if every ticket that matches this filter also matches `before`, as after typing one more letter. The caller
    /// can then search only the previous matches.
    pub fn refines(&self, before: &Self) -> bool {
        let narrows = |values: &[String], before: &[String]| {
            before.is_empty() || (!values.is_empty() && values.iter().all(|value| before.contains(value)))
        };
        SearchQuery::refines(&self.query, &before.query)
            && narrows(&self.statuses, &before.statuses)
            && narrows(&self.queues, &before.queues)
            && narrows(&self.channels, &before.channels)
            && (self.hides_closed || !before.hides_closed)
    }

    /// The indices of the matching rows, among these, or among all.
    pub fn select(&self, rows: &[Arc<InboxTicket>], among: Option<&[usize]>) -> Vec<usize> {
        let query = SearchQuery::parse(&self.query);
        select(rows.len(), among, |row| rows.get(row).is_some_and(|ticket| self.matches(&query, ticket)))
    }

    fn matches(&self, query: &SearchQuery, ticket: &InboxTicket) -> bool {
        let item = ticket.placed();
        let ticket = &item.ticket;
        // A field is decoded only for a filter that needs it.
        (self.statuses.is_empty() || is_any(&self.statuses, ticket.status()))
            && (self.queues.is_empty() || is_any(&self.queues, ticket.queue()))
            && (self.channels.is_empty() || is_any(&self.channels, ticket.channel()))
            && !(self.hides_closed && ticket.status() == TicketStatus::Closed.as_str())
            && query.matches(item.search_text())
    }
}

impl Inbox {
    /// Builds the list of a response, reusing the tickets of `before` that did not change. `None` if nothing changed,
    /// so a poll without changes renders nothing.
    pub fn update(before: Option<&Self>, tickets: &[Arc<TicketSummary>]) -> Option<Self> {
        let old = before.map(|list| list.tickets.as_slice()).unwrap_or_default();
        let mut known = None;
        let mut taken = HashMap::with_capacity_and_hasher(tickets.len(), FxBuildHasher);
        let mut at = 0;
        let items: Vec<Arc<InboxTicket>> = tickets
            .iter()
            .enumerate()
            .map(|(place, ticket)| {
                let id = unique_id(ticket, place, &mut taken);
                let same = |item: &Arc<InboxTicket>| {
                    item.id() == id && (Arc::ptr_eq(&item.ticket, ticket) || item.ticket == *ticket)
                };
                // Most tickets keep their position.
                if let Some(item) = old.get(at).filter(|item| same(item)) {
                    at += 1;
                    return Arc::clone(item);
                }
                at += usize::from(old.get(at).is_some_and(|item| item.id() == id));
                let known = known.get_or_insert_with(|| by_id(old));
                match known.get(id.as_ref()) {
                    Some(item) if same(item) => Arc::clone(item),
                    _ => InboxTicket::new(id, ticket),
                }
            })
            .collect();
        let same = |before: &Self| {
            before.tickets.len() == items.len() && before.tickets.iter().zip(&items).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        if before.is_some_and(same) {
            return None;
        }
        Some(Self { tickets: items, facets: OnceLock::new() })
    }

    /// The filter options, sorted. Computed on first use.
    pub fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| collect_facets(&self.tickets))
    }

    /// The number of tickets that are not in an earlier list.
    pub fn new_since(&self, before: &Self) -> usize {
        let mut old = before.tickets.iter().peekable();
        let moved: Vec<_> =
            self.tickets.iter().filter(|item| old.next_if(|old| old.id() == item.id()).is_none()).collect();
        if moved.is_empty() {
            return 0;
        }
        let known = by_id(&before.tickets);
        moved.iter().filter(|item| !known.contains_key(item.id())).count()
    }

    /// Computes the search texts of `count` tickets from index `at`, ahead of the first search. Returns the index to
    /// continue at, `None` at the end.
    pub fn prepare_search(&self, at: usize, count: usize) -> Option<usize> {
        let next = at.saturating_add(count);
        let items = self.tickets.get(at..next.min(self.tickets.len()))?;
        items.iter().for_each(|item| {
            item.search_text();
        });
        (next < self.tickets.len()).then_some(next)
    }

    /// The ticket with this id.
    pub fn find(&self, id: &str) -> Option<&Arc<InboxTicket>> {
        self.tickets.iter().find(|item| item.id() == id)
    }
}

/// The tickets by id.
fn by_id(items: &[Arc<InboxTicket>]) -> HashMap<&str, &Arc<InboxTicket>, FxBuildHasher> {
    items.iter().map(|item| (item.id(), item)).collect()
}

/// The ticket's id if it is unique so far; its position such as `#3` if it has none; the id with a count such as `7
/// (2)` if an earlier ticket has the same.
fn unique_id<'a>(
    ticket: &'a TicketSummary,
    place: usize,
    taken: &mut HashMap<Cow<'a, str>, usize, FxBuildHasher>,
) -> Cow<'a, str> {
    let id = match ticket.id() {
        id if is_blank(id) => Cow::Owned(format!("#{}", place + 1)),
        id => Cow::Borrowed(id),
    };
    let times = taken.entry(id.clone()).or_default();
    *times += 1;
    if *times == 1 { id } else { Cow::Owned(format!("{id} ({times})")) }
}

/// True if a text is blank. A printable first byte decides without scanning the rest.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text::is_blank(text)
}

fn collect_facets(items: &[Arc<InboxTicket>]) -> Facets {
    let values = |value: fn(&InboxTicket) -> &str| {
        distinct(items.iter().map(|item| value(item)).filter(|value| !value.is_empty()))
    };
    Facets {
        statuses: values(|item| item.ticket.status()),
        queues: values(|item| item.ticket.queue()),
        channels: values(|item| item.ticket.channel()),
    }
}

fn is_any(wanted: &[String], value: &str) -> bool {
    wanted.iter().any(|wanted| wanted == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tickets(json: &str) -> Vec<Arc<TicketSummary>> {
        serde_json::from_str(json).unwrap()
    }

    fn ids(items: &[Arc<InboxTicket>]) -> Vec<&str> {
        items.iter().map(|item| item.id()).collect()
    }

    fn found(inbox: &Inbox, filter: InboxFilter) -> Vec<&str> {
        filter.select(&inbox.tickets, None).into_iter().map(|row| inbox.tickets[row].id()).collect()
    }

    const TWO: &str = r#"[
        {"id": "t1", "queue": "VIP", "channel": "chat", "ticketStatus": "ASSIGNED", "customer": {"firstName": "Alma", "lastName": "Öberg"}},
        {"id": 2, "queue": "Basic", "ticketStatus": "PARKED", "metadata": {"ccr": "delivery - late", "orderId": "sdw-1"}}]"#;

    const CONTENT: &str = r#"[
        {"id": 1, "content": {"subject": "Le remboursement", "messages": [{"text": "Où est-il?", "agentJwt": "bearer"}]}},
        {"id": 2, "content": "plain text"}, {"id": 3, "content": null}]"#;

    #[test]
    fn search_matches_name_id_order_and_reason() {
        let inbox = Inbox::update(None, &tickets(TWO)).unwrap();
        let found = |query: &str| found(&inbox, InboxFilter { query: query.into(), ..InboxFilter::default() });
        assert_eq!(found("öberg alma"), ["t1"]);
        assert_eq!(found("SDW-1"), ["2"]);
        assert_eq!(found("late"), ["2"]);
        assert_eq!(found("parked"), ["2"]);
        assert_eq!(found(""), ["t1", "2"]);
        assert!(found("late alma").is_empty());
        assert_eq!(found("oberg"), ["t1"]);
        assert_eq!(found("oeberg"), ["t1"]);
    }

    #[test]
    fn search_reads_the_messages_but_no_names_or_secrets() {
        let inbox = Inbox::update(None, &tickets(CONTENT)).unwrap();
        let found = |query: &str| found(&inbox, InboxFilter { query: query.into(), ..InboxFilter::default() });
        assert_eq!(found("remboursement"), ["1"]);
        assert_eq!(found("où est"), ["1"]);
        assert_eq!(found("ou est"), ["1"]);
        assert_eq!(found("plain text"), ["2"]);
        assert_eq!(found("lastMessage"), [""; 0]);
        assert_eq!(found("bearer"), [""; 0]);
    }

    #[test]
    fn filters_match_exactly_and_list_occurring_values() {
        let inbox = Inbox::update(None, &tickets(TWO)).unwrap();
        assert_eq!(inbox.facets().statuses, ["ASSIGNED", "PARKED"]);
        assert_eq!(inbox.facets().channels, ["chat"]);
        let queues = |names: &[&str]| InboxFilter {
            queues: names.iter().map(|name| (*name).to_owned()).collect(),
            ..InboxFilter::default()
        };
        assert_eq!(found(&inbox, queues(&["Basic"])), ["2"]);
        assert_eq!(found(&inbox, queues(&["Basic", "VIP"])), ["t1", "2"]);
        assert!(found(&inbox, queues(&["basic"])).is_empty());
        let statuses = InboxFilter { statuses: vec!["ASSIGNED".into()], ..queues(&["Basic"]) };
        assert!(found(&inbox, statuses).is_empty(), "each filter must match");
    }

    #[test]
    fn closed_tickets_are_hidden_by_choice() {
        let inbox = Inbox::update(None, &tickets(&TWO.replace("PARKED", "CLOSED"))).unwrap();
        let hides_closed = |hides_closed| InboxFilter { hides_closed, ..InboxFilter::default() };
        assert_eq!(found(&inbox, hides_closed(true)), ["t1"]);
        assert_eq!(found(&inbox, hides_closed(false)), ["t1", "2"]);
        assert!(hides_closed(true).refines(&hides_closed(false)));
        assert!(!hides_closed(false).refines(&hides_closed(true)));
    }

    #[test]
    fn longer_queries_refine_shorter_ones() {
        let filter = |query: &str, queue: &str| InboxFilter {
            query: query.into(),
            queues: queue.split(',').filter(|queue| !queue.is_empty()).map(str::to_owned).collect(),
            ..InboxFilter::default()
        };
        for (now, before, narrows) in [
            (filter("al", ""), filter("a", ""), true),
            (filter("AL", ""), filter("a", ""), true),
            (filter("a b", ""), filter("a", ""), true),
            // Six digits are not a telephone number, so they match differently.
            (filter("+4919912", ""), filter("+491991", ""), false),
            (filter("zoe\u{308}", ""), filter("zoe", ""), true),
            // "zö" also matches "zoe", but that contains "zo".
            (filter("zo\u{308}", ""), filter("zo", ""), true),
            (filter("a", ""), filter("", ""), true),
            (filter("a", "VIP"), filter("a", ""), true),
            (filter("a", ""), filter("al", ""), false),
            (filter("b", ""), filter("a", ""), false),
            (filter("al", ""), filter("a", "VIP"), false),
            (filter("al", "Basic"), filter("a", "VIP"), false),
            (filter("al", "VIP"), filter("a", "VIP,Basic"), true),
            (filter("al", "VIP,Basic"), filter("a", "VIP"), false),
            (filter("zöl", ""), filter("zö", ""), true),
            // "zöll" also matches "zoell", which does not contain "zol".
            (filter("zöll", ""), filter("zol", ""), false),
            // A final sigma folds like any other.
            (filter("ΟΔΟΣΑ", ""), filter("ΟΔΟΣ", ""), true),
        ] {
            assert_eq!(now.refines(&before), narrows, "{now:?} after {before:?}");
        }
    }

    #[test]
    fn unchanged_response_yields_no_new_list() {
        let inbox = Inbox::update(None, &tickets(TWO)).unwrap();
        assert!(Inbox::update(Some(&inbox), &tickets(TWO)).is_none());
        let changed = Inbox::update(Some(&inbox), &tickets(&TWO.replace("PARKED", "CLOSED"))).unwrap();
        assert!(Arc::ptr_eq(&changed.tickets[0], &inbox.tickets[0]));
        assert_eq!(changed.tickets[1].ticket.status(), "CLOSED");
        assert!(Inbox::update(Some(&inbox), &[]).unwrap().tickets.is_empty());
        assert!(Inbox::update(None, &[]).is_some());
    }

    #[test]
    fn new_tickets_are_counted_at_any_position() {
        let list = |text: &str| Inbox::update(None, &tickets(text)).unwrap();
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
    fn prepared_search_texts_give_the_same_results() {
        let (prepared, fresh) =
            (Inbox::update(None, &tickets(TWO)).unwrap(), Inbox::update(None, &tickets(TWO)).unwrap());
        assert_eq!(prepared.prepare_search(0, 1), Some(1));
        assert_eq!(prepared.prepare_search(1, 5), None);
        assert_eq!(prepared.prepare_search(9, 1), None);
        let filter = InboxFilter { query: "ÖBERG".into(), ..InboxFilter::default() };
        assert_eq!(found(&prepared, filter.clone()), ["t1"]);
        assert_eq!(found(&fresh, filter), ["t1"]);
        let names =
            |inbox: &Inbox| inbox.tickets.iter().map(|ticket| ticket.sort_name().to_string()).collect::<Vec<_>>();
        assert_eq!(names(&prepared), names(&Inbox::update(None, &tickets(TWO)).unwrap()));
        assert!(prepared.tickets.iter().all(|ticket| **ticket.sort_name() == *fold(&ticket.name())));
    }

    #[test]
    fn missing_and_duplicate_ids_become_unique() {
        let inbox = Inbox::update(None, &tickets(r#"[{"id": 7}, {"id": "7"}, {}, {"id": " "}]"#)).unwrap();
        assert_eq!(ids(&inbox.tickets), ["7", "7 (2)", "#3", "#4"]);
        assert_eq!(inbox.tickets[2].name(), "#3");
        let blank = r#"[{"id": "TCK-1", "customer": {"firstName": "\u200b", "lastName": "\u3164"}}]"#;
        let inbox = Inbox::update(None, &tickets(blank)).unwrap();
        assert_eq!(inbox.tickets[0].name(), "TCK-1");
    }
}
