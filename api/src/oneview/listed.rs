//! A ticket as a list has it. Of thousands only the few fields are looked at by which the list shows, orders and finds
//! them; a typed [`Ticket`] of each would be some thirty allocations, and most of the time until the first rows are seen.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trunkline_fast::Unpicked;

use crate::endpoint::read_one;
use crate::oneview::picked::{FIELDS, Field, Picked, Span, listed};
use crate::oneview::types::full_name;
use crate::oneview::{Ticket, TicketStatus};
use crate::wire::Scalar;

/// A ticket whose few listed fields are at hand; the others are read when somebody looks.
pub struct Listed {
    /// The record's JSON as it came; or, of a ticket that was read whole, its listed fields one after the other.
    text: Box<str>,
    is_json: bool,
    /// Where in the text each listed field stands, in the order of [`Field`].
    spans: [Span; FIELDS],
    assigned_time: Option<i64>,
    priority: Option<i64>,
    ticket: OnceLock<Box<Ticket>>,
}

impl Listed {
    /// Reads the record that these bytes begin with, and tells how many of them it has; none if it is not what the
    /// contract says, or has not all come.
    pub fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        match listed(bytes) {
            Ok(Picked { text, spans, assigned_time, priority }) => {
                let ticket = OnceLock::new();
                let listed = Self { text: text.into(), is_json: true, spans, assigned_time, priority, ticket };
                Some((listed, text.len()))
            }
            Err(Unpicked::Cut) => None,
            Err(Unpicked::Odd) => read_one::<Ticket>(bytes).map(|(ticket, length)| (ticket.into(), length)),
        }
    }

    /// The whole ticket; read when it is first asked for.
    pub fn ticket(&self) -> &Ticket {
        // It cannot fail: what was picked is sound. As bytes, as all else is read: reading texts is compiled anew, some 20 KB.
        self.ticket.get_or_init(|| Box::new(serde_json::from_slice(self.text.as_bytes()).unwrap_or_default()))
    }

    fn text(&self, field: Field) -> &str {
        let Some(Span { from, to }) = self.spans.get(field as usize) else { return "" };
        self.text.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The ticket's id; empty if it came without.
    pub fn id(&self) -> &str {
        self.text(Field::Id)
    }

    /// The status in the vendor's word; empty if it came without.
    pub fn status(&self) -> &str {
        self.text(Field::Status)
    }

    /// Name of the queue; empty if it came without.
    pub fn queue(&self) -> &str {
        self.text(Field::Queue)
    }

    /// Channel type; empty if it came without.
    pub fn channel(&self) -> &str {
        self.text(Field::Channel)
    }

    /// Why the ticket has its status; empty if it came without.
    pub fn status_reason(&self) -> &str {
        self.text(Field::StatusReason)
    }

    /// The contact reason; empty where the agent may not see it.
    pub fn contact_reason(&self) -> &str {
        self.text(Field::ContactReason)
    }

    /// The order's id; empty if it came without.
    pub fn order_id(&self) -> &str {
        self.text(Field::OrderId)
    }

    /// The customer's id; empty if it came without.
    pub fn customer_id(&self) -> &str {
        self.text(Field::CustomerId)
    }

    /// Epoch seconds of the assignment to the agent.
    pub fn assigned_time(&self) -> Option<i64> {
        self.assigned_time
    }

    /// What the vendor has tickets sorted by.
    pub fn priority(&self) -> Option<i64> {
        self.priority
    }

    /// What the ticket is called: the customer's name, else the ticket's id.
    pub fn title(&self) -> String {
        full_name(self.text(Field::FirstName), self.text(Field::LastName)).unwrap_or_else(|| self.id().to_owned())
    }
}

fn word(text: Option<&str>) -> Cow<'_, str> {
    Cow::Borrowed(text.unwrap_or_default())
}

fn spelled(value: Option<&Scalar>) -> Cow<'_, str> {
    match value {
        Some(Scalar::Text(text)) => Cow::Borrowed(text),
        Some(value) => Cow::Owned(value.to_string()),
        None => Cow::Borrowed(""),
    }
}

impl From<Ticket> for Listed {
    fn from(ticket: Ticket) -> Self {
        let (metadata, customer) = (ticket.metadata.as_ref(), ticket.customer.as_ref());
        // In the order of `Field`.
        let fields: [Cow<'_, str>; FIELDS] = [
            spelled(ticket.id.as_ref()),
            word(ticket.ticket_status.as_ref().map(TicketStatus::as_str)),
            word(ticket.queue.as_deref()),
            word(ticket.channel.as_deref()),
            word(ticket.status_reason.as_deref()),
            word(metadata.and_then(|metadata| metadata.ccr.as_deref())),
            spelled(metadata.and_then(|metadata| metadata.order_id.as_ref())),
            spelled(customer.and_then(|customer| customer.id.as_ref())),
            word(customer.and_then(|customer| customer.first_name.as_deref())),
            word(customer.and_then(|customer| customer.last_name.as_deref())),
        ];
        let mut to = 0;
        let spans = fields.each_ref().map(|field| {
            let from = to;
            to = u32::try_from(field.len()).map_or(u32::MAX, |length| from.saturating_add(length));
            Span { from, to }
        });
        Self {
            text: fields.concat().into(),
            is_json: false,
            spans,
            assigned_time: ticket.assigned_time,
            priority: ticket.priority,
            ticket: OnceLock::from(Box::new(ticket)),
        }
    }
}

/// By the text as it came, where both have it: a record that is written otherwise counts as changed.
impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        if self.is_json && other.is_json { self.text == other.text } else { self.ticket() == other.ticket() }
    }
}

/// The id alone: in the text there may be secrets.
impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ticket::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ticket().serialize(serializer)
    }
}
