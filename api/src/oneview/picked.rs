//! The listed fields of a ticket's record, found in its JSON without reading the rest.

use trunkline_fast::{Kind, Place, Unpicked, Wanted, pick};

/// The fields of text that are listed.
#[derive(Clone, Copy)]
pub enum Field {
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

/// How many they are.
pub const FIELDS: usize = 10;

/// A piece of a text; of one that is absent, the empty one in front.
#[derive(Clone, Copy, Default)]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// A record that is sound, with what is listed of it.
pub struct Picked<'a> {
    /// All of it, and nothing else.
    pub text: &'a str,
    /// Where in the text each listed field stands, in the order of [`Field`].
    pub spans: [Span; FIELDS],
    pub assigned_time: Option<i64>,
    pub priority: Option<i64>,
}

/// The members with a type in the contract, all of them: whether the record is sound must be known at once.
const WANTED: Wanted<'static> = Wanted {
    own: &["id", "ticketStatus", "queue", "channel", "statusReason", "assignedTime", "priority", "createdAt"],
    within: &[
        ("metadata", &["ccr", "orderId", "roomId", "agentJwt", "roomName", "roomSubscriptionToken", "agentAccesses"]),
        ("customer", &["id", "firstName", "lastName"]),
    ],
};

/// Of a record with nothing odd about it, which is nearly every one. What is accepted here must be a
/// [`Ticket`](crate::oneview::Ticket).
pub fn listed(bytes: &[u8]) -> Result<Picked<'_>, Unpicked> {
    let mut found = [Place::default(); 18];
    let length = pick(bytes, WANTED, &mut found)?;
    let record = bytes.get(..length).unwrap_or_default();
    let text = std::str::from_utf8(record).map_err(|_| Unpicked::Odd)?;
    let [id, status, queue, channel, reason, assigned, priority, created, rest @ ..] = found;
    let [ccr, order, room, jwt, room_name, token, accesses, customer, first, last] = rest;
    let spans = [
        scalar(id)?,
        plain(status)?,
        plain(queue)?,
        plain(channel)?,
        plain(reason)?,
        plain(ccr)?,
        scalar(order)?,
        scalar(customer)?,
        plain(first)?,
        plain(last)?,
    ];
    integer(text, created)?;
    let read = is(room, &[Kind::Text, Kind::Escaped, Kind::Integer])
        && [jwt, room_name, token].into_iter().all(|place| is(place, &[Kind::Text, Kind::Escaped]))
        && is(accesses, &[Kind::Texts]);
    if !read {
        return Err(Unpicked::Odd);
    }
    Ok(Picked { text, spans, assigned_time: integer(text, assigned)?, priority: integer(text, priority)? })
}

/// Text without escapes, which can be shown as it stands there.
fn plain(place: Place) -> Result<Span, Unpicked> {
    span(place, &[Kind::Text])
}

/// An id, which may also be a number: of so few digits it is shown as it stands there.
fn scalar(place: Place) -> Result<Span, Unpicked> {
    span(place, &[Kind::Text, Kind::Integer])
}

fn span(place: Place, kinds: &[Kind]) -> Result<Span, Unpicked> {
    match place {
        Place { kind: Kind::Absent | Kind::Null, .. } => Ok(Span::default()),
        Place { kind, from, to } if kinds.contains(&kind) => Ok(Span { from, to }),
        _ => Err(Unpicked::Odd),
    }
}

fn integer(text: &str, place: Place) -> Result<Option<i64>, Unpicked> {
    let Span { from, to } = span(place, &[Kind::Integer])?;
    Ok(text.get(from as usize..to as usize).and_then(|digits| digits.parse().ok()))
}

fn is(place: Place, kinds: &[Kind]) -> bool {
    span(place, kinds).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oneview::{Customer, Metadata, Ticket};

    /// A member that the contract gets must be looked at here too: what is picked must be a ticket. `content` may be
    /// anything.
    #[test]
    fn every_member_of_the_contract_is_looked_at() {
        let mut own = [WANTED.own, &["content"]].concat();
        let mut tables = vec![];
        for (name, members) in WANTED.within {
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
        assert_eq!(Field::LastName as usize + 1, FIELDS);
    }
}
