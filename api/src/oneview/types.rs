//! Shapes of tickets and agents.

use serde::Serialize;
use serde_json::Value;

use crate::record::record;
use crate::text::is_blank;
use crate::wire::{Extra, Scalar, open_enum};

open_enum! {
    /// A ticket's latest status.
    TicketStatus {
        /// Assigned to the agent.
        Assigned = "ASSIGNED",
        /// Handed up.
        Escalated = "ESCALATED",
        /// Done.
        Closed = "CLOSED",
    }
}

/// What a PUT online or offline answers. No field says which of the two the agent is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentInfo {
    /// The agentID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Scalar>,
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
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(AgentInfo {
    "id" => id,
    "name" => name,
    "lastLoginTime" => last_login_time,
    "updatedAt" => updated_at,
    "agentTimeInStatus" => agent_time_in_status,
} extra);

impl AgentInfo {
    /// Epoch seconds since when the agent has this status. A "duration" of a thousand million seconds or more is an
    /// epoch, as in the document's sample; without one, the last status change counts.
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
    pub id: Option<Scalar>,
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
    /// What the agent may see of the ticket's metadata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
    /// Why the ticket has its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// "Use this as sort reference"; the console takes 1 as the most urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// Whom the ticket is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Ticket {
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

/// Ticket metadata. `agentJwt` and `roomSubscriptionToken` are bearer secrets: the gateway drops them.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Customer contact reason, such as `delivery - wrong address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ccr: Option<String>,
    /// A secret; only ever in an answer that no gateway has cleaned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_jwt: Option<String>,
    /// Chat room id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_id: Option<Scalar>,
    /// Chat room name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_name: Option<String>,
    /// A secret; only ever in an answer that no gateway has cleaned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_subscription_token: Option<String>,
    /// Order id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<Scalar>,
    /// What the agent may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_accesses: Option<Vec<String>>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Metadata {
    "ccr" => ccr,
    "agentJwt" => agent_jwt,
    "roomId" => room_id,
    "roomName" => room_name,
    "roomSubscriptionToken" => room_subscription_token,
    "orderId" => order_id,
    "agentAccesses" => agent_accesses,
} extra);

/// Leaves the secrets out.
impl std::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metadata")
            .field("ccr", &self.ccr)
            .field("room_id", &self.room_id)
            .field("order_id", &self.order_id)
            .finish_non_exhaustive()
    }
}

/// Whom a ticket is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The customer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Scalar>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Customer {
    "id" => id,
    "firstName" => first_name,
    "lastName" => last_name,
} extra);

/// First and last name, as far as they are known.
pub(super) fn full_name(first: &str, last: &str) -> Option<String> {
    // What shows nothing is no name.
    let name = |name: &'_ str| if is_blank(name) { String::new() } else { name.trim().to_owned() };
    match (name(first).as_str(), name(last).as_str()) {
        ("", "") => None,
        (name, "") | ("", name) => Some(name.to_owned()),
        (first, last) => Some([first, last].join(" ")),
    }
}
