//! one-view's requests. The base ends with `/chat-ticket`.

use std::sync::Arc;

use crate::endpoint::{Access, Endpoint, Method, Record, Records, Vendor, fill};
use crate::oneview::{AgentInfo, Listed};
use crate::wire::{Failure, from_json};

/// Get the tickets assigned to an agent.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTickets {
    /// The agentID.
    pub agent_id: String,
}

impl Endpoint for ListTickets {
    type Response = Vec<Arc<Listed>>;
    const VENDOR: Vendor = Vendor::Oneview;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/{agentID}/tickets";
    const ACCESS: Access = Access::OwnAgent;
    const LIST: Option<&'static [&'static str]> = Some(&[]);
    const RECORDS: Option<Records<Self::Response>> = Some(Records {
        one: |bytes| Listed::read(bytes).map(|(listed, length)| (Arc::new(listed) as Record, length)),
        all: |records| records.into_iter().filter_map(|record| record.downcast().ok()).collect(),
    });

    fn path(&self) -> String {
        fill(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
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
    const VENDOR: Vendor = Vendor::Oneview;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/{agentID}/online";
    const ACCESS: Access = Access::OwnAgent;

    fn path(&self) -> String {
        fill(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
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
    const VENDOR: Vendor = Vendor::Oneview;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/{agentID}/offline";
    const ACCESS: Access = Access::OwnAgent;

    fn path(&self) -> String {
        fill(Self::PATH, &[("agentID", &self.agent_id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}
