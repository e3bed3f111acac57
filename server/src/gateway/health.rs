//! How the vendors' last calls went. Telling it spends no call.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::State as Shared;
use trunkline_api::gateway::{Mode, VendorHealth};
use trunkline_api::{Role, Vendor};

use super::refusal::Refused;
use super::session::SignedIn;
use super::state::{State, now};

/// The last outcomes, by vendor.
#[derive(Default)]
pub struct Health(Mutex<BTreeMap<Vendor, Outcomes>>);

#[derive(Clone, Default)]
struct Outcomes {
    last_ok: Option<i64>,
    last_failure: Option<i64>,
    failure: Option<String>,
    millis: Option<u64>,
}

impl Health {
    /// Notes an answer's status, or a word where there was none or where it refused in spite of its status.
    pub fn note(&self, vendor: Vendor, outcome: Result<u16, &str>, millis: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = all.entry(vendor).or_default();
        let failure = match outcome {
            // A wrong value or a record that isn't there is the caller's affair: the vendor works.
            Ok(status) => matches!(status, 300..=399 | 401 | 403 | 408 | 429 | 500..).then(|| status.to_string()),
            Err(word) => Some(word.to_owned()),
        };
        match failure {
            Some(failure) => {
                entry.last_failure = Some(now());
                entry.failure = Some(failure);
            }
            None => entry.last_ok = Some(now()),
        }
        if outcome.is_ok() {
            entry.millis = Some(millis);
        }
    }

    fn get(&self, vendor: Vendor) -> Outcomes {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&vendor).cloned().unwrap_or_default()
    }
}

/// `GET /api/vendors`.
pub async fn list(Shared(state): Shared<State>, who: SignedIn) -> Result<Json<Vec<VendorHealth>>, Refused> {
    // Where the upstreams are is the operator's affair: agents don't learn it.
    let is_admin = who.user.role == Role::Admin;
    let health = Vendor::ALL.into_iter().map(|vendor| {
        let outcomes = state.health.get(vendor);
        let upstream = state.upstreams.get(&vendor);
        VendorHealth {
            vendor,
            mode: if upstream.is_some() { Mode::Upstream } else { Mode::Sandbox },
            host: upstream.filter(|_| is_admin).map(|upstream| upstream.host()),
            last_ok: outcomes.last_ok,
            last_failure: outcomes.last_failure,
            failure: outcomes.failure,
            millis: outcomes.millis,
            calls_left: match upstream {
                Some(upstream) => upstream.calls_left(),
                None => state.standins.calls_left(vendor),
            },
        }
    });
    Ok(Json(health.collect()))
}
