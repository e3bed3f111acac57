//! The sandbox's settings.

use std::collections::BTreeMap;

use trunkline_api::Service;

use super::faults::FaultPlan;

/// Sizes of the demo data and behaviour of the sandbox. The sizes apply when a new database is filled.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SandboxConfig {
    /// Number of tickets, over five queues and two agents.
    pub tickets: u32,
    /// Number of ACD events, of every type.
    pub events: u32,
    /// Number of channel accounts, over seven channels.
    pub channel_accounts: u32,
    /// Number of customers, with custom fields and tags.
    pub customers: u32,
    /// Milliseconds to wait before each response.
    pub latency_ms: u64,
    /// Seconds between new tickets while an agent is online; 0 disables them.
    pub ticket_seconds: u64,
    /// Faults to inject, by vendor.
    pub faults: BTreeMap<Service, FaultPlan>,
}

impl SandboxConfig {
    /// Validates the faults.
    ///
    /// # Errors
    /// With a message that names the setting.
    pub fn check(&self) -> Result<(), String> {
        for (vendor, plan) in &self.faults {
            if *vendor == Service::Gateway {
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
