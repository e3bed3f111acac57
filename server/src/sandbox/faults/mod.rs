//! Fault injection in the sandbox, per vendor: set by the configuration or the demo's `/api/faults`.

mod bodies;
mod fault;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use trunkline_api::Service;

use crate::vendor_request::VendorRequest;

pub use bodies::response;
pub use fault::{Fault, FaultKind, FaultPlan, RequestKind};

/// The active faults by vendor.
#[derive(Debug, Default)]
pub struct Faults(Mutex<BTreeMap<Service, Vec<ActiveFault>>>);

/// An active fault and its counts.
#[derive(Clone, Debug, Serialize)]
pub struct ActiveFault {
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
    /// Requests that matched since it was set.
    pub fitted: u64,
    /// Matching requests that it was applied to.
    pub hits: u64,
}

impl ActiveFault {
    /// Counts a matching request; true if the fault applies to it.
    fn next_hit(&mut self) -> bool {
        let hit = match (self.fault.times, self.fault.percent) {
            (Some(times), _) => self.hits < times.into(),
            // Applies to exactly `percent` of every hundred matching requests.
            (None, Some(percent)) => {
                let share = |requests: u64| requests * u64::from(percent) / 100;
                share(self.fitted + 1) > share(self.fitted)
            }
            (None, None) => true,
        };
        self.fitted += 1;
        self.hits += u64::from(hit);
        hit
    }
}

impl Faults {
    /// Activates the faults of the configuration.
    pub fn new(plans: &BTreeMap<Service, FaultPlan>) -> Self {
        let faults = Self::default();
        for (vendor, plan) in plans {
            faults.set(*vendor, plan);
        }
        faults
    }

    /// Replaces a vendor's faults.
    pub fn set(&self, vendor: Service, plan: &FaultPlan) {
        let armed = plan.0.iter().map(|fault| ActiveFault { fault: fault.clone(), fitted: 0, hits: 0 }).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(vendor, armed);
    }

    /// Removes a vendor's faults; all vendors' if `vendor` is `None`.
    pub fn clear(&self, vendor: Option<Service>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|key, _| vendor.is_some_and(|vendor| vendor != *key));
    }

    /// Returns the active faults with their counts, by the vendor's key.
    pub fn list(&self) -> BTreeMap<&'static str, Vec<ActiveFault>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(vendor, armed)| (vendor.key(), armed.clone())).collect()
    }

    /// Counts a request and returns the fault that applies to it; `None` if none does.
    pub fn next_fault(&self, call: &VendorRequest, reads: bool) -> Option<Fault> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let armed = all.get_mut(&call.endpoint.service)?;
        for armed in armed.iter_mut().filter(|armed| armed.fault.matches(call, reads)) {
            if armed.next_hit() {
                return Some(armed.fault.clone());
            }
        }
        None
    }
}
