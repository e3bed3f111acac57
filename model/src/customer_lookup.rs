//! What a person types or pastes to find customers: which of Sobot's keys it is.

use trunkline_api::jtel::AcdEvent;
use trunkline_api::oneview::TicketSummary;
use trunkline_api::sobot::{Customer, CustomerQuery};

use crate::command_search::{Shape, shape_of};
use crate::ticket_origin::events_of_number;

/// Digits that a whole number must have at least to be taken for a telephone number.
const PHONE_DIGITS: usize = 7;
/// Digits that a telephone number has at most (E.164).
const MAX_PHONE_DIGITS: usize = 15;

/// The look-up of a telephone number, an e-mail address or else a customer ID; empty for a blank text.
#[must_use]
pub fn lookup_of(text: &str) -> CustomerQuery {
    let typed = text.trim();
    let key = || Some(typed.to_owned());
    let is_number = || (PHONE_DIGITS..=MAX_PHONE_DIGITS).contains(&typed.len());
    match shape_of(typed) {
        _ if typed.is_empty() => CustomerQuery::default(),
        Some(Shape::Phone) => CustomerQuery { tel: key(), ..CustomerQuery::default() },
        Some(Shape::Number) if is_number() => CustomerQuery { tel: key(), ..CustomerQuery::default() },
        Some(Shape::Email) => CustomerQuery { email: key(), ..CustomerQuery::default() },
        _ => CustomerQuery { id: key(), ..CustomerQuery::default() },
    }
}

/// The values of a pasted column, each once, in their order. Of a row of several cells the first counts.
#[must_use]
pub fn pasted_column(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for line in text.lines() {
        let cell = line.split('\t').next().unwrap_or_default().trim().trim_matches('"').trim();
        if !cell.is_empty() && !values.iter().any(|known| known == cell) {
            values.push(cell.to_owned());
        }
    }
    values
}

/// The events that a customer sent: by telephone number, however it is written, and by e-mail address; the newest first.
#[must_use]
pub fn events_of_customer<'a>(
    events: impl Iterator<Item = &'a AcdEvent> + Clone,
    customer: &Customer,
) -> Vec<&'a AcdEvent> {
    let text = |value: &Option<_>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let (tel, email) = (text(&customer.tel), text(&customer.email).trim().to_lowercase());
    let by_email = events.clone().filter(|event| {
        let sender = event.sender.as_ref().map(ToString::to_string).unwrap_or_default();
        !email.is_empty() && sender.trim().to_lowercase() == email
    });
    let mut found = events_of_number(events.clone(), &tel);
    found.extend(by_email);
    found.sort_by(|a, b| b.created.cmp(&a.created));
    found
}

/// The tickets of a customer, by Sobot's customer ID.
#[must_use]
pub fn tickets_of_customer<'a, T: AsRef<TicketSummary>>(
    tickets: &'a [T],
    customer: &Customer,
) -> Vec<&'a TicketSummary> {
    let id = customer.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let is_theirs = |ticket: &&TicketSummary| !id.trim().is_empty() && ticket.customer_id() == id;
    tickets.iter().map(AsRef::as_ref).filter(is_theirs).collect()
}

#[cfg(test)]
mod tests {
    use trunkline_api::decode::LooseScalar;

    use super::*;

    #[test]
    fn keys_are_known_by_their_shape() {
        let key = |text: &str| lookup_of(text).provided().first().map_or("", |(name, _)| name);
        for (text, name) in [
            ("+49 30 23125025", "tel"),
            ("030/231 250 25", "tel"),
            ("49199123456789", "tel"),
            (" hugo@example.com ", "email"),
            ("c-1001", "id"),
            ("989899854090030232934sdfdsdf32dd4", "id"),
            ("59c749f4-af8e-eb11-aacf-06c7a219a2ac", "id"),
            ("12345", "id"),
            ("1234567890123456", "id"),
            ("  ", ""),
        ] {
            assert_eq!(key(text), name, "{text}");
        }
    }

    #[test]
    fn a_column_is_read_line_by_line() {
        let pasted = "+49 30 1234567\tHugo\r\n\n \"hugo@example.com\"\n+49 30 1234567\nc-1001";
        assert_eq!(pasted_column(pasted), ["+49 30 1234567", "hugo@example.com", "c-1001"]);
        assert!(pasted_column(" \n\t\n").is_empty());
    }

    #[test]
    fn events_are_found_by_number_and_address() {
        let event = |sender: &str, created: &str| AcdEvent {
            sender: Some(LooseScalar::from(sender)),
            created: Some(created.to_owned()),
            ..AcdEvent::default()
        };
        let events = [
            event("49199123456789", "2026-01-01"),
            event("Hugo@Example.com", "2026-01-03"),
            event("49199123456780", "2026-01-02"),
        ];
        let customer = Customer {
            tel: Some("+49 199 123456789".into()),
            email: Some("hugo@example.com".into()),
            ..Customer::default()
        };
        let found = events_of_customer(events.iter(), &customer);
        assert_eq!(
            found.iter().filter_map(|event| event.created.as_deref()).collect::<Vec<_>>(),
            ["2026-01-03", "2026-01-01"]
        );
        assert!(events_of_customer(events.iter(), &Customer::default()).is_empty());
    }
}
