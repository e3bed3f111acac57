//! What the operator may choose.

use std::collections::BTreeMap;

use trunkline_api::Vendor;

use super::faults::Plan;

/// Sizes of the demo data and the sandbox's temper. The sizes count when a database is filled for the first time.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SandboxConfig {
    /// Tickets, over five queues and two agents.
    pub tickets: u32,
    /// ACD events, of every type.
    pub events: u32,
    /// Channel accounts, over seven channels.
    pub channel_accounts: u32,
    /// Customers, with custom fields and tags.
    pub customers: u32,
    /// Milliseconds to wait before each answer.
    pub latency_ms: u64,
    /// Seconds between tickets that come in while an agent is online; 0: none come in.
    pub ticket_seconds: u64,
    /// What goes wrong on purpose, by vendor.
    pub faults: BTreeMap<Vendor, Plan>,
}

impl SandboxConfig {
    /// Whether the faults make sense.
    ///
    /// # Errors
    /// In words that name the setting.
    pub fn check(&self) -> Result<(), String> {
        for (vendor, plan) in &self.faults {
            if *vendor == Vendor::Gateway {
                return Err("sandbox.faults is for the five vendors".to_owned());
            }
            for fault in &plan.0 {
                fault.check().map_err(|words| format!("sandbox.faults.{}: {words}", vendor.key()))?;
            }
        }
        Ok(())
    }
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            tickets: 250,
            events: 400,
            channel_accounts: 60,
            customers: 300,
            latency_ms: 0,
            ticket_seconds: 20,
            faults: BTreeMap::new(),
        }
    }
}
