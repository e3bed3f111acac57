//! What a form or look-up gets from the ticket that it was opened from.

use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::AcdEvent;
use trunkline_api::oneview::TicketSummary;
use trunkline_api::sobot::CustomerQuery;

use crate::ticket_content::{Contacts, TicketContent};

/// A ticket as the origin of a callback. It may hold personal data, so it never becomes part of a URL.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketOrigin {
    /// The ticket's id in the inbox.
    pub id: String,
    /// The customer's name, else the ticket's id.
    pub name: String,
    /// What the ticket is about: the content's subject, else the contact reason.
    pub subject: String,
    /// The order's number, else the ticket's.
    pub number: String,
    /// Look-ups of the customer, the most certain first.
    pub lookups: Vec<CustomerQuery>,
}

impl TicketOrigin {
    /// The origin of a ticket that has this id in the inbox.
    #[must_use]
    pub fn new(id: &str, ticket: &TicketSummary) -> Self {
        let non_blank = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let content = TicketContent::parse(ticket.ticket().content.as_ref());
        Self {
            id: id.to_owned(),
            name: non_blank(&ticket.title()).unwrap_or_else(|| id.to_owned()),
            subject: content.subject.or_else(|| non_blank(ticket.contact_reason())).unwrap_or_default(),
            number: non_blank(ticket.order_id()).or_else(|| non_blank(ticket.id())).unwrap_or_default(),
            lookups: customer_lookups(ticket),
        }
    }
}

/// The look-ups of a ticket's customer: by the customer's id, then by a telephone number and by an e-mail address that the
/// ticket holds under such a name.
#[must_use]
pub fn customer_lookups(ticket: &TicketSummary) -> Vec<CustomerQuery> {
    let id = Some(ticket.customer_id().trim().to_owned()).filter(|id| !id.is_empty());
    let whole = ticket.ticket();
    let mut contacts = Contacts::default();
    whole.content.iter().for_each(|content| contacts.add(content));
    let extras = [Some(&whole.extra), whole.customer.as_ref().map(|customer| &customer.extra)];
    for extra in extras.into_iter().flatten().chain(whole.metadata.as_ref().map(|metadata| &metadata.extra)) {
        contacts.add_members(extra);
    }
    let by_id = id.map(|id| CustomerQuery { id: Some(id), ..CustomerQuery::default() });
    let by_tel = contacts.phone.map(|tel| CustomerQuery { tel: Some(tel), ..CustomerQuery::default() });
    let by_email = contacts.email.map(|email| CustomerQuery { email: Some(email), ..CustomerQuery::default() });
    [by_id, by_tel, by_email].into_iter().flatten().collect()
}

/// The events whose sender is a telephone number, however either is written; the newest first.
pub fn events_of_number<'a>(events: impl Iterator<Item = &'a AcdEvent>, number: &str) -> Vec<&'a AcdEvent> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let wanted = digits(number);
    let sender = |event: &AcdEvent| event.sender.as_ref().map(LooseScalar::to_string).unwrap_or_default();
    let mut found: Vec<_> = events.filter(|event| wanted.len() >= 5 && digits(&sender(event)) == wanted).collect();
    found.sort_by(|a, b| b.created.cmp(&a.created));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(json: &str) -> TicketSummary {
        TicketSummary::parse(json.as_bytes()).unwrap().0
    }

    #[test]
    fn origin_has_subject_number_and_lookups() {
        let origin = TicketOrigin::new(
            "t1",
            &ticket(
                r#"{"id":"t1","content":{"subject":"Refund","phone":"+49 199 123456"},"metadata":{"ccr":"refund","orderId":"sdw-1"},
            "customer":{"id":"c1","firstName":"Alma","lastName":"Reuter","email":"a@example.com"}}"#,
            ),
        );
        assert_eq!((origin.id.as_str(), origin.name.as_str()), ("t1", "Alma Reuter"));
        assert_eq!((origin.subject.as_str(), origin.number.as_str()), ("Refund", "sdw-1"));
        let keys: Vec<_> = origin.lookups.iter().flat_map(CustomerQuery::provided).collect();
        assert_eq!(keys, [("id", "c1"), ("tel", "+49 199 123456"), ("email", "a@example.com")]);
    }

    #[test]
    fn bare_ticket_gives_its_own_number_and_no_lookup() {
        let origin = TicketOrigin::new("7 (2)", &ticket(r#"{"id":7}"#));
        assert_eq!((origin.subject.as_str(), origin.number.as_str()), ("", "7"));
        assert!(origin.lookups.is_empty());
    }

    #[test]
    fn events_of_a_number_are_newest_first_however_it_is_written() {
        let event = |sender: &str, created: &str| AcdEvent {
            sender: Some(sender.into()),
            created: Some(created.to_owned()),
            ..AcdEvent::default()
        };
        let events =
            [event("4919912345", "2020-01-01"), event("other", "2020-01-02"), event("+49 199 12345", "2020-01-03")];
        let found = events_of_number(events.iter(), "+49 (199) 12345");
        let created: Vec<_> = found.iter().filter_map(|event| event.created.as_deref()).collect();
        assert_eq!(created, ["2020-01-03", "2020-01-01"]);
        assert!(events_of_number(events.iter(), "").is_empty());
    }
}
