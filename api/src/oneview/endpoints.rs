//! one-view's requests. The base ends with `/chat-ticket`.

use std::sync::Arc;

use crate::decode::{DecodeError, from_json};
use crate::endpoint::{Access, Endpoint, ErasedRecord, Method, RecordReader, Resource, Service, fill_path};
use crate::oneview::{AgentInfo, TicketSummary};

/// The tickets, with the agents' online status. Tickets of different agents share the prefix, because a prefix cannot contain an
/// agentID.
pub const TICKETS: Resource = Resource { service: Service::Oneview, path_prefix: "/v1/" };

/// Get the tickets assigned to an agent.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTickets {
    /// The agentID.
    pub agent_id: String,
}

impl Endpoint for ListTickets {
    type Response = Vec<Arc<TicketSummary>>;
    const SERVICE: Service = Service::Oneview;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/{agentID}/tickets";
    const ACCESS: Access = Access::OwnAgent;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);
    const RECORD_READER: Option<RecordReader<Self::Response>> = Some(RecordReader {
        parse_one: |bytes| {
            TicketSummary::parse(bytes).map(|(listed, length)| (Arc::new(listed) as ErasedRecord, length))
        },
        collect: |records, _| Some(records.into_iter().filter_map(|record| record.downcast().ok()).collect()),
    });

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Set the agent online, "to begin receive ticket".
#[derive(Clone, Debug, PartialEq)]
pub struct GoOnline {
    /// The agentID.
    pub agent_id: String,
}

impl Endpoint for GoOnline {
    type Response = AgentInfo;
    const SERVICE: Service = Service::Oneview;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/{agentID}/online";
    const ACCESS: Access = Access::OwnAgent;
    const INVALIDATES: Option<Resource> = Some(TICKETS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Set the agent offline, "to stop receive ticket".
#[derive(Clone, Debug, PartialEq)]
pub struct GoOffline {
    /// The agentID.
    pub agent_id: String,
}

impl Endpoint for GoOffline {
    type Response = AgentInfo;
    const SERVICE: Service = Service::Oneview;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/{agentID}/offline";
    const ACCESS: Access = Access::OwnAgent;
    const INVALIDATES: Option<Resource> = Some(TICKETS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}
