//! Shapes of tickets and agents.

use serde::Serialize;
use serde_json::Value;

use crate::decode::{LooseScalar, UnknownMembers, open_enum};
use crate::text::is_blank;
use crate::tolerant::tolerant_struct;

open_enum! {
    /// A ticket's latest status.
    TicketStatus {
        /// Assigned to an agent.
        Assigned = "ASSIGNED",
        /// Escalated.
        Escalated = "ESCALATED",
        /// Closed.
        Closed = "CLOSED",
    }
}

/// The response to setting an agent online or offline. It does not contain the resulting status.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentInfo {
    /// The agentID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// The agent's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Epoch seconds of the last sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_login_time: Option<i64>,
    /// Epoch seconds of the last status change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<i64>,
    /// "Duration of current agent status" in seconds, though the sample is an epoch: see [`AgentInfo::since`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_time_in_status: Option<i64>,
    /// Members that the contract does not name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(AgentInfo {
    "id" => id,
    "name" => name,
    "lastLoginTime" => last_login_time,
    "updatedAt" => updated_at,
    "agentTimeInStatus" => agent_time_in_status,
} extra);

impl AgentInfo {
    /// Epoch seconds of the last status change; `now` is in epoch seconds. A "duration" of 10⁹ seconds or more is taken
    /// as an epoch, as in the document's sample. Without a duration, `updated_at` counts.
    pub fn since(&self, now: i64) -> Option<i64> {
        match self.agent_time_in_status {
            Some(epoch) if epoch >= 1_000_000_000 => Some(epoch),
            Some(duration) if duration >= 0 => now.checked_sub(duration),
            _ => self.updated_at,
        }
    }
}

/// A ticket assigned to an agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// The ticket's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// Latest status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_status: Option<TicketStatus>,
    /// Epoch seconds of the assignment to the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_time: Option<i64>,
    /// Epoch seconds of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    /// Name of the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Channel type, such as `chat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The ticket's contents: an object whose shape is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Value>,
    /// The parts of the ticket's metadata that the agent may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
    /// The reason for the ticket's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// "Use this as sort reference"; the console takes 1 as the most urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// The ticket's customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(Ticket {
    "id" => id,
    "ticketStatus" => ticket_status,
    "assignedTime" => assigned_time,
    "createdAt" => created_at,
    "queue" => queue,
    "channel" => channel,
    "content" => content,
    "metadata" => metadata,
    "statusReason" => status_reason,
    "priority" => priority,
    "customer" => customer,
} extra);

/// Members of tickets that hold bearer secrets. The gateway removes them; nothing may show or store them.
pub const SECRET_MEMBERS: [&str; 2] = ["agentJwt", "roomSubscriptionToken"];

/// True if a member of a ticket, at any depth, holds a bearer secret. Letter case is ignored, to be safe.
pub fn is_secret_member(name: &str) -> bool {
    SECRET_MEMBERS.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// Ticket metadata. [`SECRET_MEMBERS`] are removed by the gateway.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Customer contact reason, such as `delivery - wrong address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ccr: Option<String>,
    /// A secret. Present only in responses that did not pass through the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_jwt: Option<String>,
    /// Chat room id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_id: Option<LooseScalar>,
    /// Chat room name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_name: Option<String>,
    /// A secret. Present only in responses that did not pass through the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_subscription_token: Option<String>,
    /// Order id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<LooseScalar>,
    /// The agent's permissions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_accesses: Option<Vec<String>>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(Metadata {
    "ccr" => ccr,
    "agentJwt" => agent_jwt,
    "roomId" => room_id,
    "roomName" => room_name,
    "roomSubscriptionToken" => room_subscription_token,
    "orderId" => order_id,
    "agentAccesses" => agent_accesses,
} extra);

/// Omits the secrets.
impl std::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metadata")
            .field("ccr", &self.ccr)
            .field("room_id", &self.room_id)
            .field("order_id", &self.order_id)
            .finish_non_exhaustive()
    }
}

/// A ticket's customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The customer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(Customer {
    "id" => id,
    "firstName" => first_name,
    "lastName" => last_name,
} extra);

/// First and last name. `None` if both are blank.
pub(super) fn full_name(first: &str, last: &str) -> Option<String> {
    // A name of invisible characters counts as blank.
    let name = |name: &'_ str| if is_blank(name) { String::new() } else { name.trim().to_owned() };
    match (name(first).as_str(), name(last).as_str()) {
        ("", "") => None,
        (name, "") | ("", name) => Some(name.to_owned()),
        (first, last) => Some([first, last].join(" ")),
    }
}
