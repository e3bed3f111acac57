//! What one-view last reported about the agent, kept in this browser: it reports name and last sign-in only in the response
//! to a change of status.

use trunkline_api::oneview::AgentInfo;

use crate::browser::storage;

/// The details of an agent that one-view last reported, if this browser has any.
pub fn load(agent_id: &str) -> Option<AgentInfo> {
    serde_json::from_str(&storage::load(&key(agent_id))?).ok()
}

/// Keeps name and last sign-in of an agent, as one-view just reported them.
pub fn store(agent_id: &str, info: &AgentInfo) {
    let kept = AgentInfo { name: info.name.clone(), last_login_time: info.last_login_time, ..AgentInfo::default() };
    // Text and a number can always be written as JSON.
    storage::store(&key(agent_id), &serde_json::to_string(&kept).unwrap_or_default());
}

/// Removes the details of an agent who has signed out.
pub fn remove(agent_id: &str) {
    storage::store(&key(agent_id), "");
}

fn key(agent_id: &str) -> String {
    format!("trunkline.agent.{agent_id}")
}
