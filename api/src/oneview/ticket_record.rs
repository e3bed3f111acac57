//! The decoder of the records that [`super::summary_scan`] leaves to it: those with escapes in their texts, and those that
//! don't match the contract. One table and one visitor check every member that the contract names. The typed
//! [`Ticket`](super::Ticket) accepts and refuses the same records, but its decoder is three times the code, and only an
//! open ticket needs it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::decode::LooseScalar;

/// The type that the contract gives to a member. All may be absent or null.
enum MemberType {
    Text,
    /// A text, a number or a bool, such as an id.
    Scalar,
    Integer,
    Texts,
    /// Anything, as for members that the contract doesn't name.
    Any,
    Record(Members),
}

type Members = &'static [(&'static str, MemberType)];

const TICKET: Members = &[
    ("id", MemberType::Scalar),
    ("ticketStatus", MemberType::Text),
    ("assignedTime", MemberType::Integer),
    ("createdAt", MemberType::Integer),
    ("queue", MemberType::Text),
    ("channel", MemberType::Text),
    ("metadata", MemberType::Record(METADATA)),
    ("statusReason", MemberType::Text),
    ("priority", MemberType::Integer),
    ("customer", MemberType::Record(CUSTOMER)),
];

const METADATA: Members = &[
    ("ccr", MemberType::Text),
    ("agentJwt", MemberType::Text),
    ("roomId", MemberType::Scalar),
    ("roomName", MemberType::Text),
    ("roomSubscriptionToken", MemberType::Text),
    ("orderId", MemberType::Scalar),
    ("agentAccesses", MemberType::Texts),
];

const CUSTOMER: Members =
    &[("id", MemberType::Scalar), ("firstName", MemberType::Text), ("lastName", MemberType::Text)];

/// A ticket's members, each of the type that the contract gives it.
pub struct TicketRecord(pub Map<String, Value>);

impl TicketRecord {
    /// The text of a member; empty if it is absent or no scalar. `parent` is the member whose member it is, or empty.
    pub fn text(&self, parent: &str, name: &str) -> Cow<'_, str> {
        match self.members(parent).and_then(|members| members.get(name)) {
            Some(Value::String(text)) => Cow::Borrowed(text),
            Some(Value::Number(number)) => Cow::Owned(number.to_string()),
            Some(Value::Bool(value)) => Cow::Borrowed(if *value { "true" } else { "false" }),
            _ => Cow::Borrowed(""),
        }
    }

    /// The value of an integer member.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    fn members(&self, parent: &str) -> Option<&Map<String, Value>> {
        if parent.is_empty() { Some(&self.0) } else { self.0.get(parent)?.as_object() }
    }
}

impl<'de> Deserialize<'de> for TicketRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(TICKET)).map(Self)
    }
}

/// Decodes an object with these members.
struct MembersVisitor(Members);

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut record = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let known = self.0.iter().find(|(known, _)| *known == name);
            let value = members.next_value_seed(known.map_or(&MemberType::Any, |(_, kind)| kind))?;
            record.insert(name, value);
        }
        Ok(record)
    }
}

impl<'de> DeserializeSeed<'de> for &MemberType {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self {
            MemberType::Text => Option::<String>::deserialize(deserializer).map(Value::from),
            MemberType::Scalar => Ok(match Option::<LooseScalar>::deserialize(deserializer)? {
                None => Value::Null,
                Some(LooseScalar::Text(text)) => Value::String(text),
                Some(LooseScalar::Number(number)) => Value::Number(number),
                Some(LooseScalar::Bool(value)) => Value::Bool(value),
            }),
            MemberType::Integer => Option::<i64>::deserialize(deserializer).map(Value::from),
            MemberType::Texts => Option::<Vec<String>>::deserialize(deserializer).map(Value::from),
            MemberType::Any => Value::deserialize(deserializer),
            MemberType::Record(members) => deserializer.deserialize_option(OptionalMembers(members)),
        }
    }
}

/// Decodes null or an object with these members.
struct OptionalMembers(Members);

impl<'de> Visitor<'de> for OptionalMembers {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_map(MembersVisitor(self.0)).map(Value::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oneview::{Customer, Metadata, Ticket};

    /// A member that is missing here would be checked only when the ticket is opened. `content` may have any type.
    #[test]
    fn every_member_of_the_contract_is_checked() {
        for (members, contract) in
            [(TICKET, Ticket::MEMBERS), (METADATA, Metadata::MEMBERS), (CUSTOMER, Customer::MEMBERS)]
        {
            let mut names: Vec<_> = members.iter().map(|(name, _)| *name).collect();
            let mut contract: Vec<_> = contract.iter().copied().filter(|name| *name != "content").collect();
            names.sort_unstable();
            contract.sort_unstable();
            assert_eq!(names, contract);
        }
    }
}
