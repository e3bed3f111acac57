//! The lists that the gateway polls for the live stream.

use trunkline_api::comm100::{CHANNEL_ACCOUNTS, ListChannelAccounts};
use trunkline_api::digital99::{ACCOUNTS, ListAccounts};
use trunkline_api::jtel::{ACD_EVENTS, ListAcdEvents};
use trunkline_api::oneview::{ListTickets, TICKETS};
use trunkline_api::{Access, Endpoint, Method, Service};

use super::hub::Change;
use crate::vendor_request::VendorRequest;

/// A polled list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PollTarget {
    /// An agent's tickets.
    Tickets(String),
    /// A vendor's list.
    List(Service),
}

impl PollTarget {
    /// The poll target that a call reads; `None` if there is none. The sandbox's lists are no targets: the gateway
    /// reports their changes itself.
    pub fn for_call(call: &VendorRequest, has_upstream: bool) -> Option<Self> {
        let includes_chatbot = || call.query.iter().any(|(name, value)| name == "include" && value == "chatbot");
        match call.endpoint.path {
            ListTickets::PATH => call.path_params.first().cloned().map(Self::Tickets),
            _ if !has_upstream || call.endpoint.method != Method::Get => None,
            ListChannelAccounts::PATH if includes_chatbot() => Some(Self::List(Service::Comm100)),
            ListAcdEvents::PATH => Some(Self::List(Service::Jtel)),
            ListAccounts::PATH => Some(Self::List(Service::Digital99)),
            _ => None,
        }
    }

    /// Access required to read it.
    pub fn access(&self) -> Access {
        match self {
            Self::Tickets(_) => ListTickets::ACCESS,
            Self::List(Service::Comm100) => ListChannelAccounts::ACCESS,
            Self::List(Service::Digital99) => ListAccounts::ACCESS,
            Self::List(_) => ListAcdEvents::ACCESS,
        }
    }

    /// The change that a difference between two polls means.
    pub fn change(&self) -> Change {
        let (resource, agent_id) = match self {
            Self::Tickets(agent) => (TICKETS, Some(agent.clone())),
            Self::List(Service::Comm100) => (CHANNEL_ACCOUNTS, None),
            Self::List(Service::Digital99) => (ACCOUNTS, None),
            Self::List(_) => (ACD_EVENTS, None),
        };
        Change { resource, access: self.access(), agent_id }
    }
}
