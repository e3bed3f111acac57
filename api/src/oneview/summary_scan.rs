//! Locates the listed fields in a ticket's JSON without decoding the rest.

use trunkline_scan::{FieldSpan, FieldSpec, JsonKind, ScanError, scan_fields};

/// The listed text fields.
#[derive(Clone, Copy)]
pub enum SummaryField {
    Id,
    Status,
    Queue,
    Channel,
    StatusReason,
    ContactReason,
    OrderId,
    CustomerId,
    FirstName,
    LastName,
}

/// Number of listed text fields.
pub const FIELD_COUNT: usize = 10;

/// A byte range of a text. The empty range at 0 for an absent field.
#[derive(Clone, Copy, Default)]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// A valid record with its listed fields.
pub struct SummaryScan<'a> {
    /// The record's JSON, without what follows it.
    pub text: &'a str,
    /// The position of each listed field in the text, in the order of [`SummaryField`].
    pub spans: [Span; FIELD_COUNT],
    pub assigned_time: Option<i64>,
    pub priority: Option<i64>,
}

/// All members to which the contract gives a type, because the scan must also validate the record.
const FIELD_SPEC: FieldSpec<'static> = FieldSpec {
    fields: &["id", "ticketStatus", "queue", "channel", "statusReason", "assignedTime", "priority", "createdAt"],
    nested: &[
        ("metadata", &["ccr", "orderId", "roomId", "agentJwt", "roomName", "roomSubscriptionToken", "agentAccesses"]),
        ("customer", &["id", "firstName", "lastName"]),
    ],
};

/// Scans a record. Every record that is accepted here must decode as a [`Ticket`](crate::oneview::Ticket).
///
/// # Errors
/// If the record is incomplete, or contains anything that is left to the full decoder, which is rare.
pub fn scan_summary(bytes: &[u8]) -> Result<SummaryScan<'_>, ScanError> {
    let mut found = [FieldSpan::default(); 18];
    let length = scan_fields(bytes, FIELD_SPEC, &mut found)?;
    let record = bytes.get(..length).unwrap_or_default();
    let text = std::str::from_utf8(record).map_err(|_| ScanError::Unsupported)?;
    let [id, status, queue, channel, reason, assigned, priority, created, rest @ ..] = found;
    let [ccr, order, room, jwt, room_name, token, accesses, customer, first, last] = rest;
    let spans = [
        scalar_span(id)?,
        text_span(status)?,
        text_span(queue)?,
        text_span(channel)?,
        text_span(reason)?,
        text_span(ccr)?,
        scalar_span(order)?,
        scalar_span(customer)?,
        text_span(first)?,
        text_span(last)?,
    ];
    parse_integer(text, created)?;
    let read = is_kind(room, &[JsonKind::Text, JsonKind::Escaped, JsonKind::Integer])
        && [jwt, room_name, token].into_iter().all(|place| is_kind(place, &[JsonKind::Text, JsonKind::Escaped]))
        && is_kind(accesses, &[JsonKind::TextArray]);
    if !read {
        return Err(ScanError::Unsupported);
    }
    Ok(SummaryScan {
        text,
        spans,
        assigned_time: parse_integer(text, assigned)?,
        priority: parse_integer(text, priority)?,
    })
}

/// The JSON text of a record's `content`, empty if it has none; `None` if that is left to the full decoder.
pub fn scan_content(record: &str) -> Option<&str> {
    let mut found = [FieldSpan::default()];
    scan_fields(record.as_bytes(), FieldSpec { fields: &["content"], nested: &[] }, &mut found).ok()?;
    let [FieldSpan { kind, from, to }] = found;
    if matches!(kind, JsonKind::Absent | JsonKind::Null) {
        return Some("");
    }
    let quote = u32::from(matches!(kind, JsonKind::Text | JsonKind::Escaped));
    record.get(from.saturating_sub(quote) as usize..to.saturating_add(quote) as usize)
}

/// A string without escapes, whose raw bytes are its value.
fn text_span(place: FieldSpan) -> Result<Span, ScanError> {
    span(place, &[JsonKind::Text])
}

/// An id, which may be a string or an integer. The raw digits of a short integer are its text.
fn scalar_span(place: FieldSpan) -> Result<Span, ScanError> {
    span(place, &[JsonKind::Text, JsonKind::Integer])
}

fn span(place: FieldSpan, kinds: &[JsonKind]) -> Result<Span, ScanError> {
    match place {
        FieldSpan { kind: JsonKind::Absent | JsonKind::Null, .. } => Ok(Span::default()),
        FieldSpan { kind, from, to } if kinds.contains(&kind) => Ok(Span { from, to }),
        _ => Err(ScanError::Unsupported),
    }
}

fn parse_integer(text: &str, place: FieldSpan) -> Result<Option<i64>, ScanError> {
    let Span { from, to } = span(place, &[JsonKind::Integer])?;
    Ok(text.get(from as usize..to as usize).and_then(|digits| digits.parse().ok()))
}

fn is_kind(place: FieldSpan, kinds: &[JsonKind]) -> bool {
    span(place, kinds).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oneview::{Customer, Metadata, Ticket};

    /// The scan must check every member of the contract, else it accepts records that are not tickets. `content` may
    /// have any type.
    #[test]
    fn scan_covers_every_member_of_the_contract() {
        let mut own = [FIELD_SPEC.fields, &["content"]].concat();
        let mut tables = vec![];
        for (name, members) in FIELD_SPEC.nested {
            own.push(name);
            tables.push((*members).to_vec());
        }
        tables.push(own);
        for (table, members) in tables.iter_mut().zip([Metadata::MEMBERS, Customer::MEMBERS, Ticket::MEMBERS]) {
            let mut members = members.to_vec();
            table.sort_unstable();
            members.sort_unstable();
            assert_eq!(*table, members);
        }
        assert_eq!(SummaryField::LastName as usize + 1, FIELD_COUNT);
    }
}
