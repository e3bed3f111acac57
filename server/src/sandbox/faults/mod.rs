//! Fault knobs: what the sandbox does wrong on purpose, per vendor, by configuration or by the demo's `/api/faults`.

mod bodies;
mod fault;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use trunkline_api::Vendor;

use crate::vendor_call::Call;

pub use bodies::reply;
pub use fault::{Fault, Kind, Only, Plan};

/// The faults that are set.
#[derive(Debug, Default)]
pub struct Faults(Mutex<BTreeMap<Vendor, Vec<Armed>>>);

/// A fault, and how far it has come.
#[derive(Clone, Debug, Serialize)]
pub struct Armed {
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
    /// Requests that fitted, since it was set.
    pub fitted: u64,
    /// Those of them that it hit.
    pub hits: u64,
}

impl Armed {
    /// Counts a request that fits; whether it is hit.
    fn strike(&mut self) -> bool {
        let hit = match (self.fault.times, self.fault.percent) {
            (Some(times), _) => self.hits < times.into(),
            // Of a hundred in a row, exactly so many.
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
    /// The faults of the configuration.
    pub fn new(plans: &BTreeMap<Vendor, Plan>) -> Self {
        let faults = Self::default();
        for (vendor, plan) in plans {
            faults.set(*vendor, plan);
        }
        faults
    }

    /// Sets a vendor's faults in place of those it had.
    pub fn set(&self, vendor: Vendor, plan: &Plan) {
        let armed = plan.0.iter().map(|fault| Armed { fault: fault.clone(), fitted: 0, hits: 0 }).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(vendor, armed);
    }

    /// Takes a vendor's faults away, or everyone's.
    pub fn clear(&self, vendor: Option<Vendor>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|key, _| vendor.is_some_and(|vendor| vendor != *key));
    }

    /// All that are set, with their counts.
    pub fn list(&self) -> BTreeMap<&'static str, Vec<Armed>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(vendor, armed)| (vendor.key(), armed.clone())).collect()
    }

    /// The fault that hits a request, if one does.
    pub fn strike(&self, call: &Call, reads: bool) -> Option<Fault> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let armed = all.get_mut(&call.endpoint.vendor)?;
        for armed in armed.iter_mut().filter(|armed| armed.fault.fits(call, reads)) {
            if armed.strike() {
                return Some(armed.fault.clone());
            }
        }
        None
    }
}
