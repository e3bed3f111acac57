//! A lazily parsed ticket of a list. Only the fields that the list displays, sorts and searches are located up front.
//! Decoding a typed [`Ticket`] takes some thirty allocations, which for thousands of tickets would be most of the time
//! to the first row.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trunkline_scan::ScanError;

use crate::decode::{parse_object, to_json};
use crate::endpoint::parse_prefix;
use crate::oneview::Ticket;
use crate::oneview::summary_scan::{FIELD_COUNT, Span, SummaryField, SummaryScan, scan_content, scan_summary};
use crate::oneview::ticket_record::TicketRecord;
use crate::oneview::types::full_name;

/// A ticket whose listed fields are available at once; the whole ticket is decoded on demand.
pub struct TicketSummary {
    /// The record's JSON.
    text: Box<str>,
    /// The listed fields concatenated, if they are not in the JSON as they are.
    fields: Option<Box<str>>,
    /// The position of each listed field in `fields`, else in the JSON, in the order of [`SummaryField`].
    spans: [Span; FIELD_COUNT],
    assigned_time: Option<i64>,
    priority: Option<i64>,
}

impl TicketSummary {
    /// Parses the record at the start of the bytes. Returns it and its length in bytes, or `None` if it is incomplete
    /// or does not match the contract.
    pub fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        match scan_summary(bytes) {
            Ok(SummaryScan { text, spans, assigned_time, priority }) => {
                let listed = Self { text: text.into(), fields: None, spans, assigned_time, priority };
                Some((listed, text.len()))
            }
            Err(ScanError::Truncated) => None,
            Err(ScanError::Unsupported) => {
                let (record, length) = parse_prefix::<TicketRecord>(bytes)?;
                let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
                Some((Self::decoded(text.into(), &record), length))
            }
        }
    }

    /// The ticket of a decoded record; `text` is its JSON.
    fn decoded(text: Box<str>, record: &TicketRecord) -> Self {
        // In the order of `SummaryField`.
        let fields: [Cow<'_, str>; FIELD_COUNT] = [
            record.text("", "id"),
            record.text("", "ticketStatus"),
            record.text("", "queue"),
            record.text("", "channel"),
            record.text("", "statusReason"),
            record.text("metadata", "ccr"),
            record.text("metadata", "orderId"),
            record.text("customer", "id"),
            record.text("customer", "firstName"),
            record.text("customer", "lastName"),
        ];
        let mut to = 0;
        let spans = fields.each_ref().map(|field| {
            let from = to;
            to = u32::try_from(field.len()).map_or(u32::MAX, |length| from.saturating_add(length));
            Span { from, to }
        });
        Self {
            text,
            fields: Some(fields.concat().into()),
            spans,
            assigned_time: record.integer("assignedTime"),
            priority: record.integer("priority"),
        }
    }

    /// The whole ticket, decoded at each call: only an open one needs it.
    pub fn ticket(&self) -> Ticket {
        // Cannot fail: only valid records are accepted. `from_slice`, because `from_str` would add some 20 KB of code.
        serde_json::from_slice(self.text.as_bytes()).unwrap_or_default()
    }

    fn field_text(&self, field: SummaryField) -> &str {
        let Some(Span { from, to }) = self.spans.get(field as usize) else { return "" };
        let text = self.fields.as_ref().unwrap_or(&self.text);
        text.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The ticket's id; empty if absent.
    pub fn id(&self) -> &str {
        self.field_text(SummaryField::Id)
    }

    /// The status as sent by the vendor; empty if absent.
    pub fn status(&self) -> &str {
        self.field_text(SummaryField::Status)
    }

    /// Name of the queue; empty if absent.
    pub fn queue(&self) -> &str {
        self.field_text(SummaryField::Queue)
    }

    /// Channel type; empty if absent.
    pub fn channel(&self) -> &str {
        self.field_text(SummaryField::Channel)
    }

    /// The reason for the ticket's status; empty if absent.
    pub fn status_reason(&self) -> &str {
        self.field_text(SummaryField::StatusReason)
    }

    /// The contact reason; empty if the agent may not see it.
    pub fn contact_reason(&self) -> &str {
        self.field_text(SummaryField::ContactReason)
    }

    /// The order's id; empty if absent.
    pub fn order_id(&self) -> &str {
        self.field_text(SummaryField::OrderId)
    }

    /// The customer's id; empty if absent.
    pub fn customer_id(&self) -> &str {
        self.field_text(SummaryField::CustomerId)
    }

    /// The content as JSON text, located anew on each call; empty if absent.
    pub fn content_json(&self) -> Cow<'_, str> {
        if let Some(content) = scan_content(&self.text) {
            return Cow::Borrowed(content);
        }
        let content = parse_object(self.text.as_bytes()).and_then(|mut record| record.remove("content"));
        content.filter(|content| !content.is_null()).map(|content| Cow::Owned(content.to_string())).unwrap_or_default()
    }

    /// Epoch seconds of the assignment to the agent.
    pub fn assigned_time(&self) -> Option<i64> {
        self.assigned_time
    }

    /// The vendor's sort key for tickets.
    pub fn priority(&self) -> Option<i64> {
        self.priority
    }

    /// A hash of the whole record.
    pub fn fingerprint(&self) -> u64 {
        trunkline_scan::fingerprint(self.text.as_bytes())
    }

    /// The display name: the customer's name, else the ticket's id.
    pub fn title(&self) -> String {
        full_name(self.field_text(SummaryField::FirstName), self.field_text(SummaryField::LastName))
            .unwrap_or_else(|| self.id().to_owned())
    }
}

/// Compares the JSON, so a record that is formatted differently counts as changed.
impl PartialEq for TicketSummary {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Shows only the id, because the text may contain secrets.
impl fmt::Debug for TicketSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for TicketSummary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = TicketRecord::deserialize(deserializer)?;
        Ok(Self::decoded(to_json(&record.0).into(), &record))
    }
}

/// Serializes the whole ticket.
impl Serialize for TicketSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ticket().serialize(serializer)
    }
}
