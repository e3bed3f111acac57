//! The results of a vendor's recent calls. Showing them sends no call.

use std::sync::{Mutex, PoisonError};

use trunkline_api::Service;
use trunkline_api::gateway::{Mode, VendorHealth};

use crate::gateway::clock::now;

/// A vendor's recent results.
#[derive(Default)]
pub struct Health(Mutex<CallHistory>);

#[derive(Default)]
struct CallHistory {
    last_ok: Option<i64>,
    last_failure: Option<i64>,
    failure: Option<String>,
    millis: Option<u64>,
}

impl Health {
    /// Records the status of a response, or an error code if there was none or the vendor refused in spite of a success
    /// status.
    pub fn record(&self, outcome: Result<u16, &str>, millis: u64) {
        let mut history = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failure = match outcome {
            // A wrong value or a missing record is the caller's error: the vendor works.
            Ok(status) => matches!(status, 300..=399 | 401 | 403 | 408 | 429 | 500..).then(|| status.to_string()),
            Err(code) => Some(code.to_owned()),
        };
        match failure {
            Some(failure) => {
                history.last_failure = Some(now());
                history.failure = Some(failure);
            }
            None => history.last_ok = Some(now()),
        }
        if outcome.is_ok() {
            history.millis = Some(millis);
        }
    }

    /// The state of a vendor as the API returns it.
    pub fn describe(&self, vendor: Service, mode: Mode, host: Option<String>, calls_left: Option<u32>) -> VendorHealth {
        let history = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        VendorHealth {
            vendor,
            mode,
            host,
            last_ok: history.last_ok,
            last_failure: history.last_failure,
            failure: history.failure.clone(),
            millis: history.millis,
            calls_left,
        }
    }
}
